import Foundation
import HotlineBearers
import HotlineDesk
import Testing

@testable import HotlineDaemon

@Suite("An alarm as a mail")
struct MailMessageTests {
    private func alarm(_ what: String, name: String = "R-12", exercise: Bool = false) -> AlarmView {
        AlarmView(
            name: name, kind: "reply due", what: what, hint: "Answer it.", precedence: "FLASH", exercise: exercise, dueAt: "2026-03-01T09:00:00.000Z", rings: 1,
            posts: ["n-cgs"], acknowledgedBy: nil
        )
    }

    private func text(_ alarm: AlarmView) -> String {
        let message = MailMessage(alarm, from: "hotline@gov.example", to: ["a@gov.example", "b@gov.example"], at: Date(timeIntervalSince1970: 0), identifier: "1")
        return String(decoding: message.bytes, as: UTF8.self)
    }

    @Test("headers, what happened and what to do, with the line ends of RFC 5322")
    func plain() {
        let text = text(alarm("A reply to R-12 is due."))
        #expect(text.hasPrefix("From: hotline@gov.example\r\nTo: a@gov.example,\r\n b@gov.example\r\nDate: Thu, 01 Jan 1970 00:00:00 +0000\r\nMessage-ID: <1@gov.example>\r\n"))
        #expect(text.contains("\r\nSubject: HOTLINE FLASH: R-12 reply due\r\n"))
        #expect(text.contains("\r\nContent-Transfer-Encoding: 7bit\r\n\r\nA reply to R-12 is due.\r\n\r\nTo do: Answer it.\r\n"))
        #expect(!text.replacingOccurrences(of: "\r\n", with: "").contains { $0.isNewline })
    }

    @Test("other letters than ASCII go as base64, and no line is too long")
    func otherLetters() throws {
        let text = text(alarm(String(repeating: "Сторона молчит. ", count: 200)))
        let parts = text.components(separatedBy: "\r\n\r\n")
        #expect(parts[0].contains("Content-Transfer-Encoding: base64"))
        #expect(text.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 78 || $0.hasPrefix("Content-Type") })
        let body = try #require(Data(base64Encoded: parts[1].replacingOccurrences(of: "\r\n", with: "")))
        #expect(String(decoding: body, as: UTF8.self).hasPrefix("Сторона молчит."))
    }

    @Test("no name makes a header, and an exercise says so twice")
    func hostile() {
        let text = text(alarm("x\r\nBcc: y", name: "R-1\r\nBcc: thief@bad.example", exercise: true))
        #expect(!text.contains("\r\nBcc"))
        #expect(text.contains("Subject: HOTLINE EXERCISE FLASH: R-1??Bcc: thief@bad.example reply due"))
        #expect(text.contains("\r\n\r\nEXERCISE EXERCISE EXERCISE\r\n"))
    }

    @Test("TLS is asked for from every server but one on this machine, and no secret is an argument")
    func arguments() throws {
        func arguments(_ address: String, isImplicit: Bool) throws -> [String] {
            let server = try #require(TLSAddress(address, ports: 1...65535))
            return MailNotifier.arguments(Configuration.Mail(server: server, isImplicit: isImplicit, from: "a@b", to: ["c@d"], credentials: "/etc/x"), to: "c@d")
        }
        for (address, isImplicit, url, isAsked) in [
            ("mail.example.org:465", true, "smtps://mail.example.org:465", true), ("mail.example.org:587", false, "smtp://mail.example.org:587", true),
            ("127.0.0.1:25", false, "smtp://127.0.0.1:25", false), ("[::1]:25", false, "smtp://[::1]:25", false), ("127.0.0.1:465", true, "smtps://127.0.0.1:465", true),
            ("127.0.0.2:25", false, "smtp://127.0.0.2:25", true), ("localhost:25", false, "smtp://localhost:25", true),
        ] {
            let found = try arguments(address, isImplicit: isImplicit)
            #expect(found.first == "--disable")
            #expect(found.contains(url))
            #expect(found.contains("--ssl-reqd") == isAsked, "\(address)")
        }
    }

    @Test("an address is one address and nothing else", arguments: ["a@b.example", "first.last+tag@gov-1.example"])
    func addresses(_ good: String) {
        #expect(Configuration.Mail.isAddress(good))
        for bad in ["", "a", "@b", "a@", "a@b@c", "A <\(good)>", "\(good)\r\nBcc: x@y", "a b@c", "-\(good)", "ä@b", String(repeating: "a", count: 250) + "@b.example"] {
            #expect(!Configuration.Mail.isAddress(bad), "\(bad)")
        }
    }
}
