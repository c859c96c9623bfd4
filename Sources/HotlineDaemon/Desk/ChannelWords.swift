import HotlineAgreement
import HotlineDesk
import HotlineRecord
import HotlineStation
import HotlineWatch
import HotlineWire

/// The channels as they stand, in words. On the loop's thread.
struct ChannelWords {
    let core: StationCore
    let words: EventWords

    init(_ core: StationCore, _ words: EventWords) {
        self.core = core
        self.words = words
    }

    var views: [ChannelView] {
        let station = core.station
        let suspensions = station.suspensions
        return words.agreement.channels.map { channel in
            ChannelView(
                code: channel.code, title: words.own(channel.title), precedences: channel.precedences.map(\.description),
                suspensions: suspensions.parties(suspending: channel.number.value).map { party, suspension in
                    ChannelView.Suspension(party: words.party(party), since: suspension.at.text, serial: words.serial(suspension.entry, station))
                },
                passing: channel.precedences.filter { suspensions.passes($0, on: channel) }.map(\.description)
            )
        }
    }
}

extension EventWords {
    /// 'principals suspended: until the facts are known'.
    func channel(_ entry: Entry) -> String {
        let code = ChannelNumber(entry.header.channel).flatMap { agreement.channel($0)?.code } ?? "unknown channel \(entry.header.channel)"
        guard let statement = ChannelStatements.statement(entry, agreement) else { return "a statement about the channel \(code) that changes nothing" }
        let change =
            switch statement.change {
            case .suspended: "suspended"
            case .resumed: "resumed"
            }
        let reason = TextRules.shown(String(decoding: statement.reason, as: UTF8.self))
        return "\(code) \(change)" + (reason.isEmpty ? "" : ": \(reason)")
    }
}

extension ChannelRefusal {
    func words(_ agreement: Agreement) -> (String, String) {
        switch self {
        case .unknown(let number): ("the agreement has no channel \(number)", "channels: \(agreement.channels.map(\.code).joined(separator: ", "))")
        case .neverSuspended(let code):
            (
                "the channel '\(code)' is never suspended: the agreement says so",
                "channels that may be: \(agreement.channels.filter { $0.suspension != .never }.map(\.code).joined(separator: ", "))"
            )
        case .suspendedAlready(let code): ("we have suspended '\(code)' already", "hotline channel list says since when")
        case .notSuspendedByUs(let code): ("we have not suspended '\(code)'", "whoever has suspended a channel resumes it: hotline channel list")
        case .noReason: ("a suspension says why", "give the reason, in words that the other side may read")
        }
    }
}
