import GRDB
import HotlineWire

/// A connection of SQLite to the file of a journal, set up and with its errors told in ours.
struct Connection: Sendable {
    let path: String
    private let queue: DatabaseQueue

    /// The one that writes.
    ///
    /// - Parameters:
    ///   - erases: overwrite with zeroes what is deleted.
    ///   - pagesMax: how far the file may grow, in pages; nil where only the medium limits it.
    static func writer(path: String, erases: Bool = false, pagesMax: Int? = nil) throws(JournalError) -> Connection {
        let connection = try Connection(path: path, readonly: false, cacheKiB: Limits.writerCacheKiB)
        try connection.perform { db in
            try db.execute(sql: "PRAGMA secure_delete = \(erases ? "ON" : "OFF")")
            if let pagesMax { try db.execute(sql: "PRAGMA max_page_count = \(pagesMax)") }
        }
        return connection
    }

    static func reader(path: String) throws(JournalError) -> Connection {
        try Connection(path: path, readonly: true, cacheKiB: Limits.readerCacheKiB)
    }

    private init(path: String, readonly: Bool, cacheKiB: Int) throws(JournalError) {
        var configuration = Configuration()
        configuration.readonly = readonly
        configuration.foreignKeysEnabled = false
        configuration.busyMode = .timeout(Limits.lockWaitMax)
        configuration.label = "HotlineStore"
        configuration.prepareDatabase { db in
            // What the file says is not trusted, and nothing of it goes to temporary files. SQLITE_DBCONFIG_DEFENSIVE
            // cannot be set from Swift (the function is variadic): `Schema.identify` stands in for it.
            try db.execute(
                sql: """
                    PRAGMA trusted_schema = OFF;
                    PRAGMA cell_size_check = ON;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA mmap_size = 0;
                    PRAGMA cache_size = -\(cacheKiB);
                    """)
        }
        self.path = path
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            throw JournalError(error, path: path)
        }
    }

    /// Has the connection log ahead and sync every commit.
    func makeDurable() throws(JournalError) {
        try perform { db in
            _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
            try db.execute(
                sql: """
                    PRAGMA synchronous = FULL;
                    PRAGMA wal_autocheckpoint = \(Limits.logPagesMax);
                    PRAGMA journal_size_limit = \(Limits.logBytesKept);
                    """)
        }
    }

    /// Reads back from the connection that it does. `synchronous` belongs to the connection and not to the file, and whatever
    /// switches the log on may set it back: GRDB sets NORMAL with its own WAL mode, with which a commit is not durable.
    ///
    /// - Throws: `notDurable` where it does not.
    func proveDurable() throws(JournalError) {
        let (mode, synchronous) = try perform { db in
            (try String.fetchOne(db, sql: "PRAGMA journal_mode"), try Int.fetchOne(db, sql: "PRAGMA synchronous"))
        }
        // 2 is FULL: the log is synced with fdatasync(2) before a commit returns. Linux needs no `fullfsync`.
        guard synchronous == 2 else { throw .notDurable(path: path, synchronous: synchronous ?? -1) }
        guard mode == "wal" else { throw .failed(path: path, detail: "the file system does not let the journal have a log") }
    }

    /// Runs `body` on the connection, in no transaction of its own. One statement alone is atomic in SQLite.
    func perform<T>(_ body: (Database) throws -> T) throws(JournalError) -> T {
        do {
            return try queue.inDatabase(body)
        } catch {
            throw JournalError(error, path: path)
        }
    }

    func close() throws(JournalError) {
        do {
            try queue.close()
        } catch {
            throw JournalError(error, path: path)
        }
    }
}

extension JournalError {
    /// - Parameter error: of SQLite, of GRDB's decoding, or already one of ours. What it says of arguments is left out: those
    ///   are the content of the journal.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as JournalError: self = error
        case let error as DatabaseError: self.init(error, path: path)
        default: self = .failed(path: path, detail: "the database gave up: \(type(of: error))")
        }
    }

    private init(_ error: DatabaseError, path: String) {
        switch error.resultCode {
        case .SQLITE_FULL:
            self = .full(path: path)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self = .damaged(path: path, detail: Self.detail(error))
        case .SQLITE_CONSTRAINT where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE:
            self = .failed(path: path, detail: "a row with this key exists")
        default:
            self = .failed(path: path, detail: Self.detail(error))
        }
    }

    private static func detail(_ error: DatabaseError) -> String {
        "\(error.message ?? "no message") (SQLite \(error.extendedResultCode.rawValue))"
    }
}
