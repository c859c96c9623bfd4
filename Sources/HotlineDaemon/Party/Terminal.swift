import Glibc
import HotlineDesk

/// The terminal of the person at it, whatever standard input and output are.
struct Terminal {
    private let descriptor: Int32

    static func open<T>(_ body: (Terminal) throws(DeskError) -> T) throws(DeskError) -> T {
        let opened = Glibc.open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard opened >= 0 else {
            throw DeskError(.refused, "there is no terminal to ask for the passphrase at", hint: "give --passphrase-file FILE")
        }
        defer { close(opened) }
        return try body(Terminal(descriptor: opened))
    }

    /// Reads a line without showing it. The keys that interrupt come as bytes meanwhile, so that the terminal is always
    /// put back as it was.
    func ask(_ prompt: String) throws(DeskError) -> [UInt8] {
        var before = termios()
        guard tcgetattr(descriptor, &before) == 0 else { throw LocalFile("/dev/tty").failure("use") }
        var quiet = before
        quiet.c_lflag &= ~tcflag_t(ECHO | ISIG | ICANON)
        withUnsafeMutableBytes(of: &quiet.c_cc) {
            $0[Int(VMIN)] = 1
            $0[Int(VTIME)] = 0
        }
        guard tcsetattr(descriptor, TCSAFLUSH, &quiet) == 0 else { throw LocalFile("/dev/tty").failure("use") }
        defer {
            tcsetattr(descriptor, TCSAFLUSH, &before)
            say("\n")
        }
        say(prompt)
        return try line()
    }

    private func line() throws(DeskError) -> [UInt8] {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while line.count <= PartyLimits.passphraseBytes.upperBound {
            let count = read(descriptor, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { throw cancelled }
            switch byte {
            case 0x0A, 0x0D: return line
            case 0x03, 0x04, 0x1C: throw cancelled
            case 0x08, 0x7F:
                // One character back: its continuation bytes, then its first.
                while let last = line.popLast(), last & 0xC0 == 0x80 {}
            case 0x15: line = []
            default: line.append(byte)
            }
        }
        return line
    }

    private var cancelled: DeskError { DeskError(.refused, "no passphrase was given", hint: "nothing has been done; run the command again") }

    private func say(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(descriptor, bytes, bytes.count)
    }
}
