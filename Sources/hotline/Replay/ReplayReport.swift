/// What became of an exchange, in words.
struct ReplayReport {
    let times: Times
    let terminal: Terminal

    func line(_ passage: Replay.Passage) -> String {
        let start = "\(times.clock(passage.sentAt))  \(Cells.pad(Plain.line(passage.serial), to: 6))  EXERCISE  "
        let way = "\(Plain.line(passage.from)) → \(Plain.line(passage.to))  \(passage.bytes) bytes  at their station after \(latency(passage))"
        return start + way + (passage.isSame ? "" : "  " + terminal.alarm("THE TEXT DIFFERS"))
    }

    func table(_ passages: [Replay.Passage]) -> [String] {
        var table = Table(
            .init(title: "SERIAL"), .init(title: "FROM", gives: true), .init(title: "SENT"), .init(title: "AT THEIR STATION"),
            .init(title: "LATENCY", isNumber: true), .init(title: "AT THE TIME", isNumber: true), .init(title: "TEXT")
        )
        for passage in passages {
            table.add(
                .init(passage.serial), .init(passage.from), .init(times.precise(passage.sentAt)), .init(times.precise(passage.atTheirStation)),
                .init(latency(passage)), .init(minutes(passage.historicalMinutes)),
                .init(passage.isSame ? "same" : "DIFFERS", isAlarm: !passage.isSame)
            )
        }
        return table.lines(terminal)
    }

    /// What the line took of each stage, beside what each took at the time: the people's own time is theirs, now as then.
    func stages(_ passages: [Replay.Passage]) -> [String] {
        var table = Table(
            .init(title: "SERIAL"), .init(title: "FROM", gives: true), .init(title: "AT THEIR STATION", isNumber: true), .init(title: "THEN", isNumber: true),
            .init(title: "TAKEN, SEEN", isNumber: true), .init(title: "LAID, SEEN", isNumber: true), .init(title: "IN ALL", isNumber: true),
            .init(title: "TRANSLATED THEN", isNumber: true), .init(title: "PRINCIPAL THEN", isNumber: true)
        )
        for passage in passages {
            let all = passage.latencyMilliseconds + (passage.takenMilliseconds ?? 0) + (passage.laidMilliseconds ?? 0)
            table.add(
                .init(passage.serial), .init(passage.from), .init(latency(passage)), .init(minutes(passage.historicalMinutes)),
                .init(passage.takenMilliseconds.map(shown) ?? "-"), .init(passage.laidMilliseconds.map(shown) ?? "-"), .init(shown(all)),
                .init(minutes(passage.historicalMinutesToTranslation)), .init(minutes(passage.historicalMinutesToPrincipal))
            )
        }
        return table.lines(terminal)
    }

    private func minutes(_ count: Int?) -> String { count.map { "\($0) min" } ?? "-" }

    func summary(_ passages: [Replay.Passage]) -> String {
        let latencies = passages.map(\.latencyMilliseconds).sorted()
        guard let last = latencies.last else { return "no letters in the exchange" }
        let same = passages.count(where: \.isSame)
        return "\(passages.count) letters, \(same) received byte for byte; median \(shown(latencies[latencies.count / 2])), longest \(shown(last))"
    }

    private func latency(_ passage: Replay.Passage) -> String { shown(passage.latencyMilliseconds) }

    private func shown(_ milliseconds: Double) -> String {
        switch milliseconds {
        case ..<10: "\((milliseconds * 10).rounded() / 10) ms"
        case ..<10_000: "\(Int(milliseconds.rounded())) ms"
        default: "\(Int((milliseconds / 1000).rounded())) s"
        }
    }
}
