import HotlineRecord
import HotlineSeal
import HotlineWire

/// Entries for tests, made from a seed.
extension SeededGenerator {
    mutating func generation(of station: StationNumber) -> GenerationID { GenerationID(station: station, name: GenerationName(next())) }
    mutating func hash() -> Hash { Digest.sha256(bytes(8)) }
    mutating func varint() -> UInt64 {
        let bits = [6, 14, 30, 61].randomElement(using: &self) ?? 6
        return UInt64.random(in: 0..<(1 << UInt64(bits)), using: &self)
    }

    mutating func entry(content: Int? = nil) -> Entry {
        let author = UInt8.random(in: 1...15, using: &self)
        let others = (1...15).filter { $0 != author && Bool.random(using: &self) }
        return Entry(
            id: EntryID(generation(of: Fixture.station(author)), EntryNumber(varint())), agreement: hash(),
            header: EntryHeader(
                kind: UInt8.random(in: 0...255, using: &self), precedence: Precedence.allCases.randomElement(using: &self) ?? .routine,
                exercise: Bool.random(using: &self), channel: UInt8.random(in: 0...31, using: &self),
                fromPost: UInt8.random(in: 0...255, using: &self), toPost: UInt8.random(in: 0...255, using: &self),
                language: UInt8.random(in: 0...255, using: &self), claimedTime: varint()
            ),
            references: (0..<Int.random(in: 0...Limits.referencesMax, using: &self)).map { _ in
                EntryID(generation(of: Fixture.station(UInt8.random(in: 1...15, using: &self))), EntryNumber(varint()))
            },
            seen: others.map { Entry.Seen(generation: generation(of: Fixture.station($0)), size: RecordSize(varint())) },
            content: bytes(content ?? Int.random(in: 0...300, using: &self))
        )
    }
}

/// What tests of the record share.
enum Fixture {
    static func station(_ value: UInt8) -> StationNumber {
        guard let station = StationNumber(value) else { preconditionFailure("\(value) is no station") }
        return station
    }

    static func secret(_ byte: UInt8) -> BlindSecret {
        guard let secret = BlindSecret([UInt8](repeating: byte, count: BlindSecret.size)) else {
            preconditionFailure("32 bytes are a secret")
        }
        return secret
    }

    static func blind(_ byte: UInt8) -> Blind {
        guard let blind = Blind([UInt8](repeating: byte, count: Blind.size)) else { preconditionFailure("16 bytes are a blind") }
        return blind
    }

    static let line = Digest.sha256(Array("a line".utf8))
}
