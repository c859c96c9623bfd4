import HotlineAgreement
import HotlineDesk
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire
import NIOCore

@testable import HotlineDaemon
@testable import HotlineLine

/// The corpus to begin with: what honest stations write, one or a few of each form.
public enum Seeds {
    public static func make(for target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
        switch target {
        case .frame: try frames()
        case .items: items.map { ($0.name, Item.encode($0.items)) }
        case .handshake: try handshake()
        case .entry: try entries().prefix(3).enumerated().map { ("entry-\($0.offset)", $0.element.encoded) }
        case .opening: try entries().prefix(1).map { ("opening", $0.content) }
        case .tls: tls
        case .fact: facts().map { ($0.name, $0.bytes) }
        case .snapshot: [("standing", traffic.ends[0].station.snapshot), ("bare", Parties.shared.bareStation.snapshot)]
        case .secrets: secrets
        case .checkpoint: try [("light", signed().checkpoint.text)]
        case .export: try [("export", export())]
        case .disclosure: try [("disclosure", disclosure())]
        case .evidence: try [("evidence", evidence())]
        case .agreement: try agreements()
        case .card: Parties.shared.cards.prefix(1).map { ("card", $0.file) }
        case .configuration: configurations
        case .key: try keys()
        case .control: orders
        case .sequence: stories
        }
    }

    /// The standing line after two letters each way and a full checkpoint.
    private static let traffic: Exchange = {
        var exchange = Exchange.standing
        do {
            for index in [0, 1, 1, 0] { try exchange.compose(index, "words of a letter", .priority) }
            try exchange.order(0, .full)
            try exchange.run(for: .seconds(3))
        } catch {
            fatalError("letters arrive: \(error)")
        }
        return exchange
    }()

    private static func frames() throws -> [(name: String, bytes: [UInt8])] {
        var exchange = Exchange.standing
        try exchange.compose(0, "words", .routine)
        guard let sealed = exchange.carried.compactMap(\.frame).first, let number = StationNumber(1), let peer = StationNumber(2) else { return [] }
        let fragment = HandshakeFragment(from: number, to: peer, object: 7, offset: 0, total: 40, bytes: [1, 2, 3])
        return [("sealed", sealed), ("handshake", fragment.encoded)]
    }

    private static let items: [(name: String, items: [Item])] = {
        let forged = ForgedItems(
            mine: GenerationID(station: Parties.shared.keys[0].number, name: GenerationName(1)),
            yours: GenerationID(station: Parties.shared.keys[1].number, name: GenerationName(2)), mySize: 5, yourSize: 5
        )
        return (0..<13).map { kind in
            var cursor = Cursor([UInt8(kind)] + (1...40).map { UInt8($0) })
            return ("item-\(kind)", [.probe(challenge: 7), forged.next(&cursor)])
        }
    }()

    private static func handshake() throws -> [(name: String, bytes: [UInt8])] {
        let epoch = EpochNumber(2)
        let (mine, yours) = (Parties.shared.keys[0], Parties.shared.keys[1])
        let membership = Parties.shared.membership(of: mine.number)
        let parties = membership.parties(offerer: mine.number, accepter: yours.number)
        let offers = [try OfferSecret.generate(epoch: epoch).offer]
        let signedOffers = SignedOffers(offers: offers, signature: try mine.keys.station.sign(SignedOffers.body(offers, parties)))
        let accepts = [try EpochAgreement.accept(offers[0], parties).accept]
        let signedAccepts = SignedAccepts(accepts: accepts, signature: try yours.keys.station.sign(SignedAccepts.body(accepts, parties)))
        return [("offers", HandshakeObject.offers(signedOffers).encoded), ("accepts", HandshakeObject.accepts(signedAccepts).encoded)]
    }

    private static let tls: [(name: String, bytes: [UInt8])] = {
        var encoder = Encoder()
        for count in [1, 63, 64, 300] { encoder.put(prefixed: [UInt8](repeating: 7, count: count)) }
        return [("frames", [0] + encoder.bytes), ("pieces", [200] + encoder.bytes)]
    }()

    private static func facts() -> [(name: String, bytes: [UInt8])] {
        var seen: Set<UInt8> = []
        return traffic.ends.flatMap(\.journal.rows).compactMap { row in
            guard let kind = row.row.value.first, seen.insert(kind).inserted else { return nil }
            return ("fact-\(kind)", row.row.value)
        }
    }

    private static let secrets: [(name: String, bytes: [UInt8])] = traffic.ends[0].secrets.cells(prefix: [traffic.ends[1].number.value]).enumerated().compactMap { place, cell in
        cell.value.map { ("cell-\(place)", [UInt8(cell.key.count)] + cell.key + $0) }
    }

    // MARK: The record

    private static func entries() throws -> [Entry] {
        traffic.ends[0].journal.rows.compactMap { row in
            guard case .entry(let entry, _)? = try? Fact(row.row.value), entry.id.author == Parties.shared.keys[0].number else { return nil }
            return entry
        }
    }

    private static func leaves() throws -> [(entry: Entry, leaf: Hash)] {
        let entries = try entries()
        let blinds = try Opening(entries[0].content).blinds
        return entries.map { ($0, $0.leafHash(line: Parties.shared.agreement.line, blind: blinds.blind(of: $0.id.number))) }
    }

    private static func head() throws -> Head {
        let leaves = try leaves()
        var frontier = Frontier()
        for leaf in leaves { _ = frontier.append(leaf: leaf.leaf) }
        return Head(generation: leaves[0].entry.id.generation, size: frontier.size, root: frontier.root)
    }

