import HotlineRecord
import HotlineSeal
import HotlineWire
import Testing

/// The examples of docs/spec/entries.md and docs/spec/record.md. Their bytes were made by a program in another language that
/// was written from those texts alone.
@Suite("Worked examples of the specification")
struct WorkedExampleTests {
    private let line = Digest.sha256(Array("a line".utf8))
    private let agreement = Array("a line".utf8)
    private let secret: BlindSecret
    private let opening: Entry
    private let letter: Entry
    private let leaves: [Hash]
    private let checkpoint: UnverifiedCheckpoint

    init() throws {
        secret = try #require(BlindSecret((0..<32).map { UInt8($0) }))
        let id = GenerationID(station: Fixture.station(1), name: GenerationName(0x0123_4567_89AB_CDEF))
        let other = GenerationID(station: Fixture.station(2), name: GenerationName(0xFEDC_BA98_7654_3210))
        opening = Entry(
            id: EntryID(id, EntryNumber(0)), agreement: line, header: EntryHeader(kind: Opening.kind, precedence: .routine), references: [],
            seen: [], content: Opening(predecessor: nil, held: [], blinds: secret, serialBase: 0).encoded
        )
        letter = Entry(
            id: EntryID(id, EntryNumber(1)), agreement: line,
            header: EntryHeader(
                kind: 1, precedence: .priority, exercise: true, channel: 2, fromPost: 3, toPost: 4, language: 1, claimedTime: 600
            ),
            references: [EntryID(other, EntryNumber(70))], seen: [Entry.Seen(generation: other, size: RecordSize(71))],
            content: Array("Stand by.".utf8)
        )
        let (line, secret) = (line, secret)
        leaves = [opening, letter].map { $0.leafHash(line: line, blind: secret.blind(of: $0.id.number)) }
        let head = Head(generation: id, size: RecordSize(2), root: Tree.node(leaves[0], leaves[1]))
        let text = Checkpoint(line: line, agreement: line, head: head, held: [Head(generation: other, size: RecordSize(71), root: line)])
        checkpoint = try WorkedExampleTests.sign(text)
    }

    private static func sign(_ checkpoint: Checkpoint) throws -> UnverifiedCheckpoint {
        let key = try LightPrivateKey(seed: [UInt8](repeating: 1, count: 32))
        return UnverifiedCheckpoint(checkpoint: checkpoint, strength: .light, signature: try key.sign(checkpoint.text))
    }

    @Test("ENT-1, ENT-4, ENT-5: the entries, blinds and leaves of entries.md")
    func entries() {
        let expectedOpening =
            "31b9ee4a830b75580e39e6bd6356d40524fcb8683e67cf094290da306e7ee235010123456789abcdef0000c0000000000000"
            + "23000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f000000"
        let expectedLetter =
            "31b9ee4a830b75580e39e6bd6356d40524fcb8683e67cf094290da306e7ee235010123456789abcdef0101a2030401425801"
            + "02fedcba987654321040460102fedcba98765432104047095374616e642062792e"
        #expect(Hex.string(opening.encoded) == expectedOpening)
        #expect(Hex.string(letter.encoded) == expectedLetter)
        #expect(Hex.string(secret.blind(of: EntryNumber(0)).bytes) == "948e6b75eee7c5e0d83eab7b230261bc")
        #expect(Hex.string(secret.blind(of: EntryNumber(1)).bytes) == "c10887c456f417b94d9012e8305f3d64")
        #expect(leaves[0].description == "1db5109ac83867876be2f84cc09fbdc5c720d1063be929eb5bd6022955609125")
        #expect(leaves[1].description == "aae11ab45442e3f3abef5ba55ac90ac92f9abf132066203561314227a4eab15f")
    }

    @Test("REC-30: the disclosure of record.md")
    func disclosure() throws {
        let disclosure = try Disclosure(
            agreements: [agreement], entry: letter, blind: secret.blind(of: EntryNumber(1)), path: [leaves[0]], checkpoint: checkpoint
        )
        let expected = """
            hotline/1 disclosure
            agreement YSBsaW5l
            entry 1/0123456789abcdef/1
            bytes MbnuSoMLdVgOOea9Y1bUBST8uGg+Z88JQpDaMG5+4jUBASNFZ4mrze8BAaIDBAFCWAEC/ty6
             mHZUMhBARgEC/ty6mHZUMhBARwlTdGFuZCBieS4=
            blind wQiHxFb0F7lNkBLoMF89ZA==
            path HbUQmsg4Z4dr4vhMwJ+9xccg0QY76SnrW9YCKVVgkSU=
            checkpoint light
            | hotline/1/31b9ee4a830b75580e39e6bd6356d40524fcb8683e67cf094290da306e7ee235/1/0123456789abcdef
            | 2
            | 5P5g3JkFj/TqaHkU+bSaYd7ws6gSXSVz9hIz/6E2v5Q=
            | agreement 31b9ee4a830b75580e39e6bd6356d40524fcb8683e67cf094290da306e7ee235
            | holds 2/fedcba9876543210 71 MbnuSoMLdVgOOea9Y1bUBST8uGg+Z88JQpDaMG5+4jU=
            signature nBjQ+52uQrfJxhAG7ySN+RszNArlMCDYKH9r+F1uL5YBM2L74+tqs4G5uOkqEBATpNnJPt1R
             lymftzHF93KvDg==

            """
        #expect(String(decoding: disclosure.text, as: UTF8.self) == expected)
    }

