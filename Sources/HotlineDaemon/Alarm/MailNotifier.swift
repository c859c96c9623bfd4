import Foundation
import HotlineBearers
import HotlineDesk
import Logging

/// An e-mail for each ring, handed to a mail server by curl, which speaks SMTP (RFC 5321) and TLS better than a program of our own would.
struct MailNotifier: Notifier {
    private let mail: Configuration.Mail
    private let run: NotifierRun

    static let program = "/usr/bin/curl"
    private static let seconds = 40

    init(_ mail: Configuration.Mail, logger: Logger) {
        self.mail = mail
        run = NotifierRun(MailNotifier.program, seconds: MailNotifier.seconds, atOnce: 2 * Configuration.Mail.toMax, logger: logger)
    }

    func notify(_ alarm: AlarmView) {
        let message = MailMessage(alarm, from: mail.from, to: mail.to, at: Date(), identifier: UUID().uuidString.lowercased())
        // One at a time: whom the server refuses keeps it from nobody else.
        for to in mail.to { run.start(MailNotifier.arguments(mail, to: to), input: Data(message.bytes), about: "\(alarm.name), \(to)", failure: MailNotifier.words) }
    }

    /// No secret is among them: the password stands in the file that `credentials` names, which curl reads itself.
    static func arguments(_ mail: Configuration.Mail, to: String) -> [String] {
        // First of all: no file of a user or of the machine changes what follows.
        var arguments = ["--disable", "--silent", "--proto", "=smtp,smtps", "--noproxy", "*", "--connect-timeout", "10", "--max-time", "\(seconds - 10)"]
        // Where the server does not offer STARTTLS, nothing is said.
        arguments += ["--url", "\(mail.isImplicit ? "smtps" : "smtp")://\(mail.server)"]
        if !mail.isOnThisMachine { arguments.append("--ssl-reqd") }
        if let authority = mail.authority { arguments += ["--cacert", authority] }
        if let credentials = mail.credentials { arguments += ["--netrc-file", credentials] }
        return arguments + ["--mail-from", mail.from, "--mail-rcpt", to, "--upload-file", "-"]
    }

    /// What curl's status means, of those that a mail server brings about.
    static func words(_ status: Int32) -> String? {
        switch status {
        case 6: "the mail server's name is not known"
        case 7: "the mail server is not there"
        case 28: "the mail server did not answer in time"
        case 35, 51, 53, 58, 60, 77, 83: "the mail server's TLS is not as it must be"
        case 55: "the mail server refuses the sender, the recipient or the mail, or the connection to it broke"
        case 9: "the mail server refuses"
        case 56: "the connection to the mail server broke"
        case 64: "the mail server does not offer TLS"
        case 67: "the mail server refuses the user or the password"
        case 8, 52: "the mail server refuses, or does not answer as one does"
        default: nil
        }
    }
}
