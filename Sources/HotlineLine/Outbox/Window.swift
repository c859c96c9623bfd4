import HotlineRecord
import HotlineWire

/// Entries of ours that are under way: loaded, perhaps sent, not acknowledged. The most urgent first, in the order of
/// the record within one precedence.
struct Window: Sendable {
    struct Pending: Sendable {
        let entry: Entry
        /// The last sending on each path, and how many there were.
        var sends: [BearerID: Sending] = [:]
        /// Where it is too long for one frame: the object under way.
        var cargo: Cargo?

        var id: EntryID { entry.id }
        var precedence: Precedence { entry.header.precedence }
        var lastSent: Instant? { sends.values.map(\.at).max() }
        var sendings: Int { sends.values.reduce(0) { $0 + $1.count } }
    }
    struct Sending: Sendable {
        var at: Instant
        var count: Int
    }
    /// An object that travels in fragments.
    struct Cargo: Sendable {
        let object: UInt64
        let bytes: [UInt8]
        /// The salt under which its names hold; under another it is packed anew.
        let salt: UInt64
        var offset: Int
        /// What the peer has said it holds from the start.
        var held = 0
    }

    private(set) var pending: [Pending] = []
    private(set) var bytes = 0
    private var ids: Set<EntryID> = []

    var count: Int { pending.count }
    func contains(_ id: EntryID) -> Bool { ids.contains(id) }

    var generations: Set<GenerationID> { Set(pending.map { $0.id.generation }) }

    /// Room for entries of `precedence`: a part is kept for FLASH.
    func room(for precedence: Precedence) -> Int {
        let limit = LineLimits.windowEntries + (precedence == .flash ? LineLimits.windowFlashEntries : 0)
        guard precedence == .flash || bytes < LineLimits.windowBytes else { return 0 }
        return max(0, limit - count)
    }

    mutating func add(_ entry: Entry) {
        guard ids.insert(entry.id).inserted else { return }
        bytes += entry.content.count
        let place = pending.lastIndex { $0.precedence <= entry.header.precedence }.map { $0 + 1 } ?? 0
        pending.insert(Pending(entry: entry), at: place)
    }

    mutating func change(at index: Int, _ body: (inout Pending) -> Void) { body(&pending[index]) }

    /// Removes what is held: numbers below `size` and in the ranges beyond.
    mutating func remove(where isHeld: (EntryID) -> Bool) -> Bool {
        let before = pending.count
        pending.removeAll { pending in
            guard isHeld(pending.id) else { return false }
            bytes -= pending.entry.content.count
            ids.remove(pending.id)
            return true
        }
        return pending.count < before
    }

    /// What was sent on this path counts as not sent: the path is gone.
    mutating func forget(_ path: BearerID) {
        for index in pending.indices {
            pending[index].sends[path] = nil
            if let cargo = pending[index].cargo { pending[index].cargo?.offset = cargo.held }
        }
    }

    /// The peer holds so much of an object that travels in fragments. Its last word counts: it may have started anew, or given
    /// up what it had.
    mutating func hold(object: UInt64, bytes: Int) {
        for index in pending.indices where pending[index].cargo?.object == object {
            guard let cargo = pending[index].cargo, bytes <= cargo.bytes.count else { continue }
            pending[index].cargo?.held = bytes
        }
    }

    mutating func removeAll() { self = Window() }
}
