public import HotlineAgreement
public import HotlineRecord
public import HotlineWatch
public import HotlineWire

/// What is proved of a release, from the journal.
extension History {
    /// - Parameters:
    ///   - roles: what the statement needs.
    ///   - enrolments: the rosters of its author (`RosterShelf`).
    ///   - books: of all members, in any order.
    public func release(
        of entry: Entry, _ roles: [OfficerRole], _ enrolments: [Release.Enrolment], _ books: [Book], line: Hash
    ) throws(JournalError) -> Release {
        var attestations: [Entry] = []
        var uses: [ReleaseID: [Release.Use]] = [:]
        for id in try roles.isEmpty ? [] : speakers(of: entry.id, by: entry.id.author) {
            guard let (attestation, _) = try self.entry(id), let release = Attestation.release(attestation.header.kind, content: attestation.content) else { continue }
            attestations.append(attestation)
            if uses[release] == nil { uses[release] = try self.uses(of: release, by: entry.id.author) }
        }
        return Release(entry, roles: roles, attestations, enrolments: enrolments, uses: { uses[$0] ?? [] }, in: RecordOrder(books), line: line)
    }

    /// For what a party has named a release id.
    public func uses(of release: ReleaseID, by author: StationNumber) throws(JournalError) -> [Release.Use] {
        try journal.cells(prefix: FactKey.uses(of: release, by: author), limit: WatchLimits.releaseUsesMax).compactMap(FactKey.use)
    }
}

extension FactKey {
    /// The cell that says for what an attestation names its release id; nil for any other entry.
    static func use(_ entry: Entry) -> JournalCell? {
        guard let release = Attestation.release(entry.header.kind, content: entry.content), let statement = entry.references.first else { return nil }
        var key = Encoder()
        key.put(raw: uses(of: release, by: entry.id.author))
        key.put(entry.id)
        var value = Encoder()
        value.put(statement)
        return JournalCell(key: key.bytes, value: value.bytes)
    }

    static func uses(of release: ReleaseID, by author: StationNumber) -> [UInt8] { Array("release/".utf8) + [author.value] + release.bytes }

    fileprivate static func use(_ cell: JournalCell) -> Release.Use? {
        var key = Decoder(Array(cell.key.dropFirst("release/".utf8.count + 1 + ReleaseID.size)))
        var value = Decoder(cell.value ?? [])
        guard let attestation = try? key.entryID(), let statement = try? value.entryID() else { return nil }
        return Release.Use(attestation: attestation, statement: statement)
    }
}