    @Test("REC-40: evidence in its one form")
    func evidence() throws {
        let head = Head(generation: letter.id.generation, size: RecordSize(2), root: leaves[0])
        let other = try Self.sign(Checkpoint(line: line, agreement: line, head: head, held: []))
        let expected = """
            hotline/1 evidence
            agreement YSBsaW5l
            checkpoint light
            | hotline/1/31b9ee4a830b75580e39e6bd6356d40524fcb8683e67cf094290da306e7ee235/1/0123456789abcdef
            | 2
            | HbUQmsg4Z4dr4vhMwJ+9xccg0QY76SnrW9YCKVVgkSU=
            | agreement 31b9ee4a830b75580e39e6bd6356d40524fcb8683e67cf094290da306e7ee235
            signature JU+bY0+JsSmluk6kkXU/4BWczAPCyHqrUJFqsml4ZP5HrtWmKGh9gBBhb1zQoOZmrPPEit0Z
             wCruN9JByGQ+DA==
            checkpoint light
            | hotline/1/31b9ee4a830b75580e39e6bd6356d40524fcb8683e67cf094290da306e7ee235/1/0123456789abcdef
            | 2
            | 5P5g3JkFj/TqaHkU+bSaYd7ws6gSXSVz9hIz/6E2v5Q=
            | agreement 31b9ee4a830b75580e39e6bd6356d40524fcb8683e67cf094290da306e7ee235
            | holds 2/fedcba9876543210 71 MbnuSoMLdVgOOea9Y1bUBST8uGg+Z88JQpDaMG5+4jU=
            signature nBjQ+52uQrfJxhAG7ySN+RszNArlMCDYKH9r+F1uL5YBM2L74+tqs4G5uOkqEBATpNnJPt1R
             lymftzHF93KvDg==

            """
        #expect(String(decoding: Evidence(checkpoint, other).text(agreements: [agreement]), as: UTF8.self) == expected)
    }

    @Test("REC-20, REC-21: an export, byte for byte")
    func export() {
        var bytes: [UInt8] = []
        var writer = ExportWriter(agreements: [agreement]) { bytes += $0 }
        writer.append(checkpoint)
        writer.open(opening, leaf: leaves[0], size: RecordSize(2))
        writer.append(letter, leaf: leaves[1])
        writer.finish()
        let expected =
            "686f746c696e652f31206578706f72740a010661206c696e65034164004121686f"
            + "746c696e652f312f333162396565346138333062373535383065333965366264363335366434303532346663623836383365"
            + "363763663039343239306461333036653765653233352f312f303132333435363738396162636465660a320a35503567334a"
            + "6b466a2f547161486b552b62536159643777733667535853567a3968497a2f3645327635513d0a61677265656d656e742033"
            + "3162396565346138333062373535383065333965366264363335366434303532346663623836383365363763663039343239"
            + "306461333036653765653233350a686f6c647320322f66656463626139383736353433323130203731204d626e75536f4d4c"
            + "6456674f4f65613959316255425354387547672b5a38384a517044614d47352b346a553d0a9c18d0fb9dae42b7c9c61006ef"
            + "248df91b33340ae53020d8287f6bf85d6e2f96013362fbe3eb6ab381b9b8e92a101013a4d9c93edd5197299fb731c5f772af"
            + "0e054080010123456789abcdef021db5109ac83867876be2f84cc09fbdc5c720d1063be929eb5bd602295560912531b9ee4a"
            + "830b75580e39e6bd6356d40524fcb8683e67cf094290da306e7ee235010123456789abcdef0000c000000000000023000102"
            + "030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f0000000609010123456789abcdef074073aae11ab4"
            + "5442e3f3abef5ba55ac90ac92f9abf132066203561314227a4eab15f31b9ee4a830b75580e39e6bd6356d40524fcb8683e67"
            + "cf094290da306e7ee235010123456789abcdef0101a203040142580102fedcba987654321040460102fedcba987654321040"
            + "47095374616e642062792e0820bf2a0299bd39be48ed1bff4b35f219dfae042e920754b9c4fbc85bff476b84ec"
        #expect(Hex.string(bytes) == expected)
    }
}
