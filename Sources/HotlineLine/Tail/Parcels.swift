import HotlineWire

/// Answers to the peer's questions about its own record, on their way: each as one item where it fits a frame, else in
/// fragments. What is lost is asked for again.
struct Parcels: Sendable {
    private var waiting: [[UInt8]] = []
    /// How much of the first one has left in fragments, as which object, under which of our salts.
    private var cargo: (object: UInt64, offset: Int, salt: UInt64)?

    var isEmpty: Bool { waiting.isEmpty }

    mutating func replace(with items: [Item]) {
        waiting = items.map { Item.encode([$0]) }
        cargo = nil
    }

    /// Puts as much as fits into a frame under this salt. `object` gives a number for one more object in fragments.
    mutating func fill(_ builder: inout FrameBuilder, salt: UInt64, object: () -> UInt64) {
        while let first = waiting.first {
            if cargo == nil, builder.add(encoded: first) {
                waiting.removeFirst()
                continue
            }
            guard cargo != nil || builder.isEmpty else { return }
            var under = cargo ?? (object(), 0, salt)
            if under.salt != salt { under = (object(), 0, salt) }
            let width = 1 + VariableLengthInteger.width(of: under.object) + 2 * VariableLengthInteger.width(of: UInt64(first.count))
            let count = min(builder.room - width, first.count - under.offset)
            guard count > 0 else { return }
            let part = Array(first[under.offset..<under.offset + count])
            guard builder.add({ _ in .fragment(FragmentItem(object: under.object, offset: under.offset, total: first.count, bytes: part)) }) else { return }
            under.offset += count
            cargo = under.offset == first.count ? nil : under
            if cargo == nil { waiting.removeFirst() }
            // A fragment runs to the end of its frame.
            return
        }
    }
}
