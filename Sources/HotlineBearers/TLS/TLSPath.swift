import HotlineWire
import NIOCore
import Synchronization

/// One connection to a peer that has proved its key: frames in, frames out, and what it has of them under way.
///
/// Frames given within one turn of the event loop leave in one write: one run of TLS records and one call of the kernel.
final class TLSPath: Sendable {
    enum Direction: Hashable, Sendable {
        case dialled
        case accepted
    }

    /// What a path tells its bearer, in order.
    enum Signal: Sendable {
        case frame([UInt8])
        case left(frames: Int, bytes: Int)
        case ended(TLSPathEnd)
    }

    private struct Outbox {
        var frames: [[UInt8]] = []
        var bytesUnderWay = 0
        var isWoken = false
    }

    let channel: any Channel
    let direction: Direction
    private let windowBytes: Int
    private let signal: @Sendable (TLSPath, Signal) -> Void
    private let outbox = Mutex(Outbox())

    init(channel: any Channel, direction: Direction, windowBytes: Int, signal: @escaping @Sendable (TLSPath, Signal) -> Void) {
        self.channel = channel
        self.direction = direction
        self.windowBytes = windowBytes
        self.signal = signal
    }

    /// False, and nothing is sent, if a window and a frame are under way already: memory stays bounded by them.
    func transmit(_ frame: [UInt8]) -> Bool {
        let (isTaken, mustWake) = outbox.withLock { outbox in
            guard outbox.bytesUnderWay + frame.count <= windowBytes + Limits.frameBytesMax else { return (false, false) }
            outbox.frames.append(frame)
            outbox.bytesUnderWay += frame.count
            defer { outbox.isWoken = true }
            return (true, !outbox.isWoken)
        }
        if mustWake { channel.eventLoop.execute { self.flush() } }
        return isTaken
    }

    /// Frames taken whose bytes the kernel has not taken yet.
    var bytesUnderWay: Int { outbox.withLock { $0.bytesUnderWay } }

    /// Lets reading follow `isPaused`, as it is when this is carried out.
    func followPause(_ isPaused: @escaping @Sendable () -> Bool) {
        let channel = channel
        channel.eventLoop.execute {
            guard channel.isActive else { return }
            let pause = isPaused()
            if !pause { channel.pipeline.fireUserInboundEventTriggered(SilenceWatch.Resumed()) }
            channel.setOption(.autoRead, value: !pause).whenFailure { _ in channel.abort() }
        }
    }

    func tell(_ signal: Signal) {
        self.signal(self, signal)
    }

    private func flush() {
        let frames = outbox.withLock { outbox in
            defer { outbox.frames = [] }
            outbox.isWoken = false
            return outbox.frames
        }
        let bytes = frames.reduce(0) { $0 + $1.count }
        var encoder = Encoder(reserving: bytes + frames.count * BearerLimits.lengthBytesMax)
        for frame in frames { encoder.put(prefixed: frame) }
        let promise = channel.eventLoop.makePromise(of: Void.self)
        promise.futureResult.whenSuccess {
            self.outbox.withLock { $0.bytesUnderWay -= bytes }
            self.tell(.left(frames: frames.count, bytes: bytes))
        }
        channel.writeAndFlush(channel.allocator.buffer(bytes: encoder.bytes), promise: promise)
    }
}
