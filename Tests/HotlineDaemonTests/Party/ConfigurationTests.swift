import Foundation
import HotlineAgreement
import HotlineBearers
import HotlineDesk
import HotlineWire
import Logging
import Testing

@testable import HotlineDaemon

@Suite("The configuration of a station")
struct ConfigurationTests {
    private func read(_ text: String) throws -> Configuration { try Configuration(Array(text.utf8), file: "hotline.yaml") }

    @Test(
        "what init writes reads back as it was meant",
        arguments: [
            Configuration(),
            Configuration(tls: .init(listen: nil), healthPort: nil, logLevel: .debug),
            Configuration(
                tls: .init(listen: TLSAddress(host: "::1", port: 0), peers: [.init(name: "M", address: TLSAddress(host: "2001:db8::1", port: 1963))]),
                healthPort: 0
            ),
        ])
    func roundTrip(configuration: Configuration) throws {
        var read = try Configuration(configuration.file, file: "hotline.yaml")
        for index in read.tls.peers.indices {
            #expect(read.tls.peers[index].line > 0)
            read.tls.peers[index].line = 0
        }
        #expect(read == configuration)
    }

    @Test("a file of comments alone gives the defaults, and so does none")
    func defaults() throws {
        #expect(try read("# nothing\n") == Configuration())
        #expect(try read("") == Configuration())
        #expect(try read("tls:\n  peers:\n") == Configuration())
    }

    @Test(
        "a key that is not known is refused with its line and what there is",
        arguments: [
            ("tls:\n  listn: 0.0.0.0:1\n", "line 2: 'listn' is not a key of tls", "listen, peers"),
            ("\nbearer: x\n", "line 2: 'bearer' is not a key of the configuration", "tls, health, log"),
            ("health:\n  ports: 1\n", "line 2: 'ports' is not a key of health", "port"),
            ("log:\n\n  levels: info\n", "line 3: 'levels' is not a key of log", "level"),
        ])
    func unknownKeys(text: String, what: String, hint: String) throws {
        let error = refusal { try read(text) }
        #expect(error?.class == .malformed)
        #expect(error?.what.contains(what) == true)
        #expect(error?.hint.contains(hint) == true)
    }

    @Test(
        "a value of another kind is refused with its line and key",
        arguments: [
            ("tls:\n  listen: 1963\n", "line 2: 'listen' must be host:port; it is '1963'"),
            ("tls:\n  listen: host:99999\n", "line 2: 'listen'"),
            ("tls:\n  listen: [::1]:1963\n", "line 2"),
            ("tls:\n  peers:\n    M: here\n", "line 3: 'M' must be host:port"),
            ("tls:\n  peers:\n    M: host:0\n", "line 3: 'M'"),
            ("tls: all\n", "line 1: 'tls' must be keys and values"),
            ("health:\n  port: http\n", "line 2: 'port'"),
            ("log:\n  level: loud\n", "line 2: 'level' must be a level; it is 'loud'"),
            ("log: [a]\n", "line 1: 'log' must be keys and values below it; it is a list"),
            ("- a\n", "must be keys and values"),
            ("log:\n  level: info\n  level: debug\n", "'level' stands twice"),
            ("tls: {\n", "line"),
        ])
    func wrongValues(text: String, what: String) throws {
        let error = refusal { try read(text) }
        #expect(error?.class == .malformed)
        #expect(error?.what.contains(what) == true, "\(error?.what ?? "")")
    }

    @Test("a command line's words become a configuration")
    func words() throws {
        let configuration = try Configuration(listen: "127.0.0.1:0", peers: ["M=[::1]:7", "3=host:8"], healthPort: "none")
        #expect(configuration.tls.listen == TLSAddress(host: "127.0.0.1", port: 0))
        #expect(configuration.tls.peers.map(\.address) == [TLSAddress(host: "::1", port: 7), TLSAddress(host: "host", port: 8)])
        #expect(configuration.healthPort == nil)
        #expect(try Configuration(listen: "none").tls.listen == nil)
        for (listen, peers, health) in [("here", [], nil), (nil, ["M"], nil), (nil, ["M=x"], nil), (nil, [], "x")] as [(String?, [String], String?)] {
            #expect(refusal { try Configuration(listen: listen, peers: peers, healthPort: health) }?.class == .usage)
        }
    }

    @Test("peers are found by mark or number; strangers, ourselves and doubles are refused")
    func peers() throws {
        let directory = try PartyFolder()
        let agreed = try TestParty.line(in: directory).washington.loadAgreement()
        let other = try #require(agreed.agreement.terms.parties.last?.number)
        for name in ["M", "2"] {
            #expect(try read("tls:\n  peers:\n    \(name): host:1\n").addresses(in: agreed, file: "x") == [other: TLSAddress(host: "host", port: 1)])
        }
        for text in ["    X: host:1\n", "    W: host:1\n", "    1: host:1\n", "    M: host:1\n    2: host:1\n"] {
            #expect(refusal { try read("tls:\n  peers:\n" + text).addresses(in: agreed, file: "x") }?.class == .malformed)
        }
    }
}
