import Glibc
import HotlineWire

/// The right to write a journal: an exclusive `flock(2)` of the file `<journal>.lock`.
///
/// It stands beside the journal and not on it, because readers may open the journal while it is held, and because
/// closing any descriptor of the journal itself would drop the record locks of SQLite in this process (POSIX
/// `fcntl`). The kernel drops it with the process, however that ends. The lock file stays: removing it would let two
/// processes hold locks of two files of one name.
final class WriterLock {
    private var descriptor: Int32

    /// - Throws: `locked` at once where another process, or this one, holds it.
    init(of file: JournalFile) throws(JournalError) {
        let opened = open(file.lockPath, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, JournalFile.mode)
        guard opened >= 0 else { throw file.failure(of: "open the lock file") }
        // The mode given to open(2) passes through the umask.
        guard fchmod(opened, JournalFile.mode) == 0 else {
            let failure = file.failure(of: "set the mode of the lock file")
            _ = Glibc.close(opened)
            throw failure
        }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let failure = errno == EWOULDBLOCK ? JournalError.locked(path: file.path) : file.failure(of: "lock the lock file")
            _ = Glibc.close(opened)
            throw failure
        }
        descriptor = opened
    }

    deinit { release() }

    func release() {
        guard descriptor >= 0 else { return }
        _ = Glibc.close(descriptor)
        descriptor = -1
    }
}
