import HotlineRecord
import HotlineSeal
import HotlineWire
import Testing

@Suite("Exports")
struct ExportTests {
    private let two: RecordOfTwo
    private let first: RecordOfTwo.Written
    private let second: RecordOfTwo.Written
    private let other: RecordOfTwo.Written

    /// Station 1 with two generations of 4 and 3 entries, station 2 with one of 5.
    init() throws {
        two = try RecordOfTwo()
        var first = two.open(1, 0xA1)
        var other = two.open(2, 0xB1)
        for number in 1...3 { two.write(Array("from one, \(number)".utf8), in: &first) }
        for number in 1...4 {
            two.write(
                Array("from two, \(number)".utf8), in: &other, references: [first.entries[1].id],
                seen: [Entry.Seen(generation: first.id, size: first.head.size)]
            )
        }
        var second = two.open(1, 0xA2, after: first.head, held: [try other.head(at: 2)])
        for number in 1...2 { two.write(Array("from one again, \(number)".utf8), in: &second) }
        (self.first, self.second, self.other) = (first, second, other)
    }

    private func checkpoints() throws -> [UnverifiedCheckpoint] {
        [
            try two.sign(first.head, .full),
            try two.sign(try second.head(at: 2), holding: [try other.head(at: 3)], .full),
            try two.sign(second.head, holding: [other.head], .light),
            try two.sign(try other.head(at: 4), holding: [first.head, try second.head(at: 1)], .full),
        ]
    }

    private func good() throws -> [UInt8] { two.export([first, second, other], try checkpoints(), rosters: [Array("a roster".utf8)]) }

    @Test("REC-20: an export is found sound, and says of each generation how far it is signed")
    func sound() throws {
        let report = two.verify(try good())
        #expect(report.problems.isEmpty)
        #expect(report.notes.isEmpty)
        #expect(report.isSound)
        #expect(report.line == two.line)
        #expect(report.rosters == [Array("a roster".utf8)])
        #expect(report.entryCount == 12)
        try #require(report.generations.map(\.id) == [first.id, second.id, other.id])
        let (a, b, c) = (report.generations[0], report.generations[1], report.generations[2])
        #expect(a.size.value == 4 && a.signedFull.value == 4 && a.unsigned == 0 && a.predecessor == .first && a.root == first.head.root)
        #expect(b.size.value == 3 && b.signedFull.value == 2 && b.signedProvisionally.value == 3 && b.predecessor == .agrees(first.head))
        #expect(c.size.value == 5 && c.signedFull.value == 4 && c.signedProvisionally.value == 4 && c.unsigned == 1)
        #expect(a.cosigned == [.init(by: Fixture.station(2), full: RecordSize(4), provisionally: RecordSize(4))])
        #expect(b.cosigned == [.init(by: Fixture.station(2), full: RecordSize(1), provisionally: RecordSize(1))])
        #expect(c.cosigned == [.init(by: Fixture.station(1), full: RecordSize(3), provisionally: RecordSize(5))])
    }

    @Test("REC-20: the size of the chunks changes nothing", arguments: [1, 2, 7, 100, 1 << 20])
    func chunks(size: Int) throws {
        let report = two.verify(try good(), chunk: size)
        #expect(report.isSound && report.entryCount == 12)
    }

