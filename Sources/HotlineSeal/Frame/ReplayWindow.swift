/// Which counters of one salt have been seen: the last 1,024 (RFC 6479 keeps the same book).
public struct ReplayWindow: Sendable {
    private static let span = 1024
    private var highest: Int = -1
    private var seen = [Bool](repeating: false, count: span)

    public init() {}

    /// False where the counter was seen before or lies too far behind to know.
    public func isFresh(_ counter: UInt16) -> Bool {
        if Canary.noReplayWindow.sings { return true }
        let counter = Int(counter)
        if counter > highest { return true }
        return counter > highest - ReplayWindow.span && !seen[counter % ReplayWindow.span]
    }

    /// To be called only after the frame has been opened: else junk would move the window.
    public mutating func mark(_ counter: UInt16) {
        let counter = Int(counter)
        if counter > highest {
            let first = max(highest + 1, counter - ReplayWindow.span + 1)
            for skipped in first...counter { seen[skipped % ReplayWindow.span] = false }
            highest = counter
        }
        seen[counter % ReplayWindow.span] = true
    }
}
