import AsyncHTTPClient
import Foundation
public import HotlineDesk
import NIOCore
import NIOHTTP1
import NIOPosix

/// The desk of a running station, asked through its control socket.
///
/// A request is sent once and never again by itself: after a failure it is for the caller to find out whether a letter
/// was taken.
public final class ControlClient: Desk {
    private let http: HTTPClient
    private let base: String
    private let failures: ControlFailures
    private let officer: String?

    /// - Parameters:
    ///   - directory: the station's directory, as a person would name it; the socket's own where it is nil.
    ///   - officer: who gives the orders, for the local log.
    public init(socketPath: String, directory: String? = nil, officer: String? = nil) {
        self.officer = officer?.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(5)
        configuration.timeout.read = .seconds(ControlLimits.silenceSecondsMax)
        // Without this a station that does not run is looked for until the deadline.
        configuration.connectionPool.retryConnectionEstablishment = false
        http = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
        base = "http+unix://" + (socketPath.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
        failures = ControlFailures(socketPath: socketPath, directory: directory ?? (socketPath as NSString).deletingLastPathComponent)
    }

    /// To be called once, before the last reference goes. Streams of events end.
    public func shutdown() async {
        try? await http.shutdown()
    }

    public func send(_ order: LetterOrder) async throws(DeskError) -> SentView {
        try await ask(.POST, "/v1/letters", body: order)
    }

    public func state(_ order: ActOrder) async throws(DeskError) -> SentView {
        try await ask(.POST, "/v1/acts", body: order)
    }

    public func state(_ order: ChannelOrder) async throws(DeskError) -> SentView {
        try await ask(.POST, "/v1/channels", body: order)
    }

    public func request(_ order: ContactOrder) async throws(DeskError) -> SentView {
        try await ask(.POST, "/v1/contacts", body: order)
    }

    public func state(_ order: ContactStepOrder) async throws(DeskError) -> SentView {
        try await ask(.POST, "/v1/steps", body: order)
    }

    public func contacts(since: String?) async throws(DeskError) -> [ContactView] {
        try await ask(.GET, "/v1/contacts\(ControlClient.query(since: since))")
    }

    public func contact(_ name: String) async throws(DeskError) -> ContactView {
        try await ask(.GET, "/v1/contacts/\(try ControlClient.encoded(name))")
    }

    public func state(_ order: PresenceOrder) async throws(DeskError) -> SentView {
        try await ask(.POST, "/v1/presences", body: order)
    }

    public func posts() async throws(DeskError) -> [PostView] {
        try await ask(.GET, "/v1/posts")
    }

    public func duty() async throws(DeskError) -> DutyView {
        try await ask(.GET, "/v1/duty")
    }

    public func state(_ order: DutyOrder) async throws(DeskError) -> DutyView {
        try await ask(.POST, "/v1/duty", body: order)
    }

    public func channels() async throws(DeskError) -> [ChannelView] {
        try await ask(.GET, "/v1/channels")
    }

    public func open() async throws(DeskError) -> [OpenView] {
        try await ask(.GET, "/v1/open")
    }

    public func attempts(since: String?) async throws(DeskError) -> [AttemptView] {
        try await ask(.GET, "/v1/attempts\(ControlClient.query(since: since))")
    }

    public func line(since: String?) async throws(DeskError) -> LineReportView {
        try await ask(.GET, "/v1/line\(ControlClient.query(since: since))")
    }

    private static func query(since: String?) -> String {
        since.flatMap { $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) }.map { "?since=\($0)" } ?? ""
    }

    private static func encoded(_ name: String) throws(DeskError) -> String {
        guard let encoded = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics), !encoded.isEmpty else {
            throw DeskError(.usage, "an entry needs a name", hint: "an entry is called W-12, or 12")
        }
        return encoded
    }

    public func letters(_ query: LetterQuery) async throws(DeskError) -> [EntryView] {
        try await ask(.GET, "/v1/letters?direction=\(query.direction.rawValue)&limit=\(query.limit)")
    }

    public func entry(_ name: String) async throws(DeskError) -> EntryView {
        try await ask(.GET, "/v1/entries/\(try ControlClient.encoded(name))")
    }

    public func status() async throws(DeskError) -> StatusView {
        try await ask(.GET, "/v1/status")
    }

    public func checkpoint() async throws(DeskError) -> StatusView {
        try await ask(.POST, "/v1/checkpoints")
    }

    public func confirm(_ generation: String) async throws(DeskError) -> StatusView {
        guard let encoded = generation.addingPercentEncoding(withAllowedCharacters: .alphanumerics), !encoded.isEmpty else {
            throw DeskError(.usage, "a generation needs a name", hint: "name it as hotline watch does: station/generation")
        }
        return try await ask(.POST, "/v1/confirmations/\(encoded)")
    }

    public func bank(_ order: BankOrder) async throws(DeskError) -> StatusView {
        try await ask(.POST, "/v1/epochs", body: order)
    }

    /// Returns once the station listens: everything that happens after that is in the stream.
    public func events() async throws(DeskError) -> AsyncStream<EventView> {
        let response = try await execute(request(.GET, "/v1/events"), deadline: .distantFuture)
        guard response.status == .ok else { throw await refusal(response) }
        let (events, continuation) = AsyncStream.makeStream(of: EventView.self, bufferingPolicy: .bufferingOldest(ControlLimits.eventsBuffered))
        let reader = Task {
            do {
                try await EventReader(body: response.body).read(into: continuation)
            } catch {
                // The connection broke or the station said something else: the stream ends, which is what the caller looks at.
            }
            continuation.finish()
        }
        continuation.onTermination = { _ in reader.cancel() }
        return events
    }

    func ask<Answer: Decodable>(_ method: HTTPMethod, _ path: String) async throws(DeskError) -> Answer {
        try await ask(request(method, path))
    }

    func ask<Answer: Decodable>(_ method: HTTPMethod, _ path: String, body: some Encodable) async throws(DeskError) -> Answer {
        var request = request(method, path)
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(try ControlJSON.encode(body))
        return try await ask(request)
    }

    private func ask<Answer: Decodable>(_ request: HTTPClientRequest) async throws(DeskError) -> Answer {
        let response = try await execute(request, deadline: .now() + .seconds(ControlLimits.silenceSecondsMax))
        guard response.status == .ok else { throw await refusal(response) }
        let body: ByteBuffer
        do { body = try await response.body.collect(upTo: ControlLimits.answerBytesMax) } catch { throw failures.refusal(of: error) }
        do { return try ControlJSON.decode(Answer.self, body) } catch { throw failures.notUnderstood(status: response.status.code) }
    }

    private func request(_ method: HTTPMethod, _ path: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: base + path)
        request.method = method
        if let officer { request.headers.add(name: "Hotline-Officer", value: officer) }
        return request
    }

    private func execute(_ request: HTTPClientRequest, deadline: NIODeadline) async throws(DeskError) -> HTTPClientResponse {
        do { return try await http.execute(request, deadline: deadline) } catch { throw failures.refusal(of: error) }
    }

    private func refusal(_ response: HTTPClientResponse) async -> DeskError {
        guard let body = try? await response.body.collect(upTo: ControlLimits.answerBytesMax),
            let error = try? ControlJSON.decode(DeskError.self, body)
        else { return failures.notUnderstood(status: response.status.code) }
        return error
    }
}
