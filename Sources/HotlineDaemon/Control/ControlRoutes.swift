import Foundation
import HotlineDesk
import Hummingbird

/// What can be asked of a station, and nothing but the desk behind it.
///
/// | request | body | answer |
/// |---|---|---|
/// | `POST /v1/letters` | `LetterOrder` | `SentView` |
/// | `POST /v1/acts` | `ActOrder` | `SentView` |
/// | `POST /v1/channels` | `ChannelOrder` | `SentView` |
/// | `GET /v1/channels` | | `[ChannelView]` |
/// | `POST /v1/contacts` | `ContactOrder` | `SentView` |
/// | `POST /v1/steps` | `ContactStepOrder` | `SentView` |
/// | `GET /v1/contacts?since=2026-03-01` | | `[ContactView]`; without a time those that are not over |
/// | `GET /v1/contacts/W-12` | | `ContactView` |
/// | `POST /v1/presences` | `PresenceOrder` | `SentView` |
/// | `GET /v1/posts` | | `[PostView]` |
/// | `GET /v1/open` | | `[OpenView]`, the most urgent first |
/// | `GET /v1/attempts?since=2026-03-01` | | `[AttemptView]` |
/// | `GET /v1/line?since=2026-03-01` | | `LineReportView` |
/// | `GET /v1/letters?direction=received&limit=20` | | `[EntryView]`, the latest first |
/// | `GET /v1/entries/W-12` | | `EntryView` |
/// | `POST /v1/duty` | `DutyOrder` | `DutyView` |
/// | `GET /v1/duty` | | `DutyView` |
/// | `GET /v1/status` | | `StatusView` |
/// | `POST /v1/checkpoints` | | `StatusView` |
/// | `POST /v1/epochs` | `BankOrder` | `StatusView` |
/// | `POST /v1/confirmations/1%2F0123456789abcdef` | | `StatusView` |
/// | `GET /v1/events` | | one `EventView` a line, an empty line as heartbeat, until the station stops |
///
/// What is drafted and released stands in `addReleases`. A refusal is a `DeskError`, with a status of 400 or above.
struct ControlRoutes: Sendable {
    let desk: any Desk
    let heartbeat: Duration

    var router: Router<ControlContext> {
        let router = Router(context: ControlContext.self)
        router.add(middleware: ControlRefusals())
        router.add(middleware: ControlOfficer())
        router.post("/v1/duty") { request, _ in
            let order: DutyOrder = try await order(request, "the order", needed: "take, handOver, acknowledge or confirmTime")
            return try ControlJSON.response(try await desk.state(order))
        }
        router.get("/v1/duty") { _, _ in try ControlJSON.response(try await desk.duty()) }
        router.post("/v1/letters") { request, _ in try await send(request) }
        router.post("/v1/acts") { request, _ in try await act(request) }
        router.post("/v1/channels") { request, _ in try await channel(request) }
        router.get("/v1/channels") { _, _ in try ControlJSON.response(try await desk.channels()) }
        router.post("/v1/contacts") { request, _ in try await contact(request) }
        router.post("/v1/steps") { request, _ in try await step(request) }
        router.get("/v1/contacts") { request, _ in
            try ControlJSON.response(try await desk.contacts(since: request.uri.queryParameters.get("since")))
        }
        router.get("/v1/contacts/{name}") { _, context in try ControlJSON.response(try await desk.contact(try name(context))) }
        router.post("/v1/presences") { request, _ in
            let order: PresenceOrder = try await order(request, "the statement", needed: "post and statement")
            return try ControlJSON.response(try await desk.state(order))
        }
        router.get("/v1/posts") { _, _ in try ControlJSON.response(try await desk.posts()) }
        router.get("/v1/open") { _, _ in try ControlJSON.response(try await desk.open()) }
        router.get("/v1/attempts") { request, _ in
            try ControlJSON.response(try await desk.attempts(since: request.uri.queryParameters.get("since")))
        }
        router.get("/v1/line") { request, _ in try ControlJSON.response(try await desk.line(since: request.uri.queryParameters.get("since"))) }
        router.get("/v1/letters") { request, _ in try await letters(request) }
        router.get("/v1/entries/{name}") { _, context in try await entry(context) }
        router.get("/v1/status") { _, _ in try ControlJSON.response(try await desk.status()) }
        router.post("/v1/checkpoints") { _, _ in try ControlJSON.response(try await desk.checkpoint()) }
        router.post("/v1/epochs") { request, _ in
            let order: BankOrder = try await order(request, "the order", needed: "ahead")
            return try ControlJSON.response(try await desk.bank(order))
        }
        router.post("/v1/confirmations/{name}") { _, context in
            try ControlJSON.response(try await desk.confirm(try context.parameters.require("name").removingPercentEncoding ?? ""))
        }
        addReleases(to: router)
        router.get("/v1/events") { request, context in try await events(request, context) }
        return router
    }

