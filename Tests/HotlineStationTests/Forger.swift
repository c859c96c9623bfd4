import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire
import Testing

/// Station 1 in bad faith: it has valid keys and a shared epoch, and sends station 2 whatever it likes.
final class Forger {
    let world: World
    let victim: End
    private let key: FrameKey
    private var counter: UInt16 = 0
    private let keys: StationPrivateKeys
    let generation: GenerationID
    let blinds: BlindSecret

    /// After a second of honest traffic, the honest station 1 is heard no more.
    init(seed: UInt64) throws {
        world = try World(seed: seed)
        try world.connect()
        try world.run(for: .seconds(2))
        victim = world.ends[1]
        let me = world.ends[0].number
        keys = try #require(try Sides.shared().keys.first { $0.0 == me }).1
        let cells = world.ends[0].secrets.cells(prefix: [victim.number.value, UInt8(ascii: "b")])
        var decoder = Decoder(try #require(cells.first?.value))
        let secret = EpochSecret(epoch: try decoder.epoch(), bytes: try decoder.raw(32))
        let salt = try #require(StartSalt([9, 9, 9, 9, 9, UInt8(truncatingIfNeeded: seed)]))
        key = FrameKey(secret: secret, line: victim.station.membership.line, from: me, to: victim.number, salt: salt)
        let current = try #require(world.ends[0].station.own.current)
        generation = current.id
        blinds = current.opening.blinds
    }

    func send(_ items: [Item]) throws { try send(plaintext: Item.encode(items)) }

    func send(plaintext: [UInt8]) throws {
        let frame = try key.seal(plaintext, counter: counter, alias: nil)
        counter += 1
        try world.inject(frame, to: 1)
    }

    func name(_ alias: UInt8, _ generation: GenerationID) -> Item { .name(alias: alias, generation: generation) }

    func letter(_ number: UInt64, _ text: String, alias: UInt8 = 0, kind: UInt8 = 1, precedence: Precedence = .routine) -> Item {
        .entry(
            EntryItem(
                generation: alias, number: EntryNumber(number), header: EntryHeader(kind: kind, precedence: precedence, channel: 1, fromPost: 1, toPost: 4, language: 1),
                references: [], seen: [], content: Array(text.utf8)
            )
        )
    }

    /// A checkpoint over a head that nobody can check, truly signed.
    func statement(size: UInt64, root: Hash) throws -> Item {
        let membership = victim.station.membership
        let checkpoint = Checkpoint(
            line: membership.line, agreement: membership.agreement, head: Head(generation: generation, size: RecordSize(size), root: root), held: []
        )
        return .statement(text: checkpoint.text, signature: try keys.sign(checkpoint.text, strength: .light))
    }

    /// A light checkpoint, truly signed, of which only sizes travel.
    func checkpoint(_ head: Head, holding held: [Head], aliases: [UInt8]) throws -> Item {
        let membership = victim.station.membership
        let text = Checkpoint(line: membership.line, agreement: membership.agreement, head: head, held: held).text
        return .checkpoint(
            CheckpointItem(
                strength: .light, generation: 0, size: head.size, held: zip(aliases, held).map { .init(generation: $0, size: $1.size) },
                signature: try keys.sign(text, strength: .light)
            )
        )
    }

    var next: UInt64 { victim.station.book(of: generation.station)?.size(of: generation)?.value ?? 0 }
    var violations: [Violation] { victim.events.compactMap { if case .violation(_, let violation) = $0 { violation } else { nil } } }
    var letters: [String] { victim.letters(of: generation.station) }
}
