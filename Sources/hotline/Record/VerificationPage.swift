import HotlineDaemon

/// What a verification found, the verdict first.
struct VerificationPage {
    let found: VerificationView
    let times: Times
    let terminal: Terminal

    var lines: [String] {
        forks + problems + [verdict] + line + generations + rosters + entry + misstatements + notes
    }

    private var verdict: String {
        let what = "\(Plain.line(found.path)): \(found.subject.rawValue) of \(found.entries) \(found.entries == 1 ? "entry" : "entries")"
        return found.isSound ? "\(what), every signature and hash holds" : terminal.alarm("\(what), DOES NOT HOLD")
    }

    private var forks: [String] {
        guard !found.forks.isEmpty else { return [] }
        return [terminal.alarm("!!! PROOF THAT A RECORD WAS REWRITTEN !!!")]
            + found.forks.flatMap { fork in
                ["\(Plain.line(fork.mark)) signed two heads of size \(fork.size) of generation \(fork.generation):"] + fork.roots.map { "  \($0)" }
            } + [""]
    }

    private var problems: [String] {
        guard !found.problems.isEmpty else { return [] }
        return found.problems.map { terminal.alarm("\(Plain.line($0.place)): \(Plain.line($0.what))") } + omitted(found.problemsOmitted) + [""]
    }

    private var line: [String] {
        let name = found.line.map { [Cells.pad("line", to: 11) + Plain.line($0)] } ?? []
        let words = found.lineWords.map(WordsPage.lines) ?? []
        let advice = found.isLineConfirmed ? [] : ["compare these words with a party to the line, or give --agreement: any two could have made such a file"]
        return name + words + (words.isEmpty ? [] : advice)
    }

    private var generations: [String] {
        found.generations.isEmpty ? [] : [""] + GenerationsTable(generations: found.generations, terminal: terminal).lines
    }

    private var rosters: [String] {
        found.rosters.isEmpty
            ? []
            : [""]
                + found.rosters.map { roster in
                    let officers = roster.officers.map { "\($0.code) (\($0.roles.joined(separator: ", ")))" }.joined(separator: ", ")
                    return Plain.line("roster of \(roster.mark), version \(roster.version): \(officers.isEmpty ? "no officers" : officers)")
                }
    }

    private var entry: [String] {
        guard let entry = found.entry else { return [] }
        let fields: [(String, String?)] = [
            ("entry", "\(entry.id) of \(entry.party) (\(entry.mark)), \(entry.kind)"), ("exercise", entry.exercise ? "EXERCISE" : nil),
            ("precedence", entry.precedence), ("from", entry.from), ("to", entry.to), ("channel", entry.channel), ("language", entry.language),
            ("written", entry.claimedAt.map { "\(times.full($0)), as its author's clock says" }),
            ("signed", "\(entry.signed), in a generation of \(entry.signedSize) entries at least"),
        ]
        let lines = fields.compactMap { name, value in value.map { Cells.pad(name, to: 11) + Plain.line($0) } }
        let text = entry.text.map { text -> [String] in
            let lines = Plain.lines(text).flatMap { line in terminal.width.map { Cells.wrap(line, to: $0 - 2) } ?? [line] }
            return ["", "TEXT, \(entry.bytes) bytes"] + lines.map { $0.isEmpty ? "" : "  " + $0 }
        }
        return [""] + lines + (text ?? [])
    }

    private var misstatements: [String] {
        guard !found.misstatements.isEmpty else { return [] }
        return ["", "What these openings state is not so. It is held against their authors; the entries above hold all the same."]
            + found.misstatements.map { terminal.alarm("\(Plain.line($0.place)): \(Plain.line($0.what))") } + omitted(found.misstatementsOmitted)
    }

    private var notes: [String] {
        guard !found.notes.isEmpty else { return [] }
        return [""] + found.notes.map { "note: \(Plain.line($0.place)): \(Plain.line($0.what))" } + omitted(found.notesOmitted)
    }

    private func omitted(_ count: Int) -> [String] { count > 0 ? ["and \(count) more"] : [] }
}
