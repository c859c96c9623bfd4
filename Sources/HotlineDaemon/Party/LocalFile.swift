import Foundation
import Glibc
import HotlineDesk

/// A file of a party, or one that somebody has carried here: written so that it is there whole and durably or not at all,
/// read up to a limit.
struct LocalFile: Sendable {
    let path: String

    init(_ path: String) { self.path = path }

    /// Whether there is anything of this name. Links are not followed.
    var exists: Bool {
        var found = stat()
        return lstat(path, &found) == 0
    }

    /// Kind and mode of what a link leads to; nil where there is nothing.
    func mode() throws(DeskError) -> mode_t? {
        var found = stat()
        guard fstatat(AT_FDCWD, path, &found, 0) == 0 else {
            if errno == ENOENT { return nil }
            throw failure("look at")
        }
        return found.st_mode
    }

    /// Makes the file, readable by its owner alone, with its name in the directory durable.
    ///
    /// - Throws: `refused` where there is one already: nothing is ever written over.
    func create(_ bytes: [UInt8], mode: mode_t = 0o600) throws(DeskError) {
        var rest: [UInt8]? = bytes
        try create(mode: mode) { () throws(DeskError) in
            defer { rest = nil }
            return rest ?? []
        }
    }

    /// The same, piece by piece.
    ///
    /// - Parameter next: the next bytes; none at the end.
    func create(mode: mode_t = 0o600, _ next: () throws(DeskError) -> [UInt8]) throws(DeskError) {
        let opened = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard opened >= 0 else {
            if errno == EEXIST { throw DeskError(.refused, "\(path) exists already", hint: "nothing is written over: name another file, or move this one away") }
            if errno == ENOENT { throw LocalFile.homeless(path) }
            throw failure("create")
        }
        do throws(DeskError) {
            try fill(opened, mode: mode, next)
        } catch {
            unlink(path)
            throw error
        }
        try syncDirectory()
    }

    /// Puts new content in the place of the old in one step, or makes the file.
    func replace(_ bytes: [UInt8], mode: mode_t = 0o600) throws(DeskError) {
        let draft = LocalFile("\(path).\(getpid()).new")
        try draft.create(bytes, mode: mode)
        guard rename(draft.path, path) == 0 else {
            let failure = failure("replace")
            unlink(draft.path)
            throw failure
        }
        try syncDirectory()
    }

    /// - Parameter isPrivate: refuse a file that others than its owner may read or write.
    func read(bytesMax: Int, isPrivate: Bool = false) throws(DeskError) -> [UInt8] {
        let chunks = try FileChunks(self, isPrivate: isPrivate)
        var bytes: [UInt8] = []
        while true {
            let chunk = try chunks.next()
            if chunk.isEmpty { return bytes }
            bytes += chunk
            guard bytes.count <= bytesMax else {
                throw DeskError(.malformed, "\(path) has more than \(bytesMax) bytes", hint: "it is not the file that belongs here")
            }
        }
    }

    /// What holds the name is not there.
    static func homeless(_ path: String) -> DeskError {
        DeskError(.notFound, "there is no directory to make \(path) in", hint: "make that directory first, or name another")
    }

    /// What `errno` says of an attempt. To be asked before anything else can change it.
    func failure(_ attempt: String) -> DeskError {
        let code = errno
        let reason = String(cString: strerror(code))
        switch code {
        case ENOENT:
            return DeskError(.notFound, "there is no file \(path)", hint: "check the name, and that what holds it is mounted")
        case EACCES, EPERM:
            return DeskError(.unavailable, "could not \(attempt) \(path): \(reason)", hint: "run this as the user to whom the station belongs")
        case ENOSPC, EDQUOT:
            return DeskError(.unavailable, "could not \(attempt) \(path): \(reason)", hint: "make room on the medium and try again")
        default:
            return DeskError(.unavailable, "could not \(attempt) \(path): \(reason)", hint: "check the path and the medium")
        }
    }

    /// Makes durable that the file is in its directory.
    func syncDirectory() throws(DeskError) {
        let opened = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { throw LocalFile(directory).failure("open") }
        defer { close(opened) }
        guard fsync(opened) == 0 else { throw LocalFile(directory).failure("sync") }
    }

    /// The directory that holds it.
    var directory: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    // MARK: -

    /// Writes, syncs and closes.
    private func fill(_ descriptor: Int32, mode: mode_t, _ next: () throws(DeskError) -> [UInt8]) throws(DeskError) {
        do throws(DeskError) {
            // The mode given to open(2) passes through the umask.
            guard fchmod(descriptor, mode) == 0 else { throw failure("set the mode of") }
            while true {
                let bytes = try next()
                if bytes.isEmpty { break }
                try put(bytes, descriptor)
            }
            guard fsync(descriptor) == 0 else { throw failure("sync") }
        } catch {
            _ = close(descriptor)
            throw error
        }
        guard close(descriptor) == 0 else { throw failure("close") }
    }

    private func put(_ bytes: [UInt8], _ descriptor: Int32) throws(DeskError) {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || count < 0 && errno == EINTR else { throw failure("write") }
            done += max(0, count)
        }
    }
}
