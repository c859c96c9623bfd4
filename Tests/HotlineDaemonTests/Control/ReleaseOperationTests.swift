import HotlineDesk
import Testing

@testable import HotlineDaemon

@Suite struct ReleaseOperationTests {
    private func asked(_ body: @Sendable @escaping (any Desk) async throws -> Void) async throws -> String {
        try await TestStation.run(FakeDesk()) { station in
            try await station.ask { client in
                do {
                    try await body(client)
                    return "nothing was refused"
                } catch let error as DeskError {
                    return error.what
                }
            }
        }
    }

    @Test func `drafts, signatures, releases and rosters cross the socket unchanged`() async throws {
        let letter = LetterOrder(to: "m-cgs", precedence: "FLASH", exercise: true, references: ["M-3"], text: "Да.\n")
        for order in [DraftOrder.letter(letter), .act(ActOrder(about: "M-3", act: .decline(reason: "not-now", "Нет."), language: "ru"))] {
            #expect(try await asked { _ = try await $0.draft(order) } == "draft \(order)")
        }
        #expect(try await asked { _ = try await $0.sign(SignatureOrder(draft: 3, officer: "w-1", light: "AA==", composite: "BB==")) } == "sign 3 w-1")
        #expect(try await asked { _ = try await $0.release(draft: 12) } == "release 12")
        #expect(try await asked { _ = try await $0.discard(draft: 1 << 61) } == "discard \(1 << 61)")
        #expect(try await asked { _ = try await $0.enrol(RosterOrder(content: "AAAA")) } == "enrol AAAA")
        #expect(try await asked { #expect(try await $0.drafts() == [FakeDesk.draft]) } == "nothing was refused")
        #expect(try await asked { #expect(try await $0.draft(3) == FakeDesk.draft) } == "nothing was refused")
        #expect(try await asked { _ = try await $0.draft(0) } == "a draft has a number")
    }
}
