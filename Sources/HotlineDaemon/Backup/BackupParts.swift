import Foundation
import Glibc
import HotlineDesk
import HotlineWire

/// The files of a backup one behind the other: for each its name (field), its length (8 bytes) and its bytes.
struct BackupParts {
    private var waiting: ArraySlice<(name: String, path: String)>
    private var open: (chunks: FileChunks, left: UInt64)?

    init(files: [(name: String, path: String)]) { waiting = files[...] }

    /// The next bytes; none at the end.
    mutating func next() throws(DeskError) -> [UInt8] {
        if let (chunks, left) = open, left > 0 {
            let chunk = try chunks.next()
            guard !chunk.isEmpty, UInt64(chunk.count) <= left else {
                throw DeskError(.unavailable, "a file changed while it was backed up", hint: "try again")
            }
            open = (chunks, left - UInt64(chunk.count))
            return chunk
        }
        guard let file = waiting.popFirst() else { return [] }
        let size = (try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? NSNumber)?.uint64Value ?? 0
        open = (try FileChunks(LocalFile(file.path)), size)
        var encoder = Encoder()
        encoder.put(prefixed: Array(file.name.utf8))
        encoder.put(uint64: size)
        return encoder.bytes
    }
}

/// Takes such a text apart again and writes its files.
struct BackupWriter {
    let directory: StationDirectory
    private(set) var names: [String] = []
    private var bytes: [UInt8] = []
    private var file: (handle: FileHandle, left: UInt64)?

    init(directory: StationDirectory) { self.directory = directory }

    mutating func take(_ piece: [UInt8]) throws(DeskError) {
        bytes += piece
        while true {
            if let (handle, left) = file {
                let count = Int(min(left, UInt64(bytes.count)))
                if count > 0 {
                    do { try handle.write(contentsOf: bytes.prefix(count)) } catch { throw LocalFile(directory.path).failure("write into") }
                    bytes.removeFirst(count)
                }
                guard left == UInt64(count) else {
                    file = (handle, left - UInt64(count))
                    return
                }
                do {
                    try handle.synchronize()
                    try handle.close()
                } catch {
                    throw LocalFile(directory.path).failure("write into")
                }
                file = nil
            }
            guard try begin() else { return }
        }
    }

    /// Begins the next file, where its name and length are here.
    private mutating func begin() throws(DeskError) -> Bool {
        var decoder = Decoder(bytes)
        guard let name = try? decoder.prefixed("name", max: 100), let size = try? decoder.uint64() else {
            guard bytes.count < 200 else { throw BackupWriter.damaged }
            return false
        }
        guard let name = String(validating: name, as: UTF8.self), name == "record.sqlite" || StationBackup.isKept(name), !names.contains(name) else {
            throw BackupWriter.damaged
        }
        bytes.removeFirst(bytes.count - decoder.rest().count)
        let path = path(name)
        try LocalFile(path).create([])
        names.append(name)
        guard let handle = FileHandle(forWritingAtPath: path) else { throw LocalFile(path).failure("write") }
        file = (handle, size)
        return true
    }

    mutating func finish() throws(DeskError) {
        guard file == nil, bytes.isEmpty, names.contains(BackupWriter.last), names.contains("record.sqlite") else { throw BackupWriter.damaged }
        // Whatever the last file says, the others are durable before it.
        try LocalFile(directory.card).syncDirectory()
        guard rename(path(BackupWriter.last), directory.card) == 0 else { throw LocalFile(directory.card).failure("restore") }
        try LocalFile(directory.card).syncDirectory()
    }

    /// Gets its name last: a directory without it is no station, so that one which a crash has left half restored never runs.
    private static let last = "identity.card"

    private func path(_ name: String) -> String { directory.file(name == BackupWriter.last ? "restoring.card" : name) }

    /// Removes what was written, and the directory.
    func undo() {
        for name in names { unlink(path(name)) }
        unlink(directory.card)
        rmdir(directory.path)
    }

    private static let damaged = DeskError(.malformed, "the backup does not hold what a backup holds", hint: "use another one")
}

/// A backup file as its pieces. Which one is the last is known by its end alone.
final class SealedPieces {
    let heading: BackupHeading
    private let chunks: FileChunks
    private var pending: [UInt8]
    private var isAtEnd = false
    private(set) var bytes: UInt64 = 0

    init(_ file: LocalFile) throws(DeskError) {
        chunks = try FileChunks(file)
        pending = try chunks.next()
        bytes = UInt64(pending.count)
        let end = zip(pending, pending.dropFirst()).prefix(BackupHeading.bytesMax).enumerated().first { $0.element == (0x0A, 0x0A) }?.offset
        guard let end, let heading = BackupHeading(Array(pending.prefix(end + 2))) else {
            throw DeskError(.malformed, "\(file.path) is not a backup", hint: "its first line must be '\(BackupHeading.title)'")
        }
        self.heading = heading
        pending.removeFirst(end + 2)
    }

    func next() throws(DeskError) -> (sealed: [UInt8], isLast: Bool)? {
        let size = BackupStream.pieceBytes + BackupStream.tagBytes
        while pending.count <= size, !isAtEnd {
            let more = try chunks.next()
            bytes += UInt64(more.count)
            if more.isEmpty { isAtEnd = true }
            pending += more
        }
        guard !pending.isEmpty else { return nil }
        let piece = Array(pending.prefix(size))
        pending.removeFirst(piece.count)
        return (piece, isAtEnd && pending.isEmpty)
    }
}
