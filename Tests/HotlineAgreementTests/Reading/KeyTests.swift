import HotlineAgreement
import HotlineSeal
import HotlineWire
import Testing

@Suite("Keys in an agreement")
struct KeyTests {
    /// What two parties, or two purposes of one, might share.
    enum Shared: CaseIterable {
        case root, station, light, tlsPin, next, nonce, rootAsStation, lightFromRoot, latticeOfRoot, lightAsPin
    }

    @Test("AGR-7: equal keys are refused", arguments: Shared.allCases)
    func equal(shared: Shared) throws {
        var terms = try Parties().draft().terms
        let other = terms.parties[0]
        var keys = terms.parties[1].keys
        switch shared {
        case .root: keys.root = other.keys.root
        case .station: keys.station = other.keys.station
        case .light: keys.light = other.keys.light
        case .tlsPin: keys.tlsPin = other.keys.tlsPin
        case .next: keys.next = other.keys.next
        case .nonce: terms.parties[1].nonce = other.nonce
        case .rootAsStation: keys.root = keys.station
        case .lightFromRoot: keys.light = try LightPublicKey(other.keys.root.classicalHalf)
        case .latticeOfRoot: keys.root = try CompositePublicKey(other.keys.root.bytes.prefix(1952) + keys.root.classicalHalf)
        case .lightAsPin: keys.tlsPin = keys.light.bytes
        }
        terms.parties[1].keys = keys
        #expect(!Edits.problems(of: AgreementDraft(terms: terms).file).isEmpty)
    }

    @Test(
        "AGR-8: keys of small order are refused",
        arguments: [
            [UInt8](repeating: 0, count: 32), [1] + [UInt8](repeating: 0, count: 31), [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
            [0xED] + [UInt8](repeating: 0xFF, count: 30) + [0x7F], [0xEE] + [UInt8](repeating: 0xFF, count: 30) + [0xFF],
            [1] + [UInt8](repeating: 0, count: 30) + [0x80],
        ])
    func smallOrder(key: [UInt8]) throws {
        let parties = try Parties()
        let edits = try Edits()
        let keys = parties.cards[0].identity.keys
        let light = Base64.string(keys.light.bytes)
        #expect(try edits.problems(replacing: light, with: Base64.string(key)).map(\.line) == [edits.line(of: light)])
        // In the Ed25519 half of a root key, the last 32 bytes of it.
        let wanted = Self.wrapped(keys.root.bytes)
        let found = Self.wrapped(keys.root.bytes.dropLast(32) + key)
        #expect(!(try edits.problems(replacing: wanted, with: found)).isEmpty)
    }

    @Test(
        "AGR-9: base64 in another form is refused",
        arguments: [
            { $0.dropLast() + "" }, { $0 + "=" }, { " " + $0 }, { String($0.dropLast(2)) + ($0.dropLast().last == "B" ? "C=" : "B=") },
            { String($0.dropLast(4)) }, { $0.replacing("A", with: "-") + "-" },
        ] as [@Sendable (String) -> String])
    func base64(change: @Sendable (String) -> String) throws {
        let edits = try Edits()
        let nonce = Base64.string(try Parties.identity(0).nonce)
        guard change(nonce) != " " + nonce else { return }
        #expect(try edits.problems(replacing: nonce, with: change(nonce)).map(\.line) == [edits.line(of: nonce)])
    }

    @Test("AGR-9: a long key has full lines and the right length")
    func wrapped() throws {
        let edits = try Edits()
        let bytes = try Parties.identity(0).keys.root.bytes
        let lines = Self.wrapped(bytes)
        let line = try edits.line(of: lines) - 1
        #expect(try edits.problems(replacing: lines, with: Self.wrapped(bytes.dropLast())).map(\.line) == [line])
        #expect(try edits.problems(replacing: lines, with: Self.wrapped(bytes + [0])).map(\.line) == [line])
        let first = String(lines.prefix(76))
        #expect(try edits.problems(replacing: first, with: first.prefix(40) + "\n    " + first.dropFirst(40)).map(\.line) == [line])
    }

    @Test("AGR-8: a value of zeros is no nonce, pin or hash")
    func zeros() throws {
        let edits = try Edits()
        let zeros = Base64.string([UInt8](repeating: 0, count: 32))
        for value in [try Parties.identity(0).nonce, try Parties.identity(0).keys.tlsPin, try Parties.identity(0).keys.next.bytes] {
            let text = Base64.string(value)
            #expect(try edits.problems(replacing: text, with: zeros).map(\.line) == [edits.line(of: text)])
        }
    }

    private static func wrapped(_ bytes: some Sequence<UInt8>) -> String {
        let text = Base64.string(Array(bytes))
        return stride(from: 0, to: text.utf8.count, by: 72).map { "    " + text.dropFirst($0).prefix(72) }.joined(separator: "\n")
    }
}
