import HotlineAgreement
import HotlineDesk
import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWatch
import HotlineWire

/// Events of the station as a person reads them.
struct EventWords: Sendable {
    let agreement: Agreement
    let me: StationNumber

    /// What a person calls the entry that the event speaks of, or the last of those it speaks of.
    func serial(_ event: Event, _ station: Station) -> String? {
        switch event {
        case .entry(let entry, let serial): serialName(entry.id.author, serial)
        case .early(let entry): station.book(of: entry.id.author)?.serial(of: entry.id).map { serialName(entry.id.author, $0) }
        case .acknowledged(_, let part), .signed(let part, _): upTo(part, station)
        case .recovered(_, let part), .provisional(_, let part): upTo(part, station)
        case .path, .epoch, .current, .restored, .violation, .conflict, .fork, .stranger: nil
        }
    }

    /// Nil for what is no news to a person.
    func view(_ event: Event, serial: String?, at: String) -> EventView? {
        switch event {
        case .entry(let entry, _):
            guard entry.header.kind != Opening.kind else { return nil }
            return view(entry, serial: serial, kind: entry.id.author == me ? .sent : .received, at: at)
        case .early(let entry):
            // Anything less urgent is shown in its order.
            guard entry.header.precedence == .flash else { return nil }
            return view(entry, serial: serial, kind: .early, at: at)
        case .acknowledged(let peer, let part):
            guard part.size > .zero else { return nil }
            return EventView(kind: .acknowledged, at: at, party: party(peer), serial: serial, detail: "at their station")
        case .signed(let part, let strength):
            return EventView(
                kind: .signed, at: at, party: party(part.generation.station), serial: serial,
                detail: strength == .full ? "in full" : "provisionally"
            )
        case .path(let peer, _, let isUp, let reason):
            return EventView(kind: isUp ? .up : .down, at: at, party: party(peer), detail: reason)
        case .epoch(let peer, let epoch):
            return EventView(kind: .epoch, at: at, party: party(peer), detail: "epoch \(epoch) confirmed by both")
        case .current(let peer, let name):
            return EventView(kind: .restarted, at: at, party: party(peer), detail: "generation \(name)")
        case .restored(let generation):
            return EventView(
                kind: .restored, at: at, party: party(generation.station),
                detail: "generation \(generation.name) begins from an earlier state; what was in between stays on record here"
            )
        case .recovered(let peer, let part):
            return EventView(
                kind: .recovered, at: at, party: party(peer), serial: serial,
                detail: "generation \(part.generation.name) is ours again, \(part.size) entries; our own signature covers them"
            )
        case .provisional(let peer, let part):
            return EventView(
                kind: .provisional, at: at, party: party(peer),
                detail: "\(part.size) entries of generation \(part.generation) under a light signature of ours alone; to take them back: hotline record confirm \(part.generation)"
            )
        case .violation(let peer, let violation):
            return EventView(kind: .violation, at: at, party: party(peer), detail: EventWords.words(violation))
        case .conflict(let id):
            return EventView(
                kind: .conflict, at: at, party: party(id.author), detail: "conflict, unproved: a second content came under number \(id)"
            )
        case .fork(let part):
            return EventView(
                kind: .fork, at: at, party: party(part.generation.station),
                detail: "PROOF: two signed heads of size \(part.size) of generation \(part.generation.name)"
            )
        case .stranger(_, let reason):
            return EventView(kind: .stranger, at: at, detail: reason)
        }
    }

    func party(_ station: StationNumber) -> String { agreement.party(station)?.name ?? "station \(station)" }

    func serialName(_ station: StationNumber, _ serial: UInt64) -> String {
        "\(agreement.party(station)?.mark ?? String(station.value))-\(serial)"
    }

    func title(_ number: UInt8, _ language: LanguageTag?) -> String? {
        guard let number = PostNumber(number) else { return nil }
        guard let post = agreement.post(number) else { return "unknown post \(number)" }
        return language.map { post.title.text(in: $0) } ?? post.title.first
    }

    func code(_ number: UInt8) -> String? { PostNumber(number).flatMap { agreement.post($0)?.code } }

    private func view(_ entry: Entry, serial: String?, kind: EventView.Kind, at: String) -> EventView {
        EventView(
            kind: kind, at: at, party: party(entry.id.author), serial: serial, precedence: entry.header.precedence.description,
            exercise: entry.header.exercise, from: title(entry.header.fromPost, nil), to: title(entry.header.toPost, nil),
            fromPost: code(entry.header.fromPost), toPost: code(entry.header.toPost), detail: firstWords(entry)
        )
    }

    private func firstWords(_ entry: Entry) -> String {
        let text: String
        switch EntryKind(rawValue: entry.header.kind) {
        case .letter: text = TextRules.shown(String(decoding: entry.content.prefix(400), as: UTF8.self))
        case .declaration: text = RestoreWords.declaration(entry.content, agreement)
        case .recovery: text = RestoreWords.recovery(entry.content, agreement)
        case .opening, nil: return "unknown kind \(entry.header.kind)"
        }
        let words = text.split(whereSeparator: \.isWhitespace).prefix(24)
        return words.joined(separator: " ")
    }

    private func upTo(_ part: GenerationSize, _ station: Station) -> String? {
        guard part.size > .zero else { return nil }
        let last = EntryID(part.generation, EntryNumber(part.size.value - 1))
        return station.book(of: part.generation.station)?.serial(of: last).map { serialName(part.generation.station, $0) }
    }

    private static func words(_ violation: Violation) -> String {
        switch violation {
        case .malformed: "an authentic frame whose content is not of the format"
        case .renamed: "one alias for two generations"
        case .foreignEntry: "an entry of somebody else's record"
        case .acknowledgedUnwritten: "an acknowledgement of what we have not written"
        case .badSignature: "a signature that does not verify"
        case .staleEpoch: "an epoch number that was used before"
        case .unproved: "an epoch secret that is not proved; courier packs may differ"
        case .checkpointMismatch: "a checkpoint that does not fit the entries we hold"
        case .checkpointShrinks: "a checkpoint whose sizes fall"
        case .badOpening: "a generation that does not open as it must"
        case .conflict: "one number with two contents"
        case .unholdable: "an entry that speaks of itself, of later ones or of having seen its own record"
        case .falseReturn: "entries given back to us as ours that are not what we have signed"
        }
    }
}
