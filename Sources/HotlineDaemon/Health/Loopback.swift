import HTTPTypes
import Hummingbird

/// Refuses a request for any other name than those of the loopback interface. A web page may make a browser ask
/// 127.0.0.1 under the page's own name (DNS rebinding), and then read the answer.
struct Loopback: RouterMiddleware {
    static let names = ["127.0.0.1", "::1", "localhost"]

    func handle(
        _ request: Request, context: BasicRequestContext, next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        guard let authority = request.head.authority, Loopback.names.contains(host(of: authority)) else {
            throw HTTPError(.misdirectedRequest)
        }
        return try await next(request, context)
    }

    private func host(of authority: String) -> String {
        if authority.hasPrefix("[") { return String(authority.dropFirst().prefix { $0 != "]" }) }
        return String(authority.prefix { $0 != ":" })
    }
}
