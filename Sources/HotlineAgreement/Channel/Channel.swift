public import HotlineWire

/// A channel's place in the agreement, 0 to 31, as an entry names it.
public struct ChannelNumber: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let value: UInt8
    public init?(_ value: UInt8) {
        guard value <= EntryHeader.channelMax else { return nil }
        self.value = value
    }
    public static func < (a: ChannelNumber, b: ChannelNumber) -> Bool { a.value < b.value }
    public var description: String { String(value) }
}

/// A separable part of the line.
public struct Channel: Hashable, Sendable {
    public var number: ChannelNumber
    /// A short name to type, unique on the line.
    public var code: String
    public var title: Wording
    /// What may be sent on it, the most urgent first.
    public var precedences: [Precedence]
    public var release: ReleaseRule
    public var suspension: SuspensionRule
    /// What may carry it.
    public var bearers: [BearerKind]

    public init(
        number: ChannelNumber, code: String, title: Wording, precedences: [Precedence], release: ReleaseRule, suspension: SuspensionRule,
        bearers: [BearerKind]
    ) {
        self.number = number
        self.code = code
        self.title = title
        self.precedences = precedences
        self.release = release
        self.suspension = suspension
        self.bearers = bearers
    }

    /// The channel on which a FLASH passes whatever is suspended.
    public static let safety = "safety"
    /// Carries line tests and no letters.
    public static let tests = "tests"

    /// Whether a message of this precedence may be sent while the channel is suspended.
    public func passesWhenSuspended(_ precedence: Precedence) -> Bool {
        if code == Channel.safety, precedence == .flash { return precedences.contains(.flash) }
        return switch suspension {
        case .never: true
        case .allowed(let passing): passing.contains(precedence)
        }
    }
}
