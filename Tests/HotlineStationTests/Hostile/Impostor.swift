import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire
import Testing

/// Whoever has the hostile station: its keys, its epochs, what it has written, and the clear text of all that it is sent.
final class Impostor {
    let stage: Stage
    let keys: StationPrivateKeys
    /// The generation that the hostile station was writing when it turned.
    let generation: GenerationID
    let blinds: BlindSecret
    private let secret: EpochSecret
    private var key: FrameKey
    private var counter = 0
    private var names: [StartSalt: [GenerationID]] = [:]
    private var incoming: [StartSalt: FrameKey] = [:]

    init(_ stage: Stage) throws {
        self.stage = stage
        let (me, victim) = (stage.hostile, stage.honest)
        keys = try #require(try Sides.three().keys.first { $0.0 == me.number }).1
        let cell = try #require(me.secrets.cells(prefix: [victim.number.value, UInt8(ascii: "b")]).first?.value)
        var decoder = Decoder(cell)
        secret = EpochSecret(epoch: try decoder.epoch(), bytes: try decoder.raw(32))
        let current = try #require(me.station.own.current)
        generation = current.id
        blinds = current.opening.blinds
        let salt = try #require(StartSalt([0xEE] + stage.dice.bytes(5)))
        key = FrameKey(secret: secret, line: victim.station.membership.line, from: me.number, to: victim.number, salt: salt)
    }

    var me: StationNumber { stage.hostile.number }
    var victim: Station { stage.honest.station }
    var line: Hash { victim.membership.line }
    var victimGeneration: GenerationID { get throws { try #require(victim.own.current).id } }
    /// The number of the next entry that the honest station lacks.
    var next: UInt64 { size(of: generation) }

    func size(of generation: GenerationID) -> UInt64 { victim.book(of: generation.station)?.size(of: generation)?.value ?? 0 }
    func dice<T>(_ body: (inout Dice) -> T) -> T { body(&stage.dice) }

    // MARK: Sending

    func send(_ items: [Item]) throws { try send(plaintext: Item.encode(items)) }

    func send(plaintext: [UInt8]) throws { try stage.inject(try seal(plaintext)) }

    func seal(_ plaintext: [UInt8]) throws -> [UInt8] {
        if counter == 65_536 { try drawSalt() }
        defer { counter += 1 }
        return try key.seal(plaintext, counter: UInt16(counter), alias: nil)
    }

    /// As after a start: names under it begin anew.
    func drawSalt() throws {
        counter = 0
        let salt = try #require(StartSalt([0xEE] + stage.dice.bytes(5)))
        key = FrameKey(secret: secret, line: line, from: me, to: stage.honest.number, salt: salt)
    }

    /// One object of the handshake, whole or in parts of so many bytes.
    func handshake(_ object: [UInt8], part: Int = 60_000) throws {
        let name = Digest.sha256(object).bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        for offset in stride(from: 0, to: object.count, by: part) {
            let bytes = Array(object[offset..<min(offset + part, object.count)])
            try stage.inject(HandshakeFragment(from: me, to: stage.honest.number, object: name, offset: offset, total: object.count, bytes: bytes).encoded)
        }
    }

    // MARK: Reading

    /// What has come since the last time, opened.
    func read() -> [(salt: StartSalt, item: Item)] {
        var items: [(StartSalt, Item)] = []
        for frame in stage.caught {
            guard case .sealed(let header, let ciphertext)? = try? UnverifiedFrame(frame), case .full(let salt) = header.salt else { continue }
            let key = incoming[salt] ?? FrameKey(secret: secret, line: line, from: stage.honest.number, to: me, salt: salt)
            incoming[salt] = key
            guard let plaintext = try? key.open(header, ciphertext: ciphertext), let found = try? Item.decode(plaintext) else { continue }
            for item in found {
                if case .name(_, let generation) = item { names[salt, default: []].append(generation) }
                items.append((salt, item))
            }
        }
        stage.caught = []
        return items
    }

    /// Objects of the handshake that came whole in one frame since the last time.
    func readHandshakes() -> [[UInt8]] {
        stage.caught.compactMap { frame in
            guard case .handshake(let part)? = try? UnverifiedFrame(frame), part.bytes.count == part.total else { return nil }
            return part.bytes
        }
    }

    /// Answers every probe that has come, with this generation for the current one.
    func answerProbes(naming generation: GenerationID? = nil, alias: UInt8 = 0) throws {
        let challenges = read().compactMap { if case .probe(let challenge) = $0.item { challenge } else { nil } }
        guard !challenges.isEmpty else { return }
        try send([.name(alias: alias, generation: generation ?? self.generation)] + challenges.map { .echo(challenge: $0, current: alias) })
    }
}
