import HotlineWire
import Logging
import NIOCore
import Synchronization

/// Paths come, compete and go.
extension TLSBearer {
    /// Makes a path of a connection that has proved the peer's key. On the channel's loop, within the handshake's end, so
    /// that no frame is missed.
    func makePath(on channel: any Channel, _ direction: TLSPath.Direction) throws -> TLSPath {
        let path = TLSPath(channel: channel, direction: direction, windowBytes: configuration.windowBytes) { path, signal in
            self.onLoop { self.take(signal, from: path) }
        }
        try TLSPathHandler.install(path, gauge: gauge, idleTimeout: configuration.timing.idleTimeout) { self.isPaused }
        return path
    }

    /// Takes a connection that the listener has identified as the peer's. On the channel's loop.
    func accept(_ channel: any Channel) {
        guard let path = try? makePath(on: channel, .accepted) else { return channel.abort() }
        onLoop {
            guard self.state.value.phase == .running else { return channel.abort() }
            self.keep(channel)
            self.stand(path)
        }
    }

    /// Remembers a channel until it is closed, so that `stop` can wait for it.
    func keep(_ channel: any Channel) {
        let key = ObjectIdentifier(channel)
        state.value.open[key] = channel
        channel.closeFuture.whenComplete { _ in self.onLoop { self.state.value.open[key] = nil } }
    }

    /// A path is proved by both sides: it becomes the one, or goes.
    func stand(_ path: TLSPath) {
        if let standing = state.value.standing {
            let age = Span(nanoseconds: (NIODeadline.now() - standing.since).nanoseconds)
            guard rule.replaces(path.direction, standing.path.direction, age: age) else {
                gauge.update { $0.redundant += 1 }
                path.channel.close(promise: nil)
                return
            }
            release(.replaced)
            standing.path.channel.close(promise: nil)
        }
        if case .waiting(let alarm) = state.value.search {
            alarm.cancel()
            state.value.search = .resting
        }
        state.value.standing = TLSBearerState.Standing(path: path, since: .now())
        present.withLock { $0.path = path }
        followPause()
        gauge.update {
            $0.connections += 1
            $0.lastFailure = nil
        }
        logger.info("path up", metadata: ["direction": "\(path.direction)"])
        say(.up(id))
    }

    /// A path has ended, or we give it up.
    func lose(_ path: TLSPath, _ end: TLSPathEnd) {
        // Last, because it says `.ended` again.
        defer { path.channel.abort() }
        if let standing = state.value.standing, standing.path === path {
            release(end)
            if case .reset = end {
                seekPath(after: .milliseconds(0))
            } else {
                seekPath(after: wait(after: standing))
            }
        } else if state.value.isConfirming(path) {
            endSearch(failed: "the peer refused us, or went away: \(end.words)")
        }
    }

    /// Closes what there is; gives what is not closed yet.
    func halt() -> [any Channel] {
        guard state.value.phase != .stopped else { return Array(state.value.open.values) }
        state.value.phase = .stopped
        switch state.value.search {
        case .waiting(let alarm), .confirming(_, let alarm): alarm.cancel()
        case .resting, .connecting: break
        }
        state.value.search = .resting
        let standing = state.value.standing?.path.channel
        if standing != nil { release(.stopped) }
        let open = Array(state.value.open.values)
        for channel in open {
            // The peer of a standing path gets a goodbye; a connection still being made gets nothing.
            if channel === standing { channel.close(promise: nil) } else { channel.abort() }
        }
        return open
    }

    func onLoop(_ body: @escaping @Sendable () -> Void) {
        if loop.inEventLoop { body() } else { loop.execute(body) }
    }

    private func release(_ end: TLSPathEnd) {
        state.value.standing = nil
        present.withLock { $0.path = nil }
        logger.info("path down", metadata: ["reason": "\(end.words)"])
        say(.down(id, reason: end.words))
    }

    private func wait(after standing: TLSBearerState.Standing) -> Span {
        var generator = Chance()
        guard standing.isGood else { return state.value.backoff.next(using: &generator) }
        return Backoff.afterGoodPath(standing.path.direction, using: &generator)
    }

    private func take(_ signal: TLSPath.Signal, from path: TLSPath) {
        guard state.value.phase == .running else { return }
        if case .frame = signal, state.value.isConfirming(path) { confirm(path) }
        if case .ended(let end) = signal { return lose(path, end) }
        guard state.value.standing?.path === path else { return }
        switch signal {
        case .frame(let frame):
            noteGood()
            gauge.update {
                $0.framesReceived += 1
                $0.frameBytesReceived += frame.count
            }
            say(.received(id, frame: frame))
        case .left(let frames, let bytes):
            gauge.update {
                $0.framesSent += frames
                $0.frameBytesSent += bytes
            }
            say(.left(id, bytes: bytes))
        case .ended: break
        }
    }

    private func noteGood() {
        guard state.value.standing?.isGood == false else { return }
        state.value.standing?.isGood = true
        state.value.backoff.reset()
    }
}
