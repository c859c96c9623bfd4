import HotlineAgreement
import HotlineDesk
import HotlineSeal
import HotlineStation
import HotlineWatch
import HotlineWire

/// Release by two at a running station.
extension LoopDesk {
    func enrol(_ order: RosterOrder) async throws(DeskError) -> SentView {
        guard let content = Base64.bytes(order.content) else { throw LoopDesk.noBase64("the roster") }
        let roster = try await query { core throws(DeskError) in
            let membership = core.station.membership
            do throws(RosterFault) {
                let unverified = try UnverifiedRoster(content, of: membership.me)
                guard let root = core.work.agreements.root(of: membership.me, on: membership.basis) else { throw .notVerified(membership.me) }
                return try unverified.verified(by: root, on: membership.line)
            } catch {
                if case .notVerified = error { throw Refusal.release(.foreignRoster).error(core.work.agreement) }
                throw DeskError(.malformed, "the roster does not count: \(RosterWords.text(error))", hint: "hotline officer add and revoke make rosters")
            }
        }
        return try await sent(.roster(roster))
    }

    func draft(_ order: DraftOrder) async throws(DeskError) -> DraftView {
        let draft: Draft
        switch order {
        case .letter(let order): draft = .letter(try LetterReading(agreement: agreement, me: words.me).draft(order, references: try await resolve(order.references)))
        case .act(let order): draft = .act(try ActReading(agreement: agreement, me: words.me).draft(order, about: try await resolve([order.about])[0]))
        case .request(let order):
            draft = .request(try ContactReading(agreement: agreement, me: words.me).draft(order, references: try await resolve(order.letter.references)))
        case .step(let order): draft = .contact(try ContactReading(agreement: agreement, me: words.me).draft(order, about: try await resolve([order.about])[0]))
        }
        guard let release = ReleaseID(Digest.random(ReleaseID.size)) else { preconditionFailure("a release id has its size") }
        return try await query { core throws(DeskError) in
            let now = StationClock.now.wall
            let (course, contact) = try LoopDesk.journal { () throws(JournalError) in (try core.course(draft), try core.contact(draft)) }
            let statement: ReleasedStatement
            do throws(Refusal) { statement = try core.station.statement(draft, course, contact, release: release, at: now) } catch { throw error.error(core.work.agreement) }
            return try DraftWords(core, self.words).view(try core.keep(statement, at: now))
        }
    }

    func drafts() async throws(DeskError) -> [DraftView] {
        try await query { core throws(DeskError) in
            let words = DraftWords(core, self.words)
            return try core.drafts().map { (draft) throws(DeskError) in try words.view(draft) }
        }
    }

    func draft(_ number: UInt64) async throws(DeskError) -> DraftView {
        try await query { core throws(DeskError) in try DraftWords(core, self.words).view(try core.draft(number)) }
    }

    func sign(_ order: SignatureOrder) async throws(DeskError) -> DraftView {
        guard let light = Base64.bytes(order.light), let composite = Base64.bytes(order.composite) else { throw LoopDesk.noBase64("a signature") }
        let signature = OfficerSignature(officer: order.officer, light: light, composite: composite)
        return try await query { core throws(DeskError) in
            var draft = try core.draft(order.draft)
            let agreement = core.work.agreement
            let roster = try LoopDesk.journal { () throws(JournalError) in try core.roster() }
            let isAboutContact = try LoopDesk.journal { [draft] () throws(JournalError) in try core.isAboutContact(draft.statement.header, draft.statement.references) }
            do throws(Refusal) {
                guard draft.statement.agreement == agreement.hash else { throw .release(.otherAgreement) }
                let roles = ReleaseNeed.roles(draft.statement.header, draft.statement.content, isAboutContact: isAboutContact, agreement)
                try ReleaseRules.check(signature, of: draft.statement, after: draft.signatures.map(\.officer), roles, roster, line: agreement.line)
            } catch {
                throw error.error(agreement)
            }
            // Who has been revoked since has not signed.
            draft.signatures = draft.signatures.filter { roster?.officer($0.officer) != nil } + [signature]
            try core.keep(draft)
            return try DraftWords(core, self.words).view(draft)
        }
    }

    func release(draft number: UInt64) async throws(DeskError) -> SentView {
        let draft = try await query { core throws(DeskError) in try core.draft(number).release }
        let view = try await sent(.release(draft))
        // A station that dies before this keeps a draft that it will not release again: its id is on the record.
        _ = try await query { core throws(DeskError) in try core.forget(draft: number) }
        return view
    }

    func discard(draft number: UInt64) async throws(DeskError) -> DraftView {
        try await query { core throws(DeskError) in
            let view = try DraftWords(core, self.words).view(try core.draft(number))
            try core.forget(draft: number)
            return view
        }
    }

    private static func noBase64(_ what: String) -> DeskError { DeskError(.malformed, "\(what) is not base64", hint: "hotline makes it, and nothing is to be changed of it") }
}
