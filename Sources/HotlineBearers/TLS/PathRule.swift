import HotlineWire

/// Which of two connections to the same peer stays. Both ends come to the same answer without a word.
///
/// - The one dialled by the station with the lower number stays: both see the same pair, in whatever order.
/// - A new one of the same direction replaces the old one: who dials again has lost the old one (a restart).
/// - A new one of either direction replaces one that has stood for the settling time: who dials then has none, for a
///   dial begun before the path stood has ended by now (``TLSTiming/settlingTime``).
struct PathRule: Sendable {
    let own: StationNumber
    let peer: StationNumber
    let settlingTime: Span

    /// What the station with the lower number dialled.
    var preferred: TLSPath.Direction { own < peer ? .dialled : .accepted }

    func replaces(_ new: TLSPath.Direction, _ standing: TLSPath.Direction, age: Span) -> Bool {
        new == standing || new == preferred || settlingTime < age
    }
}
