import HotlineSeal
import HotlineWire
import Testing

@testable import HotlineLine

@Suite("Vectors of frames")
struct FrameVectors {
    @Test("frame", arguments: try Vector.all(.frame))
    func frame(_ vector: Vector) throws {
        var receiver = try Receiver(vector)
        try vector.expect {
            let max = try vector.value("bearer") == "radio" ? 256 : Limits.frameBytesMax
            let frame = try Ending.on(.dropped) { () throws(WireError) in try UnverifiedFrame(vector.body, max: max) }
            switch frame {
            case .handshake(let part):
                try Ending.unless(part.from == receiver.peer && part.to == receiver.own, .dropped, "between others")
                var name = Encoder()
                name.put(uint64: part.object)
                return ["object": Hex.string(name.bytes), "offset": "\(part.offset)", "total": "\(part.total)", "part": Hex.string(part.bytes)]
            case .sealed(let header, let ciphertext):
                guard let plaintext = receiver.open(header, ciphertext) else { throw Ending(.dropped, "it does not open") }
                return ["plaintext": Hex.string(plaintext)]
            }
        }
    }

    /// The end of a line that a frame comes to: the epochs, aliases and windows that the vector gives it.
    private struct Receiver {
        let own: StationNumber
        let peer: StationNumber
        private let line: Hash
        private var secrets: [EpochSecret] = []
        private var salts = ReceivingSalts()

        init(_ vector: Vector) throws {
            own = try vector.station("own")
            peer = try vector.station("peer")
            line = try vector.hash("line")
            secrets = try vector.all("epoch").map { value in
                let words = value.split(separator: " ")
                return EpochSecret(epoch: EpochNumber(try #require(UInt64(words[0]))), bytes: try #require(Hex.bytes(words[1])))
            }
            secrets.sort { $0.epoch > $1.epoch }
            for value in vector.all("alias") {
                // The place of a salt is its alias: others take the places before it.
                let words = value.split(separator: " ")
                let alias = try #require(UInt8(words[0]))
                for other in 0..<alias { try hear(words[1], StartSalt([0, 0, 0, 0, 1, other]), counter: 0) }
                try hear(words[1], StartSalt(try #require(Hex.bytes(words[2]))), counter: 0)
            }
            for value in vector.all("opened") {
                let words = value.split(separator: " ")
                try hear(words[0], StartSalt(try #require(Hex.bytes(words[1]))), counter: try #require(UInt16(words[2])))
            }
        }

        /// A frame that opened before.
        private mutating func hear(_ epoch: Substring, _ salt: StartSalt?, counter: UInt16) throws {
            let secret = try #require(secrets.first { "\($0.epoch)" == epoch })
            let key = FrameKey(secret: secret, line: line, from: peer, to: own, salt: try #require(salt))
            guard case .sealed(let header, let ciphertext) = try UnverifiedFrame(try key.seal([], counter: counter, alias: nil)) else { return }
            _ = try #require(open(header, ciphertext))
        }

        mutating func open(_ header: FrameHeader, _ ciphertext: [UInt8]) -> [UInt8]? {
            guard header.from == peer, header.to == own else { return nil }
            return salts.open(header, ciphertext, secrets: secrets, key: { [line, peer, own] in FrameKey(secret: $0, line: line, from: peer, to: own, salt: $1) })?
                .plaintext
        }
    }

    @Test("plaintext", arguments: try Vector.all(.plaintext))
    func plaintext(_ vector: Vector) throws {
        try vector.expect {
            let items = try Ending.on(.violation) { () throws(WireError) in try Item.decode(vector.body) }
            #expect(Item.encode(items) == vector.body, "\(vector.name): written again as it was read")
            return ["items": items.map(Self.name).joined(separator: " ")]
        }
    }

    @Test("fragmented", arguments: try Vector.all(.fragmented))
    func fragmented(_ vector: Vector) throws {
        try vector.expect { ["items": Self.name(try Ending.on(.violation) { () throws(WireError) in try Item.decodeOne(vector.body) })] }
    }

    private static func name(_ item: Item) -> String {
        switch item {
        case .name: "name"
        case .probe: "probe"
        case .echo: "echo"
        case .acknowledgement: "acknowledgement"
        case .known: "known"
        case .checkpoint: "signed"
        case .statement: "stated"
        case .offers, .accepts, .confirmation: "epochobject"
        case .fragment: "fragment"
        case .held: "held"
        case .entry: "sent"
        case .ask: "ask"
        case .holdings: "holdings"
        case .fetch(_, _, let entries): entries ? "fetchentries" : "fetchcheckpoints"
        case .returned: "returned"
        case .more: "more"
        }
    }
}
