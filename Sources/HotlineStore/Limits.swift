/// What one open journal may cost.
enum Limits {
    /// Cache of the writer, in KiB: the upper pages of every tree of a journal of a million rows, and the leaves in use.
    static let writerCacheKiB = 8 * 1024
    /// Cache of a reader, in KiB: it goes through the rows once.
    static let readerCacheKiB = 2 * 1024
    /// Pages of 4 KiB in the log after which a commit moves them to the file. Fewer cost syncs, more cost time at recovery.
    static let logPagesMax = 1000
    /// What is left of a log that has grown beyond it (a slow reader keeps the log from being reused), in bytes.
    static let logBytesKept = 16 * 1024 * 1024
    /// How long a connection waits for a lock of SQLite, in seconds. The writer is alone, so nothing but the recovery of
    /// the log by a reader that opened at the same moment, or the end of that reader, makes it wait.
    static let lockWaitMax = 2.0
}
