import HotlineAgreement
import HotlineRecord
import HotlineWatch
import HotlineWire

/// An export that has been written.
public struct ExportView: Codable, Hashable, Sendable {
    public let path: String
    public let bytes: UInt64
    public let entries: UInt64
    public let generations: Int
}

/// A disclosure that has been made and checked.
public struct DisclosureView: Codable, Hashable, Sendable {
    /// The whole of it, to be kept, sent or printed.
    public let text: String
    public let entry: DisclosedView
}

/// One entry that its author has signed, as a person reads it.
public struct DisclosedView: Codable, Hashable, Sendable {
    /// `station/generation/number`.
    public let id: String
    public let party: String
    public let mark: String
    public let kind: String
    public let precedence: String
    public let exercise: Bool
    public let channel: String
    /// Title of the post, in the text's language; nil where the entry names none.
    public let from: String?
    public let to: String?
    public let language: String?
    /// RFC 3339, as the author's clock claims; nil where it had no clock.
    public let claimedAt: String?
    /// The text with controls as escapes; nil for anything but a letter.
    public let text: String?
    public let bytes: Int
    /// 'in full' or 'provisionally'.
    public let signed: String
    /// How large its generation was at least when the author signed.
    public let signedSize: UInt64
    /// Whether the keys of the signature were stolen later.
    public let isSignedWithStolenKeys: Bool

    init(_ disclosed: DisclosedEntry, _ agreements: LineAgreements) {
        let entry = disclosed.entry
        let agreement = agreements.agreement(entry.agreement) ?? agreements.last
        let header = entry.header
        let tag = LanguageNumber(header.language).flatMap { agreement.language($0)?.tag }
        func title(_ number: UInt8) -> String? {
            guard let number = PostNumber(number) else { return nil }
            guard let post = agreement.post(number) else { return "unknown post \(number)" }
            return tag.map { post.title.text(in: $0) } ?? post.title.first
        }
        let author = agreement.party(entry.id.author)
        id = entry.id.description
        party = author?.name ?? "station \(entry.id.author)"
        mark = author?.mark ?? "\(entry.id.author)"
        precedence = header.precedence.description
        exercise = header.exercise
        channel = ChannelNumber(header.channel).flatMap { agreement.channel($0)?.code } ?? "unknown channel \(header.channel)"
        from = title(header.fromPost)
        to = title(header.toPost)
        language = tag?.text
        // Beyond the years that a date can be written in, a claim is shown as none.
        claimedAt =
            (1..<1 << 37).contains(header.claimedTime)
            ? Timestamp.text(WallTime(milliseconds: agreement.epoch.milliseconds + Int64(header.claimedTime) * 1000)) : nil
        kind = EntryKind.word(header.kind)
        text =
            switch EntryKind(rawValue: header.kind) {
            case .letter, .letterByTime: TextRules.shown(String(decoding: Letter.text(entry) ?? [], as: UTF8.self))
            case .channel: EventWords(agreements: agreements, me: entry.id.author).channel(entry)
            case .contactRequest: EventWords(agreements: agreements, me: entry.id.author).request(entry)
            case .contactStatement: EventWords(agreements: agreements, me: entry.id.author).contactStatement(entry)
            case .presence: EventWords(agreements: agreements, me: entry.id.author).presence(entry)
            case .receipt, .holdingReply, .outcome: EventWords(agreements: agreements, me: entry.id.author).sentence(entry)
            case .declaration: RestoreWords.declaration(entry.content, agreement)
            case .recovery: RestoreWords.recovery(entry.content, agreement)
            case .inForce: (try? InForce(entry.content)).map { "version \($0.version) of the agreement is in force for its record" }
            case .roster: RosterWords.entry(entry.content, of: entry.id.author, agreements)
            case .lightRelease, .release: ReleaseWords.entry(entry)
            case .opening, nil: nil
            }
        bytes = entry.content.count
        switch disclosed.checkpoint.strength {
        case .light: signed = "provisionally"
        case .full: signed = "in full"
        }
        isSignedWithStolenKeys = disclosed.isSignedWithStolenKeys
        signedSize = disclosed.checkpoint.checkpoint.head.size.value
    }
}

/// A record at a glance.
public struct RecordView: Codable, Hashable, Sendable {
    public let line: String
    public let lineWords: [[String]]
    public let generations: [GenerationView]
    /// The latest of each signer, generation and strength; oldest first.
    public let checkpoints: [CheckpointView]
    /// Proofs that somebody has rewritten its record.
    public let forks: Int
    /// Second contents under one number, unproved.
    public let conflicts: Int
}

/// One generation of one party's record.
public struct GenerationView: Codable, Hashable, Sendable {
    public let party: String
    public let mark: String
    public let station: Int
    /// Sixteen hexadecimal digits.
    public let generation: String
    public let entries: UInt64
    /// The first and the last serial: `W-1` to `W-12`; nil where the export does not give them.
    public let firstSerial: String?
    public let lastSerial: String?
    /// Hexadecimal RFC 6962 root; nil where an entry is missing.
    public let root: String?
    /// RFC 3339, our own clock; nil in an export.
    public let openedAt: String?
    /// The author's signatures cover the first so many entries.
    public let signedInFull: UInt64
    public let signedProvisionally: UInt64
    /// What the others have signed to hold of it.
    public let cosigned: [CosignatureView]
    /// 'first', 'agrees', 'differs', 'unknown' or 'not in export'; nil where nobody looked.
    public let predecessor: String?
}

public struct CosignatureView: Codable, Hashable, Sendable {
    public let mark: String
    public let inFull: UInt64
    public let provisionally: UInt64
}

public struct CheckpointView: Codable, Hashable, Sendable {
    /// The mark of its signer.
    public let signer: String
    public let generation: String
    /// 'in full' or 'provisionally'.
    public let strength: String
    public let size: UInt64
    /// Hexadecimal.
    public let root: String
    /// RFC 3339, our own clock.
    public let at: String
    /// What the signer says that it holds of the others.
    public let holds: [HeldView]

    public struct HeldView: Codable, Hashable, Sendable {
        public let mark: String
        public let generation: String
        public let size: UInt64
    }
}
