import Foundation
import HotlineDesk

/// An exchange of letters that took place somewhere else, in the order in which they were sent.
///
///     { "title": "…", "messages": [ { "seq": 1, "from": "Moscow", "to": "Washington", "author_post": "…", "to_post": "…",
///       "text_language": "en", "text": "…", "times": { "transmitted": { "utc": "1967-06-05T11:47:00Z" }, "received": … } } ] }
///
/// Only `from`, `to` and `text` are needed; fields beyond these are let be.
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
        }

        struct Time: Decodable, Sendable {
            let utc: String?
        }

        enum CodingKeys: String, CodingKey {
            case seq, from, to, text, times
            case authorPost = "author_post"
            case toPost = "to_post"
            case textLanguage = "text_language"
        }

        var transmitted: Date? { times?.transmitted?.utc.flatMap(hotline.Times.date) }

        /// From sent to received at the time, as far as both are known.
        var minutes: Int? {
            guard let transmitted, let received = times?.received?.utc.flatMap(hotline.Times.date) else { return nil }
            return Int((received.timeIntervalSince(transmitted) / 60).rounded())
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
            throw DeskError(.malformed, "\(file) is not an exchange of letters", hint: "it is JSON with 'messages', each with 'from', 'to' and 'text'")
        }
    }
}
