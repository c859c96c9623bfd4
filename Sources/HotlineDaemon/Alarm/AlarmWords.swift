import HotlineAgreement
import HotlineDesk
import HotlineRecord
import HotlineStation
import HotlineWatch
import HotlineWire

/// What is due at a station, in words: what happened, and what to do. On the loop's thread.
struct AlarmWords {
    let core: StationCore
    let words: EventWords
    private var station: Station { core.station }

    init(_ core: StationCore, _ words: EventWords) {
        self.core = core
        self.words = words
    }

    /// - Parameter down: the stations of which nothing is heard, and since when.
    func dues(_ down: [StationNumber: WallTime], now: WallTime) -> [Alarm] {
        let contacts = station.contacts { words.agreements.agreement($0) ?? words.agreement }
        return Alarm.dues(station.duty, contacts, words.agreement, me: words.me, now: now)
            + down.sorted { $0.key < $1.key }.map { Alarm(.lineDown, about: nil, party: $0.key, at: $0.value + AlarmWords.downMax) }
    }

    /// Of the silence of a line, before it is an alarm: a path that is lost comes back by itself within seconds.
    private static let downMax = Span.seconds(60)

    /// - Parameters:
    ///   - level: how far up the succession it rings.
    ///   - down: as above.
    func view(_ alarm: Alarm, level: Int, _ down: [StationNumber: WallTime]) -> AlarmView {
        let serial = alarm.about.map { words.serial($0, station) }
        let name = serial ?? words.agreement.party(alarm.party)?.mark ?? "\(alarm.party)"
        let (kind, what, hint) = say(alarm, serial ?? "", down)
        return AlarmView(
            name: name, kind: kind, what: what, hint: hint, precedence: alarm.precedence.description, exercise: alarm.exercise, dueAt: alarm.at.text, rings: 1,
            posts: posts(alarm, level: level), acknowledgedBy: nil
        )
    }

    private func say(_ alarm: Alarm, _ serial: String, _ down: [StationNumber: WallTime]) -> (String, String, String) {
        let mark = (alarm.exercise ? "EXERCISE " : "") + alarm.precedence.description
        let party = words.party(alarm.party)
        return switch alarm.kind {
        case .receiptDue: ("receipt due", "\(serial) \(mark) of \(party) is not in the hands of the watch\(quota(alarm))", "hotline take \(serial)")
        case .replyDue: ("reply due", "\(serial) \(mark) of \(party) has no reply\(quota(alarm))", "hotline hold \(serial), answer it, decline it or say not yet")
        case .receiptLate: ("their receipt is late", "\(serial) \(mark) is not in the hands of their watch: \(silence(alarm, down))", AlarmWords.silenceHint)
        case .replyLate:
            (
                "their reply is late", "\(serial) \(mark) has no reply of \(party): \(silence(alarm, down))",
                "once its time has passed, hotline lapse \(serial) puts that on the record of both"
            )
        case .waitOver:
            (
                "authority awaited in vain", "\(serial) \(mark): the time until which it was to wait has passed",
                "hotline show \(serial); ours: ask again, or let it lapse; theirs: answer it, or say until when"
            )
        case .answerDue: ("answer due", "\(party) proposes other times for the contact \(serial)", "hotline contact show \(serial), then accept or propose")
        case .contactBegins: ("contact begins", "the contact \(serial) with \(party) begins", "hotline contact show \(serial)")
        case .contactUntold:
            ("contact untold", "the window of the contact \(serial) with \(party) is over", "hotline contact held \(serial) --window …, or missed \(serial) --by …")
        case .lineDown: ("line down", "line to \(party) down since \((down[alarm.party] ?? alarm.at).minute)", "hotline status; try the other means that the agreement names")
        }
    }

    private static let silenceHint = "try the other means that the agreement names; the letter stays on its way"

    private func quota(_ alarm: Alarm) -> String { alarm.isOverQuota ? " (over quota)" : "" }

    /// 'line good, desk silent since 14:02', or 'line down since 13:58': a fault of the line is told apart from silence at the desk.
    private func silence(_ alarm: Alarm, _ down: [StationNumber: WallTime]) -> String {
        if let since = down[alarm.party] { return "line down since \(since.minute)" }
        guard let id = alarm.about, let stage = EntryWords(core, words).arrival(id).first else { return "line good, and it is not yet at their station" }
        return "line good, desk silent since \(stage.at.flatMap { try? Calendar.time($0) }?.minute ?? "it arrived")"
    }

    /// The post of ours that it is about, then its succession.
    private func posts(_ alarm: Alarm, level: Int) -> [String] {
        let agreement = words.agreement
        let entry = alarm.about.flatMap { id in (try? core.history.entry(id))?.map { $0.entry } }
        let number = entry.flatMap { PostNumber($0.id.author == words.me ? $0.header.fromPost : $0.header.toPost) }
        guard let post = number.flatMap({ agreement.post($0) }) ?? agreement.posts(of: words.me).last else { return [] }
        let first = Presences.Standing.ringing(post, station.standings)
        let called = [first] + post.succession.filter { $0 != first }.prefix(level)
        return called.compactMap { agreement.post($0)?.code }
    }
}