    private func send(_ request: Request) async throws -> Response {
        let order: LetterOrder = try await order(request, "the letter", needed: "to, precedence, exercise, references and text")
        return try ControlJSON.response(try await desk.send(order))
    }

    private func act(_ request: Request) async throws -> Response {
        let order: ActOrder = try await order(request, "the statement", needed: "about and act")
        return try ControlJSON.response(try await desk.state(order))
    }

    private func channel(_ request: Request) async throws -> Response {
        let order: ChannelOrder = try await order(request, "the statement", needed: "channel, isSuspended and reason")
        return try ControlJSON.response(try await desk.state(order))
    }

    private func contact(_ request: Request) async throws -> Response {
        let order: ContactOrder = try await order(request, "the request", needed: "letter, medium and windows")
        return try ControlJSON.response(try await desk.request(order))
    }

    private func step(_ request: Request) async throws -> Response {
        let order: ContactStepOrder = try await order(request, "the statement", needed: "about and step")
        return try ControlJSON.response(try await desk.state(order))
    }

    func order<Order: Decodable>(_ request: Request, _ what: String, needed: String) async throws -> Order {
        let body = try await request.body.collect(upTo: ControlLimits.requestBytesMax)
        do { return try ControlJSON.decode(Order.self, body) } catch {
            throw DeskError(.malformed, "\(what) is not JSON of the expected form", hint: "needed are \(needed)")
        }
    }

    private func letters(_ request: Request) async throws -> Response {
        var query = LetterQuery()
        if let text = request.uri.queryParameters.get("direction") {
            guard let direction = LetterQuery.Direction(rawValue: text) else {
                let known = LetterQuery.Direction.allCases.map(\.rawValue).joined(separator: ", ")
                throw DeskError(.usage, "there is no direction of this name", hint: "use one of: \(known)")
            }
            query.direction = direction
        }
        if let text = request.uri.queryParameters.get("limit") {
            guard let limit = Int(text), (1...LetterQuery.limitMax).contains(limit) else {
                throw DeskError(.usage, "the limit is not a number that can be listed", hint: "use a number from 1 to \(LetterQuery.limitMax)")
            }
            query.limit = limit
        }
        return try ControlJSON.response(try await desk.letters(query))
    }

    private func entry(_ context: ControlContext) async throws -> Response { try ControlJSON.response(try await desk.entry(try name(context))) }

    private func name(_ context: ControlContext) throws -> String {
        // The router hands a part of a path over as it came.
        let name = try context.parameters.require("name").removingPercentEncoding ?? ""
        guard name.utf8.count <= ControlLimits.nameBytesMax else {
            throw DeskError(.usage, "no entry has a name of \(name.utf8.count) bytes", hint: "an entry is called W-12, or 12")
        }
        return name
    }

    private func events(_ request: Request, _ context: ControlContext) async throws -> Response {
        let lines = EventLines(events: try await desk.events(), heartbeat: heartbeat)
        return Response(
            status: .ok, headers: [.contentType: "application/x-ndjson", .cacheControl: "no-store"],
            body: .init { writer in
                try await request.body.consumeWithCancellationOnInboundClose { _ in
                    try await lines.write(to: &writer, channel: context.channel)
                }
                try await writer.finish(nil)
            }
        )
    }
}
