/// Where a station keeps what must outlive it. What is stored is opaque: rows in the order in which they were
/// committed, and cells that hold the latest of something.
///
/// The shell is the only writer, from one thread at a time.
public protocol Journal: AnyObject {
    /// Stores the batch durably, whole or not at all. When it returns, the bytes have been synced to the medium.
    ///
    /// A failure is final: the caller ends the process and recovers, and never retries (PostgreSQL, 2018).
    func commit(_ batch: JournalBatch) throws(JournalError)

    /// The row with this key.
    func row(key: [UInt8]) throws(JournalError) -> JournalRow?

    /// Rows whose key lies in `from...through` (bytewise order), ascending or descending.
    func rows(from: [UInt8], through: [UInt8], descending: Bool, limit: Int) throws(JournalError) -> [JournalRow]

    /// Rows committed after `sequence`, in order.
    func rows(after sequence: Int64, limit: Int) throws(JournalError) -> [JournalRow]

    /// Rows with this tag before `sequence`, the latest first.
    func rows(tag: Int64, before sequence: Int64, limit: Int) throws(JournalError) -> [JournalRow]

    func cell(_ key: [UInt8]) throws(JournalError) -> [UInt8]?

    /// Cells whose key begins with `prefix`, in bytewise order of their keys.
    func cells(prefix: [UInt8]) throws(JournalError) -> [JournalCell]

    /// The first of them.
    func cells(prefix: [UInt8], limit: Int) throws(JournalError) -> [JournalCell]

    /// The latest snapshot and the last row that it covers.
    func snapshot() throws(JournalError) -> JournalSnapshot?
}

extension Journal {
    public func cells(prefix: [UInt8], limit: Int) throws(JournalError) -> [JournalCell] { Array(try cells(prefix: prefix).prefix(limit)) }
}

/// What one commit stores.
public struct JournalBatch: Sendable {
    public var rows: [JournalRow.New]
    public var cells: [JournalCell]
    /// Replaces the snapshot before it; covers every row up to and including those of this batch.
    public var snapshot: [UInt8]?

    public init(rows: [JournalRow.New] = [], cells: [JournalCell] = [], snapshot: [UInt8]? = nil) {
        self.rows = rows
        self.cells = cells
        self.snapshot = snapshot
    }

    public var isEmpty: Bool { rows.isEmpty && cells.isEmpty && snapshot == nil }
}

public struct JournalRow: Hashable, Sendable {
    /// A row to be stored. Its key, where it has one, is unique for ever: a second row with it fails the commit.
    public struct New: Hashable, Sendable {
        public let key: [UInt8]?
        public let tag: Int64?
        public let value: [UInt8]
        /// Hashes that belong to the value: leaf and interior nodes of a tree. Nil where there are none.
        public let nodes: [UInt8]?
        public init(key: [UInt8]? = nil, tag: Int64? = nil, value: [UInt8], nodes: [UInt8]? = nil) {
            self.key = key
            self.tag = tag
            self.value = value
            self.nodes = nodes
        }
    }
    /// Rises by one with each row, from 1.
    public let sequence: Int64
    public let row: New
    public init(sequence: Int64, row: New) {
        self.sequence = sequence
        self.row = row
    }
}

public struct JournalCell: Hashable, Sendable {
    public let key: [UInt8]
    /// Nil removes the cell.
    public let value: [UInt8]?
    public init(key: [UInt8], value: [UInt8]?) {
        self.key = key
        self.value = value
    }
}

public struct JournalSnapshot: Hashable, Sendable {
    public let through: Int64
    public let bytes: [UInt8]
    public init(through: Int64, bytes: [UInt8]) {
        self.through = through
        self.bytes = bytes
    }
}

/// Why the journal could not do it. None of these is retried.
public enum JournalError: Error, Hashable, Sendable {
    /// Another process has this journal open.
    case locked(path: String)
    /// The file was written by a later version of this program.
    case newer(path: String, found: Int, supported: Int)
    /// The medium is full.
    case full(path: String)
    /// The file is not a journal, or its content contradicts itself.
    case damaged(path: String, detail: String)
    /// The writer does not sync as it must.
    case notDurable(path: String, synchronous: Int)
    /// Anything else that the database or the system reports.
    case failed(path: String, detail: String)
}
