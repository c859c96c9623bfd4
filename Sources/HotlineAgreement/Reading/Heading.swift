/// The headings of an agreement, in the order in which they stand.
enum Heading: String, CaseIterable {
    case preamble = "PREAMBLE"
    case parties = "PARTIES"
    case languages = "LANGUAGES"
    case posts = "POSTS"
    case channels = "CHANNELS"
    case precedences = "PRECEDENCES"
    case lineTests = "LINE TESTS"
    case contacts = "CONTACTS"
    case holdingReplies = "HOLDING REPLIES"
    case declineReasons = "DECLINE REASONS"
    case glossary = "GLOSSARY"
    case phrasebook = "PHRASEBOOK"
    case forms = "FORMS"
    case bearers = "BEARERS"
    case keys = "KEYS"
    case signatures = "SIGNATURES"

    static let title = "HOTLINE AGREEMENT 1"

    /// Whether a line is meant as a heading: it begins with a capital and has nothing but capitals and blanks.
    static func isMeant(by text: String) -> Bool {
        guard let first = text.utf8.first, first != UInt8(ascii: " ") else { return false }
        return text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || $0 == UInt8(ascii: " ") }
    }
}
