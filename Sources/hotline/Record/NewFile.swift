import Glibc
import HotlineDesk

/// A file that must not exist yet. What it proves holds a text of the line: it is its owner's alone.
struct NewFile {
    let path: String

    init(_ path: String) { self.path = path }

    func write(_ text: String) throws(DeskError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            guard errno == EEXIST else { throw failure() }
            throw DeskError(.refused, "\(path) exists", hint: "name a file that does not exist yet")
        }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw unfinished() }
            sent += count
        }
        guard fsync(descriptor) == 0 else { throw unfinished() }
    }

    private func unfinished() -> DeskError {
        let error = failure()
        unlink(path)
        return error
    }

    private func failure() -> DeskError {
        DeskError(
            .unavailable, "\(path) cannot be written: \(String(cString: strerror(errno)))",
            hint: "name a file in a directory that this user may write to"
        )
    }
}
