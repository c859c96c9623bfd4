import HotlineWire

/// What the author of a generation has stated to have seen of each other record: it never falls (docs/spec/entries.md, ENT-3). Else an
/// author could state of what it has read that it had not seen it.
public struct SeenSoFar: Hashable, Sendable {
    /// The head that it stated last, in order of station.
    private var latest: [Entry.Seen] = []
    /// The generations that it had left for others, the last `leftMax` of each station.
    private var left: [StationNumber: [GenerationName]] = [:]

    public init() {}

    /// Whether an entry after those so far says to have seen less than they. One that lists nothing of a station says nothing of it.
    public func falls(to seen: [Entry.Seen]) -> Bool {
        latest.contains { before in seen.contains { $0.generation.station == before.generation.station && isLess($0, than: before) } }
    }

    /// What may be stated next: as much as is wanted, and nothing that falls.
    public func forward(to seen: [Entry.Seen]) -> [Entry.Seen] {
        let kept = latest.filter { before in
            seen.first { $0.generation.station == before.generation.station }.map { isLess($0, than: before) } ?? true
        }
        let stations = Set(kept.map(\.generation.station))
        return (kept + seen.filter { !stations.contains($0.generation.station) }).sorted { $0.generation.station < $1.generation.station }
    }

    public mutating func take(_ seen: [Entry.Seen]) {
        for head in seen {
            guard let place = latest.firstIndex(where: { $0.generation.station == head.generation.station }) else {
                latest.append(head)
                continue
            }
            let before = latest[place].generation
            if before != head.generation {
                left[before.station] = ((left[before.station] ?? []) + [before.name]).suffix(SeenSoFar.leftMax)
            }
            latest[place] = head
        }
        latest.sort { $0.generation.station < $1.generation.station }
    }

    private func isLess(_ found: Entry.Seen, than before: Entry.Seen) -> Bool {
        found.generation == before.generation ? found.size < before.size : left[before.generation.station]?.contains(found.generation.name) ?? false
    }

    static let leftMax = 64
}

extension Encoder {
    mutating func put(_ seen: SeenSoFar) {
        put(varint: UInt64(seen.heads.count))
        for (head, left) in seen.heads {
            put(head.generation)
            put(head.size)
            put(varint: UInt64(left.count))
            for name in left { put(GenerationID(station: head.generation.station, name: name)) }
        }
    }
}

extension Decoder {
    mutating func seenSoFar() throws(WireError) -> SeenSoFar {
        var heads: [(Entry.Seen, [GenerationName])] = []
        for _ in 0..<(try count(of: "heads seen", max: Limits.stationsMax)) {
            let head = Entry.Seen(generation: try generationID(), size: try recordSize())
            var left: [GenerationName] = []
            for _ in 0..<(try count(of: "generations left", max: SeenSoFar.leftMax)) { left.append(try generationID().name) }
            heads.append((head, left))
        }
        return SeenSoFar(heads)
    }
}

extension SeenSoFar {
    fileprivate var heads: [(Entry.Seen, [GenerationName])] { latest.map { ($0, left[$0.generation.station] ?? []) } }

    fileprivate init(_ heads: [(Entry.Seen, [GenerationName])]) {
        latest = heads.map(\.0)
        for (head, names) in heads where !names.isEmpty { left[head.generation.station] = names }
    }
}
