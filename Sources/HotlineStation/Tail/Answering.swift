import HotlineLine
import HotlineRecord
import HotlineWire

/// What a peer asks for of its own record: it may have been restored from a backup, and we hold what it has lost.
extension Station {
    mutating func receive(_ question: TailQuestion, from peer: StationNumber) {
        tail.questions[peer] = question
        if case .holdings = question { change(peer) { $0.owesMore = false } }
    }

    var answerNeeds: [Need] {
        membership.peers.flatMap { peer -> [Need] in
            switch tail.questions[peer] {
            case nil, .holdings: []
            case .checkpoints(let generation): CheckpointStrength.allCases.map { .checkpoint(generation, $0) }
            case .entries(let generation, let from): [.page(EntryID(generation, from))]
            }
        }
    }

    mutating func answer(_ loaded: Loaded) {
        for peer in membership.peers {
            guard let question = tail.questions.removeValue(forKey: peer) else { continue }
            switch question {
            case .holdings(let current, let from):
                guard let held = holdings(of: peer, writing: current) else {
                    // Its opening is still on the way; without it everything would seem to be lost.
                    tail.questions[peer] = question
                    continue
                }
                let page = held.dropFirst(Int(min(from, UInt64(held.count)))).prefix(Limits.holdingsMax)
                change(peer) { $0.answer(total: UInt64(held.count), from: from, Array(page)) }
            case .checkpoints(let generation):
                let checkpoints = CheckpointStrength.allCases.compactMap { loaded.checkpoints[generation]?[$0] }
                change(peer) { $0.answer(checkpoints) }
            case .entries(let generation, let from):
                guard let entries = loaded.pages[EntryID(generation, from)], !entries.isEmpty else { continue }
                change(peer) { $0.answer(entries) }
            }
        }
    }

    /// The generations of a peer that do not lie before the one it writes, as that one's ancestors state them: the latest
    /// first.
    private func holdings(of peer: StationNumber, writing current: GenerationID) -> [Holding]? {
        guard let book = book(of: peer), book.isKnown(current) else { return nil }
        var stated: [GenerationID: RecordSize] = [:]
        for head in book.ancestors(of: current) { stated[head.generation] = head.size }
        return book.sizes.reversed().compactMap { generation, size in
            guard generation != current, size > stated[generation] ?? .zero else { return nil }
            return Holding(GenerationSize(generation, size), signed: book.signed(generation))
        }
    }
}
