import Foundation
import HotlineDesk

/// Sends an exchange letter by letter: the next goes once the last is at the other station.
struct Replay {
    let exchange: Exchange
    let stations: [String: ReplayStation]
    let addressing: Addressing
    /// Divides the exchange's own times; nil sends without a pause.
    let speed: Double?
    /// How long one letter may take.
    let timeout: Duration
    /// Whether the watch takes each letter at once and lays it before the principal, so that the line's share of these stages shows.
    let hasStages: Bool

    /// What of an order the exchange does not say.
    struct Addressing {
        let precedence: String
        /// Nil for the language that the exchange names.
        let language: String?
        let exercise: Bool
        /// Posts by the party to which a letter goes; "" for any.
        let posts: [String: String]
    }

    /// What became of one letter.
    struct Passage: Encodable {
        let seq: Int?
        let serial: String
        let id: String
        let from: String
        let to: String
        let bytes: Int
        /// RFC 3339, our own clock.
        let sentAt: String
        let atTheirStation: String
        let latencyMilliseconds: Double
        /// From the word of the watch over there that the letter is in its hands, and that it is before the principal, until the sender sees it; nil
        /// where no stages are replayed.
        let takenMilliseconds: Double?
        let laidMilliseconds: Double?
        /// What it took at the time, to the other station, to the first translation, and to the principal.
        let historicalMinutes: Int?
        let historicalMinutesToTranslation: Int?
        let historicalMinutesToPrincipal: Int?
        /// Whether the text came as it went, byte for byte.
        let isSame: Bool
    }

    /// - Throws: `DeskError` where a letter is refused or does not come.
    func run(_ tell: (Passage) -> Void) async throws -> [Passage] {
        for station in stations.values { try await station.open() }
        var passages: [Passage] = []
        let start = ContinuousClock.now
        let firstSent = exchange.messages.compactMap(\.transmitted).first
        for message in exchange.messages {
            if let speed, let firstSent, let sent = message.transmitted {
                try await Task.sleep(until: start + .seconds(sent.timeIntervalSince(firstSent) / speed), clock: .continuous)
            }
            let passage = try await pass(message)
            tell(passage)
            passages.append(passage)
        }
        return passages
    }

    /// Names each way on which what was received is not what was sent, once and in order.
    func disorders(_ passages: [Passage]) async throws -> [String] {
        var found: [String] = []
        for (name, station) in stations.sorted(by: { $0.key < $1.key }) {
            let expected = passages.filter { $0.to == name }.map(\.id)
            let texts = Set(exchange.messages.filter { $0.to == name }.map(\.text))
            let received = try await station.newlyReceived().filter { $0.text.map(texts.contains) ?? false }.map(\.id)
            if received != expected { found.append("\(name) holds \(received.count) of these letters where \(expected.count) were sent, or in another order") }
        }
        return found
    }

    private func pass(_ message: Exchange.Message) async throws -> Passage {
        guard let from = stations[message.from], let to = stations[message.to] else {
            let missing = stations[message.from] == nil ? message.from : message.to
            throw DeskError(.usage, "no station is given for '\(missing)'", hint: "add: --station \(missing)=DIR")
        }
        let sentAt = Date()
        let start = ContinuousClock.now
        let sent = try await send(message, from: from)
        let entry = try await to.letter(sent.id, timeout: timeout)
        let latency = ContinuousClock.now - start
        let taken = try await stage(.take, "taken by the watch", of: sent, at: to, seenBy: from)
        let laid = try await stage(.lay, "before the principal", of: sent, at: to, seenBy: from)
        return Passage(
            seq: message.seq, serial: sent.serial, id: sent.id, from: message.from, to: message.to, bytes: message.text.utf8.count,
            sentAt: Replay.text(sentAt), atTheirStation: Replay.text(sentAt.addingTimeInterval(latency / .seconds(1))),
            latencyMilliseconds: latency / .milliseconds(1), takenMilliseconds: taken, laidMilliseconds: laid, historicalMinutes: message.minutes,
            historicalMinutesToTranslation: message.minutesToTranslation,
            historicalMinutesToPrincipal: message.minutesToPrincipal,
            isSame: entry.text.map { Array($0.utf8) == Array(message.text.utf8) } ?? false
        )
    }

    /// Milliseconds from an officer's word at one station until the other shows it.
    private func stage(_ act: ActOrder.Act, _ stage: String, of letter: SentView, at station: ReplayStation, seenBy other: ReplayStation) async throws -> Double? {
        guard hasStages else { return nil }
        let start = ContinuousClock.now
        try await station.state(act, about: letter.serial)
        try await other.stage(stage, of: letter.id, timeout: timeout)
        return (ContinuousClock.now - start) / .milliseconds(1)
    }

    /// By the posts that the exchange names, as far as the agreement has them; else by the one given.
    private func send(_ message: Exchange.Message, from: ReplayStation) async throws -> SentView {
        var refusal: DeskError?
        for (to, sender) in posts(message) {
            do {
                return try await from.send(
                    LetterOrder(
                        to: to, from: sender, precedence: addressing.precedence, language: addressing.language ?? message.textLanguage,
                        exercise: addressing.exercise, text: message.text
                    )
                )
            } catch {
                switch error.class {
                case .usage, .refused, .notFound: refusal = error
                case .malformed, .unavailable, .notVerified, .bug: throw error
                }
            }
        }
        throw refusal ?? DeskError(.usage, "the exchange names no post at \(message.to)", hint: "add: --to-post \(message.to)=POST")
    }

    private func posts(_ message: Exchange.Message) -> [(to: String, from: String?)] {
        var posts: [(String, String?)] = []
        if let to = message.toPost {
            if let author = message.authorPost { posts.append((to, author)) }
            posts.append((to, nil))
        }
        if let to = addressing.posts[message.to] ?? addressing.posts[""] { posts.append((to, nil)) }
        return posts
    }

    private static func text(_ date: Date) -> String { date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)) }
}
