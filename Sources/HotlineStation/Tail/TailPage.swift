import HotlineRecord

/// How much of a record comes back at once: both sides count alike, so that the asking one knows when a page is whole.
struct TailPage: Hashable, Sendable {
    private var count = 0
    private var bytes = 0

    /// A page ends with the entry that fills it.
    var isFull: Bool { count >= StationLimits.tailPageEntries || bytes >= StationLimits.tailPageBytes }

    mutating func add(_ entry: Entry) {
        count += 1
        bytes += entry.content.count
    }
}
