import HotlineAgreement
import HotlineLine
import HotlineRecord
import HotlineWatch
import HotlineWire

/// What officers hand in: checked against the agreement and the record, appended and answered, or refused.
extension Station {
    mutating func compose(_ draft: LetterDraft, ticket: UInt64, at now: Moment, into outcome: inout Outcome) {
        let letter: Letter
        do throws(Refusal) {
            letter = try LetterRules.check(draft, from: membership.me, agreement, suspensions, now: agreement.claimed(now.wall))
            if let missing = draft.references.first(where: { !isHeld($0) }) { throw .unknownReference(missing) }
        } catch {
            outcome.effects.append(.answer(ticket: ticket, .failure(error)))
            return
        }
        let header = letter.header(claimedTime: agreement.claimed(now.wall))
        append(header, draft.references, letter.content, ticket: ticket, at: now, into: &outcome)
    }

    mutating func state(_ draft: ActDraft, _ course: Course?, ticket: UInt64, at now: Moment, into outcome: inout Outcome) {
        let header: EntryHeader
        do throws(Refusal) {
            guard let course else { throw .act(.noLetter) }
            header = try ActRules.check(draft, course, from: membership.me, agreement, now: agreement.claimed(now.wall))
        } catch {
            outcome.effects.append(.answer(ticket: ticket, .failure(error)))
            return
        }
        append(header, [draft.about], draft.act.content, ticket: ticket, at: now, into: &outcome)
    }

    mutating func ask(_ draft: RequestDraft, ticket: UInt64, at now: Moment, into outcome: inout Outcome) {
        let header: EntryHeader
        let content: [UInt8]
        do throws(Refusal) {
            (header, content) = try ContactRules.check(draft, from: membership.me, agreement, suspensions, now: agreement.claimed(now.wall))
            if let missing = draft.letter.references.first(where: { !isHeld($0) }) { throw .unknownReference(missing) }
        } catch {
            outcome.effects.append(.answer(ticket: ticket, .failure(error)))
            return
        }
        append(header, draft.letter.references, content, ticket: ticket, at: now, into: &outcome)
    }

    mutating func state(_ draft: ContactDraft, _ contact: Contact?, ticket: UInt64, at now: Moment, into outcome: inout Outcome) {
        let header: EntryHeader
        let references: [EntryID]
        do throws(Refusal) {
            guard let contact else { throw .contact(.noRequest) }
            (header, references) = try ContactRules.check(draft, contact, from: membership.me, agreement, now: agreement.claimed(now.wall))
        } catch {
            outcome.effects.append(.answer(ticket: ticket, .failure(error)))
            return
        }
        append(header, references, draft.step.content, ticket: ticket, at: now, into: &outcome)
    }

    mutating func state(_ draft: PresenceDraft, ticket: UInt64, at now: Moment, into outcome: inout Outcome) {
        let header: EntryHeader
        do throws(Refusal) { header = try draft.check(from: membership.me, agreement, now: agreement.claimed(now.wall)) } catch {
            outcome.effects.append(.answer(ticket: ticket, .failure(error)))
            return
        }
        append(header, [], draft.statement.content, ticket: ticket, at: now, into: &outcome)
    }

    mutating func state(_ draft: ChannelDraft, ticket: UInt64, at now: Moment, into outcome: inout Outcome) {
        let header: EntryHeader
        let content: [UInt8]
        do throws(Refusal) {
            (header, content) = try suspensions.check(draft, from: membership.me, agreement, now: agreement.claimed(now.wall))
        } catch {
            outcome.effects.append(.answer(ticket: ticket, .failure(error)))
            return
        }
        append(header, [], content, ticket: ticket, at: now, into: &outcome)
    }

    /// Appends what an officer has asked for, and answers.
    private mutating func append(
        _ header: EntryHeader, _ references: [EntryID], _ content: [UInt8], ticket: UInt64, at now: Moment, into outcome: inout Outcome
    ) {
        guard let generation = own.current else { preconditionFailure("a station states something after it has started") }
        let entry = Entry(
            id: EntryID(generation.id, generation.size.next), agreement: membership.agreement, header: header, references: references, seen: seen,
            content: content
        )
        append(entry, at: now, into: &outcome)
        outcome.effects.append(
            .answer(ticket: ticket, .success(Composed(id: entry.id, serial: generation.serial(of: entry.id.number))))
        )
    }

    /// Whether this entry stands in a record here, without a gap before it.
    func isHeld(_ id: EntryID) -> Bool { book(of: id.generation.station)?.size(of: id.generation).map { id.number < $0.next } ?? false }
}
