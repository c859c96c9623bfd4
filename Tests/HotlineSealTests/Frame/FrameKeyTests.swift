import HotlineSeal
import HotlineWire
import Testing

@Suite("Frame keys")
struct FrameKeyTests {
    private let fixture: Fixture
    private let secret: EpochSecret
    private let salt: StartSalt

    init() throws {
        fixture = try Fixture()
        secret = EpochSecret(epoch: EpochNumber(0x0102), bytes: (0..<32).map { UInt8($0) })
        salt = try #require(StartSalt([0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5]))
    }

    private var key: FrameKey { FrameKey(secret: secret, line: fixture.line, from: fixture.one, to: fixture.two, salt: salt) }

    private func parse(_ frame: [UInt8]) throws -> (FrameHeader, [UInt8])? {
        guard case .sealed(let header, let ciphertext) = try UnverifiedFrame(frame) else { return nil }
        return (header, ciphertext)
    }

    @Test("SEAL-13: sealed frames open, with the salt written out and with its alias")
    func roundtrip() throws {
        var random = SeededGenerator(seed: 40)
        for count in [0, 1, 15, 16, 17, 200, 5000] {
            for alias in [nil, 0, 255] as [UInt8?] {
                let plaintext = random.bytes(count)
                let frame = try key.seal(plaintext, counter: UInt16(count), alias: alias)
                #expect(frame.count == count + FrameHeader.tagBytes + (alias == nil ? 11 : 6))
                let (header, ciphertext) = try #require(try parse(frame))
                #expect(header.salt == (alias.map { .alias($0) } ?? .full(salt)))
                #expect(try key.open(header, ciphertext: ciphertext) == plaintext)
            }
        }
    }

    /// Made with HKDF and AESGCMSIV of Python's `cryptography` from the text of docs/spec/sealing.md.
    @Test("SEAL-13, SEAL-14: a known frame")
    func vector() throws {
        let full = try key.seal(Array("hello".utf8), counter: 0x0304, alias: nil)
        #expect(Hex.string(full) == "110212a0a1a2a3a4a50304" + "29325e6caf7ecc3dbdfa68a26ef01ff95b1971578b")
        let short = try key.seal(Array("hello".utf8), counter: 0x0304, alias: 7)
        #expect(Hex.string(short) == "120212070304" + "b707b4c1eb5283b76b6d70caa522500756d262e47b")
    }

    @Test("SEAL-15: every changed bit of a frame is refused, in header, ciphertext and tag", arguments: [nil, 7] as [UInt8?])
    func changed(alias: UInt8?) throws {
        let frame = try key.seal(Array("Stand by.".utf8), counter: 9, alias: alias)
        for bit in 0..<frame.count * 8 {
            let changed = frame.flipping(bit: bit)
            guard let (header, ciphertext) = try? parse(changed) else { continue }
            // An alias says which key to try and nothing else: it is the only bit that may change without being found here.
            if alias != nil, bit / 8 == 3 { continue }
            // The salt written out says the same: the receiver would derive another key from it.
            let chosen: FrameKey
            if case .full(let salt) = header.salt {
                chosen = FrameKey(secret: secret, line: fixture.line, from: fixture.one, to: fixture.two, salt: salt)
            } else {
                chosen = key
            }
            try #require(throws: SealError.notOpened) { try chosen.open(header, ciphertext: ciphertext) }
        }
        for count in 0..<frame.count {
            guard let (header, ciphertext) = try? parse(Array(frame.prefix(count))) else { continue }
            #expect(throws: SealError.notOpened) { try key.open(header, ciphertext: ciphertext) }
        }
    }

    @Test("SEAL-14: the full salt is authenticated where the alias travels, and the two forms do not pass for each other")
    func aliasIsNotFull() throws {
        let (_, ciphertext) = try #require(try parse(try key.seal([1, 2, 3], counter: 9, alias: 7)))
        let full = FrameHeader(epochLow: secret.epoch.low, from: fixture.one, to: fixture.two, salt: .full(salt), counter: 9)
        #expect(throws: SealError.notOpened) { try key.open(full, ciphertext: ciphertext) }
        let (_, written) = try #require(try parse(try key.seal([1, 2, 3], counter: 9, alias: nil)))
        let short = FrameHeader(epochLow: secret.epoch.low, from: fixture.one, to: fixture.two, salt: .alias(7), counter: 9)
        #expect(throws: SealError.notOpened) { try key.open(short, ciphertext: written) }
    }

    @Test("SEAL-13: another secret, epoch, line, direction or salt does not open the frame")
    func otherKeys() throws {
        let (header, ciphertext) = try #require(try parse(try key.seal([1, 2, 3], counter: 9, alias: 7)))
        let otherSalt = try #require(StartSalt([0, 0, 0, 0, 0, 0]))
        let three = try #require(StationNumber(3))
        let (line, one, two) = (fixture.line, fixture.one, fixture.two)
        let others = [
            FrameKey(
                secret: EpochSecret(epoch: secret.epoch, bytes: secret.bytes.flipping(bit: 0)), line: line, from: one, to: two, salt: salt),
            // The low eight bits are equal: only the associated data tells the epochs apart.
            FrameKey(secret: EpochSecret(epoch: EpochNumber(0x0002), bytes: secret.bytes), line: line, from: one, to: two, salt: salt),
            FrameKey(secret: secret, line: Digest.sha256([1]), from: one, to: two, salt: salt),
            FrameKey(secret: secret, line: line, from: two, to: one, salt: salt),
            FrameKey(secret: secret, line: line, from: one, to: three, salt: salt),
            FrameKey(secret: secret, line: line, from: one, to: two, salt: otherSalt),
        ]
        for other in others { #expect(throws: SealError.notOpened) { try other.open(header, ciphertext: ciphertext) } }
        let reversed = FrameHeader(epochLow: secret.epoch.low, from: two, to: one, salt: .alias(7), counter: 9)
        for other in others { #expect(throws: SealError.notOpened) { try other.open(reversed, ciphertext: ciphertext) } }
    }

    @Test("SEAL-14: each counter gives another ciphertext of the same text")
    func counters() throws {
        let frames = try [0, 1, 256, 65_535].map { try key.seal([1, 2, 3], counter: $0, alias: 7).suffix(19) }
        #expect(Set(frames).count == 4)
    }
}
