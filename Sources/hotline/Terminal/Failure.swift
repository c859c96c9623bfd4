import ArgumentParser
import Glibc
import HotlineDesk

/// How a command that failed says so: a line of what went wrong, a line of what to do, and an exit code for scripts.
enum Failure {
    static func exit(_ error: any Error) -> Never {
        switch error {
        case let error as DeskError:
            say(error)
            Glibc.exit(code(error.class))
        case is CancellationError:
            Glibc.exit(130)
        default:
            exitParsing(error)
        }
    }

    static func say(_ error: DeskError) {
        Terminal.standard.complain("hotline: \(Plain.line(error.what))", "  hint: \(Plain.line(error.hint))")
    }

    /// After sysexits.h; the last two are EX_PROTOCOL and EX_NOPERM.
    static func code(_ class: DeskError.Class) -> Int32 {
        switch `class` {
        case .usage: 64
        case .malformed: 65
        case .notFound: 66
        case .unavailable: 69
        case .bug: 70
        case .notVerified: 76
        case .refused: 77
        }
    }

    /// What the argument parser throws: help and version, which are no failures, and commands that are wrong.
    private static func exitParsing(_ error: any Error) -> Never {
        guard Hotline.exitCode(for: error) == .validationFailure else { Hotline.exit(withError: error) }
        var what = Hotline.message(for: error).split(separator: "\n").first.map(String.init) ?? "the command is not understood"
        if let name = CommandLine.arguments.dropFirst().first, what == "Unexpected argument '\(name)'" { what = "there is no command '\(name)'" }
        what = what.prefix(1).lowercased() + what.dropFirst()
        let help = Hotline.fullMessage(for: error).split(separator: "\n").compactMap { line -> Substring? in
            guard let start = line.firstIndex(of: "'"), line.contains("--help'") else { return nil }
            return line[line.index(after: start)...].prefix { $0 != "'" }
        }
        say(DeskError(.usage, what, hint: "see: \(help.last ?? "hotline --help")"))
        Glibc.exit(code(.usage))
    }
}
