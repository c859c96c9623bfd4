public import HotlineDesk

/// Release by two, through the control socket.
extension ControlClient {
    public func enrol(_ order: RosterOrder) async throws(DeskError) -> SentView { try await ask(.POST, "/v1/rosters", body: order) }
    public func draft(_ order: DraftOrder) async throws(DeskError) -> DraftView { try await ask(.POST, "/v1/drafts", body: order) }
    public func drafts() async throws(DeskError) -> [DraftView] { try await ask(.GET, "/v1/drafts") }
    public func draft(_ number: UInt64) async throws(DeskError) -> DraftView { try await ask(.GET, "/v1/drafts/\(number)") }
    public func sign(_ order: SignatureOrder) async throws(DeskError) -> DraftView { try await ask(.POST, "/v1/signatures", body: order) }
    public func release(draft number: UInt64) async throws(DeskError) -> SentView { try await ask(.POST, "/v1/releases/\(number)") }
    public func discard(draft number: UInt64) async throws(DeskError) -> DraftView { try await ask(.DELETE, "/v1/drafts/\(number)") }
}
