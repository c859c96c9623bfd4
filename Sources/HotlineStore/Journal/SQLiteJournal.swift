import Foundation
import GRDB
public import HotlineWire

/// The journal in one SQLite file, with `-wal`, `-shm` and `.lock` beside it, all of mode 0600.
///
/// A commit is one transaction and one `fdatasync(2)` of the log (WAL with `synchronous=FULL`, read back at the start).
/// One object writes at a time: a second one, in this process or another, gets `locked` at once. Others read meanwhile through
/// `SQLiteJournalReader`. Paths in errors are absolute and without symbolic links.
///
/// To copy the file while it is open, use SQLite's own backup: the last commits may be in the log alone.
public final class SQLiteJournal: Journal {
    public struct Options: Hashable, Sendable {
        /// Overwrites with zeroes what a commit replaces or removes, and empties the log, before the commit returns: for
        /// secrets. Costs two more syncs a commit. While somebody reads, the log is emptied by the first commit afterwards, or
        /// by `close`. Copies that the file system or the medium made of a block are beyond its reach.
        public var erasesRemoved: Bool

        public init(erasesRemoved: Bool = false) {
            self.erasesRemoved = erasesRemoved
        }
    }

    let connection: Connection
    private let reader: SQLiteJournalReader
    private let lock: WriterLock
    private let options: Options
    private var lastSequence: Int64
    private var failure: JournalError?

    /// Opens the journal, or creates it where there is none; its directory must exist. Recovers what was committed.
    ///
    /// - Throws: `locked`; `newer` or `damaged` as the file is, which is then left as it was; `notDurable`; `full`; `failed`.
    public convenience init(path: String, options: Options = Options()) throws(JournalError) {
        try self.init(path: path, options: options, schema: .current, pagesMax: nil)
    }

    /// - Parameter pagesMax: how far the file may grow, in pages of 4 KiB: a medium that fills up, for tests.
    init(path: String, options: Options = Options(), schema: Schema = .current, pagesMax: Int? = nil) throws(JournalError) {
        let file = JournalFile(path: path)
        // First of all: whoever does not hold the lock touches nothing.
        lock = try WriterLock(of: file)
        if try !file.exists() {
            try file.create { draft throws(JournalError) in
                let connection = try Connection.writer(path: draft)
                try schema.migrate(connection, from: 0)
                try connection.makeDurable()
                try connection.close()
            }
        }
        try file.syncDirectory()
        // Through a connection that cannot write, so that a file that is not ours, or newer, stays as it is.
        let probe = try Connection.reader(path: file.path)
        let found = try schema.identify(probe)
        try probe.close()

        try file.restrict()
        connection = try Connection.writer(path: file.path, erases: options.erasesRemoved, pagesMax: pagesMax)
        try connection.makeDurable()
        try schema.migrate(connection, from: found)
        try connection.proveDurable()
        reader = SQLiteJournalReader(connection)
        lastSequence = try Self.lastSequence(connection)
        self.options = options
    }

    deinit {
        // The connection before the lock. What it could not do, the next start does.
        try? connection.close()
        lock.release()
    }

    /// See `Journal.commit(_:)`. An empty batch costs nothing.
    ///
    /// After a failure every further commit fails with the same error. Whether the failed batch is there is known after the next
    /// start: a sync that failed may have reached the medium.
    public func commit(_ batch: JournalBatch) throws(JournalError) {
        if let failure { throw failure }
        if batch.isEmpty { return }
        do throws(JournalError) {
            lastSequence = try store(batch)
            if options.erasesRemoved { try eraseLog() }
        } catch {
            failure = error
            throw error
        }
    }

    public func row(key: [UInt8]) throws(JournalError) -> JournalRow? {
        try reader.row(key: key)
    }

    public func rows(from: [UInt8], through: [UInt8], descending: Bool, limit: Int) throws(JournalError) -> [JournalRow] {
        try reader.rows(from: from, through: through, descending: descending, limit: limit)
    }

    public func rows(after sequence: Int64, limit: Int) throws(JournalError) -> [JournalRow] {
        try reader.rows(after: sequence, limit: limit)
    }

    public func rows(tag: Int64, before sequence: Int64, limit: Int) throws(JournalError) -> [JournalRow] {
        try reader.rows(tag: tag, before: sequence, limit: limit)
    }

    public func cell(_ key: [UInt8]) throws(JournalError) -> [UInt8]? {
        try reader.cell(key)
    }

    public func cells(prefix: [UInt8]) throws(JournalError) -> [JournalCell] {
        try reader.cells(prefix: prefix)
    }

    public func cells(prefix: [UInt8], limit: Int) throws(JournalError) -> [JournalCell] {
        try reader.cells(prefix: prefix, limit: limit)
    }

    public func snapshot() throws(JournalError) -> JournalSnapshot? {
        try reader.snapshot()
    }

    /// Moves the log into the file and gives up the lock. Done also when the last reference goes. Nothing can be read or
    /// committed afterwards.
    public func close() throws(JournalError) {
        defer { lock.release() }
        failure = failure ?? .failed(path: connection.path, detail: "the journal has been closed")
        try connection.close()
    }

    // MARK: -

    /// Returns the sequence of the last row.
    private func store(_ batch: JournalBatch) throws(JournalError) -> Int64 {
        var last = lastSequence
        try connection.perform { db in
            try db.inTransaction(.immediate) {
                let addRow = try db.cachedStatement(sql: Change.addRow.rawValue)
                for row in batch.rows {
                    last += 1
                    let arguments: StatementArguments = [
                        last, row.key.map { Data($0) }, row.tag, Data(row.value), row.nodes.map { Data($0) },
                    ]
                    try addRow.execute(arguments: arguments)
                }
                for cell in batch.cells {
                    let key = Data(cell.key)
                    if let value = cell.value {
                        try db.cachedStatement(sql: Change.setCell.rawValue).execute(arguments: [key, Data(value)])
                    } else {
                        try db.cachedStatement(sql: Change.removeCell.rawValue).execute(arguments: [key])
                    }
                }
                if let bytes = batch.snapshot {
                    try db.cachedStatement(sql: Change.setSnapshot.rawValue).execute(arguments: [last, Data(bytes)])
                }
                return .commit
            }
        }
        return last
    }

    /// The log holds pages as they were before: what has been overwritten in the file is still there.
    private func eraseLog() throws(JournalError) {
        try connection.perform { db in
            try db.cachedStatement(sql: "PRAGMA wal_checkpoint(TRUNCATE)").execute()
        }
    }

    /// - Throws: `damaged` where the ends do not fit together. Gaps between them are found when they are read.
    private static func lastSequence(_ connection: Connection) throws(JournalError) -> Int64 {
        let path = connection.path
        return try connection.perform { db in
            let sql = "SELECT (SELECT min(seq) FROM rows), (SELECT max(seq) FROM rows), (SELECT through FROM snapshot)"
            let ends = try Row.fetchOne(db, sql: sql)?.databaseValues.map { Int64.fromDatabaseValue($0) } ?? [nil, nil, nil]
            let last = ends[1] ?? 0
            guard ends[0] ?? 1 == 1 else { throw JournalError.damaged(path: path, detail: "row 1 is missing") }
            guard 0...last ~= ends[2] ?? 0 else {
                throw JournalError.damaged(path: path, detail: "the snapshot covers rows that are not there")
            }
            return last
        }
    }
}
