import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWire

/// Whether everything that each living record has is at every peer, and acknowledged; and whether each has back what its own full
/// signatures cover at a peer.
struct Harmony {
    let machines: [Machine]

    /// What is not as it should be in the end.
    func open() -> Finding? {
        for machine in machines {
            guard let station = machine.station else { return Finding(promise: .convergence, what: "station \(machine.number) does not run") }
            for delivery in station.deliveries {
                if delivery.backlog > 0 {
                    return Finding(promise: .convergence, what: "station \(delivery.peer) has not acknowledged \(delivery.backlog) entries of \(machine.number)")
                }
                guard let peer = machines.first(where: { $0.number == delivery.peer }), let other = peer.station else { continue }
                for (generation, size) in station.own.sizes {
                    let held = other.book(of: machine.number)?.size(of: generation) ?? .zero
                    if held < size {
                        return Finding(
                            promise: .nothingLost, what: "station \(peer.number) has \(held) of \(size) entries of \(generation), and nothing is outstanding"
                        )
                    }
                }
                guard let book = other.book(of: machine.number) else { continue }
                for (generation, _) in book.sizes {
                    let signed = book.signed(generation)[.full] ?? .zero
                    let own = station.own.size(of: generation) ?? .zero
                    if own < signed {
                        return Finding(
                            promise: .tailReturned, what: "station \(machine.number) has \(own) entries of \(generation), and its full signature at \(peer.number) covers \(signed)"
                        )
                    }
                }
            }
        }
        return nil
    }
}
