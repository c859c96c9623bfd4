import HotlineRecord
import HotlineSeal
import HotlineWire

/// Entries of ours that are under way: loaded, perhaps sent, not acknowledged. The most urgent first, in the order of
/// the record within one precedence.
struct Window: Sendable {
    struct Pending: Sendable {
        let entry: Entry
        /// The last sending on each path, and how many there were. A handful: a list is quicker than a table.
        private var sends: [(path: BearerID, sending: Sending)] = []
        /// Over all paths; looked at for every entry under way at every turn.
        private(set) var lastSent: Instant?
        private(set) var sendings = 0
        /// Where it is too long for one frame: the object under way.
        var cargo: Cargo?

        var id: EntryID { entry.id }
        var precedence: Precedence { entry.header.precedence }
        var isSent: Bool { !sends.isEmpty }

        init(entry: Entry) { self.entry = entry }

        @inline(__always)
        private func sending(on path: BearerID) -> Sending? { sends.first { $0.path == path }?.sending }

        /// When it is to go over this path again. A path waits for itself alone: another one that is tried more often, and in
        /// vain, does not hold it back. Nil where it goes for the first time.
        @inline(__always)
        fileprivate func due(on path: BearerID, after span: Span) -> Instant? {
            if let own = sending(on: path) { return own.at + Delivery.backedOff(span, own.count) }
            return precedence == .flash ? nil : lastSent.map { $0 + Delivery.backedOff(span, sendings) }
        }

        mutating func send(on path: BearerID, at now: Instant) {
            if let place = sends.firstIndex(where: { $0.path == path }) {
                sends[place].sending = Sending(at: now, count: sends[place].sending.count + 1)
            } else {
                sends.append((path, Sending(at: now, count: 1)))
            }
            sum()
        }

        /// What was sent on this path counts as not sent: the path is gone.
        mutating func forget(_ path: BearerID) {
            guard sends.contains(where: { $0.path == path }) else { return }
            sends.removeAll { $0.path == path }
            sum()
        }

        mutating func forgetAll() {
            sends = []
            sum()
        }

        private mutating func sum() {
            lastSent = sends.map(\.sending.at).max()
            sendings = sends.reduce(0) { $0 + $1.sending.count }
        }
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

    /// Of all precedences, and those that fill a gap.
    static let entriesMax = LineLimits.windowEntries + LineLimits.windowFlashEntries + LineLimits.windowGapEntries

    var count: Int { pending.count }
    func contains(_ id: EntryID) -> Bool { ids.contains(id) }

    var generations: Set<GenerationID> { Set(pending.map { $0.id.generation }) }

    /// Room for entries of `precedence`: a part is kept for FLASH.
    ///
    /// - Parameter beyond: entries that the peer holds beyond gaps; they count as under way (LINE-11).
    func room(for precedence: Precedence, beyond: Int) -> Int {
        if Canary.boundlessWindow.sings { return 100_000 }
        let limit = LineLimits.windowEntries + (precedence == .flash ? LineLimits.windowFlashEntries : 0)
        guard precedence == .flash || bytes < LineLimits.windowBytes else { return 0 }
        return max(0, limit - count - beyond)
    }

    mutating func add(_ entry: Entry) {
        guard ids.insert(entry.id).inserted else { return }
        bytes += entry.content.count
        let place = Canary.queuedFlash.sings ? pending.count : pending.lastIndex { $0.precedence <= entry.header.precedence }.map { $0 + 1 } ?? 0
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
            pending[index].forget(path)
            if let held = pending[index].cargo?.held { pending[index].cargo?.offset = held }
        }
    }

    /// These have become the first that the peer lacks: what was sent more than once may have been ignored beyond the gap each time, and goes
    /// out at once (LINE-11).
    mutating func hasten(_ generation: GenerationID, from: UInt64, to: UInt64) {
        guard from < to else { return }
        for index in pending.indices where pending[index].id.generation == generation && (from..<to).contains(pending[index].id.number.value) {
            if pending[index].sendings > 1 { pending[index].forgetAll() }
        }
    }

    /// The peer holds so much of an object that travels in fragments. Its last word counts: it may have started anew, or given
    /// up what it had. Whoever has all of it says so by an acknowledgement; of a peer that does not, some is sent again.
    mutating func hold(object: UInt64, bytes: Int) {
        for index in pending.indices where pending[index].cargo?.object == object {
            guard let cargo = pending[index].cargo, bytes < cargo.bytes.count else { continue }
            pending[index].cargo?.held = bytes
        }
    }

    /// Whether something here is held.
    func holdsAny(of generation: GenerationID, _ entries: HeldEntries) -> Bool {
        pending.contains { $0.id.generation == generation && entries.contains($0.id.number) }
    }

    mutating func removeAll() { self = Window() }

    /// When this one is to go over this path again; nil where it goes for the first time.
    @inline(__always)
    func due(_ place: Int, on path: BearerID, after span: Span) -> Instant? {
        // In place: a copy of what is under way counts its references, for every entry in every turn.
        pending.withUnsafeBufferPointer { $0[place].due(on: path, after: span) }
    }

    /// When the first of those that were sent is to be sent again over this path.
    func nextDue(on path: BearerID, after span: Span) -> Instant? {
        var first: Instant?
        for place in pending.indices {
            guard let at = due(place, on: path, after: span) else { continue }
            if first.map({ at < $0 }) ?? true { first = at }
        }
        return first
    }
}
