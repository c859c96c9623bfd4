import HotlineRecord
import HotlineSeal
import HotlineWire

/// A line of two stations with a little record each, from which exports and disclosures are made.
struct RecordOfTwo {
    /// One generation, grown entry by entry.
    struct Written {
        let id: GenerationID
        let opening: Opening
        var entries: [Entry] = []
        var tree = StoredTree()

        var head: Head { Head(generation: id, size: tree.frontier.size, root: tree.frontier.root) }

        func head(at size: UInt64) throws -> Head {
            Head(generation: id, size: RecordSize(size), root: try Tree.root(size: RecordSize(size), tree.read))
        }

        func blind(_ number: Int) -> Blind { opening.blinds.blind(of: EntryNumber(UInt64(number))) }
    }

    let agreements: [[UInt8]]
    let line: Hash
    private let privateKeys: [UInt8: StationPrivateKeys]
    private let publicKeys: [StationPublicKeys]

    init(amendments: Int = 0) throws {
        agreements = (0...amendments).map { Array("agreement \($0) of a line\n".utf8) }
        line = RecordOfTwo.hash(agreements[0])
        var privateKeys: [UInt8: StationPrivateKeys] = [:]
        var publicKeys: [StationPublicKeys] = []
        for station in [1, 2] as [UInt8] {
            let (mine, all) = try Fixture.keys(station: station)
            privateKeys[station] = mine
            publicKeys.append(all)
        }
        self.privateKeys = privateKeys
        self.publicKeys = publicKeys
    }

    static func hash(_ agreement: [UInt8]) -> Hash { Digest.sha256(Label.agreement + agreement) }

    func agreement(_ place: Int) -> Hash { RecordOfTwo.hash(agreements[place]) }

    /// What reading these agreements gives; nothing where they are others.
    func parties(_ found: [[UInt8]]) -> LineKeys? { found == agreements ? keys : nil }

    /// The keys of station 1 after a theft, and the hash of the statement that says so.
    static let statement = Hash([UInt8](repeating: 0x5A, count: 32)) ?? .zero
    private static let newSeeds: (station: [UInt8], light: [UInt8]) = ([UInt8](repeating: 0x71, count: 64), [UInt8](repeating: 0x72, count: 32))

    static func newKeys() throws -> StationPrivateKeys {
        StationPrivateKeys(station: try CompositePrivateKey(seed: newSeeds.station), light: try LightPrivateKey(seed: newSeeds.light))
    }

    /// What is known once the theft is.
    func keysAfterTheft() throws -> LineKeys {
        let new = try RecordOfTwo.newKeys()
        let listed = StationPublicKeys(number: Fixture.station(1), station: try new.station.publicKey, light: try new.light.publicKey)
        return LineKeys(
            line: line, agreements: agreements.map { (RecordOfTwo.hash($0), publicKeys) },
            replacements: [LineKeys.Replacement(statement: RecordOfTwo.statement, agreement: line, keys: listed, isAfterTheft: true)]
        )
    }

    var keys: LineKeys { LineKeys(line: line, agreements: agreements.map { (RecordOfTwo.hash($0), publicKeys) }) }

    func open(_ station: UInt8, _ name: UInt64, after predecessor: Head? = nil, held: [Head] = [], agreement: Int = 0) -> Written {
        let id = GenerationID(station: Fixture.station(station), name: GenerationName(name))
        var written = Written(
            id: id,
            opening: Opening(
                predecessor: predecessor, held: held, blinds: Fixture.secret(station << 4 | UInt8(name)), serialBase: 0,
                basis: agreement == 0 ? nil : Basis(agreement: self.agreement(agreement))
            )
        )
        write(Array(written.opening.encoded), in: &written, kind: Opening.kind, agreement: agreement)
        return written
    }

    func write(
        _ content: [UInt8], in written: inout Written, kind: UInt8 = 1, agreement: Int = 0, references: [EntryID] = [],
        seen: [Entry.Seen] = []
    ) {
        let number = written.entries.count
        let entry = Entry(
            id: EntryID(written.id, EntryNumber(UInt64(number))), agreement: self.agreement(agreement),
            header: EntryHeader(kind: kind, precedence: .priority, claimedTime: UInt64(number)), references: references, seen: seen,
            content: content
        )
        written.entries.append(entry)
        written.tree.append(entry.leafHash(line: line, blind: written.blind(number)))
    }

    func sign(
        _ head: Head, holding held: [Head] = [], _ strength: CheckpointStrength, agreement: Int = 0, line: Hash? = nil
    ) throws -> UnverifiedCheckpoint {
        let checkpoint = Checkpoint(line: line ?? self.line, agreement: self.agreement(agreement), head: head, held: held)
        guard let keys = privateKeys[head.generation.station.value] else { preconditionFailure("the signer is one of the two") }
        return UnverifiedCheckpoint(
            checkpoint: checkpoint, strength: strength, signature: try keys.sign(checkpoint.text, strength: strength))
    }

    func export(
        _ generations: [Written], _ checkpoints: [UnverifiedCheckpoint], evidence: [Evidence] = [], rosters: [[UInt8]] = []
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        var writer = ExportWriter(agreements: agreements, rosters: rosters) { bytes += $0 }
        for checkpoint in checkpoints { writer.append(checkpoint) }
        for piece in evidence { writer.append(piece) }
        for written in generations { writer.open(written.entries[0], leaf: written.tree.leaves[0], size: written.tree.frontier.size) }
        for written in generations {
            for (entry, leaf) in zip(written.entries, written.tree.leaves).dropFirst() { writer.append(entry, leaf: leaf) }
        }
        writer.finish()
        return bytes
    }

    /// Verifies with chunks of the size given.
    func verify(_ bytes: [UInt8], chunk: Int = 4096) -> ExportReport {
        var position = 0
        return ExportVerifier.verify(parties: parties) {
            let end = min(bytes.count, position + chunk)
            defer { position = end }
            return Array(bytes[position..<end])
        }
    }
}

/// Sections, put together by hand: for exports that the writer would not write.
enum RawExport {
    static func section(_ section: ExportSection, _ body: [UInt8]) -> [UInt8] {
        var encoder = Encoder()
        encoder.put(byte: section.rawValue)
        encoder.put(prefixed: body)
        return encoder.bytes
    }

    /// The sections of an export, without its title and its end.
    static func sections(_ export: [UInt8]) throws -> [(ExportSection, [UInt8])] {
        var decoder = Decoder(export, in: Array("hotline/1 export\n".utf8).count..<export.count)
        var sections: [(ExportSection, [UInt8])] = []
        while !decoder.isAtEnd {
            guard let section = ExportSection(rawValue: try decoder.byte()), section != .end else { break }
            sections.append((section, try decoder.prefixed("section", max: 1 << 20)))
        }
        return sections
    }

    static func seal(_ sections: [(ExportSection, [UInt8])]) -> [UInt8] {
        let body = Array("hotline/1 export\n".utf8) + sections.flatMap { section($0.0, $0.1) } + [ExportSection.end.rawValue, 32]
        return body + Digest.sha256(body).bytes
    }
}
