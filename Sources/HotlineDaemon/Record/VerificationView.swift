import HotlineAgreement
import HotlineRecord
import HotlineSeal
import HotlineWire

/// What a verification found. `isSound` is the verdict; the exit code follows it.
public struct VerificationView: Codable, Hashable, Sendable {
    public enum Subject: String, Codable, Sendable, CaseIterable {
        /// A whole transcript in a file.
        case export
        /// One entry with its proof.
        case disclosure
        /// Two checkpoints that cannot both be true.
        case evidence
        /// The record of a station's directory, where it lies.
        case record
    }
    public let subject: Subject
    public let path: String
    public let isSound: Bool
    /// The name of the line, and its hash as sixteen words; nil where its agreement could not be read.
    public let line: String?
    public let lineWords: [[String]]?
    /// Whether the line was compared with an agreement that the reader holds. If not, the words are to be compared with a party to it.
    public let isLineConfirmed: Bool
    public let entries: UInt64
    public let generations: [GenerationView]
    /// Of a disclosure.
    public let entry: DisclosedView?
    /// Who may release for a party, by its last roster.
    public let rosters: [RosterView]
    /// Proofs that somebody has rewritten its record.
    public let forks: [ForkView]
    public let problems: [FindingView]
    public let problemsOmitted: Int
    /// What authors have stated in openings and the entries do not bear out: held against them, not against what is verified.
    public let misstatements: [FindingView]
    public let misstatementsOmitted: Int
    /// What may be as it should and cannot be checked from here alone.
    public let notes: [FindingView]
    public let notesOmitted: Int

    /// - Parameter problems: what was found besides the report.
    init(_ subject: Subject, path: String, _ report: ExportReport, _ agreements: LineAgreements?, isLineConfirmed: Bool, problems: [FindingView] = []) {
        let words = FindingWords(parties: agreements?.last.terms.parties ?? [])
        self.subject = subject
        self.path = path
        let reading = agreements.map { RosterReading(report.rosters, $0) }
        let problems = problems + (reading?.problems ?? [])
        isSound = report.isSound && problems.isEmpty
        rosters = zip([reading].compactMap(\.self), [agreements].compactMap(\.self)).flatMap { RosterView.all($0.rosters, $1) }
        line = agreements?.last.terms.line
        lineWords = report.line.map { Fingerprint($0).groups }
        self.isLineConfirmed = isLineConfirmed
        entries = report.entryCount
        generations = report.generations.map { GenerationView($0, words) }
        entry = nil
        forks = report.forks.map { ForkView($0, words) }
        self.problems = problems + report.problems.map(words.finding)
        problemsOmitted = report.problemsOmitted
        misstatements = report.misstatements.map(words.finding)
        misstatementsOmitted = report.misstatementsOmitted
        notes = VerificationView.thefts(report.forks, agreements, words) + report.notes.map(words.finding)
        notesOmitted = report.notesOmitted
    }

    init(_ disclosed: DisclosedEntry, path: String, _ agreements: LineAgreements, isLineConfirmed: Bool) {
        self.init(.disclosure, path, agreements, isLineConfirmed, entry: DisclosedView(disclosed, agreements), forks: [])
    }

    init(_ fork: Fork, path: String, _ agreements: LineAgreements, isLineConfirmed: Bool) {
        let words = FindingWords(parties: agreements.last.terms.parties)
        self.init(
            .evidence, path, agreements, isLineConfirmed, entry: nil, forks: [ForkView(fork, words)],
            notes: VerificationView.thefts([fork], agreements, words)
        )
    }

    /// A proof with keys that were stolen later shows that both heads were signed with them, and not by whom.
    private static func thefts(_ forks: [Fork], _ agreements: LineAgreements?, _ words: FindingWords) -> [FindingView] {
        guard let keys = agreements?.keys else { return [] }
        let stolen = forks.filter { fork in
            [fork.first, fork.second].contains { head in
                (try? keys.verify(head.unverified)).map { keys.isStolen($0.1, of: head.checkpoint.signer) } ?? false
            }
        }
        return Set(stolen.map(\.first.checkpoint.signer)).sorted().map {
            FindingView(place: "the proof against \(words.mark($0))", what: "keys by which it is signed were stolen later: a thief may have signed one of the two heads")
        }
    }

    private init(
        _ subject: Subject, _ path: String, _ agreements: LineAgreements, _ isLineConfirmed: Bool, entry: DisclosedView?, forks: [ForkView],
        notes: [FindingView] = []
    ) {
        self.subject = subject
        self.path = path
        isSound = true
        line = agreements.last.terms.line
        lineWords = Fingerprint(agreements.first.line).groups
        self.isLineConfirmed = isLineConfirmed
        entries = entry == nil ? 0 : 1
        generations = []
        rosters = []
        self.entry = entry
        self.forks = forks
        problems = []
        problemsOmitted = 0
        misstatements = []
        misstatementsOmitted = 0
        self.notes =
            entry?.isSignedWithStolenKeys == true
            ? [FindingView(place: "the signature", what: "its keys were stolen later: that it was made before, only the record of a party to the line can show")]
            : notes
        notesOmitted = 0
    }
}

/// One thing found: where, and what.
public struct FindingView: Codable, Hashable, Sendable {
    public let place: String
    public let what: String
}

/// A proof that a party has signed two records that cannot both be true.
public struct ForkView: Codable, Hashable, Sendable {
    public let mark: String
    public let generation: String
    public let size: UInt64
    /// Hexadecimal roots, both signed for that size.
    public let roots: [String]

    init(_ fork: Fork, _ words: FindingWords) {
        let head = fork.first.checkpoint.head
        mark = words.mark(head.generation.station)
        generation = head.generation.name.description
        size = head.size.value
        roots = [head.root.description, fork.second.checkpoint.head.root.description]
    }
}

extension GenerationView {
    init(_ report: GenerationReport, _ words: FindingWords) {
        let party = words.parties.first { $0.number == report.author }
        self.init(
            party: party?.name ?? "station \(report.author)", mark: words.mark(report.author), station: Int(report.author.value),
            generation: report.id.name.description, entries: report.size.value, firstSerial: nil, lastSerial: nil, root: report.root?.description,
            openedAt: nil, signedInFull: report.signedFull.value, signedProvisionally: report.signedProvisionally.value,
            cosigned: report.cosigned.map {
                CosignatureView(mark: words.mark($0.by), inFull: $0.full.value, provisionally: $0.provisionally.value)
            },
            predecessor: GenerationView.text(report.predecessor)
        )
    }

    private static func text(_ predecessor: GenerationReport.Predecessor) -> String {
        switch predecessor {
        case .unknown: "unknown"
        case .first: "first"
        case .agrees: "agrees"
        case .differs: "differs"
        case .notInExport: "not in export"
        }
    }
}
