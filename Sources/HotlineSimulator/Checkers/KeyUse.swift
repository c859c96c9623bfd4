import HotlineSeal
import HotlineWire

/// Every key and counter that sealed something, and a hash of what.
struct KeyUse {
    private var sealed: [UInt64: [UInt64]] = [:]

    mutating func note(key: UInt64, counter: UInt16, plaintext: [UInt8]) -> Finding? {
        let hash = WordHash.of(plaintext) | 1
        let place = Int(counter)
        if place >= sealed[key, default: []].count {
            sealed[key, default: []].append(contentsOf: repeatElement(0, count: place + 1 - sealed[key, default: []].count))
        }
        let before = sealed[key]?[place] ?? 0
        sealed[key]?[place] = hash
        guard before != 0, before != hash else { return nil }
        return Finding(promise: .noKeyTwice, what: "one key seals two texts under counter \(counter)")
    }
}

/// The frames that one process has opened.
struct OpenedFrames {
    private var opened: [UInt64: Set<UInt16>] = [:]

    mutating func note(key: UInt64, counter: UInt16) -> Finding? {
        guard !opened[key, default: []].insert(counter).inserted else { return nil }
        return Finding(promise: .noReplay, what: "frame \(counter) of a salt is opened twice by one process")
    }
}

/// The epoch secrets that both sides have got.
struct EpochSecrets {
    private var accepted: Set<UInt64> = []
    private var completed: Set<UInt64> = []

    mutating func accept(_ secret: UInt64) { accepted.insert(secret) }
    mutating func complete(_ secret: UInt64) { completed.insert(secret) }

    func use(_ secret: UInt64, by station: StationNumber) -> Finding? {
        guard !completed.contains(secret) else { return nil }
        return Finding(promise: .epochsConfirmed, what: "station \(station) uses an epoch that the other side has not got")
    }
}
