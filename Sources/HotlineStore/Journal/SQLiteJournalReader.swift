import Foundation
import GRDB
import Glibc
public import HotlineWire

/// The reading half of a journal on a file: what `Journal` asks, answered also while another process writes.
///
/// Each call sees one state of the file, that after some commit; two calls may see two. Rows are never changed or
/// removed, so pages of rows fit together all the same. No call is long enough to hinder the writer but `check`.
///
/// The directory must let its user create files beside the journal, unless the writer is running.
public final class SQLiteJournalReader: Sendable {
    private let connection: Connection

    /// Opens an existing journal for reading.
    ///
    /// - Throws: `newer` or `damaged` as the file is; `failed` where there is none, or where it is of an earlier version, which
    ///   only the writer can bring up to date.
    public convenience init(path: String) throws(JournalError) {
        try self.init(path: path, schema: .current)
    }

    convenience init(path: String, schema: Schema) throws(JournalError) {
        let file = JournalFile(path: path)
        guard try file.exists() else { throw .failed(path: file.path, detail: "there is no such file") }
        let connection = try Connection.reader(path: file.path)
        guard try schema.identify(connection) == schema.version else {
            throw .failed(path: file.path, detail: "the file is of an earlier version; the station brings it up to date when it starts")
        }
        self.init(connection)
    }

    init(_ connection: Connection) {
        self.connection = connection
    }

    /// Writes the journal as it is at one moment to another file, which must not exist; the writer may go on meanwhile.
    public func copy(to path: String) throws(JournalError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, JournalFile.mode)
        guard descriptor >= 0 else { throw .failed(path: path, detail: String(cString: strerror(errno))) }
        _ = Glibc.close(descriptor)
        try connection.perform { db in try db.execute(sql: "VACUUM INTO ?", arguments: [path]) }
    }

    /// See `Journal.row(key:)`.
    public func row(key: [UInt8]) throws(JournalError) -> JournalRow? {
        try rows(.rowOfKey, [Data(key)]).first
    }

    /// See `Journal.rows(from:through:descending:limit:)`.
    public func rows(from: [UInt8], through: [UInt8], descending: Bool, limit: Int) throws(JournalError) -> [JournalRow] {
        try rows(descending ? .rowsOfKeysDescending : .rowsOfKeys, [Data(from), Data(through), max(0, limit)])
    }

    /// See `Journal.rows(after:limit:)`.
    ///
    /// - Throws: `damaged` where a row is missing, too.
    public func rows(after sequence: Int64, limit: Int) throws(JournalError) -> [JournalRow] {
        let first = max(0, sequence)
        let rows = try rows(.rowsAfter, [first, max(0, limit)])
        for (row, expected) in zip(rows, (first + 1)...) where row.sequence != expected {
            throw .damaged(path: connection.path, detail: "row \(expected) is missing")
        }
        return rows
    }

    /// See `Journal.rows(tag:before:limit:)`.
    public func rows(tag: Int64, before sequence: Int64, limit: Int) throws(JournalError) -> [JournalRow] {
        try rows(.rowsOfTag, [tag, sequence, max(0, limit)])
    }

    /// See `Journal.cell(_:)`.
    public func cell(_ key: [UInt8]) throws(JournalError) -> [UInt8]? {
        try fetch(.cellOfKey, [Data(key)]) { row throws(JournalError) in try bytes(row, 0) }.first
    }

    /// See `Journal.cells(prefix:)`.
    public func cells(prefix: [UInt8]) throws(JournalError) -> [JournalCell] { try cells(prefix: prefix, limit: -1) }

    /// See `Journal.cells(prefix:limit:)`. SQLite takes a negative limit for none.
    public func cells(prefix: [UInt8], limit: Int) throws(JournalError) -> [JournalCell] {
        let decode = { (row: Row) throws(JournalError) in
            JournalCell(key: try self.bytes(row, 0), value: try self.bytes(row, 1))
        }
        guard let end = Self.end(of: prefix) else { return try fetch(.cellsFrom, [Data(prefix), limit], decode) }
        return try fetch(.cellsBetween, [Data(prefix), Data(end), limit], decode)
    }

    /// See `Journal.snapshot()`.
    public func snapshot() throws(JournalError) -> JournalSnapshot? {
        try fetch(.snapshot, []) { row throws(JournalError) in
            JournalSnapshot(through: try integer(row, 0), bytes: try bytes(row, 1))
        }.first
    }

    /// Reads the whole file and checks that it is sound as a file: every page, every index, every type. Takes in the order of a
    /// second per gigabyte; the writer's log grows meanwhile.
    ///
    /// - Throws: `damaged` with the first fault.
    public func check() throws(JournalError) {
        let verdict = try connection.perform { db in try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") }
        guard verdict == "ok" else { throw .damaged(path: connection.path, detail: verdict ?? "no verdict") }
    }

    /// Done also when the last reference goes.
    public func close() throws(JournalError) {
        try connection.close()
    }

    // MARK: -

    private func rows(_ query: Query, _ arguments: StatementArguments) throws(JournalError) -> [JournalRow] {
        try fetch(query, arguments) { row throws(JournalError) in
            let stored = JournalRow.New(
                key: try bytesIfAny(row, 1), tag: try integerIfAny(row, 2), value: try bytes(row, 3), nodes: try bytesIfAny(row, 4))
            return JournalRow(sequence: try integer(row, 0), row: stored)
        }
    }

    private func fetch<T>(
        _ query: Query, _ arguments: StatementArguments, _ decode: (Row) throws(JournalError) -> T
    ) throws(JournalError) -> [T] {
        try connection.perform { db in
            var found: [T] = []
            let cursor = try Row.fetchCursor(db.cachedStatement(sql: query.rawValue), arguments: arguments)
            while let row = try cursor.next() { found.append(try decode(row)) }
            return found
        }
    }

    // A file can hold any type in any column, whatever the tables say; GRDB's own subscripts stop the process over that.

    private func bytesIfAny(_ row: Row, _ column: Int) throws(JournalError) -> [UInt8]? {
        do {
            return try row.withUnsafeData(atIndex: column) { data in data.map { $0.withUnsafeBytes { [UInt8]($0) } } }
        } catch {
            throw mistyped
        }
    }

    private func bytes(_ row: Row, _ column: Int) throws(JournalError) -> [UInt8] {
        guard let bytes = try bytesIfAny(row, column) else { throw mistyped }
        return bytes
    }

    private func integerIfAny(_ row: Row, _ column: Int) throws(JournalError) -> Int64? {
        let value: DatabaseValue = row[column]
        switch value.storage {
        case .null: return nil
        case .int64(let integer): return integer
        case .double, .string, .blob: throw mistyped
        }
    }

    private func integer(_ row: Row, _ column: Int) throws(JournalError) -> Int64 {
        guard let integer = try integerIfAny(row, column) else { throw mistyped }
        return integer
    }

    private var mistyped: JournalError { .damaged(path: connection.path, detail: "a column holds another type than it should") }

    /// The least key above all that begin with `prefix`; nil where there is none.
    private static func end(of prefix: [UInt8]) -> [UInt8]? {
        guard let index = prefix.lastIndex(where: { $0 < 0xFF }) else { return nil }
        return prefix[..<index] + [prefix[index] + 1]
    }
}
