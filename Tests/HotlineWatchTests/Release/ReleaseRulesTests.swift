import HotlineAgreement
import HotlineRecord
import HotlineSeal
import HotlineWire
import Testing

@testable import HotlineWatch

@Suite("Release by two, before our own station appends")
struct ReleaseRulesTests {
    private let officers: Officers
    private let statement: ReleasedStatement
    private let roles: [OfficerRole] = [.watch, .releaser]
    private var line: Hash { officers.line.agreement.line }

    init() throws {
        officers = try Officers()
        statement = ReleasedStatement(try officers.letter(), release: try Officers.id(7))
    }

    private func refusal(_ body: () throws -> Void) -> ReleaseRefusal? {
        do {
            try body()
            return nil
        } catch Refusal.release(let refusal) {
            return refusal
        } catch {
            Issue.record("\(error)")
            return nil
        }
    }

    private func release(_ signatures: [OfficerSignature], _ roster: Roster?, isUsed: Bool = false) throws -> (light: Attestation, composite: Attestation) {
        try ReleaseRules.check(ReleaseDraft(statement: statement, signatures: signatures), roles, roster, isUsed: isUsed, line: line)
    }

    @Test("WAT-36: with the signatures of the right officers both attestations are made, in the order of the roles")
    func released() throws {
        let roster = try officers.roster(4)
        let made = try release([officers.signature(1, statement), officers.signature(0, statement)], roster)
        for (attestation, strength) in [(made.light, Attestation.Strength.light), (made.composite, .composite)] {
            #expect(attestation.roster == 4 && attestation.signatures.map(\.officer) == ["w-1", "w-2"])
            #expect(attestation.fault(strength, statement, roles, roster, line: line, party: officers.washington) == nil)
            #expect(try Attestation(strength, content: attestation.content) == attestation)
        }
        // Who has both roles takes the one that the other has not.
        let both = try officers.roster(5, [[.watch, .releaser], [.watch]])
        #expect(try release([officers.signature(0, statement), officers.signature(1, statement)], both).light.signatures.map(\.officer) == ["w-2", "w-1"])
    }

    @Test("WAT-36: without them nothing is appended, and it is said what is missing")
    func refused() throws {
        let (one, two) = (try officers.signature(0, statement), try officers.signature(1, statement))
        let roster = try officers.roster(2)
        #expect(refusal { _ = try release([one, two], nil) } == .noRoster)
        #expect(refusal { _ = try release([one, two], roster, isUsed: true) } == .usedBefore)
        #expect(refusal { _ = try release([], roster) } == .missing([.watch, .releaser]))
        #expect(refusal { _ = try release([one], roster) } == .missing([.releaser]))
        #expect(refusal { _ = try release([two], roster) } == .missing([.watch]))
        #expect(refusal { _ = try release([one, two], officers.roster(3, [[.watch], [], [.releaser]])) } == .missing([.releaser]), "revoked since")
        #expect(refusal { _ = try release([one, two], officers.roster(3, [[.watch], [.watch]])) } == .missing([.releaser]), "of another role since")
        let other = ReleasedStatement(try officers.letter(5, "We refuse."), release: statement.release)
        #expect(refusal { _ = try release([one, officers.signature(1, other)], roster) } == .badSignature("w-2"))
    }

    @Test("WAT-36: an officer signs once, under a key of the roster in force, for a role that is open")
    func signing() throws {
        let roster = try officers.roster(2, [[.watch], [.releaser], [.watch]])
        func sign(_ place: Int, after signers: [String] = [], _ roster: Roster?, of other: ReleasedStatement? = nil) -> ReleaseRefusal? {
            refusal { try ReleaseRules.check(officers.signature(place, other ?? statement), of: statement, after: signers, roles, roster, line: line) }
        }
        #expect(sign(0, roster) == nil && sign(1, after: ["w-1"], roster) == nil && sign(2, after: ["w-2"], roster) == nil)
        #expect(sign(0, nil) == .noRoster)
        #expect(sign(0, after: ["w-1"], roster) == .signedAlready("w-1"))
        #expect(sign(2, after: ["w-1"], roster) == .wrongRole("w-3", has: [.watch], missing: [.releaser]))
        #expect(sign(2, after: ["w-1", "w-2"], roster) == .wrongRole("w-3", has: [.watch], missing: []))
        #expect(try sign(0, officers.roster(2, [[.translator]])) == .wrongRole("w-1", has: [.translator], missing: [.watch, .releaser]))
        #expect(try sign(2, officers.roster(2)) == .unknownOfficer("w-3"))
        let other = ReleasedStatement(try officers.letter(), release: try Officers.id(8))
        #expect(sign(0, roster, of: other) == .badSignature("w-1"))
    }

    @Test("WAT-30: a letter may be drafted where it needs release, and nowhere else")
    func drafts() throws {
        let agreement = officers.line.agreement
        let me = officers.washington
        func letter(channel: UInt8? = nil) throws -> LetterDraft {
            LetterDraft(
                to: officers.line.chiefs[1].number, channel: try channel.map { try #require(ChannelNumber($0)) }, precedence: .immediate,
                language: try #require(LanguageNumber(1)), text: "We agree."
            )
        }
        #expect(try LetterRules.check(letter(), from: me, agreement, isReleased: true, now: 1).channel == officers.principals.number)
        let open = try #require(agreement.channels.first { $0.release == .nobody && $0.precedences.contains(.immediate) && $0.code != Channel.tests })
        #expect(
            refusal { () throws in _ = try LetterRules.check(letter(channel: open.number.value), from: me, agreement, isReleased: true, now: 1) } == .notNeeded(channel: open.code))
        let checked = try LetterRules.check(letter(), from: me, agreement, isReleased: true, now: 1)
        let drafted = ReleasedStatement(
            release: try Officers.id(1), agreement: agreement.hash, header: checked.header(claimedTime: 9), references: [], content: checked.content
        )
        #expect(drafted.header.claimedTime == 0)
        guard case .letter(let again)? = ReleaseDraft(statement: drafted, signatures: []).draft else {
            Issue.record("a letter")
            return
        }
        #expect(try LetterRules.check(again, from: me, agreement, isReleased: true, now: 1) == checked)
        let receipt = ReleasedStatement(
            release: try Officers.id(1), agreement: agreement.hash, header: officers.header(.receipt), references: [try officers.name(1)], content: [1]
        )
        #expect(ReleaseDraft(statement: receipt, signatures: []).draft == nil)
    }

    @Test("WAT-10, WAT-30: an answer on such a channel leaves with its release")
    func answers() throws {
        var transcript = try Transcript()
        let letter = try transcript.letter(1, channel: officers.principals.number.value)
        let course = transcript.courses(letter)[0]
        func check(_ outcome: LetterOutcome, isReleased: Bool) -> Refusal? {
            let draft = ActDraft(about: letter.id, act: .outcome(outcome), language: LanguageNumber(1))
            do throws(Refusal) {
                _ = try ActRules.check(draft, course, from: officers.washington, officers.line.agreement, isReleased: isReleased, now: 1)
                return nil
            } catch {
                return error
            }
        }
        #expect(check(.answered(text: [0x61]), isReleased: true) == nil)
        #expect(check(.declined(reason: 1, text: []), isReleased: true) == nil)
        #expect(check(.notYet(until: nil, awaiting: nil, text: []), isReleased: true) == .release(.notNeeded(channel: officers.principals.code)))
        #expect(check(.notYet(until: nil, awaiting: nil, text: []), isReleased: false) == nil)
        if case .needsRelease? = check(.answered(text: [0x61]), isReleased: false) {} else { Issue.record("released by nobody") }
    }
}
