import HotlineWire
import Logging
import NIOCore
import NIOPosix

/// The bearer's own search for a path, while there is none and it knows an address.
extension TLSBearer {
    /// Dials after `wait`, unless there is a path, or nowhere to dial, or a dial is on its way.
    func seekPath(after wait: Span) {
        guard state.value.phase == .running, state.value.standing == nil, let address = configuration.address else { return }
        switch state.value.search {
        case .connecting, .confirming: return
        case .waiting(let alarm): alarm.cancel()
        case .resting: break
        }
        state.value.search = .waiting(loop.scheduleTask(in: wait.amount) { self.dial(address) })
    }

    /// The search has failed; it goes on after a back-off if there is still no path.
    func endSearch(failed why: String) {
        if case .confirming(_, let grace) = state.value.search { grace.cancel() }
        state.value.search = .resting
        gauge.update {
            $0.dialsFailed += 1
            $0.lastFailure = why
        }
        logger.debug("dial failed", metadata: ["reason": "\(why)"])
        var generator = SystemRandomNumberGenerator()
        seekPath(after: state.value.backoff.next(using: &generator))
    }

    /// The peer has accepted us.
    func confirm(_ path: TLSPath) {
        guard case .confirming(path, let grace) = state.value.search else { return }
        grace.cancel()
        state.value.search = .resting
        stand(path)
    }

    private func dial(_ address: TLSAddress) {
        guard case .waiting = state.value.search else { return }
        let number = state.value.beginDial()
        gauge.update { $0.dials += 1 }
        TLSChannelOptions.apply(to: ClientBootstrap(group: loop), timing: configuration.timing)
            .connectTimeout(configuration.timing.connectTimeout.amount)
            .channelInitializer { channel in channel.eventLoop.makeCompletedFuture { try self.prepare(channel, dial: number) } }
            .connect(host: address.host, port: address.port)
            .whenComplete { result in self.onLoop { self.connected(result, dial: number) } }
    }

    private func connected(_ result: Result<any Channel, any Error>, dial number: Int) {
        guard state.value.isConnecting(number) else { return }
        switch result {
        case .success(let channel) where channel.isActive: state.value.search = .connecting(number, winner: channel)
        case .success: endSearch(failed: TLSRefusal.gone.words)
        case .failure: endSearch(failed: TLSRefusal.unreachable.words)
        }
    }

    private func prepare(_ channel: any Channel, dial number: Int) throws {
        guard state.value.isConnecting(number) else { throw TLSRefusal.gone }
        keep(channel)
        let proof = TLSProof()
        let pins = configuration.pins
        let handshake = configuration.timing.handshakeTimeout.amount
        let gate = TLSGate(timeout: handshake, proof: proof, logger: logger) { channel, result in
            switch result {
            case .success(let passed): self.awaitConfirmation(channel, passed, dial: number)
            case .failure(let refusal): self.refuse(refusal, on: channel, dial: number)
            }
        }
        let tls = try configuration.identity.clientHandler(accepting: { pins.contains($0) }, proof: proof)
        try channel.pipeline.syncOperations.addHandlers([WireMeter(), tls, gate])
    }

    /// Our side of the handshake has ended; a refusal by the peer would take a round trip to arrive.
    private func awaitConfirmation(_ channel: any Channel, _ passed: TLSGate.Passed, dial number: Int) {
        guard state.value.isConnecting(number, on: channel), let path = try? makePath(on: channel, .dialled) else { return channel.abort() }
        let grace = max(Span(nanoseconds: passed.took.nanoseconds * 4), configuration.timing.confirmationTimeout)
        state.value.search = .confirming(path, grace: loop.scheduleTask(in: grace.amount) { self.confirm(path) })
    }

    private func refuse(_ refusal: TLSRefusal, on channel: any Channel, dial number: Int) {
        guard state.value.isConnecting(number, on: channel) else { return }
        if refusal.isImpostor { strangers.note(refusal) }
        endSearch(failed: refusal.words)
    }
}
