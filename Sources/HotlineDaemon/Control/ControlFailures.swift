import AsyncHTTPClient
import Glibc
import HotlineDesk
import NIOCore

/// What a failed connection to a station means, in words.
struct ControlFailures: Sendable {
    let socketPath: String
    let directory: String

    func refusal(of error: any Error) -> DeskError {
        if let error = error as? IOError { return refusal(of: error) }
        if let error = error as? HTTPClientError { return refusal(of: error) }
        if error is SocketAddressError { return .longSocketPath(socketPath) }
        return broken
    }

    func notUnderstood(status: UInt) -> DeskError {
        DeskError(
            .unavailable, "what answers at \(socketPath) is not understood (HTTP \(status))", hint: "use a hotline of the same version as the station"
        )
    }

    private func refusal(of error: IOError) -> DeskError {
        switch error.errnoCode {
        case ENOENT, ECONNREFUSED, ENOTDIR:
            DeskError(.unavailable, "the station in \(directory) is not running", hint: "start it with: hotline run --dir \(directory)")
        case EACCES, EPERM:
            DeskError(.unavailable, "\(socketPath) may not be opened by this user", hint: "run the command as the user who runs the station")
        default:
            broken
        }
    }

    private func refusal(of error: HTTPClientError) -> DeskError {
        switch error {
        case .connectTimeout, .readTimeout, .deadlineExceeded, .getConnectionFromPoolTimeout:
            DeskError(
                .unavailable, "the station in \(directory) did not answer within \(ControlLimits.silenceSecondsMax) s",
                hint: "whether a letter was taken is in its record: hotline outbox --dir \(directory)"
            )
        default:
            broken
        }
    }

    private var broken: DeskError {
        DeskError(
            .unavailable, "the connection to the station in \(directory) broke",
            hint: "whether a letter was taken is in its record: hotline outbox --dir \(directory)"
        )
    }
}
