import HotlineWire
import NIOCore
import Synchronization
import Testing

@testable import HotlineBearers

/// Two stations, one of which dials the other, over real sockets.
@Suite struct TLSExchangeTests {
    @Test func framesOfEverySizeCrossBothWays() async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            let toB = try a.bear(to: b)
            let toA = try b.bear(to: a, dialling: port)
            toB.start()
            toA.start()
            try #require(await eventually { a.ear.isUp && b.ear.isUp })
            for size in [1, 63, 64, 16_383, 16_384, Limits.frameBytesMax] {
                toA.transmit([UInt8](repeating: UInt8(size % 251), count: size))
                toB.transmit([UInt8](repeating: UInt8(size % 241), count: size))
                try #require(await eventually { a.ear.frames.last?.count == size && b.ear.frames.last?.count == size })
                #expect(a.ear.frames.last?.allSatisfy { $0 == UInt8(size % 251) } == true)
                #expect(b.ear.frames.last?.allSatisfy { $0 == UInt8(size % 241) } == true)
            }
        }
    }

    @Test func aBurstOfAThousandArrivesInOrderAndAllOfItHasLeft() async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            let toB = try a.bear(to: b)
            let toA = try b.bear(to: a, dialling: port)
            toB.start()
            toA.start()
            try #require(await eventually { a.ear.isUp && b.ear.isUp })
            let burst = (0..<1000).map { [UInt8($0 >> 8), UInt8($0 & 255)] + [UInt8](repeating: 7, count: 100) }
            for frame in burst { toA.transmit(frame) }
            try #require(await eventually { a.ear.frames.count == 1000 })
            #expect(a.ear.frames == burst)
            #expect(await eventually { b.ear.bytesLeft == 102_000 })
            #expect(toA.counters.framesSent == 1000)
            #expect(toA.counters.frameBytesSent == 102_000)
            #expect(toA.counters.framesDropped == 0)
            #expect(toB.counters.framesReceived == 1000)
            #expect(toB.counters.frameBytesReceived == 102_000)
            #expect(toB.counters.wireBytesReceived > 102_000)
        }
    }

    @Test func aBurstWithinOneTurnIsOneRunOfRecords() async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            let toB = try a.bear(to: b)
            let toA = try b.bear(to: a, dialling: port)
            toB.start()
            toA.start()
            try #require(await eventually { a.ear.isUp && b.ear.isUp })
            let before = toA.counters.wireBytesSent
            // In one turn of the loop, so that none can leave before the last is given.
            try await toA.loop.submit { for _ in 0..<100 { toA.transmit([UInt8](repeating: 1, count: 50)) } }.get()
            try #require(await eventually { b.ear.bytesLeft == 5000 })
            // 100 lengths of a byte, and one TLS record's 22; a record each would be 2,300.
            #expect(toA.counters.wireBytesSent - before == 5000 + 100 + 22)
        }
    }

    @Test func framesGivenWhileDownAreDroppedAndCounted() async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let toB = try a.bear(to: b)
            toB.start()
            toB.transmit([1])
            #expect(toB.counters.framesDropped == 1)
            #expect(a.ear.events.isEmpty)
        }
    }

    @Test("TLS-9: a peer that does not read costs no more than the window") func aPeerThatDoesNotReadCostsNoMoreThanTheWindow() async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            let toB = try a.bear(to: b)
            let toA = try b.bear(to: a, dialling: port)
            toB.start()
            toA.start()
            try #require(await eventually { a.ear.isUp && b.ear.isUp })
            toB.pauseReading()
            let bound = toA.profile.windowBytes + Limits.frameBytesMax
            var given = 0
            // The kernel's buffers take some MB before anything stays with us.
            try #require(
                await eventually {
                    toA.transmit([UInt8(given & 255)] + [UInt8](repeating: 9, count: 32_767))
                    given += 1
                    #expect((toA.present.withLock { $0.path }?.bytesUnderWay ?? 0) <= bound)
                    return toA.counters.framesDropped >= 20
                }
            )
            let taken = given - toA.counters.framesDropped
            #expect(taken * 32_768 - b.ear.bytesLeft <= bound)
            toB.resumeReading()
            try #require(await eventually { a.ear.frames.count == taken })
            #expect(await eventually { b.ear.bytesLeft == taken * 32_768 })
        }
    }

    @Test func nothingIsReadWhileReadingIsPausedBeforeThePathCame() async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            let toB = try a.bear(to: b)
            let toA = try b.bear(to: a, dialling: port)
            toB.pauseReading()
            toB.start()
            toA.start()
            try #require(await eventually { a.ear.isUp && b.ear.isUp })
            var given = 0
            try #require(
                await eventually {
                    toA.transmit([UInt8](repeating: 9, count: 65_536))
                    given += 1
                    return toA.counters.framesDropped >= 5
                }
            )
            // What is read before the pause takes hold is bounded: one read and the rest of a frame.
            #expect(a.ear.frames.count <= 3)
            toB.resumeReading()
            #expect(await eventually { a.ear.frames.count == given - toA.counters.framesDropped })
        }
    }
}
