import Foundation
import HotlineAgreement
import HotlineDesk
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineStore
import HotlineWire
import Testing

@testable import HotlineDaemon

/// Two parties with an agreement, and the record of both as Washington's station has stored it.
final class RecordFixture {
    let directory: PartyFolder
    let washington: StationDirectory
    let moscow: StationDirectory
    let agreementFile: AgreementFile
    let agreement: Agreement
    private let journal: SQLiteJournal
    private var authors: [StationNumber: (keys: StationPrivateKeys, generation: Generation?)] = [:]
    private var clock: Int64 = 1_800_000_000_000

    init() throws {
        directory = try PartyFolder()
        (washington, moscow, agreementFile) = try TestParty.line(in: directory)
        let ours = try washington.loadAgreement()
        agreement = ours.agreement
        journal = try SQLiteJournal(path: washington.record)
        authors[ours.me] = (try washington.loadStationKeys(), nil)
        authors[try moscow.loadAgreement().me] = (try moscow.loadStationKeys(), nil)
    }

    var us: StationNumber { get throws { try #require(agreement.terms.parties.first?.number) } }
    var them: StationNumber { get throws { try #require(agreement.terms.parties.last?.number) } }

    /// Closes the journal, as a station that stops.
    func close() throws { try journal.close() }

    /// Opens a generation, as a start of the station does.
    @discardableResult
    func open(_ station: StationNumber, named name: UInt64, base: UInt64? = nil) throws -> GenerationID {
        let before = authors[station]?.generation
        let id = GenerationID(station: station, name: GenerationName(name))
        let opening = Opening(
            predecessor: before?.head, held: heads(besides: station), blinds: try #require(BlindSecret(Digest.random(32))),
            serialBase: base ?? before.map { $0.opening.serialBase + $0.size.value } ?? 0
        )
        authors[station]?.generation = Generation(id: id, opening: opening)
        try append(station, EntryHeader(kind: Opening.kind, precedence: .immediate), opening.encoded)
        return id
    }

    @discardableResult
    func letter(_ station: StationNumber, _ text: String) throws -> EntryID {
        let (from, to) = station == (try us) ? (3, 6) : (6, 3)
        return try append(
            station,
            EntryHeader(
                kind: 1, precedence: .priority, channel: 2, fromPost: UInt8(from), toPost: UInt8(to), language: 1, claimedTime: 60
            ), Array(text.utf8)
        )
    }

    /// A roster in the party's record; `root` signs it.
    @discardableResult
    func roster(_ station: StationNumber, version: UInt64, by root: CompositePrivateKey) throws -> EntryID {
        let officer = Roster.Officer(
            code: "duty", roles: [.watch, .releaser], light: try LightPrivateKey().publicKey, composite: try CompositePrivateKey().publicKey
        )
        let roster = try UnverifiedRoster.signed(by: root, party: station, version: version, officers: [officer], on: agreement.line)
        return try append(station, EntryHeader(kind: Roster.kind, precedence: .routine), roster.content)
    }

    @discardableResult
    func checkpoint(_ station: StationNumber, _ strength: CheckpointStrength) throws -> UnverifiedCheckpoint {
        let (keys, generation) = try #require(authors[station])
        return try checkpoint(try #require(generation).head, keys, strength, store: true)
    }

    /// Two signed heads of one size that cannot both be true.
    func fork(_ station: StationNumber) throws -> Evidence {
        let (keys, generation) = try #require(authors[station])
        let head = try #require(generation).head
        let other = Head(generation: head.generation, size: head.size, root: Digest.sha256([1]))
        let evidence = Evidence(try checkpoint(head, keys, .full, store: false), try checkpoint(other, keys, .full, store: false))
        try journal.commit(JournalBatch(rows: [Fact.fork(evidence.first, evidence.second, at: now).row(nodes: nil)]))
        return evidence
    }

    private func checkpoint(
        _ head: Head, _ keys: StationPrivateKeys, _ strength: CheckpointStrength, store: Bool
    ) throws -> UnverifiedCheckpoint {
        let checkpoint = Checkpoint(line: agreement.line, agreement: agreement.hash, head: head, held: heads(besides: head.generation.station))
        let signed = UnverifiedCheckpoint(checkpoint: checkpoint, strength: strength, signature: try keys.sign(checkpoint.text, strength: strength))
        if store { try journal.commit(JournalBatch(rows: [Fact.checkpoint(signed, at: now).row(nodes: nil)])) }
        return signed
    }

    @discardableResult
    private func append(_ station: StationNumber, _ header: EntryHeader, _ content: [UInt8]) throws -> EntryID {
        var generation = try #require(authors[station]?.generation)
        let entry = Entry(
            id: EntryID(generation.id, generation.size.next), agreement: agreement.hash, header: header, references: [],
            seen: heads(besides: station).map { Entry.Seen(generation: $0.generation, size: $0.size) }, content: content
        )
        let leaf = entry.leafHash(line: agreement.line, blind: generation.opening.blinds.blind(of: entry.id.number))
        let nodes = generation.append(entry, leaf: leaf)
        authors[station]?.generation = generation
        try journal.commit(JournalBatch(rows: [Fact.entry(entry, at: now).row(nodes: nodes.flatMap(\.bytes))]))
        return entry.id
    }

    private func heads(besides station: StationNumber) -> [Head] {
        authors.keys.sorted().filter { $0 != station }.compactMap { authors[$0]?.generation?.head }
    }

    private var now: WallTime {
        clock += 1000
        return WallTime(milliseconds: clock)
    }
}

extension RecordFixture {
    /// Washington in two generations, Moscow in one, everything signed but the last letter.
    static func conversation() throws -> RecordFixture {
        let fixture = try RecordFixture()
        let (us, them) = (try fixture.us, try fixture.them)
        try fixture.open(us, named: 0xA1)
        try fixture.open(them, named: 0xB1)
        for number in 1...5 {
            try fixture.letter(us, "Washington says \(number)")
            try fixture.letter(them, "Moscow says \(number)")
        }
        try fixture.checkpoint(us, .full)
        try fixture.open(us, named: 0xA2)
        for number in 6...70 { try fixture.letter(us, "Washington says \(number)") }
        try fixture.checkpoint(us, .light)
        try fixture.checkpoint(them, .light)
        try fixture.checkpoint(us, .full)
        try fixture.letter(us, "Not signed yet")
        return fixture
    }
}

func contents(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }
func store(_ bytes: [UInt8], at path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
