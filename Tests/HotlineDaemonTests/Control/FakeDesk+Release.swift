import HotlineDesk

/// Nothing of this desk is released; what it was asked is in what it throws.
extension FakeDesk {
    func enrol(_ order: RosterOrder) async throws(DeskError) -> SentView { throw asked("enrol \(order.content)") }
    func draft(_ order: DraftOrder) async throws(DeskError) -> DraftView { throw asked("draft \(order)") }
    func drafts() async throws(DeskError) -> [DraftView] { [FakeDesk.draft] }
    func draft(_ number: UInt64) async throws(DeskError) -> DraftView { FakeDesk.draft }
    func sign(_ order: SignatureOrder) async throws(DeskError) -> DraftView { throw asked("sign \(order.draft) \(order.officer)") }
    func release(draft number: UInt64) async throws(DeskError) -> SentView { throw asked("release \(number)") }
    func discard(draft number: UInt64) async throws(DeskError) -> DraftView { throw asked("discard \(number)") }

    private func asked(_ what: String) -> DeskError { DeskError(.refused, what, hint: "it was asked") }

    static let draft = DraftView(
        number: 3, at: "2026-03-01T09:00:00.000Z", kind: "letter", about: nil, precedence: "FLASH", exercise: false, channel: "principals", from: nil, to: nil,
        language: nil, replyBy: nil, references: [], text: "We agree.", roles: ["watch"], signers: [], missing: ["watch"], statement: ""
    )
}
