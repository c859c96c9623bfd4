import HotlineAgreement
import HotlineRecord
import HotlineSeal
import HotlineWire
import Testing

@testable import HotlineWatch

@Suite("Release by two, as its receiver sees it")
struct ReleaseTests {
    private let officers: Officers
    private let letter: Entry

    init() throws {
        officers = try Officers()
        letter = try officers.letter()
    }

    private func faults(_ attestations: Entry..., of other: Entry? = nil) throws -> [ReleaseFault] {
        let release = try officers.release(other ?? letter, attestations)
        #expect(release.isStationOnly, "what does not count releases nothing")
        return release.faults.map(\.fault)
    }

    @Test("WAT-35: a statement is the station's word alone until two officers' signatures verify, light or composite")
    func released() throws {
        let nothing = try officers.release(letter, [])
        #expect(nothing.isStationOnly && nothing.proof == nil)
        let (light, composite) = (try officers.attestation(of: letter), try officers.attestation(.composite, of: letter))
        let provisional = try officers.release(letter, [light])
        #expect(!provisional.isStationOnly && provisional.light?.officers == ["w-1", "w-2"] && provisional.composite == nil)
        #expect(try officers.release(letter, [composite]).proof?.attestation == composite.id)
        let both = try officers.release(letter, [light, composite])
        #expect(both.faults.isEmpty && both.light != nil && both.proof == both.composite)
    }

