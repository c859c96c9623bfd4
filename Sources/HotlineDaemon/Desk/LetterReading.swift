import HotlineAgreement
import HotlineDesk
import HotlineWatch
import HotlineWire

/// From the names that an officer uses to the numbers of the agreement.
struct LetterReading {
    let agreement: Agreement
    let me: StationNumber

    func draft(_ order: LetterOrder, references: [EntryID]) throws(DeskError) -> LetterDraft {
        guard let precedence = Precedence(order.precedence) else {
            let all = Precedence.allCases.map(\.description).joined(separator: ", ")
            throw DeskError(.usage, "'\(order.precedence)' is no precedence", hint: "one of \(all)")
        }
        return LetterDraft(
            to: try addressee(order.to), from: try order.from.map { (name) throws(DeskError) in try ownPost(name) },
            channel: try order.channel.map { (name) throws(DeskError) in try channel(name) }, precedence: precedence,
            language: try language(order.language), exercise: order.exercise, references: references,
            replyBy: try order.replyBy.map { (text) throws(DeskError) in agreement.claimed(try Calendar.time(text)) }, text: order.text
        )
    }

    func draft(_ order: ChannelOrder) throws(DeskError) -> ChannelDraft {
        ChannelDraft(
            channel: try channel(order.channel).value, change: order.isSuspended ? .suspended : .resumed,
            language: order.reason.isEmpty ? 0 : try language(order.language).value, reason: order.reason
        )
    }

    func draft(_ order: PresenceOrder) throws(DeskError) -> PresenceDraft {
        switch order.statement {
        case .ask: PresenceDraft(post: try addressee(order.post), statement: .asked)
        case .manned: PresenceDraft(post: try ownPost(order.post), statement: .said(.manned))
        case .unmanned: PresenceDraft(post: try ownPost(order.post), statement: .said(.unmanned))
        case .standingBy: PresenceDraft(post: try ownPost(order.post), statement: .said(.standingBy))
        case .standIn(let other):
            PresenceDraft(
                post: try ownPost(order.post), statement: .said(.standIn(try other.map { (name) throws(DeskError) in try ownPost(name) }))
            )
        }
    }

    private func addressee(_ name: String) throws(DeskError) -> PostNumber {
        let foreign = agreement.posts(named: name).filter { $0.party != me }
        if let post = foreign.first, foreign.count == 1 { return post.number }
        let codes = agreement.terms.posts.filter { $0.party != me }.map(\.code).joined(separator: ", ")
        if foreign.count > 1 {
            throw DeskError(.usage, "'\(name)' is a post of more than one party", hint: "say which: \(foreign.map(\.code).joined(separator: ", "))")
        }
        throw DeskError(.refused, "the agreement has no post '\(name)' on the other side", hint: "posts: \(codes)")
    }

    func ownPost(_ name: String) throws(DeskError) -> PostNumber {
        if let post = agreement.post(named: name, of: me) { return post.number }
        let codes = agreement.posts(of: me).map(\.code).joined(separator: ", ")
        throw DeskError(.refused, "our side has no post '\(name)'", hint: "our posts: \(codes)")
    }

    private func channel(_ name: String) throws(DeskError) -> ChannelNumber {
        if let channel = agreement.channel(named: name) { return channel.number }
        let codes = agreement.channels.map(\.code).joined(separator: ", ")
        throw DeskError(.refused, "the agreement has no channel '\(name)'", hint: "channels: \(codes)")
    }

    func language(_ tag: String?) throws(DeskError) -> LanguageNumber {
        let wanted = tag.flatMap { LanguageTag($0) } ?? (tag == nil ? agreement.party(me)?.languages.first : nil)
        if let wanted, let language = agreement.language(wanted) { return language.number }
        let tags = agreement.languages.map(\.tag.description).joined(separator: ", ")
        throw DeskError(.refused, "the agreement has no language '\(tag ?? "")'", hint: "languages: \(tags)")
    }
}
