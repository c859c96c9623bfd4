import HotlineAgreement
public import HotlineDesk
import HotlineRecord
import HotlineStation
import HotlineWire

/// The record of a station, asked of its directory and not of the running station: shown, exported, verified, proved from.
public struct StationRecord: Sendable {
    let directory: StationDirectory
    let agreed: InstalledAgreement
    let reader: RecordReader

    /// - Throws: `notFound` where there is no party, no agreement or no record yet; `unavailable`.
    public init(_ directory: StationDirectory) throws(DeskError) {
        self.directory = directory
        agreed = try directory.loadAgreement()
        reader = try RecordReader(directory)
    }

    var stations: [StationNumber] { agreed.agreement.terms.parties.map(\.number) }

    // MARK: Export

    /// Writes everything that an outsider needs to verify the transcript: the agreement, every record, the checkpoints and the
    /// evidence. The station may run meanwhile.
    ///
    /// - Throws: `refused` where the file exists; `notVerified` where the store cannot be read.
    public func export(to path: String) throws(DeskError) -> ExportView {
        let source = try ExportSource(reader, stations: stations, agreements: agreed.files)
        var bytes: UInt64 = 0
        try LocalFile(path).create { () throws(DeskError) in
            let chunk = try source.next()
            bytes += UInt64(chunk.count)
            return chunk
        }
        return ExportView(path: path, bytes: bytes, entries: source.entryCount, generations: source.generations.count)
    }

    // MARK: Prove

    /// One entry and the proof that its author signed it; nothing of its neighbours.
    ///
    /// - Parameter name: `W-12`, `12` where only one record has it, or `station/generation/number`.
    /// - Returns: the text of the disclosure, to be kept or printed.
    /// - Throws: `notFound`; `refused` for an opening, an entry not signed yet, or a name that two entries have.
    public func prove(_ name: String) throws(DeskError) -> DisclosureView {
        let (generation, number) = try find(name)
        let id = EntryID(generation.id, number)
        guard let entry = try reader.entry(id) else { throw RecordReader.unreadable("Entry \(id)") }
        guard entry.header.kind != Opening.kind, number.value > 0 else {
            throw DeskError(
                .refused, "\(name) opens its generation and is never disclosed", hint: "it holds the secret that hides every other entry: prove another"
            )
        }
        guard let checkpoint = try reader.checkpoint(covering: id) else {
            throw DeskError(
                .refused, "\(name) is not signed yet by its author", hint: "order a signature with hotline checkpoint, or wait for the other side's next one"
            )
        }
        let path = try Tree.proveInclusion(of: number, in: checkpoint.head.size) { (level, index) throws(DeskError) in
            try reader.node(generation.id, level, index)
        }
        do throws(DisclosureError) {
            let disclosure = try Disclosure(
                agreements: agreed.files, entry: entry, blind: generation.opening.blinds.blind(of: number), path: path,
                checkpoint: checkpoint.unverified
            )
            let proved = try disclosure.verify(agreed.agreements.keys)
            return DisclosureView(text: String(decoding: disclosure.text, as: UTF8.self), entry: DisclosedView(proved, agreed.agreements))
        } catch {
            throw DeskError(
                .notVerified, "\(name) cannot be proved: \(DisclosureWords.text(error))",
                hint: "the record's file has been damaged or changed: run hotline record verify"
            )
        }
    }

    /// - Throws: `usage`, `notFound`, `refused`.
    func find(_ name: String) throws(DeskError) -> (StoredGeneration, EntryNumber) {
        let generations = try reader.generations(of: stations)
        let found: [(StoredGeneration, EntryNumber)]
        switch EntryName(name, agreed.agreement) {
        case nil:
            throw DeskError(.usage, "'\(name)' does not name an entry", hint: "such as W-12, or station/generation/number as hotline show gives it")
        case .id(let id):
            found = generations.filter { $0.id == id.generation && id.number < $0.size.next }.map { ($0, id.number) }
        case .serial(let serial, let author):
            found = generations.filter { author == nil || $0.id.station == author }.compactMap { generation in
                generation.number(serial: serial).map { (generation, $0) }
            }
        }
        guard let first = found.first else { throw DeskError(.notFound, "the record has no entry \(name)", hint: "hotline record show lists what there is") }
        guard found.count == 1 else {
            let names = found.map { EntryID($0.0.id, $0.1).description }.joined(separator: ", ")
            throw DeskError(.refused, "\(found.count) entries are called \(name)", hint: "name one by what it is for ever: \(names)")
        }
        return first
    }
}

/// What a person calls an entry.
private enum EntryName {
    case id(EntryID)
    case serial(UInt64, of: StationNumber?)

    init?(_ name: String, _ agreement: Agreement) {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count == 3 {
            guard let value = UInt8(parts[0]), let station = StationNumber(value), let generation = GenerationName(parts[1]), let number = UInt64(parts[2])
            else { return nil }
            self = .id(EntryID(GenerationID(station: station, name: generation), EntryNumber(number)))
            return
        }
        let halves = name.split(separator: "-", omittingEmptySubsequences: false)
        guard let last = halves.last, let serial = UInt64(last), serial > 0 else { return nil }
        switch halves.count {
        case 1: self = .serial(serial, of: nil)
        case 2:
            guard let party = agreement.terms.parties.first(where: { $0.mark == halves[0].uppercased() }) else { return nil }
            self = .serial(serial, of: party.number)
        default: return nil
        }
    }
}
