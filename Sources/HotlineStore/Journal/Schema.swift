import GRDB
import HotlineWire

/// What the tables of a journal are, and how those of an earlier version become those of this one.
///
/// The file says of itself whose it is (`application_id`) and of which version (`user_version`).
struct Schema: Sendable {
    /// 'HOTL' in ASCII.
    static let application = 0x484F_544C

    /// Step n makes version n + 1 of version n; version 0 is the empty file. A step that has been released is never edited.
    let steps: [String]

    var version: Int { steps.count }

    static let current = Schema(steps: [
        // A key is unique where there is one, and rows without a key or a tag cost nothing in the index of keys or of
        // tags. SQLite appends the number of the row to each entry of an index, so that of tags is in order of (tag, seq).
        """
        CREATE TABLE rows (
            seq INTEGER PRIMARY KEY,
            key BLOB,
            tag INTEGER,
            value BLOB NOT NULL,
            nodes BLOB
        ) STRICT;
        CREATE UNIQUE INDEX rows_by_key ON rows (key) WHERE key IS NOT NULL;
        CREATE INDEX rows_by_tag ON rows (tag) WHERE tag IS NOT NULL;
        CREATE TABLE cells (
            key BLOB PRIMARY KEY NOT NULL,
            value BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE snapshot (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            through INTEGER NOT NULL,
            bytes BLOB NOT NULL
        ) STRICT;
        """
    ])

    /// The version of the file, which is one that this program knows, with the tables of that version and nothing else: a
    /// trigger, for one, would change what is stored.
    ///
    /// - Throws: `damaged` where the file is not a journal, `newer` where this program does not know its version.
    func identify(_ connection: Connection) throws(JournalError) -> Int {
        let path = connection.path
        return try connection.perform { db in
            guard try Int.fetchOne(db, sql: "PRAGMA application_id") == Self.application else {
                throw JournalError.damaged(path: path, detail: "the file is not a journal of this program")
            }
            let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            guard found <= version else { throw JournalError.newer(path: path, found: found, supported: version) }
            guard found > 0 else { throw JournalError.damaged(path: path, detail: "the file has no version") }
            guard try Self.objects(db) == objects(of: found) else {
                throw JournalError.damaged(path: path, detail: "the file has other tables than it should")
            }
            return found
        }
    }

    /// Makes of a file of version `found` one of this version, whole or not at all.
    func migrate(_ connection: Connection, from found: Int) throws(JournalError) {
        guard found < version else { return }
        try connection.perform { db in
            try db.inTransaction(.immediate) {
                for step in steps[found...] { try db.execute(sql: step) }
                try db.execute(sql: "PRAGMA application_id = \(Self.application); PRAGMA user_version = \(version)")
                return .commit
            }
        }
    }

    // MARK: -

    private func objects(of version: Int) throws -> [[String?]] {
        try DatabaseQueue().inDatabase { scratch in
            for step in steps[..<version] { try scratch.execute(sql: step) }
            return try Self.objects(scratch)
        }
    }

    /// Every table, index, trigger and view, but for the statistics that `ANALYZE` leaves.
    private static func objects(_ db: Database) throws -> [[String?]] {
        let sql = """
            SELECT type, name, tbl_name, sql FROM sqlite_schema
            WHERE name NOT IN ('sqlite_stat1', 'sqlite_stat4') ORDER BY type, name
            """
        return try Row.fetchAll(db, sql: sql).map { row in
            row.databaseValues.map { String.fromDatabaseValue($0) }
        }
    }
}
