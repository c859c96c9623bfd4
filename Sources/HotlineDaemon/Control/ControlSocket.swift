import Foundation
import Glibc
import HotlineDesk

/// The file at which a station is asked. Whoever can open it can send in the party's name, so it is its owner's alone:
/// mode 0600 in a directory of mode 0700.
struct ControlSocket: Sendable {
    let path: String

    var directory: String { (path as NSString).deletingLastPathComponent }

    /// Makes way for a new socket: makes its directory, and refuses to take the place of a living station.
    ///
    /// A socket whose process is dead stays behind as a file. It is replaced.
    func prepare() throws(DeskError) {
        guard path.utf8.count <= ControlLimits.socketPathBytesMax else { throw .longSocketPath(path) }
        try prepareDirectory()
        var found = stat()
        guard lstat(path, &found) != 0 || found.st_mode & S_IFMT == S_IFSOCK else {
            throw DeskError(.refused, "\(path) is in the way: it is not a socket", hint: "move it elsewhere if it is needed, and remove it")
        }
        switch connect() {
        case 0:
            throw DeskError(
                .unavailable, "another station already answers at \(path)", hint: "stop it first, or give this one a directory of its own with --dir"
            )
        case ENOENT, ECONNREFUSED:
            break
        case let code:
            throw DeskError(.unavailable, "\(path) cannot be used: \(reason(code))", hint: "it must be a socket of a station of this user, or nothing")
        }
    }

    /// To be called once the socket listens. The directory has kept others out until then.
    func closeToOthers() throws(DeskError) {
        guard chmod(path, 0o600) == 0 else {
            throw DeskError(.unavailable, "\(path) cannot be closed to others: \(reason(errno))", hint: "put the directory on a file system with modes")
        }
    }

    /// What tells this socket from one that another process has put in its place.
    var identity: Identity? {
        var found = stat()
        guard lstat(path, &found) == 0, found.st_mode & S_IFMT == S_IFSOCK else { return nil }
        return Identity(device: UInt64(found.st_dev), inode: UInt64(found.st_ino))
    }

    struct Identity: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64
    }

    func remove(_ mine: Identity?) {
        if let mine, identity == mine { unlink(path) }
    }

    private func prepareDirectory() throws(DeskError) {
        if mkdir(directory, 0o700) != 0, errno != EEXIST {
            throw DeskError(.unavailable, "\(directory) cannot be made: \(reason(errno))", hint: "make it with: mkdir -m 700 -p \(directory)")
        }
        var found = stat()
        guard stat(directory, &found) == 0 else {
            throw DeskError(.unavailable, "\(directory) cannot be read: \(reason(errno))", hint: "make it with: mkdir -m 700 -p \(directory)")
        }
        guard found.st_mode & 0o077 == 0, found.st_uid == geteuid() else {
            throw DeskError(
                .refused, "\(directory) is open to others, and holds the socket that speaks for the party", hint: "close it with: chmod 700 \(directory)"
            )
        }
    }

    /// 0 where somebody listens, or `errno`.
    private func connect() -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return errno }
        defer { Glibc.close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        // EAGAIN: it listens, and its queue is full.
        return result == 0 || errno == EAGAIN ? 0 : errno
    }

    private func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}

extension DeskError {
    static func longSocketPath(_ path: String) -> DeskError {
        DeskError(
            .usage, "\(path) is longer than the \(ControlLimits.socketPathBytesMax) bytes that a socket's path may have",
            hint: "use a directory with a shorter path"
        )
    }
}
