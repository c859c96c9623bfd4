import AsyncHTTPClient
import Foundation
import HotlineDesk
import NIOCore
import NIOHTTP1
import Testing

@testable import HotlineDaemon

/// What the server says to requests that our own client does not send.
@Suite struct ControlRequestTests {
    @Test func `what is not known is a usage error in the station's own form`() async throws {
        try await TestStation.run(FakeDesk()) { station in
            let (status, error) = try await station.raw(.GET, "/v1/nothing")
            #expect(status == 404)
            #expect(error?.class == .usage)
            #expect(try await station.raw(.DELETE, "/v1/status").error?.class == .usage)
        }
    }

    @Test(arguments: ["", "[]", "{\"to\":\"x\"}", "{\"to\":1}", "\u{0}"])
    func `a body that is no letter is malformed`(body: String) async throws {
        try await TestStation.run(FakeDesk()) { station in
            let (status, error) = try await station.raw(.POST, "/v1/letters", body: body)
            #expect(status == 422)
            #expect(error?.class == .malformed)
        }
    }

    @Test func `a body of the largest size is read, and one byte more is refused`() async throws {
        try await TestStation.run(FakeDesk()) { station in
            let frame = "{\"to\":\"x\",\"precedence\":\"ROUTINE\",\"exercise\":false,\"references\":[],\"text\":\"\"}"
            let filler = String(repeating: " ", count: ControlLimits.requestBytesMax - frame.utf8.count)
            #expect(try await station.raw(.POST, "/v1/letters", body: frame + filler).status == 200)
            let (status, error) = try await station.raw(.POST, "/v1/letters", body: frame + filler + " ")
            #expect(status == 413)
            #expect(error?.class == .refused)
        }
    }

    @Test func `header fields beyond the limit are refused`() async throws {
        try await TestStation.run(FakeDesk()) { station in
            let headers = [("X-Long", String(repeating: "x", count: ControlLimits.headerBytesMax + 1))]
            let (status, _) = try await station.raw(.GET, "/v1/status", headers: headers)
            #expect(status == 400 || status == 431)
            #expect(try await station.raw(.GET, "/v1/status").status == 200)
        }
    }

    @Test(arguments: ["limit=0", "limit=1001", "limit=-1", "limit=many", "direction=sideways", "direction="])
    func `a list that cannot be given is a usage error`(query: String) async throws {
        try await TestStation.run(FakeDesk()) { station in
            let (status, error) = try await station.raw(.GET, "/v1/letters?\(query)")
            #expect(status == 400)
            #expect(error?.class == .usage)
        }
    }

    @Test func `a name of more than 200 bytes is a usage error`() async throws {
        try await TestStation.run(FakeDesk()) { station async throws in
            #expect(try await station.raw(.GET, "/v1/entries/" + String(repeating: "1", count: 201)).error?.class == .usage)
        }
    }
}

extension TestStation {
    /// One request as it stands.
    fileprivate func raw(
        _ method: HTTPMethod, _ path: String, headers: [(String, String)] = [], body: String? = nil
    ) async throws -> (status: UInt, error: DeskError?) {
        let encoded = try #require(socketPath.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        var request = HTTPClientRequest(url: "http+unix://\(encoded)\(path)")
        request.method = method
        request.headers.add(contentsOf: HTTPHeaders(headers))
        if let body { request.body = .bytes(Array(body.utf8)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        let bytes = try await response.body.collect(upTo: 1024 * 1024)
        return (response.status.code, try? JSONDecoder().decode(DeskError.self, from: Data(bytes.readableBytesView)))
    }
}
