import HotlineWire
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import HotlineBearers

/// The decisions, without sockets.
@Suite struct TLSRuleTests {
    @Test("TLS-5: both ends choose the same of two connections") func bothEndsChooseTheSameOfTwoConnections() throws {
        let one = try #require(StationNumber(1))
        let two = try #require(StationNumber(2))
        let settling = Span.seconds(9)
        let young = Span.seconds(1)
        let old = Span.seconds(10)
        let low = PathRule(own: one, peer: two, settlingTime: settling)
        let high = PathRule(own: two, peer: one, settlingTime: settling)
        #expect(low.replaces(.dialled, .accepted, age: young))
        #expect(high.replaces(.accepted, .dialled, age: young))
        #expect(!low.replaces(.accepted, .dialled, age: young))
        #expect(!high.replaces(.dialled, .accepted, age: young))
        #expect(low.replaces(.accepted, .accepted, age: young))
        #expect(high.replaces(.dialled, .dialled, age: young))
        #expect(low.replaces(.accepted, .dialled, age: old))
        #expect(high.replaces(.dialled, .accepted, age: old))
    }

    @Test func backoffDoublesItsCeilingUpToTheMostAndForgetsAfterAGoodPath() {
        var generator = Chance()
        var backoff = Backoff(least: .milliseconds(100), most: .seconds(10))
        for ceiling: Int64 in [200, 400, 800, 1600, 3200, 6400, 10_000, 10_000] {
            var copies = (0..<200).map { _ in backoff }
            let waits = copies.indices.map { copies[$0].next(using: &generator) }
            #expect(waits.allSatisfy { .milliseconds(100) <= $0 && $0 <= .milliseconds(ceiling) })
            // Full jitter: the half above the middle is used, too.
            #expect(waits.contains { .milliseconds(ceiling / 2) < $0 })
            backoff = copies[0]
        }
        backoff.reset()
        #expect(backoff.next(using: &generator) <= .milliseconds(200))
        for _ in 0..<100 {
            #expect(Backoff.afterGoodPath(.dialled, using: &generator) <= .milliseconds(100))
            #expect(.milliseconds(200) <= Backoff.afterGoodPath(.accepted, using: &generator))
        }
    }

    @Test func addressesOfOneNetworkAreOneSource() {
        #expect(Visitors.source(of: "192.0.2.7") == "192.0.2.7")
        #expect(Visitors.source(of: "2001:db8:1:2:3:4:5:6") == "2001:db8:1:2")
        #expect(Visitors.source(of: "2001:db8:1:2::6") == "2001:db8:1:2")
        #expect(Visitors.source(of: "2001:db8::6") == "2001:db8:0:0")
        #expect(Visitors.source(of: "::1") == "0:0:0:0")
        #expect(Visitors.source(of: "::ffff:192.0.2.7") == "::ffff:192.0.2.7")
    }

    @Test func strangersAreReportedAtMostOnceInAnInterval() async throws {
        let said = Mutex<[String]>([])
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let reports = StrangerReports(loop: loop, interval: .milliseconds(100)) { words in said.withLock { $0.append(words) } }
        reports.note(.slow)
        try #require(await eventually { said.withLock { $0 } == ["1 time: the handshake took too long"] })
        // In one turn of the loop, so that no report falls between them.
        try await loop.submit {
            for _ in 0..<50 { reports.note(.crowded) }
            reports.note(.slow)
        }.get()
        try #require(await eventually { said.withLock { $0.count } == 2 })
        #expect(said.withLock { $0[1] } == "50 times: too many unfinished handshakes; 1 time: the handshake took too long")
    }

    @Test func anIdentityIsAnEd25519CertificateAndItsKey() throws {
        let own = try Credentials()
        let other = try Credentials()
        #expect(try own.identity.pin == own.pin)
        #expect(throws: BearerError.certificateUnreadable) { try TLSIdentity(certificate: [1, 2, 3], privateKey: .der(own.privateKey)) }
        #expect(throws: BearerError.privateKeyUnreadable) { try TLSIdentity(certificate: own.certificate, privateKey: .pem([1])) }
        #expect(throws: BearerError.privateKeyForeign) {
            try TLSIdentity(certificate: own.certificate, privateKey: .der(other.privateKey))
        }
    }

    @Test func aTakenAddressIsUnavailable() async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            await #expect(throws: BearerError.addressUnavailable(TLSAddress(host: "127.0.0.1", port: port))) {
                try await b.listen(on: port)
            }
        }
    }
}
