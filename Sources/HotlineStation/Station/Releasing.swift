public import HotlineAgreement
import HotlineLine
import HotlineRecord
public import HotlineWatch
public import HotlineWire

/// What of the past a release is judged by, as the shell has read it for this very input.
public struct ReleasePast: Sendable {
    /// Our roster in force; nil where there is none.
    public var roster: Roster?
    /// Whether our record names the release id already.
    public var isUsed: Bool
    /// Of the letter that the statement is about, where it is about one.
    public var course: Course?
    /// The same of a contact.
    public var contact: Contact?

    public init(roster: Roster?, isUsed: Bool, course: Course? = nil, contact: Contact? = nil) {
        self.roster = roster
        self.isUsed = isUsed
        self.course = course
        self.contact = contact
    }
}

/// What needs more than one officer: drafted, signed and released.
extension Station {
    /// What officers would sign of a draft, as things stand.
    ///
    /// - Parameters:
    ///   - course: of the letter that it is about.
    ///   - contact: that it is about.
    /// - Throws: the first rule that it breaks.
    public func statement(
        _ draft: Draft, _ course: Course?, _ contact: Contact? = nil, release: ReleaseID, at wall: WallTime
    ) throws(Refusal) -> ReleasedStatement {
        let claimed = agreement.claimed(wall)
        switch draft {
        case .letter(let draft):
            let letter = try LetterRules.check(draft, from: membership.me, agreement, suspensions, isReleased: true, now: claimed)
            if let missing = draft.references.first(where: { !isHeld($0) }) { throw .unknownReference(missing) }
            return ReleasedStatement(
                release: release, agreement: membership.agreement, header: letter.header(claimedTime: 0), references: draft.references, content: letter.content
            )
        case .act(let draft):
            guard case .outcome = draft.act else { throw .release(.notReleasable) }
            if contact != nil {
                return try statement(
                    .contact(ContactDraft(about: draft.about, step: .act(draft.act), language: draft.language)), nil, contact, release: release, at: wall)
            }
            guard let course else { throw .act(.noLetter) }
            let header = try ActRules.check(draft, course, from: membership.me, agreement, isReleased: true, now: claimed)
            return ReleasedStatement(
                release: release, agreement: membership.agreement, header: header, references: [draft.about], content: draft.act.content
            )
        case .request(let draft):
            let (header, content) = try ContactRules.check(draft, from: membership.me, agreement, suspensions, isReleased: true, now: claimed)
            if let missing = draft.letter.references.first(where: { !isHeld($0) }) { throw .unknownReference(missing) }
            return ReleasedStatement(
                release: release, agreement: membership.agreement, header: header, references: draft.letter.references, content: content
            )
        case .contact(let draft):
            guard let contact else { throw .contact(.noRequest) }
            let (header, references) = try ContactRules.check(draft, contact, from: membership.me, agreement, isReleased: true, now: claimed)
            return ReleasedStatement(
                release: release, agreement: membership.agreement, header: header, references: references, content: draft.step.content
            )
        case .channel, .presence, .release, .roster: throw .release(.notReleasable)
        }
    }

    /// Appends a statement with its attestations, in one commit.
    mutating func release(_ draft: ReleaseDraft, _ past: ReleasePast, ticket: UInt64, at now: Moment, into outcome: inout Outcome) {
        let attestations: (light: Attestation, composite: Attestation)
        do throws(Refusal) {
            attestations = try check(draft, past, at: now)
        } catch {
            outcome.effects.append(.answer(ticket: ticket, .failure(error)))
            return
        }
        let (statement, claimed) = (draft.statement, agreement.claimed(now.wall))
        let composed = add(statement.header.at(claimed), statement.references, statement.content, at: now, into: &outcome)
        for (strength, attestation) in [(Attestation.Strength.light, attestations.light), (.composite, attestations.composite)] {
            add(strength.header(about: statement.header, claimedTime: claimed), [composed.id], attestation.content, at: now, into: &outcome)
        }
        outcome.effects.append(.answer(ticket: ticket, .success(composed)))
    }

    private func check(_ draft: ReleaseDraft, _ past: ReleasePast, at now: Moment) throws(Refusal) -> (light: Attestation, composite: Attestation) {
        guard draft.statement.agreement == membership.agreement else { throw .release(.otherAgreement) }
        guard isRebuilt else { throw .release(.notRebuilt) }
        guard !past.isUsed else { throw .release(.usedBefore) }
        guard let composed = draft.draft else { throw .release(.notReleasable) }
        let statement = try statement(composed, past.course, past.contact, release: draft.statement.release, at: now.wall)
        guard statement == draft.statement else { throw .release(.changed) }
        let roles = ReleaseNeed.roles(statement.header, statement.content, isAboutContact: past.contact != nil, agreement)
        return try ReleaseRules.check(draft, roles, past.roster, isUsed: past.isUsed, line: membership.line)
    }

    /// States who may release for us from here on.
    ///
    /// - Parameter inForce: the version of our roster in force; nil where there is none.
    mutating func enrol(_ roster: Roster, inForce: UInt64?, ticket: UInt64, at now: Moment, into outcome: inout Outcome) {
        if roster.party != membership.me {
            outcome.effects.append(.answer(ticket: ticket, .failure(.release(.foreignRoster))))
        } else if let inForce, roster.version <= inForce {
            outcome.effects.append(.answer(ticket: ticket, .failure(.release(.staleRoster(found: roster.version, inForce: inForce)))))
        } else {
            let header = EntryHeader(kind: Roster.kind, precedence: .immediate, claimedTime: agreement.claimed(now.wall))
            let composed = add(header, [], roster.content, at: now, into: &outcome)
            outcome.effects.append(.answer(ticket: ticket, .success(composed)))
        }
    }

    /// Whether what a backup did not hold of our record is here again: else an id could be released a second time.
    private var isRebuilt: Bool {
        guard awaitsRebuild else { return true }
        return membership.peers.allSatisfy { tail.quests[$0]?.doneAt != nil } && tailNeeds.isEmpty && !tail.inOrder.contains { isProvisional($0.generation) }
    }

    @discardableResult
    private mutating func add(
        _ header: EntryHeader, _ references: [EntryID], _ content: [UInt8], at now: Moment, into outcome: inout Outcome
    ) -> Composed {
        guard let generation = own.current else { preconditionFailure("a station states something after it has started") }
        let id = EntryID(generation.id, generation.size.next)
        append(
            Entry(id: id, agreement: membership.agreement, header: header, references: references, seen: seen, content: content), at: now, into: &outcome
        )
        return Composed(id: id, serial: generation.serial(of: id.number))
    }

    /// Where our next entry will stand.
    public var nextEntry: EntryID? { own.current.map { EntryID($0.id, $0.size.next) } }
}
