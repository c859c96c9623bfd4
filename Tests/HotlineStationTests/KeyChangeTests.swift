import HotlineAgreement
import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire
import Testing

@Suite("Keys replaced between two stations")
struct KeyChangeTests {
    private let world: World
    private let sides: Sides

    init() throws {
        sides = try Sides.shared()
        world = try World(seed: 41)
        try world.connect()
        try world.send(0, "with the first keys")
        try world.run(for: .seconds(5))
    }

    private var washington: End { world.ends[0] }
    private var moscow: End { world.ends[1] }

    /// Washington's new keys, and the statement that its root key signs.
    private func replace(_ reason: KeyChange.Reason, version: Int = 1) throws -> (StationPrivateKeys, UnverifiedKeyStatement) {
        let keys = StationPrivateKeys(station: try CompositePrivateKey(), light: LightPrivateKey())
        var listed = try #require(washington.agreements.keys(of: washington.number))
        (listed.station, listed.light, listed.tlsPin) = (try keys.station.publicKey, try keys.light.publicKey, Digest.random(32))
        let change = KeyChange(
            line: washington.agreements.line, agreement: washington.agreements.last.hash, party: washington.number, version: version,
            date: WallTime(milliseconds: 1_790_000_000_000), reason: reason, authority: .root, keys: listed
        )
        return (keys, try change.signed(by: [sides.roots[0]]))
    }

    private func signedInFull(_ author: End, at end: End) -> Bool {
        guard let current = end.station.book(of: author.number)?.current else { return false }
        return current.size > .zero && current.signedFull == current.size && current.id == author.station.own.current?.id
    }

    private func isSettled() -> Bool { world.ends.allSatisfy { $0.station.deliveries[0].backlog == 0 } }

    @Test("AGR-56: in order, the other side first: the line goes on in its epoch, and the new signatures count")
    func ordered() throws {
        let epoch = try #require(washington.station.deliveries[0].epochs.sendingEpoch)
        let (keys, statement) = try replace(.replaced)
        try moscow.install(statement)
        try world.restart(1)
        try world.send(0, "still with the first keys")
        try world.run(for: .seconds(90))
        #expect(signedInFull(washington, at: moscow), "the old keys count until the record has changed over")
        try washington.install(statement, keys: keys)
        try world.restart(0)
        try world.send(0, "with the second keys")
        try world.run(for: .seconds(90))
        #expect(isSettled() && signedInFull(washington, at: moscow) && signedInFull(moscow, at: washington))
        #expect(washington.station.deliveries[0].epochs.sendingEpoch == epoch)
        let basis = try #require(moscow.station.book(of: washington.number)?.current?.opening.basis)
        #expect(basis == Basis(agreement: sides.agreement.hash, statement: statement.hash))
        #expect(moscow.letters(of: washington.number).count == 3)
        #expect(world.ends.allSatisfy { $0.station.deliveries[0].statistics.violations == 0 })
    }

    @Test("ENT-31, REC-5: ourselves first: the peer keeps all of it, and the signatures count once it has installed the statement")
    func ourselvesFirst() throws {
        let (keys, statement) = try replace(.replaced)
        try washington.install(statement, keys: keys)
        try world.restart(0)
        try world.send(0, "with keys that you do not know")
        try world.run(for: .seconds(90))
        #expect(isSettled() && moscow.letters(of: washington.number).count == 2)
        let current = try #require(moscow.station.book(of: washington.number)?.current)
        #expect(current.signedProvisionally == .zero && !moscow.station.isInstalled(current.id))
        #expect(!moscow.events.contains { if case .violation = $0 { true } else { false } })
        try moscow.install(statement)
        try world.restart(1)
        try world.run(for: .seconds(90))
        #expect(signedInFull(washington, at: moscow) && signedInFull(moscow, at: washington))
    }

    @Test("AGR-57: after a theft no epoch of before is used, and the two agree on a new one with the new keys")
    func theft() throws {
        let epoch = try #require(moscow.station.deliveries[0].epochs.sendingEpoch)
        let (keys, statement) = try replace(.stolen)
        try moscow.install(statement)
        try washington.install(statement, keys: keys)
        try world.restart(1)
        try world.restart(0)
        try world.send(0, "after the theft")
        try world.run(for: .seconds(90))
        #expect(isSettled() && moscow.letters(of: washington.number).last == "after the theft")
        let after = try #require(moscow.station.deliveries[0].epochs.sendingEpoch)
        #expect(after > epoch)
        #expect(moscow.secrets.cells(prefix: [washington.number.value, UInt8(ascii: "b")]).count == 1, "the epoch of before is erased")
        #expect(signedInFull(washington, at: moscow))
        #expect(try #require(moscow.station.book(of: washington.number)?.sizes.first).size > .zero, "what was said before stays")
    }

    @Test("AGR-57: whoever still has the old keys and the epochs is heard no more")
    func thief() throws {
        let (_, statement) = try replace(.stolen)
        try moscow.install(statement)
        try world.restart(1)
        // The other end goes on with all that was stolen.
        try world.restart(0)
        try world.send(0, "believe me, I am Washington")
        try world.run(for: .seconds(120))
        #expect(moscow.letters(of: washington.number) == ["with the first keys"])
        #expect(moscow.station.deliveries[0].epochs.sendingEpoch == nil)
        #expect(!isSettled())
    }
}
