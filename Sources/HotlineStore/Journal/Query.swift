/// What is asked of a journal. Each walks one index and stops at its limit; a test reads that from the plans of SQLite.
enum Query: String, CaseIterable, Sendable {
    case rowOfKey = "SELECT seq, key, tag, value, nodes FROM rows WHERE key = ?"
    case rowsOfKeys = "SELECT seq, key, tag, value, nodes FROM rows WHERE key BETWEEN ? AND ? ORDER BY key LIMIT ?"
    case rowsOfKeysDescending = "SELECT seq, key, tag, value, nodes FROM rows WHERE key BETWEEN ? AND ? ORDER BY key DESC LIMIT ?"
    case rowsAfter = "SELECT seq, key, tag, value, nodes FROM rows WHERE seq > ? ORDER BY seq LIMIT ?"
    case rowsOfTag = "SELECT seq, key, tag, value, nodes FROM rows WHERE tag = ? AND seq < ? ORDER BY seq DESC LIMIT ?"
    case cellOfKey = "SELECT value FROM cells WHERE key = ?"
    case cellsFrom = "SELECT key, value FROM cells WHERE key >= ? ORDER BY key LIMIT ?"
    case cellsBetween = "SELECT key, value FROM cells WHERE key >= ? AND key < ? ORDER BY key LIMIT ?"
    case snapshot = "SELECT through, bytes FROM snapshot WHERE id = 1"
}

/// What is changed in a journal. Rows are only ever added.
enum Change: String, CaseIterable, Sendable {
    case addRow = "INSERT INTO rows (seq, key, tag, value, nodes) VALUES (?, ?, ?, ?, ?)"
    case setCell = "INSERT INTO cells (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    case removeCell = "DELETE FROM cells WHERE key = ?"
    case setSnapshot = """
        INSERT INTO snapshot (id, through, bytes) VALUES (1, ?, ?)
        ON CONFLICT (id) DO UPDATE SET through = excluded.through, bytes = excluded.bytes
        """
}
