import HotlineDesk
import Testing

@testable import HotlineDaemon

@Suite struct ReleaseOperationTests {
    private func asked(_ what: String) -> DeskError { DeskError(.refused, what, hint: "it was asked") }

    @Test func `drafts, signatures, releases and rosters cross the socket unchanged`() async throws {
        let letter = LetterOrder(to: "m-cgs", precedence: "FLASH", exercise: true, references: ["M-3"], text: "Да.\n")
        let orders = [DraftOrder.letter(letter), .act(ActOrder(about: "M-3", act: .decline(reason: "not-now", "Нет."), language: "ru"))]
        try await TestStation.run(FakeDesk()) { station in
            try await station.ask { client in
                for order in orders { _ = await #expect(throws: asked("draft \(order)")) { try await client.draft(order) } }
                _ = await #expect(throws: asked("sign 3 w-1")) {
                    try await client.sign(SignatureOrder(draft: 3, officer: "w-1", light: "AA==", composite: "BB=="))
                }
                _ = await #expect(throws: asked("release 12")) { try await client.release(draft: 12) }
                _ = await #expect(throws: asked("discard 99")) { try await client.discard(draft: 99) }
                _ = await #expect(throws: asked("enrol AAAA")) { try await client.enrol(RosterOrder(content: "AAAA")) }
                _ = await #expect(throws: DeskError.self) { try await client.draft(0) }
                let (all, one) = (try await client.drafts(), try await client.draft(3))
                #expect(all == [FakeDesk.draft] && one == FakeDesk.draft)
            }
        }
    }
}
