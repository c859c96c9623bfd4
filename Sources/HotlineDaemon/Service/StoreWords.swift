import HotlineDesk
import HotlineRecord
import HotlineWire

/// What a journal's failure means to whoever keeps the machine.
enum JournalWords {
    static func error(_ error: JournalError) -> DeskError {
        switch error {
        case .locked(let path):
            DeskError(.unavailable, "another process has \(path) open", hint: "one station runs from one directory; 'hotline status' asks the one that runs")
        case .newer(let path, let found, let supported):
            DeskError(
                .unavailable, "\(path) was written by a later version (\(found); this one knows \(supported))",
                hint: "install the later version again; nothing was changed"
            )
        case .full(let path):
            DeskError(.unavailable, "the disk with \(path) is full", hint: "make room and start again: what was acknowledged is kept, what was not is sent again")
        case .damaged(let path, let detail):
            DeskError(.unavailable, "\(path) is damaged: \(detail)", hint: "keep the file as it is, and restore the last backup beside it")
        case .notDurable(let path, let synchronous):
            DeskError(
                .unavailable, "\(path) would not be synced to the disk (synchronous is \(synchronous), not 2)",
                hint: "the station does not acknowledge what it might lose; look at the build of SQLite"
            )
        case .failed(let path, let detail):
            DeskError(.unavailable, "\(path) could not be written or read: \(detail)", hint: "look at the disk, then start again: what was acknowledged is kept")
        }
    }
}

/// What a failed recovery means. Nothing has been changed in any of these.
enum RecoveryWords {
    static func error(_ error: RecoveryError, _ directory: StationDirectory) -> DeskError {
        let keep = "keep \(directory.record) as it is, run 'hotline record verify', and restore the last backup"
        switch error {
        case .journal(let error): return JournalWords.error(error)
        case .snapshot(let error): return DeskError(.unavailable, "the record's snapshot cannot be read: \(error)", hint: keep)
        case .secrets(let peer, let error):
            return DeskError(
                .unavailable, "the epochs shared with station \(peer) cannot be read: \(error)",
                hint: "move \(directory.secrets) away: the stations then agree on a new epoch"
            )
        case .row(let sequence, let error):
            return DeskError(.unavailable, "row \(sequence) of the record \(error.map { "cannot be read: \($0)" } ?? "does not give the hashes stored with it")", hint: keep)
        case .entry(let id): return DeskError(.unavailable, "entry \(id) of the record does not give its leaf hash", hint: keep)
        case .root(let generation, let size): return DeskError(.unavailable, "the tree of generation \(generation) at size \(size) does not give its root", hint: keep)
        case .basis(let basis):
            return DeskError(
                .refused, "the record is under an agreement or keys that are not installed here: agreement \(basis.agreement)",
                hint: "an amendment was taken away from \(directory.path): bring it back from your copy or from the other side, and install it"
            )
        case .checkpoint(let generation, let size):
            return DeskError(.unavailable, "the signed head of generation \(generation) at size \(size) is not that of the entries", hint: keep)
        }
    }
}
