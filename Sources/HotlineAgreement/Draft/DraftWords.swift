/// What a draft says in one language. Every list has the same length and order in each.
struct DraftWords: Sendable {
    let language: LanguageTag
    let preamble: [String]
    /// Tests, safety, watch, principals.
    let channels: [String]
    let holdingReplies: [String]
    let declineReasons: [String]
    let terms: [String]
    let signals: [String]
    let incident: DraftForm
    let activity: DraftForm

    /// The words in this language; English where there are none.
    static func words(in language: LanguageTag) -> DraftWords {
        let own = all.first { $0.language == language } ?? all.first { $0.language.language == language.language }
        return own ?? english
    }

    static func has(_ language: LanguageTag) -> Bool { all.contains { $0.language.language == language.language } }

    private static let all = [english, russian]

    // The same in every language.
    static let channelCodes = ["tests", "safety", "watch", "principals"]
    static let reasonCodes = ["not-now", "other-post", "other-channel", "form", "no-reason"]
    static let termCodes = ["hostilities", "state-border", "unmanned-aircraft", "unintended-event"]
    static let codeWords = ["LANTERN", "HARBOUR", "GRANITE", "MERIDIAN", "SUMMIT", "CEDAR"]
    static let incidentFields: [DraftField] = [
        DraftField("what", .choice), DraftField("when", .time), DraftField("where", .place), DraftField("whose", .choice),
        DraftField("intent", .choice), DraftField("asked", .choice), DraftField("details", .text, required: false),
    ]
    static let activityFields: [DraftField] = [
        DraftField("what", .choice), DraftField("begins", .time), DraftField("ends", .time), DraftField("where", .place),
        DraftField("details", .text, required: false),
    ]
}

/// A form's title, labels and choices in one language; choices are empty for fields that have none.
struct DraftForm: Sendable {
    let title: String
    let labels: [String]
    let choices: [[String]]
}

struct DraftField: Sendable {
    let code: String
    let kind: FormField.Kind
    let required: Bool
    init(_ code: String, _ kind: FormField.Kind, required: Bool = true) {
        self.code = code
        self.kind = kind
        self.required = required
    }
}
