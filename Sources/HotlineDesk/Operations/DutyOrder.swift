/// What an officer does with the watch of their own station. It goes into the local log, and nowhere else.
public enum DutyOrder: Codable, Hashable, Sendable {
    /// Somebody takes the watch.
    case take(officer: String)
    /// Whoever has it hands it over, with what the next should know.
    case handOver(to: String, note: String)
    /// Somebody has heard an alarm, by its name, and sees to it.
    case acknowledge(alarm: String, officer: String)
    /// The time is right: deadlines ring again.
    case confirmTime(officer: String)
}
