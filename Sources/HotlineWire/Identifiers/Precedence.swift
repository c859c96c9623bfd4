/// How fast, not how important.
public enum Precedence: UInt8, Sendable, Hashable, Comparable, CaseIterable, CustomStringConvertible {
    case flash = 0
    case immediate = 1
    case priority = 2
    case routine = 3

    /// The more urgent is the smaller.
    public static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }

    public var description: String {
        switch self {
        case .flash: "FLASH"
        case .immediate: "IMMEDIATE"
        case .priority: "PRIORITY"
        case .routine: "ROUTINE"
        }
    }

    public init?(_ text: some StringProtocol) {
        let wanted = text.uppercased()
        guard let found = Precedence.allCases.first(where: { $0.description == wanted }) else { return nil }
        self = found
    }
}
