import HotlineAgreement
import HotlineRecord
import HotlineWire

/// One statement after the other, in the order in which they count.
extension Contact {
    /// A statement that breaks a rule as things stand, and crossed what the other side had stated.
    mutating func take(_ statement: ContactStatement, _ breach: Breach, isCrossed: Bool) {
        let isLate = isCrossed && breach == .afterFinal && end != nil && late == nil && statement.author == addressee
        switch statement.step {
        case .accepted where isLate, .act(.outcome(.declined)) where isLate: late = statement
        case .said where isCrossed && breach == .afterFinal: said.append(statement)
        default: note(statement, breach, isCrossed: isCrossed)
        }
    }

    func breach(_ statement: ContactStatement, _ agreement: Agreement) -> Breach? {
        guard let step = statement.step else { return .unreadable }
        if let breach = role(step, statement.author) { return breach }
        guard statement.entry.header.isHandled(as: request.header, turned: statement.author == addressee) else { return .otherHandling }
        return breach(step, by: statement.author, object: statement.object, agreement)
    }

    /// Why a step of either side would not count as things stand; nil where it would.
    ///
    /// - Parameter object: the offer that it accepts, or the minutes that it confirms.
    func breach(_ step: ContactStep, by author: StationNumber, object: EntryID?, _ agreement: Agreement) -> Breach? {
        if let breach = role(step, author) ?? unknown(step, agreement) { return breach }
        guard end == nil else { return .afterFinal }
        switch step {
        case .act(let act): return breach(act)
        case .accepted(let window):
            guard !isOver else { return .afterFinal }
            guard let offer = other(author).flatMap({ offers[$0] }), object == offer.id else { return .staleOffer }
            return Int(window) < offer.windows.count ? nil : .noSuchWindow
        case .proposed: return isOver ? .afterFinal : nil
        case .opened:
            guard !isOver else { return .afterFinal }
            guard agreed != nil else { return .notAgreed }
            guard asked?.medium == .text else { return .notText }
            return opened.contains { $0.author == author } ? .repeated : nil
        case .said:
            guard closed == nil else { return .afterFinal }
            return opened.count == 2 ? nil : .noSession
        case .closed:
            guard !opened.isEmpty else { return .noSession }
            return closed == nil ? nil : .repeated
        case .held, .missed:
            guard agreed != nil else { return .notAgreed }
            return words.contains { $0.author == author } ? .repeated : nil
        case .minuted: return agreed == nil ? .notAgreed : minutes.count < WatchLimits.minutesMax ? nil : .repeated
        case .confirmed:
            guard let minutes = minutes.first(where: { $0.statement.id == object && $0.statement.author != author }) else { return .noSuchMinutes }
            return minutes.confirmation == nil ? nil : .repeated
        }
    }

    private func breach(_ act: Act) -> Breach? {
        switch act {
        case .receipt(.taken): taken == nil ? nil : .repeated
        case .receipt(.laid): laid == nil ? nil : .repeated
        case .holdingReply, .outcome(.answered): nil
        case .outcome(.declined), .outcome(.withdrawn): isOver ? .afterFinal : nil
        case .outcome(.notYet), .outcome(.lapsed): agreed == nil ? nil : .agreedBefore
        }
    }

    /// What it names that nobody has agreed on, or that is no matter of a contact.
    private func unknown(_ step: ContactStep, _ agreement: Agreement) -> Breach? {
        switch step {
        case .act(.holdingReply(let number)): agreement.holdingReply(number) == nil ? .unknownReply(number) : nil
        case .act(.outcome(.declined(let reason, _))): agreement.declineReason(reason) == nil ? .unknownReason(reason) : nil
        case .act(.outcome(.answered)): .answersNoLetter
        case .act, .accepted, .proposed, .opened, .said, .closed, .held, .missed, .minuted, .confirmed: nil
        }
    }

    private var isOver: Bool { closed != nil || !words.isEmpty }

    /// Whose a step is: receipts, holding replies, 'declined' and 'not yet' are the addressee's, 'withdrawn' and 'lapsed' the asker's, all
    /// others either side's.
    private func role(_ step: ContactStep, _ author: StationNumber) -> Breach? {
        if case .missed(let party) = step, party != asker, party != addressee { return .notOfTheContact }
        guard case .act(let act) = step else { return nil }
        if case .outcome(let outcome) = act, outcome.isOfAsker { return author == asker ? nil : .notTheAsker }
        return author == addressee ? nil : .notTheAddressee
    }

    mutating func apply(_ statement: ContactStatement) {
        switch statement.step {
        case .act(.receipt(.taken)): taken = statement
        case .act(.receipt(.laid)): laid = statement
        case .act(.holdingReply): if holdingReplies.count < WatchLimits.repliesMax { holdingReplies.append(statement) }
        case .act(.outcome(.notYet)): notYet = statement
        case .act(.outcome): end = statement
        case .accepted(let place):
            guard let offer = other(statement.author).flatMap({ offers[$0] }) else { return }
            agreed = Agreed(window: offer.windows[Int(place)], statement: statement, before: agreed?.window)
            offers = [:]
        case .proposed(let windows, _): offers[statement.author] = Offer(id: statement.id, windows: windows, at: statement.at)
        case .opened: opened.append(statement)
        case .said: said.append(statement)
        case .closed: closed = statement
        case .held, .missed: words.append(statement)
        case .minuted: minutes.append(Minutes(statement: statement, confirmation: nil))
        case .confirmed:
            if let place = minutes.firstIndex(where: { $0.statement.id == statement.object }) { minutes[place].confirmation = statement }
        case nil: break
        }
    }
}
