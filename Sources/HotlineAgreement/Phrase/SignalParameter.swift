/// A whole number in a signal.
public struct SignalParameter: Hashable, Sendable {
    public let name: String
    public let range: ClosedRange<Int>
    /// How many digits a value is written with at least: `{minute:00-59}` writes 5 as `05`.
    public let digits: Int

    public func text(of value: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

extension SignalParameter {
    /// Reads `name:low-high`. A low value with leading zeros has as many digits as the high one.
    init?(_ text: some StringProtocol) {
        let halves = text.split(separator: ":", omittingEmptySubsequences: false)
        guard halves.count == 2, let code = Code(halves[0]) else { return nil }
        let ends = halves[1].split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let low = WholeNumber.value(ends[0], leadingZeros: true), let high = WholeNumber.value(ends[1]),
            low < high, high <= Limits.parameterMax
        else { return nil }
        let padded = ends[0].utf8.count > 1 && ends[0].utf8.first == UInt8(ascii: "0")
        guard !padded || ends[0].utf8.count == ends[1].utf8.count else { return nil }
        name = code.text
        range = low...high
        digits = padded ? ends[1].utf8.count : 1
    }
}
