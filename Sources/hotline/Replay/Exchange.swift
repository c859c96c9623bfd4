import Foundation
import HotlineDesk

/// An exchange of letters that took place somewhere else, in the order in which they were sent.
///
///     { "title": "…", "messages": [ { "seq": 1, "from": "Moscow", "to": "Washington", "author_post": "…", "to_post": "…",
///       "text_language": "en", "text": "…", "times": { "transmitted": { "utc": "1967-06-05T11:47:00Z" }, "received": … } } ] }
///
/// Only `from`, `to` and `text` are needed; fields beyond these are let be. Where a text is not at hand, `characters` says how long it was, and one
/// of that length that says so stands for it.
struct Exchange: Decodable, Sendable {
    let title: String?
    let messages: [Message]

    struct Message: Decodable, Sendable {
        let seq: Int?
        let from: String
        let to: String
        let authorPost: String?
        let toPost: String?
        let textLanguage: String?
        let text: String
        let times: Times?

        struct Times: Decodable, Sendable {
            let transmitted: Time?
            let received: Time?
            let sightTranslation: Time?
            let deliveredToPrincipal: Time?

            enum CodingKeys: String, CodingKey {
                case transmitted, received
                case sightTranslation = "sight_translation"
                case deliveredToPrincipal = "delivered_to_principal"
            }
        }

        struct Time: Decodable, Sendable {
            let utc: String?
        }

        enum CodingKeys: String, CodingKey {
            case seq, from, to, text, characters, times
            case authorPost = "author_post"
            case toPost = "to_post"
            case textLanguage = "text_language"
        }

        var transmitted: Date? { times?.transmitted?.utc.flatMap(hotline.Times.date) }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            seq = try values.decodeIfPresent(Int.self, forKey: .seq)
            from = try values.decode(String.self, forKey: .from)
            to = try values.decode(String.self, forKey: .to)
            authorPost = try values.decodeIfPresent(String.self, forKey: .authorPost)
            toPost = try values.decodeIfPresent(String.self, forKey: .toPost)
            textLanguage = try values.decodeIfPresent(String.self, forKey: .textLanguage)
            times = try values.decodeIfPresent(Times.self, forKey: .times)
            if let text = try values.decodeIfPresent(String.self, forKey: .text) {
                self.text = text
            } else {
                let count = min(max(1, try values.decode(Int.self, forKey: .characters)), Message.charactersMax)
                let head = "Message \(seq ?? 0) of \(from) to \(to), \(count) characters. "
                text = String((head + String(repeating: "text ", count: count / 5 + 1)).prefix(count))
            }
        }

        private static let charactersMax = 100_000

        /// Minutes from sent to received at the time, as far as both are known.
        var minutes: Int? { minutes(to: times?.received) }
        /// The same, to the first translation.
        var minutesToTranslation: Int? { minutes(to: times?.sightTranslation) }
        /// The same, to before the principal.
        var minutesToPrincipal: Int? { minutes(to: times?.deliveredToPrincipal) }

        private func minutes(to time: Time?) -> Int? {
            guard let transmitted, let reached = time?.utc.flatMap(hotline.Times.date) else { return nil }
            return Int((reached.timeIntervalSince(transmitted) / 60).rounded())
        }
    }

    private static let bytesMax: UInt64 = 64 * 1024 * 1024

    /// - Throws: `notFound`, or `malformed` where the file is not of this form.
    init(file: String) throws(DeskError) {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: file) else {
            throw DeskError(.notFound, "\(file) cannot be opened", hint: "name a file of letters in JSON; see docs/operating/commands.md")
        }
        guard (attributes[.size] as? UInt64 ?? 0) <= Exchange.bytesMax, let data = FileManager.default.contents(atPath: file) else {
            throw DeskError(.unavailable, "\(file) cannot be read, or is larger than \(Exchange.bytesMax) bytes", hint: "name a file of letters in JSON")
        }
        do {
            self = try JSONDecoder().decode(Exchange.self, from: data)
        } catch {
            throw DeskError(.malformed, "\(file) is not an exchange of letters", hint: "it is JSON with 'messages', each with 'from', 'to' and 'text' or 'characters'")
        }
    }
}
