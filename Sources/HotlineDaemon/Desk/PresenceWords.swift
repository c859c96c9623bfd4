import HotlineAgreement
import HotlineDesk
import HotlineRecord
import HotlineStation
import HotlineWatch
import HotlineWire

/// The posts as they stand, in words. On the loop's thread.
struct PresenceWords {
    let core: StationCore
    let words: EventWords

    init(_ core: StationCore, _ words: EventWords) {
        self.core = core
        self.words = words
    }

    var views: [PostView] {
        let station = core.station
        let standings = station.standings
        let agreement = words.agreement
        return agreement.terms.posts.map { post in
            let standing = standings[post.number]
            var standIn: String?
            if case .standIn(let other?)? = standing?.presence { standIn = agreement.post(other)?.code }
            return PostView(
                code: post.code, title: words.own(post.title), party: words.party(post.party), isOwn: post.party == words.me,
                counterparts: post.counterparts.compactMap { agreement.post($0)?.code }, presence: standing?.presence.map(EventWords.word) ?? "not said",
                standIn: standIn, since: standing?.since?.text, serial: standing?.entry.map { words.serial($0, station) },
                asked: (standing?.asked ?? [:]).sorted { $0.key < $1.key }.map { PostView.Question(party: words.party($0.key), at: $0.value.text) },
                rings: agreement.post(Presences.Standing.ringing(post, standings))?.code ?? post.code
            )
        }
    }
}

extension EventWords {
    static func word(_ presence: Presence) -> String {
        switch presence {
        case .manned: "manned"
        case .unmanned: "unmanned"
        case .standIn: "manned by a stand-in"
        case .standingBy: "standing by at the machine"
        }
    }

    /// An entry of kind 15: one sentence.
    func presence(_ entry: Entry) -> String {
        let agreement = agreement(of: entry)
        guard let (number, statement) = PresenceStatement.of(entry, agreement) else { return "a statement about a post that changes nothing" }
        let post = title(number.value, nil, in: agreement) ?? "unknown post"
        switch statement {
        case .asked: return "asks whether \(post) is manned"
        case .said(.standIn(let other?)): return "\(post): manned by a stand-in, \(title(other.value, nil, in: agreement) ?? "unknown post")"
        case .said(let presence): return "\(post): \(EventWords.word(presence))"
        }
    }
}
