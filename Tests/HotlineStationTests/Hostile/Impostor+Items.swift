import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire
import Testing

/// What an impostor says: true in its form, and signed where it says so.
extension Impostor {
    static func header(_ kind: UInt8 = 1, _ precedence: Precedence = .routine) -> EntryHeader {
        EntryHeader(kind: kind, precedence: precedence, channel: 1, fromPost: 1, toPost: 4, language: 1)
    }

    func name(_ alias: UInt8, _ generation: GenerationID) -> Item { .name(alias: alias, generation: generation) }

    /// The first name under a salt, the generation that was written when the station turned.
    var naming: Item { name(0, generation) }

    func letter(_ number: UInt64, _ text: String, alias: UInt8 = 0, kind: UInt8 = 1, precedence: Precedence = .routine) -> Item {
        item(number, Array(text.utf8), alias: alias, Impostor.header(kind, precedence))
    }

    func item(
        _ number: UInt64, _ content: [UInt8], alias: UInt8 = 0, _ header: EntryHeader = Impostor.header(), references: [EntryItem.Reference] = [],
        seen: [CheckpointItem.Held] = []
    ) -> Item {
        .entry(EntryItem(generation: alias, number: EntryNumber(number), header: header, references: references, seen: seen, content: content))
    }

    func another(_ name: UInt64) -> GenerationID { GenerationID(station: me, name: GenerationName(name)) }

    /// A generation of its own under a fresh name.
    func fresh() -> GenerationID { another(dice { UInt64.random(in: 1...UInt64.max, using: &$0) }) }

    func opening(alias: UInt8, after predecessor: Head? = nil, holding held: [Head] = [], base: UInt64 = 0, basis: Basis? = nil) -> Item {
        let opening = Opening(predecessor: predecessor, held: held, blinds: blinds, serialBase: base, basis: basis)
        return item(0, opening.encoded, alias: alias, EntryHeader(kind: Opening.kind, precedence: .immediate))
    }

    /// The entry as the honest station would hold it.
    func entry(_ number: UInt64, _ text: String) -> Entry {
        Entry(
            id: EntryID(generation, EntryNumber(number)), agreement: line, header: Impostor.header(), references: [], seen: [], content: Array(text.utf8)
        )
    }

    /// The head of its generation as the honest station holds it, with these entries behind it.
    func head(with texts: [String] = []) throws -> Head {
        var frontier = try #require(victim.book(of: me)?.generation(generation)).frontier
        for text in texts {
            let entry = entry(frontier.size.value, text)
            _ = frontier.append(leaf: entry.leafHash(line: line, blind: blinds.blind(of: entry.id.number)))
        }
        return Head(generation: generation, size: frontier.size, root: frontier.root)
    }

    func signed(_ head: Head, holding held: [Head] = [], _ strength: CheckpointStrength) throws -> Checkpoint.Signed {
        let checkpoint = Checkpoint(line: line, agreement: line, head: head, held: held)
        return Checkpoint.Signed(text: checkpoint.text, signature: try keys.sign(checkpoint.text, strength: strength))
    }

    /// A checkpoint with its text written out.
    func statement(_ head: Head, holding held: [Head] = [], _ strength: CheckpointStrength) throws -> Item {
        let signed = try signed(head, holding: held, strength)
        return .statement(text: signed.text, signature: signed.signature)
    }

    /// A checkpoint of which only sizes travel.
    func checkpoint(_ head: Head, holding held: [Head] = [], aliases: [UInt8] = [], alias: UInt8 = 0, _ strength: CheckpointStrength) throws -> Item {
        .checkpoint(
            CheckpointItem(
                strength: strength, generation: alias, size: head.size, held: zip(aliases, held).map { .init(generation: $0, size: $1.size) },
                signature: try signed(head, holding: held, strength).signature
            )
        )
    }

    /// An offer of epochs with these numbers, truly signed.
    func offers(_ epochs: [UInt64]) throws -> [UInt8] {
        let offers = try epochs.map { try OfferSecret.generate(epoch: EpochNumber($0)).offer }
        let body = SignedOffers.body(offers, victim.membership.parties(offerer: me, accepter: stage.honest.number))
        return [1] + SignedOffers(offers: offers, signature: try keys.station.sign(body)).encoded
    }

    /// The next number that is the hostile station's to offer, above this one.
    func epoch(above number: UInt64) -> UInt64 {
        let parity: UInt64 = me < stage.honest.number ? 1 : 0
        return (number + 1) & 1 == parity ? number + 1 : number + 2
    }
}

extension Checkpoint {
    struct Signed {
        let text: [UInt8]
        let signature: [UInt8]
    }
}

// MARK: What the honest station makes of it

extension Impostor {
    var facts: [Fact] { stage.honest.facts.compactMap { $0 } }
    var violations: [Violation] {
        stage.honest.events.compactMap { if case .violation(let peer, let violation) = $0, peer == me { violation } else { nil } }
    }
    var conflicts: [Entry] { facts.compactMap { if case .conflict(let entry, _) = $0 { entry } else { nil } } }
    var forks: [Evidence] { facts.compactMap { if case .fork(let one, let other, _) = $0 { Evidence(one, other) } else { nil } } }
    /// The letters of the hostile station that the honest one holds.
    var letters: [String] { stage.honest.letters(of: me) }
}
