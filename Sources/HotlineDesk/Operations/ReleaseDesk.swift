/// Release by two: what one officer alone may not say is drafted, signed by the officers whom the agreement names, and released.
public protocol ReleaseDesk: Sendable {
    /// States our officers on the record, from here on. Returns when it is durable here.
    func enrol(_ order: RosterOrder) async throws(DeskError) -> SentView

    /// Drafts a statement. It stays here until it is released or discarded.
    func draft(_ order: DraftOrder) async throws(DeskError) -> DraftView

    /// The drafts that wait, the oldest first.
    func drafts() async throws(DeskError) -> [DraftView]

    func draft(_ number: UInt64) async throws(DeskError) -> DraftView

    /// Takes an officer's signatures.
    func sign(_ order: SignatureOrder) async throws(DeskError) -> DraftView

    /// Appends the statement with its signatures, in one commit. Returns when that is durable here; the draft is gone then.
    func release(draft number: UInt64) async throws(DeskError) -> SentView

    /// Forgets a draft. Gives it back as it was.
    func discard(draft number: UInt64) async throws(DeskError) -> DraftView
}
