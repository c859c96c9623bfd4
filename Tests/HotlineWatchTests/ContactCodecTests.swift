import HotlineWatch
import HotlineWire
import Testing

@Suite("Entries of contacts, as bytes")
struct ContactCodecTests {
    static let all: [ContactStep] = [
        .accepted(window: 7), .proposed([ContactTests.first], text: []), .proposed([ContactTests.first, ContactTests.other], text: [0x61]), .opened,
        .said(text: [0x61]), .closed, .held(ContactTests.first), .missed(by: StationNumber(2)!), .minuted(text: [0x61]), .confirmed,
        .act(.receipt(.taken)), .act(.outcome(.lapsed)),
    ]

    @Test("WAT-17: what is written is read", arguments: all)
    func steps(step: ContactStep) throws {
        #expect(try ContactStep(kind: step.kind.rawValue, content: step.content) == step)
    }

    @Test("WAT-16: the worked example of the specification")
    func example() throws {
        let request = ContactRequest(
            medium: .voice, replyBy: 3_600, windows: [ContactTests.first, ContactTests.second], subject: Array("Poland".utf8)
        )
        #expect(request.content.map { String($0, radix: 16) }.joined(separator: " ") == "2 4e 10 2 5c 20 47 8 80 1 5f 90 4e 10 50 6f 6c 61 6e 64")
        #expect(try ContactRequest(content: request.content) == request)
        #expect(ContactStep.proposed([ContactTests.other], text: []).content == [2, 1, 0x6a, 0x30, 0x47, 0x08])
        #expect(ContactStep.accepted(window: 0).content == [1, 0])
    }

    @Test(
        "WAT-16, WAT-17: another form is unreadable",
        arguments: [
            (11, [0, 0, 1, 1, 1]), (11, [5, 0, 1, 1, 1]), (11, [1, 0, 0]), (11, [1, 0, 9] + Array(repeating: 1, count: 18)), (11, [1, 0, 1, 1, 0]),
            (11, [1, 0x40, 0, 1, 1, 1]), (11, [1, 0, 1, 1, 1, 0xff]), (11, [1, 0, 1, 0xc0, 0, 1, 0, 0, 0, 0, 1, 1]), (11, []),
            (12, []), (12, [0]), (12, [10]), (12, [1]), (12, [1, 0, 0]), (12, [2, 0]), (12, [3, 0]), (12, [4, 0xff]), (12, [5, 1]), (12, [6, 1]), (12, [6, 1, 0]),
            (12, [6, 1, 1, 1]), (12, [7, 0]), (12, [7, 16]), (12, [7, 1, 1]), (12, [9, 1]),
        ] as [(UInt8, [UInt8])]
    )
    func unreadable(kind: UInt8, content: [UInt8]) {
        #expect(throws: WireError.self) {
            if kind == 11 { _ = try ContactRequest(content: content) } else { _ = try ContactStep(kind: kind, content: content) }
        }
    }
}
