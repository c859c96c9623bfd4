import HotlineDesk
import HotlineSeal
import HotlineWatch
import HotlineWire

/// The drafts of a running station. On the loop's thread.
extension StationCore {
    func drafts() throws(DeskError) -> [StoredDraft] {
        let cells = try LoopDesk.journal { () throws(JournalError) in try secrets.cells(prefix: StoredDraft.prefix) }
        return cells.compactMap { try? StoredDraft($0.value ?? []) }
    }

    func draft(_ number: UInt64) throws(DeskError) -> StoredDraft {
        let cell = try LoopDesk.journal { () throws(JournalError) in try secrets.cell(StoredDraft.key(number)) }
        guard let draft = cell.flatMap({ try? StoredDraft($0) }) else {
            throw DeskError(.notFound, "there is no draft \(number)", hint: "hotline draft list shows those that wait")
        }
        return draft
    }

    /// Keeps a new draft, under a number that none has had before.
    func keep(_ statement: ReleasedStatement, at: WallTime) throws(DeskError) -> StoredDraft {
        guard try drafts().count < StoredDraft.draftsMax else {
            throw DeskError(.refused, "\(StoredDraft.draftsMax) drafts wait already", hint: "release or discard some: hotline draft list")
        }
        let last = try LoopDesk.journal { () throws(JournalError) in try secrets.cell(StoredDraft.counter) }
        var decoder = Decoder(last ?? [])
        let number = ((try? decoder.varint()) ?? 0) + 1
        var counter = Encoder()
        counter.put(varint: number)
        let draft = StoredDraft(number: number, at: at, statement: statement)
        try store([JournalCell(key: StoredDraft.counter, value: counter.bytes), draft.cell])
        return draft
    }

    func keep(_ draft: StoredDraft) throws(DeskError) { try store([draft.cell]) }

    func forget(draft number: UInt64) throws(DeskError) { try store([JournalCell(key: StoredDraft.key(number), value: nil)]) }

    private func store(_ cells: [JournalCell]) throws(DeskError) {
        guard storeSecretly(cells) else {
            throw DeskError(.unavailable, "the draft could not be kept", hint: "the station stops, as after any commit that fails: look at the disk and its log")
        }
    }
}
