import HotlineAgreement
import HotlineRecord
import HotlineSeal
import HotlineWire
import Testing

@Suite("Key statements")
struct KeyStatementTests {
    private let parties: Parties
    private let line: LineAgreements
    private let recovery: [CompositePrivateKey]
    private static let me = 1

    init() throws {
        parties = try Parties()
        recovery = try (0..<3).map { try CompositePrivateKey(seed: Parties.seed(60 + $0, 1, 64)) }
        var draft = try parties.draft()
        draft.terms.parties[0].keys.recovery = try recovery.map { Digest.sha256(try $0.publicKey.bytes) }
        line = try #require(LineAgreements(try Agreement.parse(parties.signed(draft)).verified()))
    }

    private var before: PartyKeys { get throws { try #require(line.keys(of: Parties.station(Self.me))) } }

    private func fresh(_ use: UInt8) throws -> (station: CompositePublicKey, light: LightPublicKey, pin: [UInt8]) {
        (
            try CompositePrivateKey(seed: Parties.seed(70, use, 64)).publicKey, try LightPrivateKey(seed: Parties.seed(71, use, 32)).publicKey,
            Parties.seed(72, use, 32)
        )
    }

    /// A replacement in order, on the word of the root key, changed by `edit`.
    private func change(_ use: UInt8 = 1, version: Int = 1, on line: LineAgreements? = nil, _ edit: (inout KeyChange) throws -> Void = { _ in }) throws -> KeyChange {
        let line = line ?? self.line
        var keys = try #require(line.keys(of: Parties.station(Self.me)))
        (keys.station, keys.light, keys.tlsPin) = try fresh(use)
        var change = KeyChange(
            line: line.line, agreement: line.last.hash, party: try Parties.station(Self.me), version: version, date: Parties.date, reason: .replaced,
            authority: .root, keys: keys
        )
        try edit(&change)
        return change
    }

    /// The change as its signers would sign it; the root key of the party where nothing else is said.
    private func statement(_ change: KeyChange, by keys: [CompositePrivateKey]? = nil) throws -> UnverifiedKeyStatement {
        try change.signed(by: keys ?? [parties.roots[0]])
    }

    private func next(_ change: inout KeyChange) throws -> CompositePrivateKey {
        let root = try CompositePrivateKey(seed: Parties.seed(0, 4, 64))
        change.authority = .next
        change.keys.root = try root.publicKey
        change.keys.station = try CompositePrivateKey(seed: Parties.seed(0, 5, 64)).publicKey
        change.keys.light = try LightPrivateKey(seed: Parties.seed(0, 6, 32)).publicKey
        change.keys.next = Digest.sha256([42])
        return root
    }

    private func recover(_ change: inout KeyChange, _ places: [Int]) throws -> [CompositePrivateKey] {
        change.authority = .recovery
        change.keys.root = try CompositePrivateKey(seed: Parties.seed(80, 1, 64)).publicKey
        change.keys.next = Digest.sha256([43])
        change.recoveryKeys = try places.map { try recovery[$0].publicKey }
        return places.map { recovery[$0] }
    }

    @Test("AGR-49, AGR-50: a statement reads back as it was written, and its hash is that of its text")
    func roundTrip() throws {
        let written = try statement(try change())
        #expect(UnverifiedKeyStatement.isMeant(by: written.file))
        let read = try UnverifiedKeyStatement(written.file)
        #expect(read == written && read.hash == Digest.sha256(read.text) && read.file == written.file)
        var recovering = try change { $0.reason = .stolen }
        let keys = try recover(&recovering, [0, 2])
        let two = try statement(recovering, by: keys)
        #expect(try UnverifiedKeyStatement(two.file) == two && two.signatures.count == 2)
    }

    @Test("AGR-49, AGR-50: no byte of it can be changed", arguments: [17])
    func everyByte(_ step: Int) throws {
        let file = try statement(try change()).file
        for place in stride(from: 0, to: file.count, by: step) {
            var changed = file
            changed[place] ^= 1
            #expect((try? line.check(UnverifiedKeyStatement(changed))) == nil, "byte \(place)")
        }
        for count in stride(from: 0, to: file.count, by: 499) {
            #expect(throws: AgreementError.self) { try UnverifiedKeyStatement(Array(file.prefix(count))) }
        }
        #expect(throws: AgreementError.self) { try UnverifiedKeyStatement(file + [0x0A]) }
    }

    @Test("AGR-52, AGR-53: on the word of the root key the station, light and TLS keys change, one statement after the other")
    func root() throws {
        var line = line
        try line.append(try statement(try change()))
        #expect(try line.keys(of: Parties.station(1))?.station == fresh(1).station)
        #expect(try line.keysVersion(of: Parties.station(1)) == 1 && line.keysVersion(of: Parties.station(2)) == 0)
        #expect(throws: KeyStatementFault.stale(found: 1, inForce: 1)) { try line.check(try statement(try change(2, version: 1, on: line))) }
        #expect(throws: KeyStatementFault.farAhead(found: 1002, inForce: 1)) { try line.check(try statement(try change(2, version: 1002, on: line))) }
        try line.append(try statement(try change(2, version: 7, on: line)))
        #expect(throws: KeyStatementFault.usedBefore) { try line.check(try statement(try change(1, version: 8, on: line))) }
        #expect(line.files.count == 3 && line.keys.stations.count == 2)
    }

    @Test("AGR-51, AGR-53, AGR-54: what the root key may not say is refused", arguments: 0..<10)
    func refused(_ which: Int) throws {
        let other = try fresh(9)
        let cases: [(KeyStatementFault, (inout KeyChange) throws -> [CompositePrivateKey]?)] = [
            (
                .otherLine,
                {
                    $0.line = Digest.sha256([1]); return nil
                }
            ),
            (
                .otherAgreement(expected: 1),
                {
                    $0.agreement = Digest.sha256([1]); return nil
                }
            ),
            (
                .noParty(try Parties.station(9)),
                {
                    $0.party = try Parties.station(9); return nil
                }
            ),
            (
                .otherRoot,
                {
                    $0.keys.root = try CompositePrivateKey(seed: Parties.seed(80, 1, 64)).publicKey; return [try CompositePrivateKey(seed: Parties.seed(80, 1, 64))]
                }
            ),
            (
                .beyondAuthority(.root),
                {
                    $0.keys.next = Digest.sha256([7]); return nil
                }
            ),
            (
                .beyondAuthority(.root),
                {
                    $0.keys.recovery = []; return nil
                }
            ),
            (
                .keepsKeys(.replaced),
                {
                    ($0.keys.station, $0.keys.light, $0.keys.tlsPin) = (try before.station, try before.light, try before.tlsPin); return nil
                }
            ),
            (
                .keepsKeys(.stolen),
                {
                    $0.reason = .stolen; $0.keys.light = try before.light; return nil
                }
            ),
            (
                .usedBefore,
                {
                    $0.keys.station = try Parties.identity(1).keys.station; return nil
                }
            ),
            (
                .usedBefore,
                {
                    $0.keys.tlsPin = try Parties.identity(1).keys.tlsPin; $0.keys.light = other.light; return nil
                }
            ),
        ]
        let (fault, edit) = cases[which]
        var keys: [CompositePrivateKey]?
        let changed = try change { keys = try edit(&$0) }
        #expect(throws: fault) { try line.check(try statement(changed, by: keys)) }
    }

    @Test("AGR-50: a statement that another key has signed is not verified")
    func signer() throws {
        #expect(throws: AgreementError.wrongRoot(try Parties.station(1))) { try statement(try change(), by: [parties.roots[1]]) }
        let mine = try statement(try change())
        let theirs = try change { $0.keys.light = try fresh(8).light }
        let forged = try UnverifiedKeyStatement(Array(mine.file.dropFirst(0)))
        #expect(try line.check(forged).change == mine.change)
        let text = try statement(theirs)
        let swapped = try UnverifiedKeyStatement(text.text + mine.file.dropFirst(mine.text.count))
        #expect(throws: KeyStatementFault.notVerified(.root)) { try line.check(swapped) }
    }

    @Test("AGR-53: the next identity takes the place of a stolen root key, and the old root key says nothing any more")
    func nextIdentity() throws {
        var line = line
        // The thief of the root key is first, and still cannot keep the party from coming back.
        try line.append(try statement(try change(1, version: 1) { $0.reason = .stolen }))
        var back = try change(2, version: 2, on: line) { $0.reason = .stolen }
        let root = try next(&back)
        try line.append(try statement(back, by: [root]))
        #expect(try line.keys(of: Parties.station(1))?.root == root.publicKey)
        var again = try change(3, version: 3, on: line)
        again.keys.root = try parties.roots[0].publicKey
        #expect(throws: KeyStatementFault.otherRoot) { try line.check(try statement(again)) }
        #expect(throws: KeyStatementFault.notAnnounced) {
            var other = try change(4, version: 3, on: line)
            other.authority = .next
            other.keys.next = Digest.sha256([44])
            _ = try line.check(try statement(other, by: [root]))
        }
        try line.append(try statement(try change(5, version: 3, on: line), by: [root]))
    }

    @Test("AGR-47, AGR-53: a roster is signed by the root key that is in force where it stands, and by no other")
    func rootInForce() throws {
        var line = self.line
        let me = try Parties.station(Self.me)
        var change = try change()
        let replacing = try next(&change)
        let replaced = try statement(change, by: [replacing])
        let later = Basis(agreement: line.line, statement: replaced.hash)
        #expect(line.root(of: me, on: later) == nil, "it is not installed yet")
        try line.append(replaced)
        #expect(try line.root(of: me, on: later) == replacing.publicKey)
        #expect(try line.root(of: me, on: Basis(agreement: line.line)) == parties.roots[0].publicKey, "what stood before stands as it did")
        #expect(line.root(of: try Parties.station(2), on: later) == nil, "it is another party's statement")
        #expect(line.root(of: me, on: Basis(agreement: .zero)) == nil)
    }

    @Test("AGR-53: two of the three recovery keys, and no fewer, replace everything", arguments: [[0, 1], [0, 2], [1, 2]])
    func recoveryKeys(_ places: [Int]) throws {
        var line = line
        var recovering = try change { $0.reason = .stolen }
        let keys = try recover(&recovering, places)
        try line.append(try statement(recovering, by: keys))
        #expect(line.roots(of: try Parties.station(1)).count == 2)
        var twice = try change { $0.reason = .stolen }
        let same = try recover(&twice, [places[0], places[0]])
        #expect(throws: KeyStatementFault.notRecovery) { try self.line.check(try statement(twice, by: same)) }
        var backwards = try change { $0.reason = .stolen }
        let turned = try recover(&backwards, places.reversed())
        #expect(throws: KeyStatementFault.notRecovery) { try self.line.check(try statement(backwards, by: turned)) }
    }

    @Test("AGR-36, AGR-51: an amendment after it lists the new keys, and takes its place")
    func amended() throws {
        var line = line
        let old = line.amendment(date: Parties.date)
        try line.append(try statement(try change()))
        #expect(try old.parsed().faults(amending: line) == [.unannouncedKeys(of: Parties.station(1)), .usedBefore(of: Parties.station(1))])
        var draft = line.amendment(date: Parties.date)
        draft.terms.flash.burst = 5
        let amendment = try Agreement.parse(parties.signed(draft)).verified()
        try line.append(amendment)
        #expect(try line.keys(of: Parties.station(1))?.station == fresh(1).station)
        #expect(line.keys.latest(of: try Parties.station(1)) == Basis(agreement: amendment.hash))
        #expect(throws: KeyStatementFault.stale(found: 1, inForce: 1)) { try line.check(try statement(try change(2, version: 1, on: line))) }
        try line.append(try statement(try change(2, version: 2, on: line)))
    }

    @Test("REC-25, AGR-56, AGR-57: what may sign when, by the statements that are known")
    func lineKeys() throws {
        let me = try Parties.station(1)
        var line = line
        let first = Basis(agreement: line.last.hash)
        let ordered = try statement(try change())
        try line.append(ordered)
        let second = Basis(agreement: line.last.hash, statement: ordered.hash)
        #expect(try line.keys.latest(of: me) == second && line.keys.latest(of: Parties.station(2)) == first)
        #expect(line.keys.keys(of: me, from: first).count == 2 && line.keys.keys(of: me, from: second).count == 1)
        #expect(line.tlsPins(of: me).count == 2)
        let theft = try statement(try change(2, version: 2, on: line) { $0.reason = .stolen })
        try line.append(theft)
        #expect(line.keys.keys(of: me, from: first) == line.keys.keys(of: me, from: nil) && line.keys.keys(of: me, from: nil).count == 1)
        #expect(line.keys.keys(of: me, on: first) != nil, "what was signed before is still read")
        #expect(line.keys.isStolen(second, of: me) && !line.keys.isStolen(line.keys.latest(of: me), of: me))
        #expect(line.tlsPins(of: me) == [try fresh(2).pin] && line.keys.lastTheft(of: me) == theft.hash)
        #expect(line.keys.comes(first, before: second, of: me) && !line.keys.comes(second, before: first, of: me))
    }
}
