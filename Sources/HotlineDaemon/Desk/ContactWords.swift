import HotlineAgreement
import HotlineDesk
import HotlineRecord
import HotlineStation
import HotlineWatch
import HotlineWire

/// A contact as a person reads it. On the loop's thread.
struct ContactWords {
    let core: StationCore
    let words: EventWords
    private var station: Station { core.station }
    private var me: StationNumber { station.membership.me }

    init(_ core: StationCore, _ words: EventWords) {
        self.core = core
        self.words = words
    }

    func contact(_ request: EntryID) throws(JournalError) -> Contact? {
        try core.history.contact(of: request, { words.agreements.agreement($0) ?? words.agreement }, station.books)
    }

    func view(_ contact: Contact) -> ContactView {
        let header = contact.request.header
        let agreement = words.agreement(of: contact.request)
        let language = LanguageNumber(header.language).flatMap { agreement.language($0)?.tag }
        let (standing, detail) = standing(contact)
        return ContactView(
            serial: words.serial(contact.request.id, station), id: contact.request.id.description, isOwn: contact.asker == me,
            medium: contact.asked.map { EventWords.word($0.medium) } ?? "unreadable", precedence: header.precedence.description, exercise: header.exercise,
            channel: ChannelNumber(header.channel).flatMap { agreement.channel($0)?.code } ?? "unknown channel \(header.channel)",
            from: words.title(header.fromPost, nil, in: agreement), to: words.title(header.toPost, nil, in: agreement),
            fromPost: words.code(header.fromPost, in: agreement), toPost: words.code(header.toPost, in: agreement),
            subject: EventWords.shown(contact.asked?.subject ?? []), language: language?.description, claimedAt: words.claimed(header.claimedTime),
            replyBy: contact.asked == nil ? nil : words.claimed(contact.replyBy(agreement)), standing: standing, detail: detail,
            agreed: contact.agreed.map { view($0.window) }, movedFrom: contact.agreed?.before.map { view($0) }, offers: offers(contact), stages: stages(contact),
            session: contact.said.map(said), minutes: contact.minutes.map(minutes), void: void(contact)
        )
    }

    private func view(_ window: Window) -> ContactView.WindowView {
        ContactView.WindowView(from: words.agreement.time(claimed: window.from).text, to: words.agreement.time(claimed: window.to).text)
    }

    private func offers(_ contact: Contact) -> [ContactView.OfferView] {
        guard contact.end == nil else { return [] }
        return contact.offers.sorted { $0.key < $1.key }.map { party, offer in
            ContactView.OfferView(party: words.party(party), isOwn: party == me, serial: words.serial(offer.id, station), windows: offer.windows.map(view))
        }
    }

    private func said(_ statement: ContactStatement) -> ContactView.SaidView {
        let language = LanguageNumber(statement.entry.header.language).flatMap { words.agreement(of: statement.entry).language($0)?.tag }
        return ContactView.SaidView(
            serial: words.serial(statement.id, station), party: words.party(statement.author), isOwn: statement.author == me, at: statement.at.text,
            language: language?.description, text: EventWords.shown(statement.step?.text ?? [])
        )
    }

    private func minutes(_ minutes: Contact.Minutes) -> ContactView.MinutesView {
        ContactView.MinutesView(
            serial: words.serial(minutes.statement.id, station), party: words.party(minutes.statement.author),
            text: EventWords.shown(minutes.statement.step?.text ?? []), confirmedIn: minutes.confirmation.map { words.serial($0.id, station) }
        )
    }

    private func void(_ contact: Contact) -> [String] {
        contact.void.map { void in
            let name = words.serial(void.statement.id, station)
            return void.isCrossed
                ? "\(name) crossed what the other side said: \(EventWords.words(void.breach)); it changes nothing, and nobody is to blame"
                : "\(name): \(EventWords.words(void.breach)); it changes nothing"
        }
    }

    // MARK: How it stands

