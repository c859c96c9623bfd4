public import HotlineWire

public enum SuspensionRule: Hashable, Sendable {
    case never
    /// What still passes while it is suspended, the most urgent first; may be nothing.
    case allowed(passing: [Precedence])
}
