import HotlineRecord
public import HotlineWire

/// What of delivery outlives a start: which entries the peer has not acknowledged, and under which of its generations.
extension Delivery {
    public func encode(into encoder: inout Encoder) {
        encoder.put(varint: current == nil ? 0 : 1)
        if let current { encoder.put(current) }
        let known = held.keys.sorted()
        encoder.put(varint: UInt64(known.count))
        for generation in known {
            guard let entries = held[generation] else { continue }
            encoder.put(generation)
            encoder.put(entries.size)
            encoder.put(varint: UInt64(entries.beyond.count))
            for range in entries.beyond {
                encoder.put(varint: range.lowerBound)
                encoder.put(varint: range.upperBound)
            }
        }
        var outstanding = Outbox()
        for pending in window.pending { outstanding.add(pending.id, pending.precedence) }
        outstanding.add(contentsOf: outbox)
        outstanding.encode(into: &encoder)
    }

    public mutating func restore(_ decoder: inout Decoder) throws(WireError) {
        current = try decoder.count(of: "current", max: 1) == 1 ? try decoder.generationName() : nil
        held = [:]
        for _ in 0..<(try decoder.count(of: "generations", max: .max >> 2)) {
            let generation = try decoder.generationID()
            let size = try decoder.recordSize()
            var beyond: [Range<UInt64>] = []
            for _ in 0..<(try decoder.count(of: "ranges", max: Limits.ackRangesMax)) {
                let low = try decoder.varint()
                let high = try decoder.varint()
                guard low < high else { throw .nonCanonical }
                beyond.append(low..<high)
            }
            held[generation] = HeldEntries(size: size, beyond: beyond)
        }
        outbox = try Outbox(&decoder)
    }

    /// The secret cells that have changed since an earlier state of the epochs.
    public func secretCells(since before: EpochBook) -> [JournalCell] { epochs.cells(since: before, peer: peer) }
}
