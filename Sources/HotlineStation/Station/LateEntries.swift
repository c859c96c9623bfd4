import HotlineLine
import HotlineRecord
import HotlineWire

/// Entries of a peer that wait for what the store knows: a generation that was closed and goes on, or a number whose content
/// is no longer in memory.
struct LateEntries: Sendable {
    private(set) var waiting: [Entry] = []
    private var taken: [StationNumber: (count: Int, bytes: Int)] = [:]

    /// What does not fit comes again. The room of one peer is not another's.
    mutating func add(_ entry: Entry) {
        let (count, bytes) = taken[entry.id.author] ?? (0, 0)
        guard count < StationLimits.lateEntries, bytes + entry.content.count <= StationLimits.lateBytes, !waiting.contains(entry) else { return }
        waiting.append(entry)
        taken[entry.id.author] = (count + 1, bytes + entry.content.count)
    }

    mutating func takeAll() -> [Entry] {
        defer { self = LateEntries() }
        return waiting
    }
}

extension Station {
    var lateNeeds: [Need] {
        late.waiting.compactMap { entry in
            guard let book = book(of: entry.id.author), let size = book.size(of: entry.id.generation) else { return nil }
            return entry.id.number < size.next ? .entry(entry.id) : book.closed(entry.id.generation).map { .stem(GenerationSize(entry.id.generation, $0.head.size)) }
        }
    }

    mutating func receiveLate(_ loaded: Loaded, at now: Moment, into outcome: inout Outcome) {
        for entry in late.takeAll() {
            guard let book = book(of: entry.id.author), let size = book.size(of: entry.id.generation) else { continue }
            if entry.id.number < size.next {
                // One of this very turn is not in the store yet; if it comes again, it is compared then.
                if let held = loaded.entries[entry.id], held != entry { note(conflict: entry, at: now, into: &outcome) }
                continue
            }
            if let closed = book.closed(entry.id.generation) {
                guard let stem = loaded.stems[GenerationSize(entry.id.generation, closed.head.size)] else { continue }
                commit(.reopened(stem), at: now, into: &outcome)
            }
            receive(entry, at: now, into: &outcome)
        }
    }
}
