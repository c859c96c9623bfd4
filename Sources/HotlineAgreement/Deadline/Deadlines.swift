public import HotlineWire

/// By when a message of one precedence is taken by the watch, and by when it has an outcome.
public struct Deadlines: Hashable, Sendable {
    public var receipt: Span
    public var reply: Span
    public init(receipt: Span, reply: Span) {
        self.receipt = receipt
        self.reply = reply
    }
}

/// The deadlines of all four precedences.
public struct DeadlineTable: Hashable, Sendable {
    public var flash: Deadlines
    public var immediate: Deadlines
    public var priority: Deadlines
    public var routine: Deadlines

    public init(flash: Deadlines, immediate: Deadlines, priority: Deadlines, routine: Deadlines) {
        self.flash = flash
        self.immediate = immediate
        self.priority = priority
        self.routine = routine
    }

    public subscript(precedence: Precedence) -> Deadlines {
        switch precedence {
        case .flash: flash
        case .immediate: immediate
        case .priority: priority
        case .routine: routine
        }
    }
}
