import Foundation
import HotlineDesk

/// An alarm as an Internet message (RFC 5322): what happened and what to do, and no text of the line.
struct MailMessage {
    private let headers: [(name: String, value: String)]
    private let body: String

    init(_ alarm: AlarmView, from: String, to: [String], at: Date, identifier: String) {
        let exercise = alarm.exercise ? "EXERCISE " : ""
        let domain = from.split(separator: "@").last.map(String.init) ?? "localhost"
        headers = [
            ("From", from), ("To", to.joined(separator: ",\r\n ")), ("Date", MailMessage.date(at)), ("Message-ID", "<\(identifier)@\(domain)>"),
            ("Subject", MailMessage.ascii("HOTLINE \(exercise)\(alarm.precedence): \(alarm.name) \(alarm.kind)")),
            // Nobody's absence note is to be sent back (RFC 3834).
            ("Auto-Submitted", "auto-generated"), ("Importance", "high"), ("MIME-Version", "1.0"),
        ]
        body =
            [
                alarm.exercise ? "EXERCISE EXERCISE EXERCISE" : nil, alarm.what, "To do: \(alarm.hint)",
                "It rings at: \(alarm.posts.joined(separator: ", ")). It was due at \(alarm.dueAt), and has rung \(alarm.rings == 1 ? "once" : "\(alarm.rings) times").",
                "It rings again every minute until somebody says: hotline alarm acknowledge \(alarm.name)",
            ].compactMap { $0.map(MailMessage.line) }.joined(separator: "\r\n\r\n") + "\r\n"
    }

    var bytes: [UInt8] {
        let isPlain = body.utf8.allSatisfy { $0 < 0x80 } && body.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 900 }
        let text = isPlain ? body : Data(body.utf8).base64EncodedString(options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed]) + "\r\n"
        let all = headers + [("Content-Type", "text/plain; charset=utf-8"), ("Content-Transfer-Encoding", isPlain ? "7bit" : "base64")]
        return Array((all.map { "\($0.name): \($0.value)\r\n" }.joined() + "\r\n" + text).utf8)
    }

    /// A header has no line of its own making: every character that is not printable ASCII becomes a question mark.
    private static func ascii(_ text: String) -> String {
        String(decoding: text.unicodeScalars.prefix(200).map { (0x20...0x7E).contains($0.value) ? UInt8($0.value) : UInt8(ascii: "?") }, as: UTF8.self)
    }

    private static func line(_ text: String) -> String { String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 })) }

    /// RFC 5322 §3.3, in UTC.
    private static func date(_ date: Date) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "UTC")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss '+0000'"
        return format.string(from: date)
    }
}
