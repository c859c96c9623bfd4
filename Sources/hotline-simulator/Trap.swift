import Glibc

/// A trap in the core ends the process before anything can be printed: this names the seed all the same.
enum Trap {
    nonisolated(unsafe) private static var line: [UInt8] = []

    static func name(seed: UInt64, words: String) {
        if line.isEmpty { for number in [SIGILL, SIGTRAP, SIGSEGV] { signal(number) { Trap.tell($0) } } }
        line = Array("a trap in this seed; again with: hotline-simulator --seed \(seed)\(words) --trace\n".utf8)
    }

    private static func tell(_ number: Int32) {
        line.withUnsafeBytes { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
        signal(number, SIG_DFL)
        raise(number)
    }

    /// What was printed so far leaves the process, also into a pipe.
    static func flush() { fflush(nil) }
}
