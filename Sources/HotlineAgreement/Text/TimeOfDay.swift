import HotlineWire

/// A time of day in UTC, `01:30`, as the time since midnight.
enum TimeOfDay {
    static func span(_ text: some StringProtocol) -> Span? {
        let halves = text.split(separator: ":", omittingEmptySubsequences: false)
        guard halves.count == 2, halves.allSatisfy({ $0.utf8.count == 2 }), let hour = WholeNumber.value(halves[0], leadingZeros: true),
            let minute = WholeNumber.value(halves[1], leadingZeros: true), hour < 24, minute < 60
        else { return nil }
        return .seconds(Int64(hour * 3600 + minute * 60))
    }

    static func text(_ span: Span) -> String {
        let minutes = Int(span.nanoseconds / 60_000_000_000)
        return "\(WholeNumber.text(minutes / 60, digits: 2)):\(WholeNumber.text(minutes % 60, digits: 2))"
    }
}
