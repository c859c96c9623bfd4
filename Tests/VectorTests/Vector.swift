import Foundation
import HotlineWire
import Testing

/// One scenario of vectors/ and how it must end (vectors/README.md): `name: value` lines, an empty line, then the body.
struct Vector: Sendable, CustomTestStringConvertible {
    /// Its folder and file, as a failing case shows it.
    let name: String
    let kind: Kind
    let ending: Ending.Kind
    let body: [UInt8]
    private let header: [(name: String, value: String)]

    /// What the body claims to be.
    enum Kind: String, CaseIterable {
        case integer, field, text, generation, head, hexadecimal, base64, agreement, succession, card, fingerprint, offers, accepts, confirmations
        case stale, frame, plaintext, fragmented, entry, opening, declaration, recovered, holdable, checkpoint, inclusion, consistency, export, disclosure, evidence
        case installed, roster
        case keyStatement = "key-statement"
        case inForce = "in-force"
        case heldAfter = "held-after"
        case statement, course, channels, contact, presence, release
        case entryName = "entry-name"
        case lightKey = "light-key"
        case compositeKey = "composite-key"
        case kemKey = "kem-key"
        case lightSignature = "light-signature"
        case compositeSignature = "composite-signature"
        case agreementInForce = "agreement-in-force"
        case checkpointText = "checkpoint-text"
    }

    init(name: String, _ bytes: [UInt8]) throws {
        let data = Data(bytes)
        let end = try #require(data.firstRange(of: Data("\n\n".utf8)), "\(name) has no empty line")
        let lines = String(decoding: data[..<end.lowerBound], as: UTF8.self).split(separator: "\n")
        self.name = name
        header = try lines.map { line in
            let colon = try #require(line.firstRange(of: ": "), "\(name): \(line)")
            return (String(line[..<colon.lowerBound]), String(line[colon.upperBound...]))
        }
        body = Array(data[end.upperBound...])
        let found = header
        func first(_ name: String) -> String { found.first { $0.name == name }?.value ?? "" }
        kind = try #require(Kind(rawValue: first("kind")), "\(name) is of a kind that nothing here runs")
        ending = try #require(Ending.Kind(rawValue: first("expect")), "\(name) expects what README.md does not list")
    }

    var testDescription: String { name }

    // MARK: The header

    func all(_ name: String) -> [String] { header.filter { $0.name == name }.map(\.value) }
    func value(_ name: String) throws -> String { try #require(all(name).first, "\(self.name) has no line '\(name)'") }
    func number(_ name: String) throws -> UInt64 { try #require(UInt64(try value(name))) }
    func bytes(_ name: String) throws -> [UInt8] { try #require(Hex.bytes(try value(name))) }
    func hash(_ name: String) throws -> Hash { try #require(Hash(try bytes(name))) }
    func station(_ name: String) throws -> StationNumber { try #require(StationNumber(UInt8(try number(name)))) }
    func epoch(_ name: String) throws -> EpochNumber { EpochNumber(try number(name)) }

    /// The body's characters.
    func characters() throws(Ending) -> String {
        guard let text = String(validating: body, as: UTF8.self) else { throw Ending(.malformed, "it is not UTF-8") }
        return text
    }

    // MARK: Files

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "vectors")

    static func all(_ kind: Kind) throws -> [Vector] { try all().filter { $0.kind == kind } }

    static func all() throws -> [Vector] {
        let files = FileManager.default
        return try files.contentsOfDirectory(atPath: folder.path).sorted().filter { $0 != "given" && $0 != "README.md" }.flatMap { group in
            try files.contentsOfDirectory(atPath: folder.appending(path: group).path).sorted().map { file in
                try Vector(name: "\(group)/\(file)", Array(try Data(contentsOf: folder.appending(path: "\(group)/\(file)"))))
            }
        }
    }

    /// The exact bytes of the agreements that the header names, in their order.
    func agreements() throws -> [[UInt8]] {
        try value("agreements").split(separator: " ").map { Array(try Data(contentsOf: Vector.folder.appending(path: "given/\($0)"))) }
    }
}
