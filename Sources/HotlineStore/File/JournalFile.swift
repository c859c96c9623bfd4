import Glibc
import HotlineWire

/// The file of a journal and those beside it: their names, their mode, and the durability of their names.
///
/// It never opens the journal itself: closing a descriptor of it would drop the locks that SQLite holds in this process.
struct JournalFile: Sendable {
    /// Read and written by the owner alone, whatever the umask. SQLite gives `-wal` and `-shm` the mode of the file.
    static let mode: mode_t = 0o600

    /// Absolute, without symbolic links, so that one journal has one lock under all its names.
    let path: String

    init(path given: String) {
        path = Self.resolved(given) ?? Self.directory(of: given).flatMap(Self.resolved).map { $0 + "/" + Self.name(of: given) } ?? given
    }

    var lockPath: String { path + ".lock" }
    var logPath: String { path + "-wal" }

    /// Whether there is a journal to open.
    ///
    /// - Throws: `damaged` where something is left of a journal, but not a journal: nothing is started over in its place.
    func exists() throws(JournalError) -> Bool {
        guard let found = try status(of: path) else {
            if let log = try status(of: logPath), log.st_size > 0 {
                throw .damaged(path: path, detail: "the file is missing, its log is not")
            }
            return false
        }
        guard found.st_mode & S_IFMT == S_IFREG else { throw .damaged(path: path, detail: "not a regular file") }
        guard found.st_size > 0 else { throw .damaged(path: path, detail: "the file is empty") }
        return true
    }

    /// Takes away from everybody else the file, its log and its index, as a copy or a restored backup may have left them.
    func restrict() throws(JournalError) {
        for name in [path, logPath, path + "-shm"] {
            guard let found = try status(of: name), found.st_mode & 0o7777 != Self.mode else { continue }
            guard chmod(name, Self.mode) == 0 else { throw failure(of: "set the mode of the file") }
        }
    }

    /// Has `build` make a journal under another name, then gives it this one: there is a whole journal here or none,
    /// even if the machine stops on the way.
    func create(_ build: (String) throws(JournalError) -> Void) throws(JournalError) {
        let draft = path + ".new"
        for name in [draft, draft + "-journal", draft + "-wal", draft + "-shm"] {
            guard unlink(name) == 0 || errno == ENOENT else { throw failure(of: "remove an unfinished file") }
        }
        let opened = open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, Self.mode)
        guard opened >= 0 else { throw failure(of: "create the file") }
        let restricted = fchmod(opened, Self.mode) == 0
        guard Glibc.close(opened) == 0, restricted else { throw failure(of: "set the mode of the file") }
        try build(draft)
        try sync(draft)
        guard rename(draft, path) == 0 else { throw failure(of: "name the file") }
    }

    /// Makes durable that the file is in its directory. Done at every start: the one that created it may have died before.
    func syncDirectory() throws(JournalError) {
        try sync(Self.directory(of: path) ?? "/")
    }

    /// What `errno` says of an attempt. To be asked before anything else can change it.
    func failure(of attempt: String) -> JournalError {
        let code = errno
        if code == ENOSPC || code == EDQUOT { return .full(path: path) }
        return .failed(path: path, detail: "could not \(attempt): \(String(cString: strerror(code)))")
    }

    // MARK: -

    /// Nil where there is no such file. Links are not followed.
    private func status(of name: String) throws(JournalError) -> stat? {
        var found = stat()
        guard lstat(name, &found) == 0 else {
            if errno == ENOENT { return nil }
            throw failure(of: "look at the file")
        }
        return found
    }

    private func sync(_ name: String) throws(JournalError) {
        let opened = open(name, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw failure(of: "open what is to be synced") }
        guard fsync(opened) == 0 else {
            let failure = failure(of: "sync")
            _ = Glibc.close(opened)
            throw failure
        }
        _ = Glibc.close(opened)
    }

    private static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func directory(of path: String) -> String? {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func name(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }
}