    @Test("WAT-30: what the agreement leaves to one officer needs none")
    func notNeeded() throws {
        let open = try #require(officers.line.agreement.channels.first { $0.release == .nobody })
        let plain = try officers.letter(header: officers.header(.letter, channel: open.number.value))
        let release = try officers.release(plain, [try officers.attestation(of: plain)])
        #expect(!release.isNeeded && !release.isStationOnly && release.light == nil && release.faults.isEmpty)
        func roles(_ kind: EntryKind, _ content: [UInt8], isAboutContact: Bool = false) -> [OfficerRole] {
            ReleaseNeed.roles(officers.header(kind), content, isAboutContact: isAboutContact, officers.line.agreement)
        }
        let text = Array("x".utf8)
        let needed: [(EntryKind, [UInt8])] = [
            (.letter, text), (.letterByTime, []), (.contactRequest, []), (.outcome, Act.outcome(.answered(text: text)).content),
            (.outcome, Act.outcome(.declined(reason: 1, text: [])).content), (.outcome, Act.outcome(.notYet(until: nil, awaiting: nil, text: text)).content),
            (.outcome, [99]), (.contactStatement, ContactStep.said(text: text).content), (.contactStatement, []),
        ]
        for (kind, content) in needed { #expect(roles(kind, content) == [.watch, .releaser], "\(kind) \(content)") }
        let free: [(EntryKind, [UInt8])] = [
            (.receipt, [1]), (.holdingReply, [1]), (.outcome, Act.outcome(.lapsed).content), (.outcome, Act.outcome(.withdrawn(text: [])).content),
            (.contactStatement, ContactStep.opened.content), (.roster, text), (.channel, text), (.lightRelease, text),
        ]
        for (kind, content) in free { #expect(roles(kind, content).isEmpty, "\(kind) \(content)") }
        #expect(roles(.outcome, Act.outcome(.declined(reason: 1, text: [])).content, isAboutContact: true).isEmpty)
    }

    @Test("WAT-31: leave anything out of what is signed, and a released text says something else", arguments: 0..<9)
    func signed(_ which: Int) throws {
        let header = letter.header
        func changed(_ header: EntryHeader? = nil, references: [EntryID]? = nil, content: String = "We agree.", agreement: Hash? = nil) -> Entry {
            Entry(
                id: letter.id, agreement: agreement ?? letter.agreement, header: header ?? letter.header, references: references ?? letter.references, seen: [],
                content: Array(content.utf8)
            )
        }
        func with(kind: UInt8? = nil, exercise: Bool = false, from: UInt8? = nil, to: UInt8? = nil, language: UInt8 = 1, precedence: Precedence = .immediate) -> EntryHeader {
            EntryHeader(
                kind: kind ?? header.kind, precedence: precedence, exercise: exercise, channel: header.channel, fromPost: from ?? header.fromPost,
                toPost: to ?? header.toPost, language: language, claimedTime: header.claimedTime
            )
        }
        let others = [
            changed(with(kind: 6)), changed(with(exercise: true)), changed(with(from: header.fromPost + 1)), changed(with(to: header.toPost + 1)),
            changed(with(language: 2)), changed(with(precedence: .routine)), changed(references: [try officers.name(3, of: 1)]), changed(content: "We agree?"),
            changed(agreement: officers.line.agreement.hash == letter.agreement ? Digest.sha256(letter.content) : letter.agreement),
        ]
        #expect(try faults(officers.attestation(of: others[which], about: letter)) == [.notSigned("w-1")])
        #expect(ReleasedStatement(changed(with()), release: try Officers.id(7)) == ReleasedStatement(letter, release: try Officers.id(7)))
    }

    @Test("WAT-31: another line, another party or another release id is another body")
    func bodies() throws {
        let statement = ReleasedStatement(letter, release: try Officers.id(7))
        let bytes = statement.signedBytes(line: officers.line.agreement.line, party: try Line.station(0))
        #expect(bytes != statement.signedBytes(line: Digest.sha256([1]), party: try Line.station(0)))
        #expect(bytes != statement.signedBytes(line: officers.line.agreement.line, party: try Line.station(1)))
        #expect(bytes != ReleasedStatement(letter, release: try Officers.id(8)).signedBytes(line: officers.line.agreement.line, party: try Line.station(0)))
    }

    @Test("WAT-33: different officers, each of the role in its place, each enrolled, each with its own signature")
    func signers() throws {
        #expect(try faults(officers.attestation(of: letter, by: [0, 0])) == [.sameOfficer("w-1")])
        #expect(try faults(officers.attestation(of: letter, by: [1, 0])) == [.wrongRole("w-2", .watch)])
        #expect(try faults(officers.attestation(of: letter, by: [0, 2])) == [.unknownOfficer("w-3")])
        #expect(try faults(officers.attestation(of: letter, by: [0])) == [.officers(found: 1, needed: 2)])
        #expect(try faults(officers.attestation(of: letter, by: [0, 1, 2])) == [.officers(found: 3, needed: 2)])
        for strength in Attestation.Strength.allCases {
            let good = try Attestation(strength, content: officers.attestation(strength, of: letter).content)
            let swapped = Attestation(
                release: good.release, roster: 2, signatures: [.init(officer: "w-1", bytes: good.signatures[1].bytes), good.signatures[1]]
            )
            let entry = Entry(
                id: try officers.name(6), agreement: letter.agreement, header: officers.header(strength.kind), references: [letter.id], seen: [], content: swapped.content
            )
            #expect(try faults(entry) == [.notSigned("w-1")])
        }
    }

    @Test("WAT-33: the roster that is in force where the statement stands, and no other")
    func rosters() throws {
        #expect(try faults(officers.attestation(of: letter, roster: 1)) == [.otherRoster(found: 1, inForce: 2)])
        #expect(try faults(officers.attestation(of: letter, roster: 3)) == [.otherRoster(found: 3, inForce: 2)])
        func enrolment(_ number: UInt64, _ version: UInt64, _ roles: [[OfficerRole]]) throws -> Release.Enrolment {
            Release.Enrolment(entry: try officers.name(number), roster: try officers.roster(version, roles))
        }
        let first = try enrolment(1, 2, [[.watch], [.releaser]])
        let attestation = try officers.attestation(of: letter)
        #expect(try officers.release(letter, [attestation], rosters: []).faults.map(\.fault) == [.noRoster])
        // Revoked before, and revoked after.
        let revoked = try officers.release(letter, [attestation], rosters: [first, enrolment(3, 3, [[.watch], [], [.releaser]])])
        #expect(revoked.isStationOnly && revoked.faults.map(\.fault) == [.otherRoster(found: 2, inForce: 3)])
        let current = try officers.attestation(of: letter, roster: 3)
        #expect(try officers.release(letter, [current], rosters: [first, enrolment(3, 3, [[.watch], [], [.releaser]])]).faults.map(\.fault) == [.unknownOfficer("w-2")])
        #expect(try !officers.release(letter, [attestation], rosters: [first, enrolment(9, 3, [])]).isStationOnly)
        // An old version brings nobody back.
        let stale = try enrolment(4, 1, [[.watch], [.releaser]])
        #expect(try officers.release(letter, [attestation], rosters: [first, stale]).light != nil)
        let order = RecordOrder([letter.id.generation: GenerationID(station: officers.washington, name: GenerationName(0))])
        let earlier = Release.Enrolment(entry: try officers.name(40, generation: 0), roster: try officers.roster(2))
        #expect(try officers.release(letter, [attestation], rosters: [earlier], order: order).light != nil)
    }

    @Test("WAT-32, WAT-33: it goes as its statement does, by its statement's author")
    func handling() throws {
        let open = try #require(officers.line.agreement.channels.first { $0.release == .nobody })
        #expect(try faults(officers.attestation(of: letter, header: officers.header(.lightRelease, channel: open.number.value))) == [.otherHandling])
        #expect(try faults(officers.attestation(of: letter, header: officers.header(.lightRelease, .routine))) == [.otherHandling])
        #expect(try faults(officers.attestation(of: letter, at: officers.name(1, of: 1))) == [.notItsAuthor])
        let unreadable = Entry(
            id: try officers.name(6), agreement: letter.agreement, header: officers.header(.lightRelease), references: [letter.id], seen: [], content: [1, 2, 3]
        )
        #expect(try faults(unreadable) == [.unreadable])
        let light = try officers.attestation(of: letter)
        let relabelled = Entry(
            id: light.id, agreement: light.agreement, header: officers.header(.release), references: light.references, seen: [], content: light.content
        )
        #expect(try faults(relabelled) == [.unreadable], "a light signature is no composite one")
    }

    @Test("WAT-34: a release id is for one statement, the first that it was named for")
    func replay() throws {
        let again = try officers.letter(9)
        let (first, second) = (try officers.attestation(of: letter), try officers.attestation(of: again))
        let uses = [Release.Use(attestation: first.id, statement: letter.id)]
        let replayed = try officers.release(again, [second], uses: uses)
        #expect(replayed.isStationOnly && replayed.faults.map(\.fault) == [.usedBefore(letter.id)])
        #expect(try !officers.release(letter, [first], uses: [Release.Use(attestation: second.id, statement: again.id)]).isStationOnly)
        // The first in the order of the record, whatever came first.
        let order = RecordOrder([letter.id.generation: GenerationID(station: officers.washington, name: GenerationName(0))])
        let earlier = Release.Use(attestation: try officers.name(70, generation: 0), statement: try officers.name(69, generation: 0))
        #expect(try officers.release(letter, [first], uses: [earlier], order: order).faults.map(\.fault) == [.usedBefore(earlier.statement)])
    }
}