    private static func signed(_ head: Head? = nil, _ strength: CheckpointStrength = .light) throws -> UnverifiedCheckpoint {
        let agreement = Parties.shared.agreement
        let checkpoint = Checkpoint(line: agreement.line, agreement: agreement.hash, head: try head ?? Seeds.head(), held: [])
        let signature = try Parties.shared.keys[0].keys.sign(checkpoint.text, strength: strength)
        return UnverifiedCheckpoint(checkpoint: checkpoint, strength: strength, signature: signature)
    }

    private static func export() throws -> [UInt8] {
        var bytes: [UInt8] = []
        var writer = ExportWriter(agreements: [Array("an agreement\n".utf8)], rosters: [[7, 7]]) { bytes += $0 }
        writer.append(try signed())
        let leaves = try leaves()
        writer.open(leaves[0].entry, leaf: leaves[0].leaf, size: RecordSize(UInt64(leaves.count)))
        for (entry, leaf) in leaves.dropFirst() { writer.append(entry, leaf: leaf) }
        writer.finish()
        return bytes
    }

    private static func disclosure() throws -> [UInt8] {
        struct Missing: Error {}
        let leaves = try leaves()
        var frontier = Frontier()
        let nodes = leaves.map { frontier.append(leaf: $0.leaf) }
        let path = try Tree.proveInclusion(of: EntryNumber(1), in: RecordSize(UInt64(leaves.count))) { level, index throws(Missing) in
            let place = Int((index + 1) << UInt64(level)) - 1
            guard nodes.indices.contains(place), nodes[place].indices.contains(level) else { throw Missing() }
            return nodes[place][level]
        }
        let blind = try Opening(leaves[0].entry.content).blinds.blind(of: EntryNumber(1))
        return try Disclosure(agreements: [Array("an agreement\n".utf8)], entry: leaves[1].entry, blind: blind, path: path, checkpoint: signed()).text
    }

    private static func evidence() throws -> [UInt8] {
        let head = try head()
        let other = Head(generation: head.generation, size: head.size, root: Parties.shared.agreement.hash)
        return Evidence(try signed(head), try signed(other)).text(agreements: [Array("an agreement\n".utf8)])
    }

    // MARK: The party

    private static func agreements() throws -> [(name: String, bytes: [UInt8])] {
        let draft = try AgreementDraft.defenceStaffs(cards: Parties.shared.cards, date: Parties.date).parsed()
        return [("signed", Parties.shared.agreement.file), ("unsigned", draft.file)]
    }

    private static let configurations: [(name: String, bytes: [UInt8])] = [
        ("listens", (try? Configuration(listen: "127.0.0.1:1963").file) ?? []),
        ("dials", (try? Configuration(listen: "none", peers: ["M=[2001:db8::1]:1963"], healthPort: "none").file) ?? []),
        ("anchors", Array("a: &a [*a, {? b : c}]\ntls: !!map\n  <<: *a\n---\n...\n".utf8)),
    ]

    private static func keys() throws -> [(name: String, bytes: [UInt8])] {
        try KeyPurpose.allCases.enumerated().map { place, purpose in
            let file = try KeyFile(
                purpose, mark: "W", name: "Washington", created: Parties.date, seed: Parties.seed(place, 1, purpose.seedSize),
                passphrase: place == 0 ? Passphrase(Array("correct horse battery".utf8)) : nil, cost: 14
            )
            return ("key-\(place)", [UInt8(place)] + file.bytes)
        }
    }

    private static let orders: [(name: String, bytes: [UInt8])] = {
        let order = LetterOrder(to: "m-cgs", from: "w-cjcs", channel: "watch", precedence: "FLASH", language: "en", references: ["M-1"], text: "words\n\u{202e}")
        let encoded = (try? ControlJSON.encode(order)).map { Array($0.readableBytesView) } ?? []
        return [("order", encoded), ("deep", Array((String(repeating: "[", count: 600) + String(repeating: "]", count: 600)).utf8))]
    }()

    /// A choice of each step, twice, with other choices behind it.
    private static let stories: [(name: String, bytes: [UInt8])] =
        [
            ("letters", [0, 3, 4, 0, 1, 2, 5, 1, 4, 200, 13, 0, 1, 4, 255]),
            ("loss", [0, 1, 3, 0, 5, 0, 1, 6, 1, 1, 7, 0, 2, 8, 0, 3, 1, 1, 4, 100, 0, 2, 9, 1, 4, 50]),
            ("restarts", [0, 1, 1, 0, 10, 0, 0, 2, 2, 1, 10, 1, 4, 30, 10, 0, 4, 255]),
            ("bearers", [9, 0, 1, 0, 1, 1, 0, 4, 100, 9, 1, 1, 0, 0, 5, 1, 9, 0, 0, 4, 255]),
            ("clock", [11, 35, 1, 0, 1, 1, 0, 11, 38, 0, 4, 255]),
            ("junk", [12, 20] + [UInt8](repeating: 0x10, count: 20) + [0, 0, 12, 40] + [UInt8](repeating: 0x11, count: 40) + [1, 1]),
        ] + (0..<13).map { kind in ("forged-\(kind)", [15, 0, UInt8(kind)] + [1, 2, 3, 4, 5, 6, 7, 8] + [15, 1, UInt8(kind), 0, 0, 0, 0, 0, 0, 12, 4, 4, 1]) }
}
