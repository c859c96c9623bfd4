import HotlineSeal
import HotlineWire

/// The start salts of the peer that have sealed something we could open. The place of a salt is the alias we give it.
struct ReceivingSalts: Sendable {
    struct Context: Sendable {
        let salt: StartSalt
        let epoch: EpochNumber
        let key: FrameKey
        var window = ReplayWindow()
        var names: [GenerationID] = []
        var lastUse: UInt64 = 0
    }
    private var contexts: [Context?] = Array(repeating: nil, count: LineLimits.receivingSalts)
    private var uses: UInt64 = 0

    /// Opens a frame: at most one AEAD for a known salt, one for each retained epoch of that low byte for a new one.
    /// Nothing changes unless the frame opens.
    mutating func open(
        _ header: FrameHeader, _ ciphertext: [UInt8], secrets: [EpochSecret], key: (EpochSecret, StartSalt) -> FrameKey
    ) -> (slot: Int, plaintext: [UInt8])? {
        switch header.salt {
        case .alias(let alias):
            guard Int(alias) < contexts.count, contexts[Int(alias)] != nil else { return nil }
            return open(header, ciphertext, in: Int(alias))
        case .full(let salt):
            if let slot = contexts.firstIndex(where: { $0?.salt == salt && $0?.epoch.low == header.epochLow }) {
                return open(header, ciphertext, in: slot)
            }
            for secret in secrets where secret.epoch.low == header.epochLow {
                let key = key(secret, salt)
                guard let plaintext = try? key.open(header, ciphertext: ciphertext) else { continue }
                let slot = freeSlot()
                contexts[slot] = Context(salt: salt, epoch: secret.epoch, key: key)
                use(slot, header.counter)
                return (slot, plaintext)
            }
            return nil
        }
    }

    var count: Int { contexts.count { $0 != nil } }

    func context(_ slot: Int) -> Context? { contexts[slot] }

    func generation(_ alias: UInt8, in slot: Int) -> GenerationID? {
        guard let names = contexts[slot]?.names, Int(alias) < names.count else { return nil }
        return names[Int(alias)]
    }

    /// False where the sender gives an alias a second meaning.
    mutating func name(_ alias: UInt8, _ generation: GenerationID, in slot: Int) -> Bool {
        guard let names = contexts[slot]?.names else { return true }
        if Int(alias) < names.count { return names[Int(alias)] == generation }
        if Int(alias) == names.count { contexts[slot]?.names.append(generation) }
        return true
    }

    /// Salts under epochs that are gone are gone too.
    mutating func keep(epochs: (EpochNumber) -> Bool) {
        for slot in contexts.indices { if let context = contexts[slot], !epochs(context.epoch) { contexts[slot] = nil } }
    }

    private mutating func open(_ header: FrameHeader, _ ciphertext: [UInt8], in slot: Int) -> (slot: Int, plaintext: [UInt8])? {
        guard let context = contexts[slot], context.window.isFresh(header.counter),
            let plaintext = try? context.key.open(header, ciphertext: ciphertext)
        else { return nil }
        use(slot, header.counter)
        return (slot, plaintext)
    }

    private mutating func use(_ slot: Int, _ counter: UInt16) {
        uses += 1
        contexts[slot]?.window.mark(counter)
        contexts[slot]?.lastUse = uses
    }

    /// An empty place, or that of the salt unused for longest.
    private func freeSlot() -> Int {
        if let empty = contexts.firstIndex(where: { $0 == nil }) { return empty }
        return contexts.indices.min { (contexts[$0]?.lastUse ?? 0) < (contexts[$1]?.lastUse ?? 0) } ?? 0
    }
}
