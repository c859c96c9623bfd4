import Foundation
import HotlineDesk
import Hummingbird

/// Release by two at the control socket.
///
/// | request | body | answer |
/// |---|---|---|
/// | `POST /v1/rosters` | `RosterOrder` | `SentView` |
/// | `POST /v1/drafts` | `DraftOrder` | `DraftView` |
/// | `GET /v1/drafts` | | `[DraftView]`, the oldest first |
/// | `GET /v1/drafts/3` | | `DraftView` |
/// | `POST /v1/signatures` | `SignatureOrder` | `DraftView` |
/// | `POST /v1/releases/3` | | `SentView`; the draft is gone |
/// | `DELETE /v1/drafts/3` | | `DraftView`, as it was |
extension ControlRoutes {
    func addReleases(to router: Router<ControlContext>) {
        router.post("/v1/rosters") { request, _ in
            let order: RosterOrder = try await order(request, "the roster", needed: "content")
            return try ControlJSON.response(try await desk.enrol(order))
        }
        router.post("/v1/drafts") { request, _ in
            let order: DraftOrder = try await order(request, "the draft", needed: "letter or act")
            return try ControlJSON.response(try await desk.draft(order))
        }
        router.get("/v1/drafts") { _, _ in try ControlJSON.response(try await desk.drafts()) }
        router.get("/v1/drafts/{number}") { _, context in try ControlJSON.response(try await desk.draft(try number(context))) }
        router.post("/v1/signatures") { request, _ in
            let order: SignatureOrder = try await order(request, "the signature", needed: "draft, officer, light and composite")
            return try ControlJSON.response(try await desk.sign(order))
        }
        router.post("/v1/releases/{number}") { _, context in try ControlJSON.response(try await desk.release(draft: try number(context))) }
        router.delete("/v1/drafts/{number}") { _, context in try ControlJSON.response(try await desk.discard(draft: try number(context))) }
    }

    private func number(_ context: ControlContext) throws -> UInt64 {
        guard let number = UInt64(try context.parameters.require("number")), number > 0, number < 1 << 62 else {
            throw DeskError(.usage, "a draft has a number", hint: "hotline draft list shows those that wait")
        }
        return number
    }
}
