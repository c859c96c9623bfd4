import HotlineAgreement
import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineWatch
import HotlineWire
import Testing

@testable import HotlineStation

/// Release by two between real stations, and from one that has turned.
@Suite("Release by two, on the line")
struct ReleaseTests {
    /// Two officers of a party, and its root key.
    private struct Staff {
        let me: StationNumber
        let root: CompositePrivateKey
        let agreement: Agreement
        let keys: [(light: LightPrivateKey, composite: CompositePrivateKey)]
        let channel: Channel
        static let codes = ["x-1", "x-2"]

        init(_ sides: Sides, _ place: Int) throws {
            (me, root, agreement) = (sides.keys[place].0, sides.roots[place], sides.agreement)
            keys = try Self.codes.map { _ in (LightPrivateKey(), try CompositePrivateKey()) }
            channel = try #require(agreement.channels.first { $0.release.roles == [.watch, .releaser] })
        }

        func roster(_ version: UInt64, by root: CompositePrivateKey? = nil, of party: StationNumber? = nil, without code: String? = nil) throws -> UnverifiedRoster {
            let officers = try zip(zip(Self.codes, keys), [OfficerRole.watch, .releaser]).filter { $0.0.0 != code }.map { officer, role in
                Roster.Officer(code: officer.0, roles: [role], light: try officer.1.light.publicKey, composite: try officer.1.composite.publicKey)
            }
            return try UnverifiedRoster.signed(by: root ?? self.root, party: party ?? me, version: version, officers: officers, on: agreement.line)
        }

        func verified(_ version: UInt64, without code: String? = nil) throws -> Roster {
            try roster(version, without: code).verified(by: root.publicKey, on: agreement.line)
        }

        func letter(_ text: String, to post: UInt8) throws -> Draft {
            .letter(
                LetterDraft(
                    to: try #require(PostNumber(post)), channel: channel.number, precedence: .immediate, language: try #require(LanguageNumber(1)), text: text
                )
            )
        }

        func signed(_ statement: ReleasedStatement) throws -> ReleaseDraft {
            let bytes = statement.signedBytes(line: agreement.line, party: me)
            let signatures = try zip(Self.codes, keys).map { try OfficerSignature(officer: $0, light: $1.light, composite: $1.composite, over: bytes) }
            return ReleaseDraft(statement: statement, signatures: signatures)
        }
    }

