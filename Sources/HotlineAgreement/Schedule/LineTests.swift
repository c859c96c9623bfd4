public import HotlineWire

/// How the line is tried, all day: by machine, and by people.
public struct LineTests: Hashable, Sendable {
    /// How often each station probes each bearer.
    public var probe: Span
    /// After how long without an answered probe the line counts as down.
    public var silence: Span
    public var tests: [LineTest]

    public init(probe: Span, silence: Span, tests: [LineTest]) {
        self.probe = probe
        self.silence = silence
        self.tests = tests
    }
}

/// A test that the watch of one party sends and the others' answer.
public struct LineTest: Hashable, Sendable {
    public var number: UInt8
    public var party: StationNumber
    /// Divides a day.
    public var every: Span
    /// After midnight UTC, less than `every`.
    public var from: Span
    /// By when it is answered by hand.
    public var answer: Span

    public init(number: UInt8, party: StationNumber, every: Span, from: Span, answer: Span) {
        self.number = number
        self.party = party
        self.every = every
        self.from = from
        self.answer = answer
    }

    /// The first time after `time` at which it is due.
    public func next(after time: WallTime) -> WallTime {
        Recurrence.next(after: time, start: WallTime(milliseconds: 0), offset: from, every: every)
    }
}
