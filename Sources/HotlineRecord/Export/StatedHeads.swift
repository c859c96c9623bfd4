import HotlineWire

/// A head that a checkpoint or an opening states, until the entries have shown whether it is so.
struct StatedHead: Hashable {
    let head: Head
    let source: HeadSource
    /// What the author's own signature under its head stands on; nil for any other statement.
    let basis: Basis?
}

/// All heads stated in the first part of an export, by the generation they are of.
struct StatedHeads {
    private var stated: [GenerationID: Set<StatedHead>] = [:]
    private var count = 0
    /// The root that each author signed first for each size.
    private var signed: [GenerationID: [RecordSize: Hash]] = [:]

    /// Notes that the author signed this head of its own. Gives the root it signed before, where that was another.
    mutating func sign(_ head: Head) -> Hash? {
        let first = signed[head.generation, default: [:]][head.size, default: head.root]
        signed[head.generation, default: [:]][head.size] = first
        return first == head.root ? nil : first
    }

    /// False where there are more than a verifier remembers.
    mutating func state(_ head: StatedHead) -> Bool {
        guard count < ExportLimits.statedHeadsMax else { return false }
        if stated[head.head.generation, default: []].insert(head).inserted { count += 1 }
        return true
    }

    /// The heads stated of one generation, by size.
    mutating func take(_ id: GenerationID) -> [RecordSize: [StatedHead]] {
        Dictionary(grouping: (stated.removeValue(forKey: id) ?? []).sorted(by: StatedHeads.precedes)) { $0.head.size }
    }

    /// What nobody has taken, in order.
    var rest: [StatedHead] { stated.values.joined().sorted(by: StatedHeads.precedes) }

    /// An order that is the same in every run.
    private static func precedes(_ a: StatedHead, _ b: StatedHead) -> Bool {
        a.head.generation == b.head.generation && a.head.size == b.head.size
            ? (a.head.root, rank(a.source)) < (b.head.root, rank(b.source))
            : (a.head.generation, a.head.size) < (b.head.generation, b.head.size)
    }

    private static func rank(_ source: HeadSource) -> EntryID {
        switch source {
        case .checkpoint(let station, let strength):
            EntryID(GenerationID(station: station, name: GenerationName(0)), EntryNumber(UInt64(strength.rawValue)))
        case .opening(let id): id
        }
    }
}
