import HotlineAgreement
import HotlineBearers
import HotlineLine
import HotlineSeal
import HotlineStation
import HotlineWire
import Logging
import NIOCore
import NIOPosix

/// The TLS bearers of a station: one to each peer, and one listening socket for all of them.
struct TLSBearers: Sendable {
    private let bearers: [TLSBearer]
    private let listener: TLSListener?
    private let logger: Logger

    init(
        agreements: LineAgreements, membership: Membership, configuration: Configuration, addresses: [StationNumber: TLSAddress], identity: TLSIdentity,
        mailbox: Mailbox, group: MultiThreadedEventLoopGroup, logger: Logger
    ) throws {
        var bearers: [TLSBearer] = []
        for peer in membership.peers {
            let pins = agreements.tlsPins(of: peer).compactMap { Hash($0) }
            guard let pin = pins.first else { preconditionFailure("an agreement has a pin of every party") }
            let id = BearerID(UInt16(peer.value))
            let settings = TLSBearerConfiguration(identity: identity, own: membership.me, peerPin: pin, earlierPins: Array(pins.dropFirst()), address: addresses[peer])
            bearers.append(
                TLSBearer(id: id, peer: peer, configuration: settings, group: group, logger: logger) { event in
                    mailbox.post(.input(.bearer(event, peer: peer)))
                }
            )
        }
        mailbox.onFull { [bearers] in for bearer in bearers { bearer.pauseReading() } }
        self.bearers = bearers
        self.logger = logger
        listener = configuration.tls.listen.map { address in
            TLSListener(id: BearerID(0), identity: identity, address: address, group: group, logger: logger) { event in
                guard let peer = membership.peers.first else { return }
                mailbox.post(.input(.bearer(event, peer: peer)))
            }
        }
    }

    var all: [any Bearer] { bearers }

    var paths: [(peer: StationNumber, BearerID, BearerProfile)] { bearers.map { ($0.peer, $0.id, $0.profile) } }

    func start() async throws {
        if let listener {
            for bearer in bearers { listener.serve(bearer) }
            try await listener.start()
            logger.info("listening", metadata: ["port": "\(listener.port ?? 0)"])
        }
        for bearer in bearers { bearer.start() }
    }

    func stop() async {
        await listener?.stop()
        for bearer in bearers { await bearer.stop() }
    }
}