    @Test("REC-21: an export cut short at any byte is not sound")
    func cut() throws {
        let bytes = two.export([first, other], [try two.sign(first.head, .light)])
        #expect(two.verify(bytes).isSound)
        for count in 0..<bytes.count { try #require(!two.verify(Array(bytes.prefix(count))).isSound) }
    }

    @Test("REC-21: bytes behind the end are found and counted")
    func trailing() throws {
        let bytes = try good()
        #expect(two.verify(bytes + [1, 2, 3]).problems == [ExportProblem(.byte(UInt64(bytes.count)), .trailingBytes(3))])
    }

    @Test("REC-22: an entry changed and sealed again is named, and nothing else is")
    func changedEntry() throws {
        for index in 1...4 {
            var changed = other
            let entry = changed.entries[index]
            changed.entries[index] = Entry(
                id: entry.id, agreement: entry.agreement, header: entry.header, references: entry.references, seen: entry.seen,
                content: entry.content.flipping(bit: 3)
            )
            let report = two.verify(two.export([first, second, changed], try checkpoints()))
            #expect(report.problems == [ExportProblem(.entry(entry.id), .leafDiffers)])
        }
    }

    @Test("REC-22: an entry changed together with its leaf is found by the heads that cover it, and only by those")
    func changedLeaf() throws {
        func rewritten(_ index: Int) throws -> ExportReport {
            var changed = two.open(2, 0xB1)
            for entry in other.entries.dropFirst() {
                two.write(
                    entry.id.number.value == UInt64(index) ? [1] : entry.content, in: &changed, references: entry.references,
                    seen: entry.seen
                )
            }
            return two.verify(two.export([first, second, changed], try checkpoints()))
        }
        let covered = try rewritten(3)
        let places = covered.problems.map(\.place)
        #expect(covered.problems.count == 2)
        #expect(places.contains(.head(try other.head(at: 4), by: .checkpoint(Fixture.station(2), .full))))
        #expect(places.contains(.head(other.head, by: .checkpoint(Fixture.station(1), .light))))
        let report = try #require(covered.generations.last)
        #expect(report.signedFull == .zero && report.unsigned == 5)
        // The last entry is signed by nobody but station 1, which holds it.
        #expect(try rewritten(4).problems.map(\.place) == [.head(other.head, by: .checkpoint(Fixture.station(1), .light))])
    }

    @Test("REC-22: an entry left out is named with the number missing")
    func leftOut() throws {
        var sections = try RawExport.sections(try good())
        // Agreement, roster, four checkpoints, three openings, then generation and entries: number 1 of the first.
        let index = try #require(sections.firstIndex { $0.0 == .entry })
        sections.remove(at: index)
        let report = two.verify(RawExport.seal(sections))
        #expect(report.problems == [ExportProblem(.entry(first.entries[1].id), .entriesMissing(1))])
        #expect(report.generations[0].root == nil && report.generations[0].signedFull == .zero)
    }

    @Test("REC-22: the last entries left out are named, and a signed head beyond them does not count")
    func tailLeftOut() throws {
        var sections = try RawExport.sections(try good())
        sections.removeLast()
        let report = two.verify(RawExport.seal(sections))
        #expect(report.problems == [ExportProblem(.entry(other.entries[4].id), .entriesMissing(1))])
        #expect(report.notes.contains(ExportNote(.head(other.head, by: .checkpoint(Fixture.station(1), .light)), .headOutsideExport)))
    }

    @Test("REC-22: entries in another order, one too many, and one of another generation are named")
    func misplaced() throws {
        let good = try RawExport.sections(try good())
        let index = try #require(good.firstIndex { $0.0 == .entry })
        var swapped = good
        swapped.swapAt(index, index + 1)
        #expect(two.verify(RawExport.seal(swapped)).problems.map(\.place).contains(.entry(first.entries[1].id)))
        var doubled = good
        doubled.append(try #require(good.last))
        let extra = EntryID(other.id, EntryNumber(5))
        let problems = two.verify(RawExport.seal(doubled)).problems
        #expect(problems.contains(ExportProblem(.entry(extra), .entryUnannounced)))
        #expect(
            problems.contains {
                $0.place == .entry(extra) && $0.fault == .leafDiffers || $0.fault == .misplaced(found: other.entries[4].id)
            })
        var foreign = good
        foreign[index] = try #require(good.last)
        #expect(!two.verify(RawExport.seal(foreign)).problems.filter { $0.place == .entry(first.entries[1].id) }.isEmpty)
    }

    @Test("REC-22: a generation without its opening, opened twice or never begun is named")
    func openings() throws {
        let good = try RawExport.sections(try good())
        let opening = try #require(good.firstIndex { $0.0 == .opening })
        var missing = good
        missing.remove(at: opening)
        #expect(two.verify(RawExport.seal(missing)).problems.contains(ExportProblem(.generation(first.id), .openingMissing)))
        var doubled = good
        doubled.insert(good[opening], at: opening)
        #expect(two.verify(RawExport.seal(doubled)).problems.contains(ExportProblem(.generation(first.id), .generationRepeated)))
        let last = try #require(good.lastIndex { $0.0 == .generation })
        let unbegun = two.verify(RawExport.seal(Array(good[..<last])))
        #expect(unbegun.problems.contains(ExportProblem(.generation(other.id), .malformed(.truncated))))
    }

    @Test("REC-22: an opening that is none, or speaks of strangers' heads as its own, is named")
    func badOpenings() throws {
        func problems(_ written: RecordOfTwo.Written) -> [ExportProblem] { two.verify(two.export([written], [])).problems }
        let place = ExportPlace.entry(EntryID(first.id, EntryNumber(0)))
        var kind = RecordOfTwo.Written(id: first.id, opening: first.opening)
        two.write(first.opening.encoded, in: &kind, kind: 1)
        #expect(problems(kind) == [ExportProblem(place, .openingInvalid(.notAnOpening))])
        var content = RecordOfTwo.Written(id: first.id, opening: first.opening)
        two.write([1, 2, 3], in: &content, kind: Opening.kind)
        #expect(problems(content) == [ExportProblem(place, .openingInvalid(.malformed(.truncated)))])
        #expect(problems(two.open(1, 0xA1, after: other.head)).contains(ExportProblem(place, .openingInvalid(.foreignPredecessor))))
        #expect(problems(two.open(1, 0xA1, held: [second.head])).contains(ExportProblem(place, .openingInvalid(.holdsItself))))
    }

    @Test("REC-23: what an opening misstates of another's record is held against its author; what a checkpoint does is a problem")
    func misstatement() throws {
        let wrong = Head(generation: first.id, size: RecordSize(3), root: Fixture.line)
        let report = two.verify(two.export([first, two.open(2, 0xB2, held: [wrong])], [try two.sign(first.head, .full)]))
        #expect(report.isSound && report.generations[0].signedFull == RecordSize(4))
        #expect(report.misstatements.map(\.opening.author) == [Fixture.station(2)])
        #expect(report.misstatements.map(\.what) == [.head(wrong, found: try first.head(at: 3).root)])
        let signed = two.verify(two.export([first, other], [try two.sign(other.head, holding: [wrong], .light)]))
        #expect(!signed.isSound && signed.misstatements.isEmpty)
    }

    @Test("REC-27, REC-22: an entry of nobody on the line, and an opening that opens nothing, are named")
    func strangers() throws {
        var third = two.open(3, 0xC1)
        two.write([1], in: &third)
        let problems = two.verify(two.export([third], [])).problems
        #expect(problems.map(\.fault) == [.authorIsNoParty, .authorIsNoParty])
        var again = two.open(1, 0xA1)
        two.write(again.opening.encoded, in: &again, kind: Opening.kind)
        #expect(two.verify(two.export([again], [])).problems == [ExportProblem(.entry(again.entries[1].id), .openingMisplaced)])
    }

    @Test("REC-23: an opening that states another predecessor than the entries give is found; a shorter one is a restore")
    func predecessor() throws {
        let wrong = Head(generation: first.id, size: RecordSize(3), root: Fixture.line)
        let bad = two.verify(two.export([first, two.open(1, 0xA2, after: wrong)], []))
        #expect(bad.isSound)
        #expect(bad.misstatements.map(\.what) == [.head(wrong, found: try first.head(at: 3).root)])
        #expect(bad.misstatements.map(\.opening) == [EntryID(second.id, EntryNumber(0))])
        #expect(bad.generations[1].predecessor == .differs(wrong))
        let restored = try first.head(at: 3)
        let report = two.verify(two.export([first, two.open(1, 0xA2, after: restored)], []))
        #expect(report.isSound && report.generations[1].predecessor == .agrees(restored))
        let lost = Head(generation: first.id, size: RecordSize(9), root: Fixture.line)
        let beyond = two.verify(two.export([first, two.open(1, 0xA2, after: lost)], []))
        #expect(beyond.isSound && beyond.generations[1].predecessor == .notInExport(lost))
        #expect(beyond.notes.map(\.remark) == [.headOutsideExport])
        let alone = two.verify(two.export([second], []))
        #expect(alone.isSound && alone.generations[0].predecessor == .notInExport(first.head))
    }

    @Test("REC-24: checkpoints of another line, another agreement, another station or with another signature count for nothing")
    func badCheckpoints() throws {
        func problem(_ checkpoint: UnverifiedCheckpoint) throws -> ExportProblem.Fault {
            let report = two.verify(two.export([first], [checkpoint]))
            #expect(report.generations[0].signedProvisionally == .zero)
            let source = HeadSource.checkpoint(checkpoint.checkpoint.signer, checkpoint.strength)
            #expect(report.problems.map(\.place) == [.head(checkpoint.checkpoint.head, by: source)])
            return try #require(report.problems.first).fault
        }
        let good = try two.sign(first.head, .light)
        #expect(try problem(try two.sign(first.head, .light, line: Fixture.line)) == .checkpointRefused(.wrongLine(Fixture.line)))
        let unknown = try RecordOfTwo(amendments: 1)
        #expect(
            try problem(try unknown.sign(first.head, .light, agreement: 1)) == .checkpointRefused(.unknownAgreement(unknown.agreement(1))))
        let stranger = Checkpoint(line: two.line, agreement: two.line, head: CheckpointTests.head(3, 1, 1), held: [])
        #expect(
            try problem(UnverifiedCheckpoint(checkpoint: stranger, strength: .light, signature: good.signature))
                == .checkpointRefused(.unknownSigner(Fixture.station(3)))
        )
        let forged = UnverifiedCheckpoint(checkpoint: good.checkpoint, strength: .light, signature: good.signature.flipping(bit: 0))
        #expect(try problem(forged) == .checkpointRefused(.signatureInvalid))
        #expect(
            try problem(try two.sign(Head(generation: first.id, size: RecordSize(4), root: Fixture.line), .light))
                == .headDiffers(found: first.head.root))
    }

    @Test("REC-7, REC-24: two signed heads of one size are a fork, among the checkpoints and as evidence")
    func forks() throws {
        let rewritten = Head(generation: first.id, size: first.head.size, root: Fixture.line)
        let (one, another) = (try two.sign(first.head, .light), try two.sign(rewritten, .full))
        let among = two.verify(two.export([first], [one, another]))
        #expect(
            among.problems.contains(
                ExportProblem(.head(rewritten, by: .checkpoint(Fixture.station(1), .full)), .fork(other: first.head.root))))
        let evidence = Evidence(one, another)
        let report = two.verify(two.export([first], [one], evidence: [evidence]))
        #expect(report.forks.map { Evidence($0) } == [evidence])
        #expect(report.problems.map(\.fault) == [.fork(other: evidence.second.checkpoint.head.root)])
        let none = two.verify(two.export([first], [one], evidence: [Evidence(one, try two.sign(try first.head(at: 2), .light))]))
        #expect(none.problems.map(\.fault) == [.noContradiction] && none.forks.isEmpty)
    }

    @Test("ENT-30, REC-24, REC-25: all of a generation is under the agreement that its opening names, and so are its checkpoints")
    func agreements() throws {
        let amended = try RecordOfTwo(amendments: 1)
        var written = amended.open(1, 0xA1, agreement: 1)
        amended.write([1], in: &written, agreement: 1)
        #expect(amended.verify(amended.export([written], [try amended.sign(written.head, .light, agreement: 1)])).isSound)
        let early = amended.verify(amended.export([written], [try amended.sign(written.head, .light)]))
        #expect(early.problems.map(\.fault) == [.signedOnOtherBasis])
        #expect(early.generations[0].signedProvisionally == .zero)
        amended.write([2], in: &written, agreement: 0)
        let other = amended.verify(amended.export([written], []))
        #expect(other.problems == [ExportProblem(.entry(written.entries[2].id), .otherAgreement(amended.agreement(0)))])
        let three = try RecordOfTwo(amendments: 2)
        let foreign = three.open(1, 0xA1, agreement: 2)
        let report = amended.verify(amended.export([foreign], []))
        #expect(report.isSound)
        #expect(report.misstatements.map(\.opening) == [foreign.entries[0].id])
        #expect(report.misstatements.map(\.what) == [.agreement(three.agreement(2))])
    }

    @Test("ENT-30: an opening that names an agreement and stands on another, or names the first without need, is a problem")
    func openingAgreement() throws {
        let amended = try RecordOfTwo(amendments: 1)
        for (stated, named) in [(Basis(agreement: amended.agreement(1)), 0), (Basis(agreement: amended.line), 0)] {
            let opening = Opening(predecessor: nil, held: [], blinds: Fixture.secret(1), serialBase: 0, basis: stated)
            var written = RecordOfTwo.Written(id: GenerationID(station: Fixture.station(1), name: GenerationName(7)), opening: opening)
            amended.write(opening.encoded, in: &written, kind: Opening.kind, agreement: named)
            let report = amended.verify(amended.export([written], []))
            #expect(report.problems.map(\.fault) == [.openingInvalid(.otherAgreement)], "\(stated)")
        }
    }

    @Test("ENT-32, REC-25: an entry 'in force' says what its generation stands on; a station that goes back was restored")
    func inForce() throws {
        let amended = try RecordOfTwo(amendments: 1)
        let first = amended.open(1, 0xA1)
        var second = amended.open(1, 0xA2, after: first.head, agreement: 1)
        let content = InForce(basis: Basis(agreement: amended.agreement(1)), version: 2, keysVersion: 0)
        #expect(try InForce(content.encoded) == content)
        amended.write(content.encoded, in: &second, kind: InForce.kind, agreement: 1)
        let report = amended.verify(amended.export([first, second], [try amended.sign(second.head, .full, agreement: 1)]))
        #expect(report.isSound && report.notes.isEmpty && report.generations[1].signedFull == second.head.size)
        var wrong = second
        amended.write(InForce(basis: Basis(agreement: amended.line), version: 1, keysVersion: 0).encoded, in: &wrong, kind: InForce.kind, agreement: 1)
        amended.write([0xFF], in: &wrong, kind: InForce.kind, agreement: 1)
        #expect(amended.verify(amended.export([first, wrong], [])).problems.map(\.fault) == [.inForceDiffers, .inForceDiffers])
        let back = amended.open(1, 0xA3, after: second.head)
        let restored = amended.verify(amended.export([first, second, back], []))
        #expect(restored.isSound && restored.notes.contains { $0.remark == .basisWentBack && $0.place == .generation(back.id) })
    }

    @Test("REC-24, REC-29: keys count on the basis that an opening names; what a thief alone goes on from is noted")
    func theft() throws {
        let keys = try two.keysAfterTheft()
        let before = two.open(1, 0xA1)
        let thief = two.open(1, 0xA2, after: before.head)
        let basis = Basis(agreement: two.line, statement: RecordOfTwo.statement)
        let opening = Opening(predecessor: before.head, held: [], blinds: Fixture.secret(3), serialBase: 1, basis: basis)
        var after = RecordOfTwo.Written(id: GenerationID(station: Fixture.station(1), name: GenerationName(0xA3)), opening: opening)
        two.write(opening.encoded, in: &after, kind: Opening.kind)
        let checkpoint = Checkpoint(line: two.line, agreement: two.line, head: after.head, held: [])
        let new = UnverifiedCheckpoint(
            checkpoint: checkpoint, strength: .light, signature: try RecordOfTwo.newKeys().sign(checkpoint.text, strength: .light)
        )
        func verify(_ checkpoints: [UnverifiedCheckpoint]) -> ExportReport {
            var bytes = two.export([before, thief, after], checkpoints)[...]
            return ExportVerifier.verify(parties: { _ in keys }) {
                defer { bytes = [] }
                return Array(bytes)
            }
        }
        let report = verify([try two.sign(before.head, .light), try two.sign(thief.head, .light), new])
        #expect(report.isSound, "\(report.problems)")
        #expect(report.generations.map(\.signedProvisionally) == [before.head.size, thief.head.size, after.head.size])
        #expect(report.notes.filter { $0.remark == .notContinuedAfterTheft }.map(\.place) == [.generation(thief.id)])
        let old = verify([try two.sign(after.head, .light)])
        #expect(old.problems.map(\.fault) == [.signedOnOtherBasis], "the old keys sign nothing of the new generation")
    }

    @Test("REC-25: agreements that their reader does not accept end the reading")
    func refusedAgreements() throws {
        let bytes = try good()
        let elsewhere = try RecordOfTwo(amendments: 1)
        let report = elsewhere.verify(bytes)
        #expect(report.problems == [ExportProblem(.file, .agreementsRefused)])
        #expect(report.line == nil && report.generations.isEmpty)
    }

    @Test("REC-26: references and what was seen beyond the export are noted; what cannot be true is a problem")
    func statements() throws {
        var written = two.open(1, 0xA1)
        let seen = Entry.Seen(generation: other.id, size: RecordSize(6))
        two.write([1], in: &written, references: [EntryID(other.id, EntryNumber(5))], seen: [seen])
        let report = two.verify(two.export([written, other], []))
        #expect(report.isSound)
        let place = ExportPlace.entry(written.entries[1].id)
        #expect(report.notes.contains(ExportNote(place, .seenBeyondExport(seen))))
        #expect(report.notes.contains(ExportNote(place, .referenceOutsideExport(EntryID(other.id, EntryNumber(5))))))
        let own = EntryID(written.id, EntryNumber(2))
        two.write([2], in: &written, references: [own], seen: [Entry.Seen(generation: written.id, size: RecordSize(1)), seen])
        let problems = two.verify(two.export([written, other], [])).problems
        #expect(problems == [ExportProblem(.entry(own), .referenceNotEarlier(own)), ExportProblem(.entry(own), .seenItself)])
    }

    @Test("REC-20: sections in another order, unknown ones and another title are refused")
    func order() throws {
        let good = try RawExport.sections(try good())
        var late = good
        late.append(late.remove(at: try #require(late.firstIndex { $0.0 == .checkpoint })))
        #expect(two.verify(RawExport.seal(late)).problems.contains { $0.fault == .sectionOutOfOrder(.checkpoint) })
        #expect(!two.verify(RawExport.seal(Array(good.dropFirst()))).isSound)
        #expect(!two.verify(RawExport.seal([])).isSound)
        #expect(two.verify(Array("hotline/2 export\n".utf8)).problems == [ExportProblem(.file, .notAnExport)])
        #expect(two.verify([]).problems == [ExportProblem(.file, .notAnExport)])
        #expect(!two.verify(RawExport.seal(good + [(.agreement, two.agreements[0])])).isSound)
    }

    @Test("REC-20: only what reading the file throws is thrown")
    func failure() throws {
        struct Unreadable: Error {}
        let bytes = try good()
        var calls = 0
        let pull: () throws(Unreadable) -> [UInt8] = { () throws(Unreadable) -> [UInt8] in
            calls += 1
            guard calls < 3 else { throw Unreadable() }
            return Array(bytes[(calls - 1) * 100..<calls * 100])
        }
        #expect(throws: Unreadable.self) { try ExportVerifier.verify(parties: two.parties, pull) }
    }
}
