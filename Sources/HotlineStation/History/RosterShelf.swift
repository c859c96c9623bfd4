public import HotlineAgreement
public import HotlineRecord
public import HotlineWatch
public import HotlineWire

/// The rosters of each party that count for themselves, as the journal has them: read and verified once, since whoever lists letters asks for
/// them with each. Which of them is in force where, `Release` says.
public struct RosterShelf: Sendable {
    private struct Shelf: Sendable {
        /// The last row that was read.
        var last: Int64 = 0
        var enrolments: [Release.Enrolment] = []
    }
    private var shelves: [StationNumber: Shelf] = [:]

    public init() {}

    /// - Parameters:
    ///   - agreements: what is installed here; it changes at a start alone.
    ///   - basis: what a generation stands on.
    public mutating func enrolments(
        of party: StationNumber, _ history: History, _ agreements: LineAgreements, basis: (GenerationID) -> Basis?
    ) throws(JournalError) -> [Release.Enrolment] {
        var shelf = shelves[party] ?? Shelf()
        var found: [(row: Int64, enrolment: Release.Enrolment?)] = []
        var before = Int64.max
        reading: while true {
            let rows = try history.journal.rows(tag: FactTag.entries(of: party, kind: Roster.kind), before: before, limit: StationLimits.rostersAtOnce)
            for row in rows {
                guard row.sequence > shelf.last else { break reading }
                before = row.sequence
                found.append((row.sequence, RosterShelf.enrolment(row, agreements, basis)))
            }
            guard rows.count == StationLimits.rostersAtOnce else { break }
        }
        shelf.last = max(shelf.last, found.first?.row ?? 0)
        shelf.enrolments = (shelf.enrolments + found.reversed().compactMap(\.enrolment)).suffix(StationLimits.rosters)
        shelves[party] = shelf
        return shelf.enrolments
    }

    /// Nil where it does not count: not in its form, or not signed by the root key that is in force where it stands (AGR-47).
    private static func enrolment(_ row: JournalRow, _ agreements: LineAgreements, _ basis: (GenerationID) -> Basis?) -> Release.Enrolment? {
        guard case .entry(let entry, _)? = try? Fact(row.row.value), let basis = basis(entry.id.generation),
            let root = agreements.root(of: entry.id.author, on: basis), let unverified = try? UnverifiedRoster(entry.content, of: entry.id.author),
            let roster = try? unverified.verified(by: root, on: agreements.line)
        else { return nil }
        return Release.Enrolment(entry: entry.id, roster: roster)
    }
}
