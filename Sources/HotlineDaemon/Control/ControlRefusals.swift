import HotlineDesk
import HTTPTypes
import Hummingbird
import Logging

/// Turns everything that goes wrong in a request into a `DeskError` as JSON, the faults of HTTP included.
struct ControlRefusals<Context: RequestContext>: RouterMiddleware {
    func handle(_ request: Request, context: Context, next: (Request, Context) async throws -> Response) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as DeskError {
            return ControlJSON.response(error)
        } catch let error as any HTTPResponseError {
            return refusal(of: error.status, request)
        } catch let error as CancellationError {
            throw error
        } catch {
            // The type alone: an error's own words may quote what was sent.
            context.logger.error("a request failed", metadata: ["path": "\(request.uri.path)", "type": "\(type(of: error))"])
            return ControlJSON.response(DeskError(.bug, "the station failed at \(request.uri.path)", hint: "report it, with the station's log"))
        }
    }

    private func refusal(of status: HTTPResponse.Status, _ request: Request) -> Response {
        let error =
            switch status {
            case .contentTooLarge:
                DeskError(
                    .refused, "the request is larger than \(ControlLimits.requestBytesMax) bytes", hint: "send a shorter text; a letter has at most 255 KiB"
                )
            case .notFound, .methodNotAllowed:
                DeskError(
                    .usage, "the station knows no \(request.method.rawValue) \(request.uri.path)", hint: "use a hotline of the same version as the station"
                )
            default:
                DeskError(.usage, "the request is not understood (HTTP \(status.code))", hint: "see docs/operating/commands.md for the requests")
            }
        var response = ControlJSON.response(error)
        response.status = status
        return response
    }
}
