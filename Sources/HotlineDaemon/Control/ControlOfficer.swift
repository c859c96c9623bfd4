import HTTPTypes
import HotlineDesk
import Hummingbird

/// Who gives the order, as the request says: a name for the local log.
struct ControlOfficer: RouterMiddleware {
    typealias Context = ControlContext

    static let header = HTTPField.Name("Hotline-Officer")

    func handle(
        _ request: Request, context: ControlContext, next: (Request, ControlContext) async throws -> Response
    ) async throws -> Response {
        guard let header = ControlOfficer.header, let name = request.headers[header]?.removingPercentEncoding else { return try await next(request, context) }
        return try await Officer.$name.withValue(try Officer.check(name)) { try await next(request, context) }
    }
}
