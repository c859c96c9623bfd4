import Foundation
import Glibc
public import HotlineDesk
import HotlineStore
import HotlineWire

/// Everything that a station is, but for what must never be in a backup: under a passphrase, in one file, made while the station
/// runs or rests.
///
/// In it: the station's keys, its card, agreements and configuration, and the record as it was at one moment. Never in it: the
/// secrets' store (epochs, salts), and the root key, the next identity and the recovery keys, which are kept offline by themselves.
public struct StationBackup: Sendable {
    let directory: StationDirectory
    /// The logarithm of scrypt's N.
    var cost = PartyLimits.scryptCost

    public init(_ directory: StationDirectory) { self.directory = directory }

    /// What a file of the directory is called that a backup may hold.
    static func isKept(_ name: String) -> Bool {
        let allowed = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
        }
        guard allowed, !name.hasPrefix("."), name.utf8.count <= 100 else { return false }
        let offline = ["root.key", "next.key", "new-root.key", "new-next.key"]
        let never = offline + ["control.sock"]
        guard !never.contains(name), !["recovery-", "secrets.sqlite", "record."].contains(where: name.hasPrefix) else { return false }
        return ![".lock", ".new"].contains(where: name.hasSuffix)
    }

    // MARK: Backup

    /// Writes the backup.
    ///
    /// - Throws: `refused` where the file exists, or would lie in the directory itself; `unavailable`.
    public func write(to path: String, passphrase source: PassphraseSource) throws(DeskError) -> BackupView {
        try directory.check()
        guard StationDirectory(LocalFile(path).directory) != directory else {
            throw DeskError(
                .refused, "\(path) would lie in the directory that it is a backup of",
                hint: "it would be lost with it, and be in every later backup: name a file on another medium"
            )
        }
        guard !LocalFile(path).exists else { throw DeskError(.refused, "\(path) exists already", hint: "nothing is written over: name another file") }
        let card = try directory.loadCard()
        let now = WallTime(milliseconds: Int64(time(nil)) * 1000)
        let heading = BackupHeading(mark: card.identity.mark, created: now, cost: cost)
        var stream = try heading.stream(under: try source.passphrase(for: "the backup", isNew: true))
        let copy = LocalFile("\(directory.path)/record.\(getpid()).copy")
        defer { unlink(copy.path) }
        do throws(JournalError) {
            try SQLiteJournalReader(path: directory.record).copy(to: copy.path)
        } catch {
            throw JournalWords.error(error)
        }
        let names = try directory.fileNames().filter(StationBackup.isKept)
        var parts = BackupParts(files: names.map { ($0, "\(directory.path)/\($0)") } + [("record.sqlite", copy.path)])
        var pending: [UInt8] = []
        var isDone = false
        var hasHeading = false
        var bytes: UInt64 = 0
        try LocalFile(path).create { () throws(DeskError) in
            if !hasHeading {
                hasHeading = true
                bytes += UInt64(heading.bytes.count)
                return heading.bytes
            }
            guard !isDone else { return [] }
            // One byte more than a piece tells whether it is the last.
            while pending.count <= BackupStream.pieceBytes {
                let more = try parts.next()
                if more.isEmpty { break }
                pending += more
            }
            isDone = pending.count <= BackupStream.pieceBytes
            let sealed = try stream.seal(Array(pending.prefix(BackupStream.pieceBytes)), isLast: isDone)
            pending.removeFirst(min(BackupStream.pieceBytes, pending.count))
            bytes += UInt64(sealed.count)
            return sealed
        }
        return BackupView(path: path, bytes: bytes, party: card.identity.mark, files: names + ["record.sqlite"])
    }

    // MARK: Restore

    /// Makes the directory anew from a backup.
    ///
    /// - Throws: `refused` where the directory holds something already, or the passphrase is another; `malformed` where the file
    ///   is damaged. Nothing is left behind then.
    public func restore(from path: String, passphrase source: PassphraseSource) throws(DeskError) -> BackupView {
        let file = try SealedPieces(LocalFile(path))
        var stream = try file.heading.stream(under: try source.passphrase(for: "the backup"))
        try directory.make()
        var writer = BackupWriter(directory: directory)
        do throws(DeskError) {
            var isFirst = true
            while let (sealed, isLast) = try file.next() {
                guard let piece = stream.open(sealed, isLast: isLast) else {
                    throw isFirst
                        ? DeskError(.refused, "the passphrase does not open \(path)", hint: "try again; or the file has been changed, and another backup must be used")
                        : DeskError(.malformed, "\(path) is damaged or cut short", hint: "use another backup; what cannot be restored comes back from the other side")
                }
                isFirst = false
                try writer.take(piece)
            }
            try writer.finish()
        } catch {
            writer.undo()
            throw error
        }
        return BackupView(path: path, bytes: file.bytes, party: file.heading.mark, files: writer.names)
    }
}

/// A backup that was written or restored.
public struct BackupView: Codable, Hashable, Sendable {
    public let path: String
    public let bytes: UInt64
    public let party: String
    public let files: [String]
}

extension StationDirectory {
    /// The regular files in it.
    func fileNames() throws(DeskError) -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { throw LocalFile(path).failure("read") }
        var files: [String] = []
        for name in names.sorted() {
            var found = stat()
            guard lstat("\(path)/\(name)", &found) == 0, found.st_mode & S_IFMT == S_IFREG else { continue }
            files.append(name)
        }
        return files
    }
}
