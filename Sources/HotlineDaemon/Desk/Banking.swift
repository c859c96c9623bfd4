import HotlineAgreement
import HotlineDesk
import HotlineLine
import HotlineStation
import HotlineWire

/// Epochs made ahead, at an officer's word.
extension LoopDesk {
    func bank(_ order: BankOrder) async throws(DeskError) -> StatusView {
        guard (1...Limits.epochBatchMax).contains(order.ahead) else {
            throw DeskError(.usage, "\(order.ahead) epochs cannot be made ahead", hint: "from 1 to \(Limits.epochBatchMax)")
        }
        let wanted: StationNumber?
        if let name = order.party { wanted = try ContactReading(agreement: agreement, me: words.me).party(name) } else { wanted = nil }
        let peers = try await query { core throws(DeskError) in try self.peers(wanted, core.station) }
        for peer in peers { guard mailbox.post(.input(.bank(peer: peer, ahead: order.ahead))) else { throw LoopDesk.stopped } }
        // A batch takes a round trip and a half and some milliseconds.
        for _ in 0..<300 {
            let isDone = try await query { core throws(DeskError) in
                core.station.deliveries.allSatisfy { !peers.contains($0.peer) || $0.epochs.ahead >= order.ahead }
            }
            if isDone { return try await status() }
            do { try await Task.sleep(for: .milliseconds(100)) } catch { throw LoopDesk.stopped }
        }
        throw DeskError(.unavailable, "the other side has not answered within 30 seconds", hint: "the station goes on; hotline status shows what is banked")
    }

    /// Those that are meant, where a path stands to each over which epochs are made ahead.
    private func peers(_ wanted: StationNumber?, _ station: Station) throws(DeskError) -> [StationNumber] {
        if wanted == words.me { throw DeskError(.usage, "that is this station", hint: "epochs are made with a peer: name another party, or none for all") }
        let deliveries = station.deliveries.filter { wanted == nil || $0.peer == wanted }
        for delivery in deliveries {
            let name = words.party(delivery.peer)
            guard delivery.isUp else {
                throw DeskError(.unavailable, "the line to \(name) is down", hint: "epochs are made ahead while it is up: hotline status")
            }
            guard delivery.mayBank else {
                throw DeskError(
                    .refused, "the line to \(name) is too slow to make epochs ahead", hint: "they are made over a bearer of 64,000 bit/s and more: hotline status"
                )
            }
        }
        return deliveries.map(\.peer)
    }
}
