import HotlineDaemon

/// A record at a glance.
struct RecordPage {
    let record: RecordView
    let times: Times
    let terminal: Terminal

    var lines: [String] {
        evidence + [Cells.pad("line", to: 11) + Plain.line(record.line)] + WordsPage.lines(record.lineWords) + [""]
            + GenerationsTable(generations: record.generations, terminal: terminal).lines + [""] + checkpoints
    }

    private var evidence: [String] {
        guard record.forks + record.conflicts > 0 else { return [] }
        return [terminal.alarm("!!! EVIDENCE: \(record.forks) forks proved, \(record.conflicts) conflicts unproved !!!"), ""]
    }

    private var checkpoints: [String] {
        guard !record.checkpoints.isEmpty else { return ["no signatures yet"] }
        var table = Table(
            .init(title: "SIGNED BY"), .init(title: "GENERATION"), .init(title: "SIZE", isNumber: true), .init(title: "STRENGTH"),
            .init(title: "CAME HERE", goes: 1), .init(title: "HOLDS OF THE OTHERS")
        )
        for checkpoint in record.checkpoints {
            let holds = checkpoint.holds.map { "\($0.mark) \(short($0.generation)) up to \($0.size)" }.joined(separator: ", ")
            table.add(
                .init(checkpoint.signer), .init(short(checkpoint.generation)), .init("\(checkpoint.size)"), .init(checkpoint.strength),
                .init(times.full(checkpoint.at), short: times.minute(checkpoint.at)), .init(holds.isEmpty ? "nothing" : holds)
            )
        }
        return table.lines(terminal)
    }
}

/// The generations of a record or of an export.
struct GenerationsTable {
    let generations: [GenerationView]
    let terminal: Terminal

    var lines: [String] {
        var table = Table(
            .init(title: "PARTY", gives: true), .init(title: "GENERATION"), .init(title: "SERIALS", goes: 1),
            .init(title: "ENTRIES", isNumber: true, goes: 2),
            .init(title: "IN FULL", isNumber: true), .init(title: "PROVISIONALLY", isNumber: true), .init(title: "COSIGNED BY")
        )
        for generation in generations {
            let cosigned = generation.cosigned.map { "\($0.mark) \($0.provisionally), in full \($0.inFull)" }.joined(separator: "; ")
            table.add(
                .init(generation.party, short: generation.mark), .init(short(generation.generation)), .init(serials(generation)), .init("\(generation.entries)"),
                .init("\(generation.signedInFull)"), .init("\(generation.signedProvisionally)"), .init(cosigned.isEmpty ? "-" : cosigned)
            )
        }
        return table.lines(terminal)
    }

    private func serials(_ generation: GenerationView) -> String {
        guard let first = generation.firstSerial, let last = generation.lastSerial else { return "-" }
        return first == last ? first : "\(first) … \(last)"
    }
}

/// A generation's name as far as a person compares it; all of it is in the JSON.
private func short(_ generation: String) -> String { generation.count > 8 ? "\(generation.prefix(8))…" : generation }
