import HotlineRecord
import HotlineStation
import HotlineWire

@testable import HotlineLine

/// What two stations say before they share a key, and what a station's own stores hold.
enum LineFuzz {
    static func handshake(_ bytes: [UInt8]) {
        guard let object = try? HandshakeObject(bytes) else { return }
        check(object.encoded == bytes, "a handshake object has one form")
    }

    static func fact(_ bytes: [UInt8]) {
        guard let fact = try? Fact(bytes) else { return }
        _ = fact.row(nodes: nil)
    }

    /// The snapshot of a damaged file: refused, or taken and written again.
    static func snapshot(_ bytes: [UInt8]) {
        var station = Parties.shared.bareStation
        do {
            try station.restore(snapshot: bytes)
        } catch {
            return
        }
        _ = station.snapshot
    }

    /// A key of some bytes behind their number, then the cell's value.
    static func secrets(_ bytes: [UInt8]) {
        guard let count = bytes.first.map({ Int($0 & 15) }), bytes.count > count else { return }
        let cell = JournalCell(key: Array(bytes.dropFirst().prefix(count)), value: Array(bytes.dropFirst(count + 1)))
        _ = try? EpochBook(cells: [cell])
    }
}