    private func id(_ byte: UInt8) throws -> ReleaseID { try #require(ReleaseID([UInt8](repeating: byte, count: ReleaseID.size))) }

    /// What the station would answer; it stays as it is.
    private func answer(_ end: End, _ input: Input, at now: Moment) -> Result<Composed, Refusal>? {
        var station = end.station
        var outcome = Outcome()
        station.handle(input, at: now, into: &outcome)
        return outcome.effects.compactMap { if case .answer(_, let result) = $0 { result } else { nil } }.first
    }

    private func refusal(_ end: End, _ input: Input, at now: Moment) -> Refusal? {
        if case .failure(let refusal)? = answer(end, input, at: now) { refusal } else { nil }
    }

    /// As an end's own shell would find it.
    private func release(_ id: EntryID, at end: End) throws -> Release {
        let history = History(end.journal)
        let (entry, _) = try #require(try history.entry(id))
        var shelf = RosterShelf()
        let roles = ReleaseNeed.roles(entry.header, entry.content, end.agreements.last)
        let enrolments = try shelf.enrolments(of: id.author, history, end.agreements) { end.station.basis(of: $0) }
        #expect(try shelf.enrolments(of: id.author, history, end.agreements) { end.station.basis(of: $0) }.map(\.entry) == enrolments.map(\.entry))
        return try history.release(of: entry, roles, enrolments, end.station.books, line: end.agreements.line)
    }

    @Test("WAT-36, WAT-37: a statement is appended with both attestations in one commit, the other side verifies it, and the id is used up")
    func released() throws {
        let world = try World(seed: 31)
        try world.connect()
        try world.run(for: .seconds(2))
        let (end, sides) = (world.ends[0], try Sides.shared())
        let staff = try Staff(sides, 0)
        let (mine, other) = (try staff.verified(2), try Staff(sides, 1).verified(1))
        #expect(refusal(end, .roster(other, inForce: nil, ticket: 1), at: world.now) == .release(.foreignRoster))
        #expect(refusal(end, .roster(mine, inForce: 2, ticket: 1), at: world.now) == .release(.staleRoster(found: 2, inForce: 2)))
        try end.feed([.roster(mine, inForce: 1, ticket: 1)], at: world.now)
        let statement = try end.station.statement(staff.letter("We agree.", to: sides.posts[1]), nil, release: id(1), at: world.now.wall)
        let draft = try staff.signed(statement)
        let past = ReleasePast(roster: mine, isUsed: false)
        #expect(refusal(end, .release(ReleaseDraft(statement: statement, signatures: []), past, ticket: 1), at: world.now) == .release(.missing([.watch, .releaser])))
        #expect(refusal(end, .release(draft, ReleasePast(roster: nil, isUsed: false), ticket: 1), at: world.now) == .release(.noRoster))
        let revoked = ReleasePast(roster: try staff.verified(3, without: "x-2"), isUsed: false)
        #expect(refusal(end, .release(draft, revoked, ticket: 1), at: world.now) == .release(.missing([.releaser])))
        let elsewhere = ReleasedStatement(release: try id(1), agreement: .zero, header: statement.header, references: [], content: statement.content)
        #expect(refusal(end, .release(try staff.signed(elsewhere), past, ticket: 1), at: world.now) == .release(.otherAgreement))
        let commits = end.journal.rows.count
        guard case .success(let composed)? = answer(end, .release(draft, past, ticket: 1), at: world.now) else { throw Refusal.release(.changed) }
        try end.feed([.release(draft, past, ticket: 1)], at: world.now)
        let kinds = end.facts[commits...].compactMap { if case .entry(let entry, _)? = $0 { entry.header.kind } else { nil } }
        #expect(kinds == [1, 13, 14])
        #expect(try !History(end.journal).uses(of: id(1), by: end.number).isEmpty)
        #expect(refusal(end, .release(draft, ReleasePast(roster: mine, isUsed: true), ticket: 1), at: world.now) == .release(.usedBefore))
        try world.run(for: .seconds(5))
        for end in world.ends {
            let release = try release(composed.id, at: end)
            #expect(release.light?.officers == Staff.codes && release.composite?.officers == Staff.codes && release.faults.isEmpty)
        }
        // What was released stays so after a revocation.
        try end.feed([.roster(try staff.verified(3, without: "x-2"), inForce: 2, ticket: 1)], at: world.now)
        try world.run(for: .seconds(5))
        #expect(try !release(composed.id, at: world.ends[1]).isStationOnly)
    }

    @Test("WAT-36: after a restore nothing is released before the other side has given back what the backup lacks")
    func restored() throws {
        let world = try World(seed: 32)
        try world.connect()
        try world.run(for: .seconds(2))
        let (end, sides) = (world.ends[0], try Sides.shared())
        let staff = try Staff(sides, 0)
        try end.feed([.roster(try staff.verified(1), inForce: nil, ticket: 1)], at: world.now)
        let backup = MemoryJournal(copy: end.journal)
        let draft = try staff.signed(try end.station.statement(staff.letter("Once.", to: sides.posts[1]), nil, release: id(2), at: world.now.wall))
        let past = ReleasePast(roster: try staff.verified(1), isUsed: false)
        try end.feed([.release(draft, past, ticket: 1), .order(.full)], at: world.now)
        try world.run(for: .seconds(70))
        try world.disconnect()
        try end.restore(backup, keepingSecrets: true, seed: [UInt8](repeating: 9, count: 32), at: world.now)
        #expect(try History(end.journal).uses(of: id(2), by: end.number).isEmpty)
        #expect(refusal(end, .release(draft, past, ticket: 1), at: world.now) == .release(.notRebuilt))
        try world.connect()
        try world.run(for: .seconds(60))
        #expect(try History(end.journal).uses(of: id(2), by: end.number).count == 2, "what came back is on the record again")
        let other = try staff.signed(try end.station.statement(staff.letter("Another.", to: sides.posts[1]), nil, release: id(3), at: world.now.wall))
        if case .success? = answer(end, .release(other, past, ticket: 1), at: world.now) {} else { Issue.record("it is rebuilt") }
    }

    @Test("WAT-34, WAT-35: a station that has turned repeats and forges releases, and nothing of it counts")
    func hostile() throws {
        let stage = try Stage.ready(seed: 5)
        let sides = try Sides.three()
        let place = Int(stage.hostile.number.value) - 1
        let staff = try Staff(sides, place)
        let post = sides.posts[Int(stage.honest.number.value) - 1]
        try stage.hostile.feed([.roster(try staff.verified(1), inForce: nil, ticket: 1)], at: stage.now)
        let statement = try stage.hostile.station.statement(staff.letter("We agree.", to: post), nil, release: id(4), at: stage.now.wall)
        let number = try #require(stage.hostile.station.nextEntry)
        try stage.hostile.feed([.release(try staff.signed(statement), ReleasePast(roster: try staff.verified(1), isUsed: false), ticket: 1)], at: stage.now)
        try stage.run(for: .seconds(10))
        #expect(try release(number, at: stage.honest).composite != nil)
        let genuine = try ([1, 2] as [UInt64]).map { step in
            let id = EntryID(number.generation, EntryNumber(number.number.value + step))
            return try #require(try History(stage.honest.journal).entry(id)).entry
        }
        try stage.turn()
        let peer = try Impostor(stage)

        /// Writes a statement and what says that it is released; gives what the honest station makes of it.
        func write(_ text: String, _ attestations: [Entry]) throws -> [ReleaseFault] {
            let number = peer.next
            try peer.send([peer.naming, peer.item(number, Array(text.utf8), statement.header)])
            for attestation in attestations {
                let reference = EntryItem.Reference(generation: 0, number: EntryNumber(number))
                try peer.send([peer.naming, peer.item(peer.next, attestation.content, attestation.header, references: [reference])])
            }
            #expect(peer.next == number + 1 + UInt64(attestations.count), "all of it is kept")
            let found = try release(EntryID(peer.generation, EntryNumber(number)), at: stage.honest)
            #expect(found.isStationOnly)
            return found.faults.map(\.fault)
        }
        func changed(_ entry: Entry, _ body: (Attestation) throws -> Attestation) throws -> Entry {
            let strength = try #require(Attestation.Strength(entry.header.kind))
            let content = try body(try Attestation(strength, content: entry.content)).content
            return Entry(id: entry.id, agreement: entry.agreement, header: entry.header, references: entry.references, seen: [], content: content)
        }
        #expect(try write("Nobody has signed this.", []) == [])
        #expect(try write("We agree.", genuine) == [.usedBefore(number), .usedBefore(number)], "the same text again")
        #expect(try write("We refuse.", genuine) == [.usedBefore(number), .usedBefore(number)], "another text")
        let renamed = try genuine.map { try changed($0) { Attestation(release: try id(5), roster: $0.roster, signatures: $0.signatures) } }
        #expect(try write("We agree.", renamed) == [.notSigned("x-1"), .notSigned("x-1")], "another id")
        let later = try genuine.map { try changed($0) { Attestation(release: try id(6), roster: 2, signatures: $0.signatures) } }
        // A roster that the thief has signed for itself counts for nothing.
        let forged = try staff.roster(2, by: try CompositePrivateKey())
        try peer.send([peer.naming, peer.item(peer.next, forged.content, EntryHeader(kind: Roster.kind, precedence: .immediate))])
        #expect(try write("We agree.", later) == [.otherRoster(found: 2, inForce: 1), .otherRoster(found: 2, inForce: 1)])
        let twice = try genuine.map { try changed($0) { Attestation(release: try id(7), roster: 1, signatures: [$0.signatures[0], $0.signatures[0]]) } }
        #expect(try write("We agree.", twice) == [.notSigned("x-1"), .notSigned("x-1")])
        #expect(try release(number, at: stage.honest).composite != nil, "and what was released stays so")
        #expect(peer.violations.isEmpty)
    }
}
