import HotlineAgreement
import HotlineDesk
import HotlineWatch
import HotlineWire

/// What a refusal means to an officer: one sentence of what is wrong, one of what would be allowed.
extension Refusal {
    func error(_ agreement: Agreement) -> DeskError {
        let (what, hint) = words(agreement)
        return DeskError(.refused, what, hint: hint)
    }

    private func words(_ agreement: Agreement) -> (String, String) {
        let posts = agreement.terms.posts.map(\.code).joined(separator: ", ")
        switch self {
        case .unknownPost(let number):
            return ("the agreement has no post \(number)", "posts: \(posts)")
        case .ownPost(let code):
            return ("the post '\(code)' is of our own side", "a letter goes to a post of the other side: \(posts)")
        case .foreignSender(let code):
            return ("the post '\(code)' is not of our side", "--from names a post of our own, or is left out for the counterpart")
        case .noCounterpart(let code):
            return ("the agreement pairs no post of ours with '\(code)'", "name the post it comes from with --from")
        case .notCounterparts(let from, let to, let instead):
            return ("the agreement does not pair '\(from)' with '\(to)'", "opposite '\(to)' stands '\(instead)': leave --from out, or name it or whoever stands in for it")
        case .noStandIn(let post, let instead):
            return ("nobody of that post stands in for '\(post)'", instead.isEmpty ? "the agreement gives it no succession" : "its succession: \(instead.joined(separator: ", "))")
        case .unknownLanguage(let number):
            return ("the agreement has no language \(number)", "languages: \(agreement.languages.map(\.tag.description).joined(separator: ", "))")
        case .noLanguage:
            return ("the text has no language", "name it with --lang")
        case .unknownChannel(let number):
            return ("the agreement has no channel \(number)", "channels: \(agreement.channels.map(\.code).joined(separator: ", "))")
        case .noChannel(let precedence):
            return ("no channel lets one officer send \(precedence)", "the agreement says who must release what: hotline agreement show")
        case .precedenceNotOnChannel(let precedence, let channel, let allowed):
            return ("the channel '\(channel)' does not carry \(precedence)", "it carries \(allowed.map(\.description).joined(separator: ", "))")
        case .needsRelease(let channel, let roles, let instead):
            return (
                "the channel '\(channel)' needs release by \(roles.map(\.rawValue).joined(separator: " and "))",
                "draft it, let them sign, and release it: hotline draft new, or hotline contact … --draft"
                    + (instead.isEmpty ? "" : "; channels on which one officer may send: \(instead.joined(separator: ", "))")
            )
        case .tooManyReferences(let count, let max):
            return ("\(count) references are too many", "at most \(max)")
        case .unknownReference(let id):
            return ("no entry \(id) is in the record, to speak of", "--ref names an entry that is here already: hotline inbox and outbox list the letters")
        case .emptyText:
            return ("the letter is empty", "give the text, a file with --file, or - for standard input")
        case .longText(let count, let max):
            return ("the letter has \(count) bytes", "at most \(max) bytes in UTF-8")
        case .control(let scalar, let line):
            let digits = String(scalar, radix: 16, uppercase: true)
            let hint =
                switch scalar {
                case 0x09: "a tab is as wide as each screen makes it: put blanks in its place"
                case 0x0D: "lines end with a line feed alone; take the rest out, for example with: tr -d '\\r'"
                default: "a text has letters, digits, signs and line feeds, and nothing that hides or turns what is read"
                }
            return ("line \(line) holds the control character U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)", hint)
        case .flashWords(let count, let max):
            return ("a FLASH of \(count) words is too long", "at most \(max) words; send the rest as IMMEDIATE")
        case .flashBytes(let count, let max):
            return ("a FLASH of \(count) bytes is too long", "at most \(max) bytes in UTF-8; send the rest as IMMEDIATE")
        case .replyByPassed(let time, let now):
            return ("an answer by \(agreement.time(claimed: time).minute) cannot be asked for", "it is \(agreement.time(claimed: now).minute) by our clock")
        case .act(let refusal):
            return refusal.words(agreement)
        case .contact(let refusal):
            return refusal.words(agreement)
        case .release(let refusal):
            return refusal.words
        case .channel(let refusal):
            return refusal.words(agreement)
        case .channelSuspended(let channel, let parties, let passing):
            let names = parties.map { agreement.party($0)?.name ?? "station \($0)" }.joined(separator: " and ")
            let still = passing.isEmpty ? "nothing passes on it" : "\(passing.map(\.description).joined(separator: ", ")) still passes on it"
            return ("the channel '\(channel)' is suspended by \(names)", "\(still); hotline channel list")
        }
    }
}
