import Foundation
import HotlineDesk

/// Each attempt to reach a post, its outcome and the times between its stages, with totals for each post and its counterpart.
struct ContactsReport: Encodable {
    let since: String?
    let post: String?
    let attempts: [Attempt]
    let totals: [Total]

    struct Attempt: Encodable {
        let view: AttemptView
        /// Seconds from the moment at which it was durable at the station that reports; nil for a stage that it did not reach.
        let toTheirStation: Int?
        let toTaken: Int?
        let toPrincipal: Int?
        /// To the first holding reply, 'not yet' or answer.
        let toReply: Int?
        let toOutcome: Int?

        init(_ view: AttemptView) {
            self.view = view
            func seconds(_ stages: Set<String>) -> Int? {
                view.stages.first { stages.contains($0.stage) }.flatMap { $0.at }.flatMap { Times.seconds(from: view.at, to: $0) }
            }
            toTheirStation = seconds(["at their station"])
            toTaken = seconds(["taken by the watch"])
            toPrincipal = seconds(["before the principal"])
            toReply = seconds(Attempt.replies)
            toOutcome = view.outcome.outcome == "open" || view.outcome.outcome == "requested" ? nil : view.stages.last?.at.flatMap { Times.seconds(from: view.at, to: $0) }
        }

        private static let replies: Set<String> = [
            "holding reply", "not yet", "answered", "declined", "accepted", "other windows proposed",
        ]

        func encode(to encoder: any Encoder) throws {
            try view.encode(to: encoder)
            var container = encoder.container(keyedBy: Keys.self)
            try container.encodeIfPresent(toTheirStation, forKey: .secondsToTheirStation)
            try container.encodeIfPresent(toTaken, forKey: .secondsToTaken)
            try container.encodeIfPresent(toPrincipal, forKey: .secondsToPrincipal)
            try container.encodeIfPresent(toReply, forKey: .secondsToReply)
            try container.encodeIfPresent(toOutcome, forKey: .secondsToOutcome)
        }

        private enum Keys: String, CodingKey {
            case secondsToTheirStation, secondsToTaken, secondsToPrincipal, secondsToReply, secondsToOutcome
        }
    }

    /// What became of the attempts of one post to reach another.
    struct Total: Encodable {
        let from: String
        let to: String
        let fromPost: String?
        let toPost: String?
        let attempts: Int
        /// By outcome, the most frequent first.
        let outcomes: [Count]
        /// Medians of those that got so far, in seconds.
        let medianToTaken: Int?
        let medianToOutcome: Int?

        struct Count: Encodable {
            let outcome: String
            let count: Int
        }
    }

    init(_ views: [AttemptView], since: String?, post: String?) {
        self.since = since
        self.post = post
        let wanted = post?.lowercased()
        let views = views.filter { view in
            wanted == nil || [view.fromPost, view.toPost, view.from, view.to].contains { $0?.lowercased() == wanted }
        }
        attempts = views.map { Attempt($0) }
        let pairs = Dictionary(grouping: attempts) { Pair(from: $0.view.from ?? "-", to: $0.view.to ?? "-") }
        totals = pairs.sorted { ($0.key.to, $0.key.from) < ($1.key.to, $1.key.from) }.map { pair, attempts in
            let outcomes = Dictionary(grouping: attempts, by: \.view.outcome.outcome).mapValues(\.count)
            return Total(
                from: pair.from, to: pair.to, fromPost: attempts[0].view.fromPost, toPost: attempts[0].view.toPost, attempts: attempts.count,
                outcomes: outcomes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { Total.Count(outcome: $0.key, count: $0.value) },
                medianToTaken: ContactsReport.median(attempts.compactMap(\.toTaken)), medianToOutcome: ContactsReport.median(attempts.compactMap(\.toOutcome))
            )
        }
    }

    private struct Pair: Hashable {
        let from: String
        let to: String
    }

    private static func median(_ values: [Int]) -> Int? { values.isEmpty ? nil : values.sorted()[values.count / 2] }
}

extension Times {
    /// Whole seconds; nil where one of them is not a time.
    static func seconds(from first: String, to second: String) -> Int? {
        guard let first = date(first), let second = date(second) else { return nil }
        return Int(second.timeIntervalSince(first).rounded())
    }

    /// '45 s', '7 min', '3 h 05 min', '12 d 4 h'; '-' where there is none.
    static func span(_ seconds: Int?) -> String {
        guard let seconds else { return "-" }
        switch seconds {
        case ..<120: return "\(seconds) s"
        case ..<7_200: return "\(seconds / 60) min"
        case ..<172_800: return "\(seconds / 3_600) h \(seconds % 3_600 / 60 < 10 ? "0" : "")\(seconds % 3_600 / 60) min"
        default: return "\(seconds / 86_400) d \(seconds % 86_400 / 3_600) h"
        }
    }
}
