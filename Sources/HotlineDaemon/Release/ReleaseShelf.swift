import HotlineAgreement
import HotlineRecord
import HotlineStation
import HotlineWatch
import HotlineWire

/// What is proved of releases, found once and kept while nothing of it changes. On the loop's thread.
final class ReleaseShelf {
    private var rosters = RosterShelf()
    private var found: [StationNumber: [EntryID: Release]] = [:]

    /// Statements of one party of which it is kept: more than a list shows.
    private static let releasesMax = 4_096

    func enrolments(of party: StationNumber, _ core: StationCore) throws(JournalError) -> [Release.Enrolment] {
        try rosters.enrolments(of: party, core.history, core.work.agreements) { core.station.basis(of: $0) }
    }

    /// Of an entry that needs release; nil for any other.
    func release(of entry: Entry, _ core: StationCore) throws(JournalError) -> Release? {
        if let known = found[entry.id.author]?[entry.id] { return known.isNeeded ? known : nil }
        let agreement = core.work.agreements.agreement(entry.agreement) ?? core.work.agreement
        let isAboutContact = try core.isAboutContact(entry.header, entry.references)
        let roles = ReleaseNeed.roles(entry.header, entry.content, isAboutContact: isAboutContact, agreement)
        guard !roles.isEmpty else { return nil }
        let release = try core.history.release(of: entry, roles, enrolments(of: entry.id.author, core), core.station.books, line: agreement.line)
        if found[entry.id.author]?.count ?? 0 >= ReleaseShelf.releasesMax { found[entry.id.author] = nil }
        found[entry.id.author, default: [:]][entry.id] = release
        return release
    }

    /// An entry has come that may change what is proved of its author's statements.
    func note(_ entry: Entry) {
        switch EntryKind(rawValue: entry.header.kind) {
        case .opening, .roster, .lightRelease, .release: found[entry.id.author] = nil
        case .letter, .letterByTime, .declaration, .recovery, .inForce, .receipt, .holdingReply, .outcome, .channel, .contactRequest, .contactStatement, .presence, nil:
            break
        }
    }
}

extension StationCore {
    /// Our roster in force.
    func roster() throws(JournalError) -> Roster? {
        guard let next = station.nextEntry else { return nil }
        return Release.roster(at: next, try releases.enrolments(of: station.membership.me, self), RecordOrder(station.books))
    }

    /// Whether what states an outcome states it of a request for a contact.
    func isAboutContact(_ header: EntryHeader, _ references: [EntryID]) throws(JournalError) -> Bool {
        guard EntryKind(rawValue: header.kind) == .outcome, let about = references.first else { return false }
        return try history.entry(about)?.entry.header.kind == EntryKind.contactRequest.rawValue
    }

    /// The contact that a draft is about; nil where it is about none.
    func contact(_ draft: Draft?) throws(JournalError) -> Contact? {
        guard let about = draft?.about else { return nil }
        return try history.contact(of: about, { work.agreements.agreement($0) ?? work.agreement }, station.books)
    }

    /// Of the letter that a draft is about.
    func course(_ draft: Draft?) throws(JournalError) -> Course? {
        guard case .act(let act)? = draft else { return nil }
        return try history.course(of: act.about, { work.agreements.agreement($0) ?? work.agreement }, station.books)
    }
}
