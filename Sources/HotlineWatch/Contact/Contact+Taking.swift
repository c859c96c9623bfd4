import HotlineAgreement
import HotlineRecord
import HotlineWire

/// One statement after the other, in the order in which they count.
extension Contact {
    /// A statement that breaks a rule as things stand.
    mutating func take(_ statement: ContactStatement, _ breach: Breach, isCrossed: Bool) {
        switch statement.step {
        case .accepted where isCrossed && breach == .afterFinal && late == nil, .act(.outcome(.declined)) where isCrossed && breach == .afterFinal && late == nil:
            late = statement
        case .said where isCrossed && breach == .afterFinal: said.append(statement)
        default: note(statement, breach, isCrossed: isCrossed)
        }
    }

    func breach(_ statement: ContactStatement, _ agreement: Agreement) -> Breach? {
        guard let step = statement.step else { return .unreadable }
        guard statement.entry.header.isHandled(as: request.header, turned: statement.author == addressee) else { return .otherHandling }
        return breach(step, by: statement.author, object: statement.object, agreement)
    }

    /// Why a step of either side would not count as things stand; nil where it would.
    ///
    /// - Parameter object: the offer that it accepts, or the minutes that it confirms.
    func breach(_ step: ContactStep, by author: StationNumber, object: EntryID?, _ agreement: Agreement) -> Breach? {
        if let breach = role(step, author) { return breach }
        guard end == nil else { return .afterFinal }
        switch step {
        case .act(let act): return breach(act, agreement)
        case .accepted(let window):
            guard let offer = other(author).flatMap({ offers[$0] }), object == offer.id else { return .staleOffer }
            return Int(window) < offer.windows.count ? nil : .noSuchWindow
        case .proposed: return words.isEmpty && closed == nil ? nil : .afterFinal
        case .opened:
            guard agreed != nil else { return .notAgreed }
            guard asked?.medium == .text else { return .notText }
            if closed != nil { return .afterFinal }
            return opened.contains { $0.author == author } ? .repeated : nil
        case .said:
            guard opened.count == 2 else { return .noSession }
            return closed == nil ? nil : .afterFinal
        case .closed:
            guard !opened.isEmpty else { return .noSession }
            return closed == nil ? nil : .repeated
        case .held, .missed:
            guard agreed != nil else { return .notAgreed }
            if case .missed(let party) = step, party != asker, party != addressee { return .notOfTheContact }
            return words.contains { $0.author == author } ? .repeated : nil
        case .minuted: return agreed == nil ? .notAgreed : nil
        case .confirmed:
            guard let minutes = minutes.first(where: { $0.statement.id == object && $0.statement.author != author }) else { return .noSuchMinutes }
            return minutes.confirmation == nil ? nil : .repeated
        }
    }

    private func breach(_ act: Act, _ agreement: Agreement) -> Breach? {
        switch act {
        case .receipt(.taken): taken == nil ? nil : .repeated
        case .receipt(.laid): laid == nil ? nil : .repeated
        case .holdingReply(let number): agreement.holdingReply(number) == nil ? .unknownReply(number) : nil
        case .outcome(.answered): .answersNoLetter
        case .outcome(.declined(let reason, _)):
            agreement.declineReason(reason) == nil ? .unknownReason(reason) : isOver ? .afterFinal : nil
        case .outcome(.notYet), .outcome(.lapsed): agreed == nil ? nil : .agreedBefore
        case .outcome(.withdrawn): isOver ? .afterFinal : nil
        }
    }

    private var isOver: Bool { closed != nil || !words.isEmpty }

    /// Whose a step is: receipts, holding replies, 'declined' and 'not yet' are the addressee's, 'withdrawn' and 'lapsed' the asker's, all
    /// others either side's.
    private func role(_ step: ContactStep, _ author: StationNumber) -> Breach? {
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
        case .minuted: if minutes.count < WatchLimits.minutesMax { minutes.append(Minutes(statement: statement, confirmation: nil)) }
        case .confirmed:
            if let place = minutes.firstIndex(where: { $0.statement.id == statement.object }) { minutes[place].confirmation = statement }
        case nil: break
        }
    }
}