    func standing(_ contact: Contact) -> (String, String?) {
        switch contact.standing {
        case .requested:
            return contact.addressee.flatMap { contact.offers[$0] } != nil ? ("requested", "other windows proposed by \(words.party(contact.addressee ?? me))") : ("requested", nil)
        case .notYet(let statement): return ("not yet", detail(statement))
        case .agreed(let agreed):
            let moving = contact.offers.keys.sorted().first.map { ", \(words.party($0)) proposes to move it" } ?? ""
            return ("agreed", (agreed.before == nil ? "" : "moved; ") + minutesOf(agreed.window) + moving)
        case .inSession: return ("in session", nil)
        case .over:
            guard !contact.words.isEmpty else { return ("held", "on the line, closed by \(contact.closed.map { words.party($0.author) } ?? "nobody")") }
            let all = contact.words.map { word($0) }
            let isOne = Set(all).count == 1
            return (isOne ? all[0] : "disputed", zip(contact.words, all).map { "\($1), by the word of \(words.party($0.author))" }.joined(separator: "; "))
        case .ended(let statement, let late):
            let end = statement.step.map { EventWords.word($0) } ?? "ended"
            return (late.map { "\(end), then \($0.step.map { EventWords.word($0) } ?? "answered") late" } ?? end, detail(late ?? statement))
        }
    }

    /// What became of the request, and by which entry.
    func outcome(_ contact: Contact) -> OutcomeView {
        let (outcome, detail) = standing(contact)
        let statement = contact.late ?? contact.end ?? contact.words.last ?? contact.closed ?? contact.agreed?.statement ?? contact.notYet
        // A word beside the one that counts may not hide behind the order of names.
        let beside = contact.void.filter { $0.breach == .contradicts }.map { void in
            "\(void.statement.step.map { EventWords.word($0) } ?? "unreadable") (\(words.serial(void.statement.id, station)))"
        }
        return OutcomeView(
            outcome: outcome + (beside.isEmpty ? "" : ", contradicted by \(beside.joined(separator: " and "))"),
            claimedAt: statement.flatMap { words.claimed($0.entry.header.claimedTime) }, party: statement.map { words.party($0.author) },
            serial: statement.map { words.serial($0.id, station) }, detail: detail
        )
    }

    private func word(_ statement: ContactStatement) -> String {
        guard case .missed(let party)? = statement.step else { return "held" }
        return "missed by \(words.party(party))"
    }

    private func minutesOf(_ window: Window) -> String {
        "\(words.agreement.time(claimed: window.from).minute) to \(words.agreement.time(claimed: window.to).minute)"
    }

    private func detail(_ statement: ContactStatement) -> String? {
        let parts = [statement.step?.act.flatMap { words.detail($0) }, statement.step.map { EventWords.shown($0.text) }].compactMap { $0 }.filter { !$0.isEmpty }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    /// Each thing that was stated and counts, with its time and whose word it is.
    func stages(_ contact: Contact) -> [StageView] {
        contact.stated.map { statement in
            StageView(stage: statement.step.map { EventWords.word($0) } ?? "unreadable", at: statement.at.text, word: words.party(statement.author))
        }
    }

    // MARK: A contact that waits

    func open(_ contact: Contact, at now: WallTime) -> OpenView {
        let view = view(contact)
        let clock = ContactClock(contact, words.agreement, now: now)
        let isLate = clock.due != .contact && clock.at.map { $0 < now } ?? false
        return OpenView(
            serial: view.serial, id: view.id, kind: "contact, \(view.medium)", isOwn: clock.party.map { $0 != me } ?? false,
            precedence: view.precedence, exercise: view.exercise, channel: view.channel, from: view.from, to: view.to, at: contact.at.text,
            stage: view.standing, due: clock.due.map(EventWords.word), dueAt: clock.at.map(\.text), isLate: isLate
        )
    }
}

extension EventWords {
    static func word(_ medium: Medium) -> String {
        switch medium {
        case .text: "text"
        case .voice: "voice"
        case .visit: "visit"
        case .other: "other"
        }
    }

