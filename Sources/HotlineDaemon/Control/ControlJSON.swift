import Foundation
import HotlineDesk
import Hummingbird

/// How values and refusals look on the control socket.
enum ControlJSON {
    static func encode(_ value: some Encodable) throws(DeskError) -> ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return ByteBuffer(bytes: try encoder.encode(value))
        } catch {
            throw DeskError(.bug, "an answer could not be written as JSON", hint: "report it, with the command that led to it")
        }
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ bytes: ByteBuffer) throws -> Value {
        try JSONDecoder().decode(type, from: Data(bytes.readableBytesView))
    }

    static func response(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws(DeskError) -> Response {
        Response(status: status, headers: [.contentType: "application/json"], body: .init(byteBuffer: try encode(value)))
    }

    static func response(_ error: DeskError) -> Response {
        do throws(DeskError) {
            return try response(error, status: error.class.status)
        } catch {
            return Response(status: .internalServerError)
        }
    }
}

extension DeskError.Class {
    /// For whoever asks with `curl`. Our own client reads the class in the body.
    var status: HTTPResponse.Status {
        switch self {
        case .usage: .badRequest
        case .malformed: .unprocessableContent
        case .refused: .forbidden
        case .notFound: .notFound
        case .unavailable: .serviceUnavailable
        case .notVerified: .conflict
        case .bug: .internalServerError
        }
    }
}
