import Foundation
import Glibc

/// The screen of a person, or the file or pipe in its place. These are its rules; everything below and every command obeys them.
///
/// - What was asked for goes to standard output, whatever went wrong to standard error. Nothing is said twice, and a
///   command that did what it was asked says what is so now: no banner, no progress, no question.
/// - What went wrong is two lines, what and what to do, and the exit code says the same to a script.
/// - Evidence that a record was rewritten stands before everything else.
/// - A line leaves whole and at once, whatever standard output is. Whoever has stopped reading ends the command.
/// - Text from the other side cannot command the screen: controls, and characters that hide or turn what is read, are
///   shown as escapes, here once more whatever was done before. It begins no line: something of ours stands before it.
/// - Columns are as wide as what stands in them, in the cells that a screen gives to Chinese letters and to marks above
///   others. Where the screen is narrow the longest names and the text give way, and '…' says so. Into a file nothing is cut.
/// - Colour says FLASH, alarm or down, and the words say it too: without colour nothing is lost. It is off where the
///   output is no screen, under NO_COLOR and on a dumb terminal.
/// - EXERCISE is written out wherever a letter of an exercise is named.
/// - Times are UTC and end in Z. With --local they are this machine's and carry their offset.
/// - The bell rings for a FLASH and for evidence, on a screen, and at no other time.
/// - With --json each value is one line, and nothing else is on standard output.
struct Terminal: Sendable {
    /// Cells of a line; nil where nothing needs to be cut.
    let width: Int?
    let hasColour: Bool
    let isScreen: Bool

    /// Above and below what is no more than that.
    static let exercise = "*** EXERCISE   EXERCISE   EXERCISE ***"

    static let standard = Terminal(descriptor: STDOUT_FILENO, environment: ProcessInfo.processInfo.environment)

    init(descriptor: Int32, environment: [String: String]) {
        isScreen = isatty(descriptor) == 1
        width = Terminal.width(descriptor, isScreen: isScreen, environment)
        hasColour = isScreen && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// Neither wide nor coloured: what is written to a file is read anywhere.
    static let file = Terminal(descriptor: -1, environment: [:])

    /// Prints lines of our own making; what of them came from elsewhere has gone through `Plain`.
    func say(_ lines: String...) { say(lines) }

    func say(_ lines: [String]) {
        guard !lines.isEmpty else { return }
        Terminal.write(lines.joined(separator: "\n") + "\n", to: STDOUT_FILENO)
    }

    /// To standard error.
    func complain(_ lines: String...) {
        Terminal.write(lines.joined(separator: "\n") + "\n", to: STDERR_FILENO)
    }

    func ring() {
        if isScreen { Terminal.write("\u{7}", to: STDOUT_FILENO) }
    }

    /// FLASH, an alarm, something that is down.
    func alarm(_ text: String) -> String { hasColour ? "\u{1B}[1;31m\(text)\u{1B}[0m" : text }

    /// One value as one line.
    func say(json value: some Encodable) {
        say(Terminal.text(json: value))
    }

    static func text(json value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { preconditionFailure("a view is always JSON") }
        return String(decoding: data, as: UTF8.self)
    }

    /// A whole text of our own making, as it is.
    func say(whole text: String) { Terminal.write(text, to: STDOUT_FILENO) }

    // MARK: -

    private static func width(_ descriptor: Int32, isScreen: Bool, _ environment: [String: String]) -> Int? {
        if let columns = environment["COLUMNS"].flatMap(Int.init), columns > 0 { return max(columns, narrowest) }
        guard isScreen else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return max(Int(size.ws_col), narrowest)
    }

    /// Below this nothing can be put beside anything; lines then wrap.
    private static let narrowest = 40

    /// Past the buffer of C: in a file or a pipe it would keep lines back until it is full.
    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent) }
            if count >= 0 {
                sent += count
            } else if errno == EAGAIN {
                var descriptors = [pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)]
                poll(&descriptors, 1, -1)
            } else if errno != EINTR {
                // 128 and SIGPIPE: what a shell reports of a program whose reader has gone.
                exit(errno == EPIPE ? 141 : 74)
            }
        }
    }
}
