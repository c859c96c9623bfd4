import HotlineWire

/// Objects of one peer that arrive in fragments, a bounded number of them.
struct Assembly: Sendable {
    struct Key: Hashable, Sendable {
        let slot: Int
        let object: UInt64
    }
    private var buffers: [(key: Key, buffer: Buffer)] = []

    /// One object, as far as it has come.
    struct Buffer: Sendable {
        let object: UInt64
        private var bytes: [UInt8]
        private var filled: [Range<Int>] = []

        init(object: UInt64, total: Int) {
            self.object = object
            bytes = [UInt8](repeating: 0, count: total)
        }

        var total: Int { bytes.count }
        /// Bytes held from the start.
        var contiguous: Int { filled.first.map { $0.lowerBound == 0 ? $0.upperBound : 0 } ?? 0 }
        var whole: [UInt8]? { contiguous == total ? bytes : nil }

        mutating func fill(offset: Int, _ part: [UInt8]) {
            guard offset + part.count <= total else { return }
            let merged = merging(offset..<offset + part.count)
            guard merged.count <= LineLimits.assemblyRuns else { return }
            bytes.replaceSubrange(offset..<offset + part.count, with: part)
            filled = merged
        }

        private func merging(_ new: Range<Int>) -> [Range<Int>] {
            var out: [Range<Int>] = []
            for range in (filled + [new]).sorted(by: { $0.lowerBound < $1.lowerBound }) {
                if let last = out.last, last.upperBound >= range.lowerBound {
                    out[out.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
                } else {
                    out.append(range)
                }
            }
            return out
        }
    }

    var count: Int { buffers.count }

    /// Adds a fragment. Gives the object where it is whole now, or how much is held of it from its start.
    mutating func add(_ fragment: FragmentItem, slot: Int) -> (whole: [UInt8]?, held: Int) {
        let key = Key(slot: slot, object: fragment.object)
        var buffer: Buffer
        if let index = buffers.firstIndex(where: { $0.key == key && $0.buffer.total == fragment.total }) {
            buffer = buffers.remove(at: index).buffer
        } else {
            if buffers.count >= LineLimits.assemblies { buffers.removeFirst() }
            buffer = Buffer(object: fragment.object, total: fragment.total)
        }
        buffer.fill(offset: fragment.offset, fragment.bytes)
        if let whole = buffer.whole { return (whole, fragment.total) }
        buffers.append((key, buffer))
        return (nil, buffer.contiguous)
    }
}
