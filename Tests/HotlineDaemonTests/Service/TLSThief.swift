import HotlineBearers
import HotlineWire
import NIOPosix
import Synchronization

@testable import HotlineDaemon

/// Whoever owns the TLS: it has the TLS keys of both parties, stands between them, and does with their frames what it likes.
///
/// ```
///  Moscow ──dials──▶ [ as Washington │ thief │ as Moscow ] ──dials──▶ Washington
/// ```
final class TLSThief: Sendable {
    struct Deeds: Sendable {
        var dropped = 0
        var repeated = 0
        var heldBack = 0
        var changed = 0
        var replayed = 0
        var reflected = 0
        var passed = 0
        var isOver: Bool { [dropped, repeated, heldBack, changed, replayed, reflected].allSatisfy { $0 > 0 } }
    }

    private struct State {
        var dice: SeededGenerator
        var deeds = Deeds()
        var held: [[[UInt8]]] = [[], []]
        var seen: [[UInt8]] = []
        /// Where it goes: towards Moscow, towards Washington.
        var ends: [TLSBearer] = []
    }

    private static let seenMax = 20_000
    private let state: Mutex<State>
    private let listener: TLSListener

    var deeds: Deeds { state.withLock { $0.deeds } }
    /// Every frame that passed, as the thief sees it.
    var frames: [[UInt8]] { state.withLock { $0.seen } }
    var port: Int? { listener.port }

    init(washington: StationDirectory, moscow: StationDirectory, dialling address: TLSAddress, seed: UInt64) throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let (mine, theirs) = (try washington.loadTLSIdentity(), try moscow.loadTLSIdentity())
        let (w, m) = (try washington.loadAgreement().me, try moscow.loadAgreement().me)
        state = Mutex(State(dice: SeededGenerator(seed: seed)))
        listener = TLSListener(id: BearerID(0), identity: mine, address: TLSAddress(host: "127.0.0.1", port: 0), group: group) { _ in }
        let toMoscow = TLSBearer(
            id: BearerID(1), peer: m, configuration: TLSBearerConfiguration(identity: mine, own: w, peerPin: theirs.pin), group: group
        ) { [weak self] in self?.take($0, towards: 1) }
        let toWashington = TLSBearer(
            id: BearerID(2), peer: w, configuration: TLSBearerConfiguration(identity: theirs, own: m, peerPin: mine.pin, address: address),
            group: group
        ) { [weak self] in self?.take($0, towards: 0) }
        state.withLock { $0.ends = [toMoscow, toWashington] }
        listener.serve(toMoscow)
    }

    func start() async throws {
        try await listener.start()
        for end in state.withLock({ $0.ends }) { end.start() }
    }

    func stop() async {
        await listener.stop()
        for end in state.withLock({ $0.ends }) { await end.stop() }
    }

    private func take(_ event: BearerEvent, towards end: Int) {
        guard case .received(_, let frame) = event else { return }
        let (bearers, here, back) = state.withLock { state in
            if state.seen.count < TLSThief.seenMax { state.seen.append(frame) }
            let (here, back) = TLSThief.tamper(frame, end, &state)
            return (state.ends, here, back)
        }
        for frame in here { bearers[end].transmit(frame) }
        for frame in back { bearers[1 - end].transmit(frame) }
    }

    /// What goes on instead of the frame, and what goes back to where it came from.
    private static func tamper(_ frame: [UInt8], _ end: Int, _ state: inout State) -> (here: [[UInt8]], back: [[UInt8]]) {
        switch Int.random(in: 0..<20, using: &state.dice) {
        case 0, 1:
            state.deeds.dropped += 1
            return ([], [])
        case 2, 3:
            state.deeds.repeated += 1
            return ([frame, frame], [])
        case 4...6:
            state.deeds.heldBack += 1
            state.held[end].append(frame)
            return ([], [])
        case 7:
            state.deeds.changed += 1
            var changed = frame
            let place = Int.random(in: changed.indices, using: &state.dice)
            changed[place] ^= UInt8.random(in: 1...255, using: &state.dice)
            return ([changed], [])
        case 8:
            state.deeds.replayed += 1
            return ([frame, state.seen.randomElement(using: &state.dice) ?? frame], [])
        case 9:
            state.deeds.reflected += 1
            return ([frame], [frame])
        default:
            state.deeds.passed += 1
            defer { state.held[end] = [] }
            return ([frame] + state.held[end].reversed(), [])
        }
    }
}
