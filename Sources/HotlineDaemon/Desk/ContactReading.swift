import HotlineAgreement
import HotlineDesk
import HotlineWatch
import HotlineWire

/// From the names that an officer uses to a request for a contact, and to what is stated about one.
struct ContactReading {
    let agreement: Agreement
    let me: StationNumber
    private var names: LetterReading { LetterReading(agreement: agreement, me: me) }

    func draft(_ order: ContactOrder, references: [EntryID]) throws(DeskError) -> RequestDraft {
        RequestDraft(
            letter: try names.draft(order.letter, references: references), medium: try ContactReading.medium(order.medium), windows: try windows(order.windows)
        )
    }

    func draft(_ order: ContactStepOrder, about: EntryID) throws(DeskError) -> ContactDraft {
        let step = try step(order.step)
        return ContactDraft(about: about, step: step, language: step.text.isEmpty ? nil : try names.language(order.language))
    }

    private static func medium(_ name: String) throws(DeskError) -> Medium {
        if let medium = Medium.allCases.first(where: { EventWords.word($0) == name.lowercased() }) { return medium }
        throw DeskError(.usage, "'\(name)' is no medium", hint: "one of \(Medium.allCases.map(EventWords.word).joined(separator: ", "))")
    }

    private func step(_ step: ContactStepOrder.Step) throws(DeskError) -> ContactStep {
        switch step {
        case .accept(let place):
            guard (1...WatchLimits.windowsMax).contains(place) else {
                throw DeskError(.usage, "there is no window \(place)", hint: "hotline contact show counts the windows from 1")
            }
            return .accepted(window: UInt8(place - 1))
        case .propose(let windows, let text): return .proposed(try self.windows(windows), text: Array(text.utf8))
        case .open: return .opened
        case .say(let text): return .said(text: Array(text.utf8))
        case .close: return .closed
        case .held(let window): return .held(try self.window(window))
        case .missed(let name): return .missed(by: try party(name))
        case .minutes(let text): return .minuted(text: Array(text.utf8))
        case .confirm: return .confirmed
        }
    }

    func party(_ name: String) throws(DeskError) -> StationNumber {
        let wanted = name.lowercased()
        if let party = agreement.parties.first(where: { $0.mark.lowercased() == wanted || $0.name.lowercased() == wanted }) { return party.number }
        throw DeskError(.refused, "the agreement has no party '\(name)'", hint: "parties: \(agreement.parties.map(\.name).joined(separator: ", "))")
    }

    private func windows(_ texts: [String]) throws(DeskError) -> [Window] {
        var windows: [Window] = []
        for text in texts { windows.append(try window(text)) }
        return windows
    }

    /// `2026-03-01T09:00Z/2026-03-01T10:00Z`, or `2026-03-01T09:00Z/30m`.
    private func window(_ text: String) throws(DeskError) -> Window {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { throw ContactReading.noWindow(text) }
        let begins = try Calendar.time(parts[0])
        // Claimed times count from the date of the line.
        guard begins >= agreement.epoch else { throw DeskError(.refused, "the window '\(text)' is over", hint: "it begins before the line itself did") }
        let from = agreement.claimed(begins)
        let length: UInt64
        if let duration = parts[1].wholeMatch(of: /(\d{1,4})(m|h)/)?.output {
            length = (UInt64(duration.1) ?? 0) * (duration.2 == "h" ? 3_600 : 60)
        } else {
            let to = agreement.claimed(try Calendar.time(parts[1]))
            guard to > from else { throw DeskError(.usage, "the window '\(text)' ends before it begins", hint: "write FROM/TO, the earlier time first") }
            length = to - from
        }
        guard let window = Window(from: from, length: length) else { throw ContactReading.noWindow(text) }
        return window
    }

    private static func noWindow(_ text: String) -> DeskError {
        DeskError(.usage, "'\(text)' is no window", hint: "write FROM/TO: 2026-03-01T09:00Z/2026-03-01T10:00Z, or 2026-03-01T09:00Z/30m")
    }
}
