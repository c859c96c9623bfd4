import HotlineWire

/// How much of something is kept for one peer, and how much may be.
package struct Extent: Sendable {
    package let what: String
    package let found: Int
    package let limit: Int

    package init(what: String, found: Int, limit: Int) {
        self.what = what
        self.found = found
        self.limit = limit
    }
}

extension Delivery {
    /// All that a peer, or a burst of our own, can make delivery keep.
    package var extents: [Extent] {
        [
            Extent(what: "entries under way", found: window.count, limit: Window.entriesMax),
            Extent(what: "bytes under way", found: window.bytes, limit: LineLimits.windowBytes + Limits.entryBytesMax + LineLimits.windowFlashEntries * 4096),
            Extent(what: "start salts", found: receiving.count, limit: LineLimits.receivingSalts),
            Extent(what: "objects in parts", found: assembly.count, limit: LineLimits.assemblies),
            Extent(what: "answers to parts owed", found: heldOwed.count, limit: LineLimits.assemblies),
            Extent(what: "statements", found: statements.count, limit: LineLimits.assemblies),
            Extent(what: "echoes owed", found: paths.map(\.echoesOwed.count).max() ?? 0, limit: LineLimits.echoesOwed),
        ]
    }
}
