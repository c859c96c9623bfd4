import HotlineWire
import Testing

@Suite("Frames as they come from a bearer")
struct FrameHeaderTests {
    private let tag = [UInt8](repeating: 0x77, count: FrameHeader.tagBytes)

    @Test("A sealed frame's header is read back")
    func sealed() throws {
        var random = SeededGenerator(seed: 20)
        for _ in 0..<500 {
            let from = random.station()
            let to = random.station()
            guard from != to else { continue }
            let salt: FrameHeader.Salt = Bool.random(using: &random) ? .full(random.salt()) : .alias(random.byte())
            let header = FrameHeader(epochLow: random.byte(), from: from, to: to, salt: salt, counter: UInt16(random.byte()) << 8 | 3)
            let ciphertext = random.bytes(random.count(40)) + tag
            guard case .sealed(let read, let rest) = try UnverifiedFrame(header.encoded + ciphertext) else {
                Issue.record("a sealed frame was read as another")
                return
            }
            #expect(read == header)
            #expect(rest == ciphertext)
        }
    }

    @Test("A handshake fragment is read back")
    func handshake() throws {
        let from = try #require(StationNumber(1))
        let to = try #require(StationNumber(2))
        let fragment = HandshakeFragment(from: from, to: to, object: 0xABCD, offset: 100, total: 103, bytes: [1, 2, 3])
        guard case .handshake(let read) = try UnverifiedFrame(fragment.encoded) else {
            Issue.record("a handshake was read as another frame")
            return
        }
        #expect(read == fragment)
        #expect(fragment.encoded.count - 3 <= HandshakeFragment.overheadMax)
        #expect(throws: WireError.self) { try UnverifiedFrame(Array(fragment.encoded.dropLast(3))) }
        #expect(throws: WireError.self) { try UnverifiedFrame(fragment.encoded + [4]) }
    }

    @Test("ENC-4: a frame too short for its header and tag is refused")
    func cut() throws {
        let from = try #require(StationNumber(1))
        let to = try #require(StationNumber(2))
        let salt = try #require(StartSalt([1, 2, 3, 4, 5, 6]))
        for choice in [FrameHeader.Salt.full(salt), .alias(9)] {
            let frame = FrameHeader(epochLow: 1, from: from, to: to, salt: choice, counter: 1).encoded + tag
            #expect(throws: Never.self) { try UnverifiedFrame(frame) }
            for count in 0..<frame.count {
                #expect(throws: WireError.self) { try UnverifiedFrame(Array(frame.prefix(count))) }
            }
        }
    }

    @Test("Other versions, other kinds, impossible stations and a set reserved byte are refused")
    func refused() {
        let body: [UInt8] = [1, 0x12, 1, 2, 3, 4, 5, 6, 0, 1] + tag
        #expect(throws: Never.self) { try UnverifiedFrame([0x11] + body) }
        for version in UInt8.min...15 where version != 1 {
            #expect(throws: WireError.invalid(what: "frame version", found: UInt64(version))) {
                try UnverifiedFrame([version << 4 | 1] + body)
            }
        }
        for kind in UInt8(3)...15 {
            #expect(throws: WireError.invalid(what: "frame kind", found: UInt64(kind))) { try UnverifiedFrame([0x10 | kind] + body) }
        }
        for pair in [0x00, 0x01, 0x10, 0x11, 0xFF] as [UInt8] {
            var changed = body
            changed[1] = pair
            #expect(throws: WireError.invalid(what: "station pair", found: UInt64(pair))) { try UnverifiedFrame([0x11] + changed) }
        }
        #expect(throws: WireError.invalid(what: "reserved byte", found: 1)) { try UnverifiedFrame([0x10] + body) }
    }

    @Test("A frame above 64 KiB is refused")
    func size() {
        let most = [0x11, 1, 0x12, 1, 2, 3, 4, 5, 6, 0, 1] + [UInt8](repeating: 0, count: Limits.frameBytesMax - 11)
        #expect(throws: Never.self) { try UnverifiedFrame(most) }
        #expect(throws: WireError.tooLarge(what: "frame", found: 65_537, max: 65_536)) { try UnverifiedFrame(most + [0]) }
    }
}
