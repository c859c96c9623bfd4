import HotlineWire
import NIOCore
import Testing

@testable import HotlineBearers

@Suite struct TLSReconnectionTests {
    @Test("TLS-6: a dialler comes back when the peer's listener does") func aDiallerComesBackWhenThePeersListenerDoes() async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            try a.bear(to: b).start()
            let toA = try b.bear(to: a, dialling: port)
            toA.start()
            try #require(await eventually { a.ear.isUp && b.ear.isUp })
            await a.close()
            try #require(await eventually { b.ear.downs.count == 1 && toA.counters.dialsFailed > 0 })
            let toB = try a.bear(to: b)
            toB.start()
            #expect(try await a.listen(on: port) == port)
            try #require(await eventually { a.ear.isUp && b.ear.isUp })
            toB.transmit([1])
            toA.transmit([2])
            #expect(await eventually { b.ear.frames == [[1]] && a.ear.frames == [[2]] })
        }
    }

    @Test func aPeerIsDialledByName() async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            try a.bear(to: b).start()
            try b.bear(to: a, dialling: port, host: "localhost").start()
            #expect(await eventually { a.ear.isUp && b.ear.isUp })
        }
    }

    @Test func aResetByTheDiallerMakesANewPath() async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            let toB = try a.bear(to: b)
            let toA = try b.bear(to: a, dialling: port)
            toB.start()
            toA.start()
            try #require(await eventually { a.ear.isUp && b.ear.isUp })
            toA.reset(reason: "no answer to three probes")
            try #require(await eventually { b.ear.ups == 2 && a.ear.ups == 2 && a.ear.isUp && b.ear.isUp })
            #expect(b.ear.downs == ["given up: no answer to three probes"])
            toB.transmit([1])
            toA.transmit([2])
            #expect(await eventually { b.ear.frames == [[1]] && a.ear.frames == [[2]] })
        }
    }

    @Test func aResetByTheDialledStationMakesTheDiallerComeAgain() async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            let toB = try a.bear(to: b)
            let toA = try b.bear(to: a, dialling: port)
            toB.start()
            toA.start()
            try #require(await eventually { a.ear.isUp && b.ear.isUp })
            toB.reset(reason: "silence")
            #expect(await eventually { a.ear.ups == 2 && b.ear.ups == 2 && a.ear.isUp && b.ear.isUp })
        }
    }

    @Test("TLS-8: a silent path is closed") func aSilentPathIsClosed() async throws {
        var timing = TLSTiming.brisk
        timing.idleTimeout = .milliseconds(200)
        let a = try Post(1, timing: timing)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            try a.bear(to: b).start()
            let peer = try await Intruder(port: port, tls: try b.credentials.clientConfiguration)
            try #require(await eventually { peer.isClosed })
            #expect(await eventually { a.ear.downs == ["nothing was received for 200 ms"] })
        }
    }

    @Test func aPauseOfReadingIsNotSilence() async throws {
        var timing = TLSTiming.brisk
        timing.idleTimeout = .milliseconds(200)
        let a = try Post(1, timing: timing)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            let toB = try a.bear(to: b)
            toB.pauseReading()
            toB.start()
            let peer = try await Intruder(port: port, tls: try b.credentials.clientConfiguration)
            try #require(await eventually { a.ear.isUp })
            // Three times the timeout: this is the time under test, not a wait for luck.
            try await Task.sleep(for: .milliseconds(600))
            #expect(a.ear.downs.isEmpty)
            toB.resumeReading()
            #expect(await eventually { a.ear.downs.count == 1 })
            await peer.close()
        }
    }

    @Test func aRestartedDiallerReplacesItsOldPath() async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            let toB = try a.bear(to: b)
            toB.start()
            let old = try await Intruder(port: port, tls: try b.credentials.clientConfiguration)
            try #require(await eventually { a.ear.ups == 1 })
            let new = try await Intruder(port: port, tls: try b.credentials.clientConfiguration)
            try #require(await eventually { a.ear.ups == 2 && old.isClosed })
            #expect(a.ear.downs == ["the peer made a new connection"])
            toB.transmit([5])
            #expect(await eventually { new.bytes == [1, 5] })
            await new.close()
        }
    }

    @Test("TLS-4: the dialler is up at the peer's first frame") func theDiallerIsUpAtThePeersFirstFrame() async throws {
        var timing = TLSTiming.brisk
        timing.confirmationTimeout = .seconds(60)
        let a = try Post(1)
        let b = try Post(2, timing: timing)
        try await with(a, b) {
            let port = try await a.listen()
            let toB = try a.bear(to: b)
            let toA = try b.bear(to: a, dialling: port)
            toB.start()
            toA.start()
            try #require(await eventually { a.ear.isUp })
            toB.transmit([1])
            #expect(await eventually { b.ear.isUp && b.ear.frames == [[1]] })
        }
    }

    @Test(arguments: 0..<10)
    func twoStationsThatDialEachOtherSettleOnOneConnection(round: Int) async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let portA = try await a.listen()
            let portB = try await b.listen()
            let toB = try a.bear(to: b, dialling: portB)
            let toA = try b.bear(to: a, dialling: portA)
            toB.start()
            toA.start()
            func isSettled() async -> Bool {
                let ends = [await End(of: toB), await End(of: toA)]
                return ends.allSatisfy { $0.open == 1 && $0.isResting && $0.direction != nil } && ends[0].direction != ends[1].direction
            }
            try #require(await eventually(isSettled))
            toB.transmit([1])
            toA.transmit([2])
            try #require(await eventually { b.ear.frames == [[1]] && a.ear.frames == [[2]] })
            #expect(await isSettled())
            #expect(a.ear.ups <= 2 && b.ear.ups <= 2)
        }
    }

    @Test func stopClosesEverythingAndSaysNothingMore() async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            let toB = try a.bear(to: b)
            let toA = try b.bear(to: a, dialling: port)
            toB.start()
            toA.start()
            try #require(await eventually { a.ear.isUp && b.ear.isUp })
            await toB.stop()
            #expect(a.ear.downs == ["the bearer was stopped"])
            #expect(await End(of: toB).open == 0)
            try #require(await eventually { b.ear.downs == ["the peer closed the connection"] })
            await a.listener?.stop()
            let said = a.ear.events.count - a.ear.strangers.count
            await #expect(throws: (any Error).self) { try await Intruder(port: port) }
            toB.reset(reason: "none")
            toB.transmit([1])
            await toB.stop()
            #expect(a.ear.events.count - a.ear.strangers.count == said)
        }
    }
}

/// What one end holds.
private struct End {
    let open: Int
    let direction: TLSPath.Direction?
    let isResting: Bool

    init(of bearer: TLSBearer) async {
        let seen = try? await bearer.loop.submit {
            let state = bearer.state.value
            let isResting = if case .resting = state.search { true } else { false }
            return (state.open.count, state.standing?.path.direction, isResting)
        }.get()
        (open, direction, isResting) = seen ?? (-1, nil, false)
    }
}
