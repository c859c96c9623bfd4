import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWire

/// On every path, a FLASH that is durable goes before all else: no more than one other frame leaves between the two.
struct FlashFirst {
    private var waiting: [BearerID: [(number: EntryNumber, behind: Int)]] = [:]

    static let behindMax = 1
    /// Beyond this many letters under way the window is full, and a FLASH waits for room in it; what the peer holds beyond a gap fills
    /// it too (LINE-11).
    private static let backlogMax: UInt64 = 200

    mutating func composed(_ entry: Entry, _ station: Station) {
        // One that comes back after a restore is old: whoever gave it back has it.
        guard entry.header.precedence == .flash, entry.id.generation == station.own.current?.id else { return }
        for delivery in station.deliveries where delivery.epochs.sendingEpoch != nil && delivery.backlog < FlashFirst.backlogMax && delivery.room(for: .flash) > 0 {
            for path in delivery.paths where path.isUp { waiting[path.id, default: []].append((entry.id.number, 0)) }
        }
    }

    /// The peer has it, perhaps beyond a gap: no path owes it any more.
    mutating func acknowledged(where isHeld: (EntryNumber) -> Bool) {
        for bearer in waiting.keys { waiting[bearer]?.removeAll { isHeld($0.number) } }
    }

    mutating func ended(_ bearer: BearerID) { waiting[bearer] = nil }

    /// - Parameter isWaiting: the path waits for names to be known. A FLASH that uses them could be sealed, and not be read: what goes
    ///   meanwhile does not keep it back (FRM-6).
    mutating func sent(_ plaintext: [UInt8]?, _ frame: [UInt8], over bearer: BearerID, isWaiting: Bool) -> Finding? {
        guard let list = waiting[bearer], !list.isEmpty, !FlashFirst.isConfirmation(frame) else { return nil }
        var isUrgent = isWaiting
        if let plaintext, let items = try? Item.decode(plaintext) {
            for item in items {
                switch item {
                case .entry(let entry) where entry.header.precedence == .flash:
                    isUrgent = true
                    waiting[bearer]?.removeAll { $0.number == entry.number }
                // A FLASH in parts. Which one it is stands in its first part; they go one after another.
                case .fragment(let part):
                    isUrgent = true
                    if part.offset + part.bytes.count == part.total { waiting[bearer] = Array(waiting[bearer]?.dropFirst() ?? []) }
                default: break
                }
            }
        }
        // Names alone go ahead of what uses them, where there are too many for one frame: that is its turn.
        if let plaintext, let items = try? Item.decode(plaintext), items.allSatisfy({ if case .name = $0 { true } else { false } }) { isUrgent = true }
        guard !isUrgent else {
            // A long one goes in parts, and one frame of a handshake may stand between two of them.
            for place in (waiting[bearer] ?? []).indices { waiting[bearer]?[place].behind = 0 }
            return nil
        }
        for place in list.indices where place < waiting[bearer]?.count ?? 0 { waiting[bearer]?[place].behind += 1 }
        guard let late = waiting[bearer]?.first(where: { $0.behind > FlashFirst.behindMax }) else { return nil }
        return Finding(promise: .flashFirst, what: "FLASH \(late.number) is behind \(late.behind) other frames on bearer \(bearer)")
    }

    /// The frame of a confirmation goes before a FLASH, which nobody could open without it (LINE-9). Confirmations fill one frame.
    private static func isConfirmation(_ frame: [UInt8]) -> Bool {
        guard case .handshake(let part) = try? UnverifiedFrame(frame, max: frame.count), part.offset == 0 else { return false }
        return part.bytes.first == 3
    }
}
