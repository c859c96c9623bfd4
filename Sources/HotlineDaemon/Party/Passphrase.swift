import Glibc
import HotlineDesk

/// What a custodian has learnt by heart. It is never an argument, and no value of this type prints it.
public struct Passphrase: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    let bytes: [UInt8]

    public var description: String { "a passphrase" }
    public var debugDescription: String { description }

    /// - Throws: `refused` where it is empty or too long; how good a new one is, `checkStrength` says.
    init(_ bytes: [UInt8]) throws(DeskError) {
        guard !bytes.isEmpty else { throw DeskError(.refused, "the passphrase is empty", hint: "type it, or leave the option away") }
        guard bytes.count <= PartyLimits.passphraseBytes.upperBound else {
            throw DeskError(
                .refused, "the passphrase has more than \(PartyLimits.passphraseBytes.upperBound) bytes",
                hint: "only the first line of the file counts; is it the right file?"
            )
        }
        self.bytes = bytes
    }

    func checkStrength() throws(DeskError) {
        guard bytes.count >= PartyLimits.passphraseBytes.lowerBound else {
            throw DeskError(
                .refused, "the passphrase is shorter than \(PartyLimits.passphraseBytes.lowerBound) bytes", hint: "six words drawn by dice are good"
            )
        }
    }
}

/// Where a passphrase comes from.
public enum PassphraseSource: Sendable, Hashable {
    /// There is none: what is under one is refused.
    case none
    /// The first line of a file that only its owner can read.
    case file(String)
    /// The first line of what an open descriptor gives.
    case descriptor(Int32)
    /// The terminal, without echo.
    case terminal

    /// - Parameters:
    ///   - subject: what it opens, for the prompt.
    ///   - isNew: it is being chosen: it must be long enough, and is typed twice.
    func passphrase(for subject: String, isNew: Bool = false) throws(DeskError) -> Passphrase {
        let passphrase: Passphrase
        switch self {
        case .none:
            throw DeskError(
                .refused, "\(subject) is under a passphrase", hint: "give --passphrase-file FILE, or run the command in a terminal"
            )
        case .file(let path):
            passphrase = try Passphrase(PassphraseSource.firstLine(try LocalFile(path).read(bytesMax: 4096, isPrivate: true)))
        case .descriptor(let descriptor):
            passphrase = try Passphrase(try PassphraseSource.line(from: descriptor))
        case .terminal:
            passphrase = try Terminal.open { terminal throws(DeskError) in
                let first = try Passphrase(try terminal.ask("Passphrase for \(subject)\(isNew ? ", at least \(PartyLimits.passphraseBytes.lowerBound) letters" : ""): "))
                if isNew {
                    try first.checkStrength()
                    guard try terminal.ask("The same again: ") == first.bytes else {
                        throw DeskError(.refused, "the two passphrases are not the same", hint: "nothing has been made; try again")
                    }
                }
                return first
            }
        }
        if isNew { try passphrase.checkStrength() }
        return passphrase
    }

    private static func firstLine(_ bytes: [UInt8]) -> [UInt8] { Array(bytes.prefix { $0 != 0x0A && $0 != 0x0D }) }

    /// Byte by byte: what follows the line is somebody else's.
    private static func line(from descriptor: Int32) throws(DeskError) -> [UInt8] {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while line.count <= PartyLimits.passphraseBytes.upperBound {
            let count = read(descriptor, &byte, 1)
            if count < 0 {
                if errno == EINTR { continue }
                throw LocalFile("the passphrase's descriptor").failure("read")
            }
            if count == 0 || byte == 0x0A || byte == 0x0D { break }
            line.append(byte)
        }
        return line
    }
}
