import HotlineWire

/// The limits of an agreement and of an identity card. Beyond one of these, a text is refused.
enum Limits {
    /// A whole agreement with its signatures (docs/spec/agreement.md): fifteen parties with every list full stay below it.
    static let agreementBytesMax = HotlineWire.Limits.agreementBytesMax
    /// An identity card: two composite keys and a composite signature in base64 are 10 KiB, and names are short.
    static let cardBytesMax = 64 * 1024
    /// One line: long enough for a sentence in any script, short enough to be shown whole.
    static let lineBytesMax = 2000
    /// One quoted text: a holding reply or a signal is a few sentences; what is longer is a letter.
    static let quotedBytesMax = 1200
    /// A name, a title, a label: it must fit a line of a screen.
    static let titleBytesMax = 200
    /// Problems told at once: a text with more is best read again from the top.
    static let problemsMax = 20
    /// What is quoted of a faulty text in a problem, in characters.
    static let excerptMax = 60
    /// An agreement has two ends at least; station numbers have four bits, and 0 is none.
    static let partiesRange = 2...15
    /// Version of an agreement: one amendment a day for a century is 36,525.
    static let versionMax = 1_000_000
    /// A language's place in the agreement is one byte, and every text is written once in each.
    static let languagesMax = 32
    /// A post's place is one byte, and 0 is no post.
    static let postsMax = 255
    /// A channel's place has five bits.
    static let channelRange = 0...31
    /// Ranks order the posts of one party for protocol.
    static let rankMax = 99
    /// Officers who must sign one release; more would never be found at night.
    static let releaseRolesMax = 4
    /// Numbered texts of one kind: their place is one byte, and 0 is none.
    static let numberedMax = 255
    /// Parameters of one signal: what can be read over a bad telephone.
    static let parametersMax = 8
    /// A parameter's largest value: it fits four bytes of the variable-length integer (RFC 9000 §16).
    static let parameterMax = 999_999_999
    /// Fields of one form.
    static let fieldsMax = 64
    /// Choices of one field.
    static let choicesMax = 64
    /// FLASH text, in words and in bytes: more is not read in a minute, and takes minutes at 75 bit/s.
    static let flashWordsMax = 200
    static let flashBytesMax = 4096
    /// FLASH messages that may come at once at the full alarm.
    static let quotaBurstMax = 100
    /// The longest time that an agreement can set: longer is not a deadline.
    static let spanSecondsMax: Int64 = 366 * 86_400
    /// How often a probe may be sent at most and must be sent at least; beyond, it measures nothing.
    static let probeSecondsRange: ClosedRange<Int64> = 1...3600
    /// A party's name mark: one to four Latin capitals, to be said aloud in a serial.
    static let markLengthMax = 4
    /// Codes: short enough to type.
    static let codeLengthMax = 32
    /// Bytes of every nonce, pin and hash.
    static let shortValueBytes = 32
    /// Officers of one roster: with two keys each they stay well below one entry, and no watch has more.
    static let officersMax = 64
    /// How far above the last one the version of a key statement may be: a gap is no harm, an end of the numbers would be.
    static let keyVersionStepMax = 1000
    /// Recovery keys: two of these three.
    static let recoveryKeys = 3
}
