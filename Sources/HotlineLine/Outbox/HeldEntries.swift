public import HotlineWire

/// Which entries of one generation somebody holds: all below a size, and runs beyond it.
public struct HeldEntries: Hashable, Sendable {
    public let size: RecordSize
    /// Half-open, ascending, apart from one another.
    public let beyond: [Range<UInt64>]

    public init(size: RecordSize, beyond: [Range<UInt64>] = []) {
        self.size = size
        self.beyond = beyond
    }

    public func contains(_ number: EntryNumber) -> Bool {
        number < size.next || beyond.contains { $0.contains(number.value) }
    }

    /// How many lie beyond the first that is lacking; a peer may say anything, so no more than anybody could hold.
    var countBeyond: Int { beyond.reduce(0) { Int(min(UInt64($0) + UInt64($1.count), 1 << 32)) } }

    /// What of it lies below a size.
    func cut(to limit: RecordSize) -> HeldEntries {
        HeldEntries(
            size: min(size, limit),
            beyond: beyond.compactMap { $0.lowerBound < limit.value ? $0.lowerBound..<min($0.upperBound, limit.value) : nil }
        )
    }

    /// From an acknowledgement as it travels; nil where its numbers leave the range of entry numbers.
    init?(_ item: AcknowledgementItem) {
        var ranges: [Range<UInt64>] = []
        var position = item.size.value
        for range in item.beyond {
            let (start, overflow) = position.addingReportingOverflow(range.gap)
            let (end, overflowEnd) = start.addingReportingOverflow(range.count)
            guard !overflow, !overflowEnd, end <= VariableLengthInteger.max else { return nil }
            ranges.append(start..<end)
            position = end
        }
        self.init(size: item.size, beyond: ranges)
    }

    /// The runs of `numbers`, beyond `size`, as they travel: the first 16.
    static func ranges(of numbers: some Collection<EntryNumber>, beyond size: RecordSize) -> [AcknowledgementItem.Range] {
        var out: [AcknowledgementItem.Range] = []
        var position = size.value
        var run: Range<UInt64>?
        for number in numbers.sorted() {
            if let current = run, current.upperBound == number.value {
                run = current.lowerBound..<number.value + 1
            } else {
                if let current = run {
                    out.append(AcknowledgementItem.Range(gap: current.lowerBound - position, count: UInt64(current.count)))
                    position = current.upperBound
                    guard out.count < Limits.ackRangesMax else { return out }
                }
                run = number.value..<number.value + 1
            }
        }
        if let current = run { out.append(AcknowledgementItem.Range(gap: current.lowerBound - position, count: UInt64(current.count))) }
        return out
    }
}
