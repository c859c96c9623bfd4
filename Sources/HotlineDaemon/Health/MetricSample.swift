/// One number that a station counts or measures, as Prometheus reads it.
public struct MetricSample: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        /// Only grows, until the process starts again.
        case counter
        case gauge
    }
    /// `hotline_…`, with the unit last. Samples of one name have one kind and one help.
    public let name: String
    public let kind: Kind
    /// One sentence.
    public let help: String
    public let labels: [String: String]
    public let value: Double

    public init(_ name: String, _ kind: Kind, help: String, labels: [String: String] = [:], value: Double) {
        self.name = name
        self.kind = kind
        self.help = help
        self.labels = labels
        self.value = value
    }
}

/// Whatever of a process has numbers besides those of its desk.
public protocol MetricSource: Sendable {
    func samples() async -> [MetricSample]
}
