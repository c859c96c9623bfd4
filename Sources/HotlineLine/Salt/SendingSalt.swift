import HotlineSeal
import HotlineSeal
import HotlineWire

/// One start salt of ours towards the peer: its key, its counter, and the one-byte names used under it.
struct SendingSalt: Sendable {
    let epoch: EpochNumber
    private let key: FrameKey
    private let framesMax: Int
    private var counter = 0
    /// What the peer calls this salt, once it has said so.
    private var alias: UInt8?
    private(set) var names: [GenerationID] = []
    private var aliases: [GenerationID: UInt8] = [:]
    /// How many of the names the peer has said it knows.
    private(set) var known = 0
    /// An item needed more names than there are aliases left: it waits for the next salt.
    var isFull = false

    init(secret: EpochSecret, line: Hash, from: StationNumber, to: StationNumber, salt: StartSalt, framesMax: Int) {
        epoch = secret.epoch
        self.framesMax = framesMax
        key = FrameKey(secret: secret, line: line, from: from, to: to, salt: salt)
    }

    var isExhausted: Bool { isFull || counter >= framesMax || names.count >= LineLimits.namesPerSalt }

    /// The alias of a generation under this salt, drawn at its first use. Where there is none left, the salt is full, and what was to
    /// be sent under it is not.
    mutating func alias(of generation: GenerationID) -> UInt8 {
        if let alias = aliases[generation] { return alias }
        guard let alias = UInt8(exactly: names.count) else {
            isFull = true
            return 0
        }
        names.append(generation)
        aliases[generation] = alias
        return alias
    }

    /// The peer has told what it knows of this salt.
    mutating func peerKnows(_ salt: StartSalt, alias: UInt8, declared: Int) {
        guard salt == key.salt, declared <= names.count else { return }
        self.alias = alias
        // Its last word counts, also a lower one: it may have started anew.
        known = declared
    }

    /// The peer may have restarted: it is told everything again.
    mutating func forgetWhatPeerKnows() {
        alias = nil
        known = 0
    }

    mutating func seal(_ items: [Item]) throws(SealError) -> [UInt8] {
        precondition(counter < framesMax, "a salt is replaced before its counter wraps")
        defer { counter += 1 }
        return try key.seal(Item.encode(items), counter: UInt16(counter), alias: alias)
    }
}
