import HotlineAgreement
import HotlineDesk
import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWatch
import HotlineWire

/// Events of the station as a person reads them.
struct EventWords: Sendable {
    let agreements: LineAgreements
    let me: StationNumber
    /// The one in force here.
    var agreement: Agreement { agreements.last }

    /// What a person calls the entry that the event speaks of, or the last of those it speaks of.
    func serial(_ event: Event, _ station: Station) -> String? {
        switch event {
        case .entry(let entry, let serial): about(entry, station) ?? name(entry.id, serial, station)
        case .early(let entry): station.book(of: entry.id.author)?.serial(of: entry.id).map { name(entry.id, $0, station) }
        case .acknowledged(_, let part), .signed(let part, _): upTo(part, station)
        case .recovered(_, let part), .provisional(_, let part): upTo(part, station)
        case .path, .epoch, .current, .restored, .violation, .conflict, .fork, .stranger: nil
        }
    }

    /// Nil for what is no news to a person.
    func view(_ event: Event, serial: String?, at: String) -> EventView? {
        switch event {
        case .entry(let entry, _):
            guard entry.header.kind != Opening.kind else { return opened(entry, at: at) }
            if entry.header.kind == InForce.kind { return EventView(kind: .inForce, at: at, party: party(entry.id.author), serial: serial, detail: inForce(entry)) }
            if EntryKind(rawValue: entry.header.kind) == .channel {
                return EventView(kind: .channel, at: at, party: party(entry.id.author), serial: serial, detail: channel(entry))
            }
            if EntryKind(rawValue: entry.header.kind) == .presence {
                return EventView(kind: .presence, at: at, party: party(entry.id.author), serial: serial, detail: presence(entry))
            }
            if Attestation.Strength(entry.header.kind) != nil { return released(entry, serial: serial, at: at) }
            if !entry.references.isEmpty, (try? ContactStep(kind: entry.header.kind, content: entry.content)) != nil { return stated(entry, serial: serial, at: at) }
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

    /// `W-12`; with the beginning of its generation's name, `W-12/8cc0`, where a restore or a clone has made two of one.
    func name(_ id: EntryID, _ serial: UInt64, _ station: Station) -> String {
        let isAlone = station.book(of: id.author).map { $0.entryIDs(serial: serial).count < 2 } ?? true
        return serialName(id.author, serial) + (isAlone ? "" : "/\(id.generation.name.description.prefix(EventWords.aliasLetters))")
    }

    /// What a person calls an entry.
    func serial(_ id: EntryID, _ station: Station) -> String {
        station.book(of: id.author)?.serial(of: id).map { name(id, $0, station) } ?? id.description
    }

    /// In the first language of our own party.
    func own(_ text: Wording) -> String { agreement.party(me)?.languages.first.flatMap { text.text(in: $0) } ?? text.first }

    static let aliasLetters = 4

    func serialName(_ station: StationNumber, _ serial: UInt64) -> String {
        "\(agreement.party(station)?.mark ?? String(station.value))-\(serial)"
    }

    /// The agreement by which an entry is read: the one that it names, or the one in force here where that is not installed.
    func agreement(of entry: Entry) -> Agreement { agreements.agreement(entry.agreement) ?? agreement }

    func title(_ number: UInt8, _ language: LanguageTag?, in agreement: Agreement) -> String? {
        guard let number = PostNumber(number) else { return nil }
        guard let post = agreement.post(number) else { return "unknown post \(number)" }
        return language.map { post.title.text(in: $0) } ?? post.title.first
    }

    func code(_ number: UInt8, in agreement: Agreement) -> String? { PostNumber(number).flatMap { agreement.post($0)?.code } }

    private func view(_ entry: Entry, serial: String?, kind: EventView.Kind, at: String) -> EventView {
        EventView(
            kind: kind, at: at, party: party(entry.id.author), serial: serial, precedence: entry.header.precedence.description,
            exercise: entry.header.exercise, from: title(entry.header.fromPost, nil, in: agreement(of: entry)),
            to: title(entry.header.toPost, nil, in: agreement(of: entry)), fromPost: code(entry.header.fromPost, in: agreement(of: entry)),
            toPost: code(entry.header.toPost, in: agreement(of: entry)), detail: firstWords(entry)
        )
    }

    /// The name of the letter or request that an entry states something about, or of what it releases.
    private func about(_ entry: Entry, _ station: Station) -> String? {
        if Attestation.Strength(entry.header.kind) != nil { return entry.references.first.map { serial($0, station) } }
        guard let request = ContactStatement(entry, at: WallTime(milliseconds: 0))?.request else { return nil }
        return self.serial(request, station)
    }

    /// How far a letter has got, or what became of it.
    private func stated(_ entry: Entry, serial: String?, at: String) -> EventView {
        let header = entry.header
        return EventView(
            kind: .stated, at: at, party: party(entry.id.author), serial: serial, precedence: header.precedence.description, exercise: header.exercise,
            from: title(header.fromPost, nil, in: agreement(of: entry)), to: title(header.toPost, nil, in: agreement(of: entry)),
            fromPost: code(header.fromPost, in: agreement(of: entry)), toPost: code(header.toPost, in: agreement(of: entry)),
            detail: EntryKind(rawValue: header.kind) == .contactStatement ? contactStatement(entry) : sentence(entry)
        )
    }

    /// A generation that stands on an agreement that is not here is news: what is written in it can be read, and not checked.
    private func opened(_ entry: Entry, at: String) -> EventView? {
        guard let basis = (try? Opening(entry.content))?.basis, !isInstalled(basis) else { return nil }
        return EventView(kind: .notInstalled, at: at, party: party(entry.id.author), detail: basisName(basis))
    }

    /// What an entry of kind 4 says.
    func inForce(_ entry: Entry) -> String {
        guard let content = try? InForce(entry.content) else { return "an unreadable statement of what is in force" }
        let keys = content.keysVersion == 0 ? "" : ", with the keys of its statement \(content.keysVersion)"
        let version = "version \(content.version) of the agreement is in force for its record\(keys)"
        return agreements.agreement(content.basis.agreement) == nil ? version + "; it is not installed here" : version
    }

    /// `version 2`, or that it is not here.
    func agreementName(_ hash: Hash) -> String {
        agreements.agreement(hash).map { "version \($0.terms.edition.version)" } ?? EventWords.notInstalled(hash)
    }

    private func isInstalled(_ basis: Basis) -> Bool {
        agreements.agreement(basis.agreement) != nil && basis.statement.map { agreements.statement($0) != nil } ?? true
    }

    /// `version 2`, `version 2, keys 1`, or what of it is not here.
    func basisName(_ basis: Basis) -> String {
        guard let statement = basis.statement, agreements.agreement(basis.agreement) != nil else { return agreementName(basis.agreement) }
        let keys = agreements.statement(statement).map { "keys \($0.change.version)" } ?? "with keys NOT INSTALLED HERE; hotline keys install FILE"
        return "\(agreementName(basis.agreement)), \(keys)"
    }

    static func notInstalled(_ agreement: Hash) -> String {
        "NOT INSTALLED HERE: the agreement \(Fingerprint(agreement).groups[0].joined(separator: " ")) …; hotline agreement install FILE"
    }

    private func firstWords(_ entry: Entry) -> String {
        let text: String
        switch EntryKind(rawValue: entry.header.kind) {
        case .letter, .letterByTime: text = TextRules.shown(String(decoding: (Letter.text(entry) ?? []).prefix(400), as: UTF8.self))
        case .receipt, .holdingReply, .outcome: text = sentence(entry)
        case .channel: text = channel(entry)
        case .contactRequest: text = request(entry)
        case .contactStatement: text = contactStatement(entry)
        case .presence: text = presence(entry)
        case .declaration: text = RestoreWords.declaration(entry.content, agreement)
        case .recovery: text = RestoreWords.recovery(entry.content, agreement)
        case .inForce: text = inForce(entry)
        case .roster: text = RosterWords.entry(entry.content, of: entry.id.author, agreements)
        case .lightRelease, .release: text = ReleaseWords.entry(entry)
        case .opening, nil: return "unknown kind \(entry.header.kind)"
        }
        let words = text.split(whereSeparator: \.isWhitespace).prefix(24)
        return words.joined(separator: " ")
    }

    private func upTo(_ part: GenerationSize, _ station: Station) -> String? {
        guard part.size > .zero else { return nil }
        let last = EntryID(part.generation, EntryNumber(part.size.value - 1))
        return station.book(of: part.generation.station)?.serial(of: last).map { name(last, $0, station) }
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
        case .unholdable:
            "an entry that speaks of itself, of later ones or of having seen its own record, has seen less than one before it, or names another agreement than its opening"
        case .falseReturn: "entries given back to us as ours that are not what we have signed"
        }
    }
}