    static func word(_ due: ContactClock.Due) -> String {
        switch due {
        case .receipt: "receipt"
        case .reply: "reply"
        case .answer: "answer"
        case .contact: "contact"
        case .word: "held or missed"
        }
    }

    static func word(_ step: ContactStep) -> String {
        switch step {
        case .act(let act): word(act)
        case .accepted: "accepted"
        case .proposed: "other windows proposed"
        case .opened: "at the machine"
        case .said: "said"
        case .closed: "session closed"
        case .held: "held"
        case .missed: "missed"
        case .minuted: "minutes"
        case .confirmed: "minutes confirmed"
        }
    }

    static func shown(_ text: [UInt8]) -> String { TextRules.shown(String(decoding: text, as: UTF8.self)) }

    /// What an entry of kind 11 asks for, in one sentence.
    func request(_ entry: Entry) -> String {
        guard let asked = try? ContactRequest(content: entry.content) else { return "an unreadable request for a contact" }
        return "\(EventWords.word(asked.medium)), \(windows(asked.windows)): \(EventWords.shown(asked.subject))"
    }

    /// What an entry of kind 12 states, in one sentence.
    func contactStatement(_ entry: Entry) -> String {
        guard let step = (try? ContactStep(kind: entry.header.kind, content: entry.content)) ?? nil else { return "an unreadable statement about a contact" }
        return [EventWords.word(step), detail(step), EventWords.shown(step.text)].filter { !$0.isEmpty }.joined(separator: ": ")
    }

    /// What a statement about a contact says besides its text.
    func detail(_ step: ContactStep) -> String {
        switch step {
        case .act(let act): detail(act) ?? ""
        case .accepted(let place): "window \(Int(place) + 1)"
        case .proposed(let windows, _): self.windows(windows)
        case .held(let window): self.window(window)
        case .missed(let party): "by \(self.party(party))"
        case .opened, .said, .closed, .minuted, .confirmed: ""
        }
    }

    func windows(_ windows: [Window]) -> String { windows.map(window).joined(separator: "; or ") }

    private func window(_ window: Window) -> String { "\(agreement.time(claimed: window.from).minute) to \(agreement.time(claimed: window.to).minute)" }
}

extension EventWords {
    /// What an officer has stated, for the local log: never a text.
    func said(_ draft: Draft) -> String {
        func post(_ number: PostNumber) -> String { agreement.post(number)?.code ?? "\(number)" }
        switch draft {
        case .letter(let draft): return "\(draft.precedence) letter to \(post(draft.to))"
        case .act(let draft): return EventWords.word(draft.act)
        case .channel(let draft): return "channel \(draft.channel) \(draft.change == .suspended ? "suspended" : "resumed")"
        case .request(let draft): return "\(draft.letter.precedence) request for a contact with \(post(draft.letter.to))"
        case .contact(let draft): return EventWords.word(draft.step)
        case .release(let draft): return "released by two: \(EntryKind.word(draft.statement.header.kind))"
        case .roster(let roster): return "roster \(roster.version)"
        case .presence(let draft): return "presence of \(post(draft.post))"
        }
    }
}

extension ContactRefusal {
    func words(_ agreement: Agreement) -> (String, String) {
        switch self {
        case .noRequest: ("that entry is no request for a contact", "hotline contact list shows them")
        case .breach(let breach): (EventWords.refusal(breach), "hotline contact show says how it stands")
        case .noWindows: ("a contact needs a time", "offer one to eight with --window FROM/TO")
        case .tooManyWindows(let count, let max): ("\(count) windows are too many", "at most \(max)")
        case .windowPassed(let window, let now):
            (
                "the window that ends at \(agreement.time(claimed: window.to).minute) is over", "it is \(agreement.time(claimed: now).minute) by our clock; propose another"
            )
        case .replyByAfterWindows(let time):
            ("an answer by \(agreement.time(claimed: time).minute) would come after the last window", "ask for it earlier with --reply-by")
        case .nothingOffered: ("the other side has offered nothing to accept or to confirm", "hotline contact show says what stands")
        }
    }
}
