public import HotlineAgreement
public import HotlineWire

/// Why our own station did not take what an officer handed in. Facts only; the words are at the edge.
public enum Refusal: Error, Hashable, Sendable {
    case unknownPost(PostNumber)
    case ownPost(String)
    case foreignSender(String)
    case noCounterpart(String)
    /// The two are not opposite each other, and the sender does not stand in for the one that is.
    case notCounterparts(from: String, to: String, instead: String)
    /// Nobody of the post's succession.
    case noStandIn(post: String, instead: [String])
    case unknownLanguage(LanguageNumber)
    /// A text without its language.
    case noLanguage
    case unknownChannel(ChannelNumber)
    case noChannel(Precedence)
    case precedenceNotOnChannel(Precedence, channel: String, allowed: [Precedence])
    case needsRelease(channel: String, roles: [OfficerRole], instead: [String])
    case tooManyReferences(Int, max: Int)
    /// It speaks of an entry that this station does not hold: nobody could hold such a letter (ENT-10).
    case unknownReference(EntryID)
    case emptyText
    case longText(Int, max: Int)
    case control(UInt32, line: Int)
    case flashWords(Int, max: Int)
    case flashBytes(Int, max: Int)
    /// Claimed times.
    case replyByPassed(UInt64, now: UInt64)
    case act(ActRefusal)
    case channel(ChannelRefusal)
    case contact(ContactRefusal)
    case release(ReleaseRefusal)
    /// The channel is suspended by these parties; these precedences still pass.
    case channelSuspended(channel: String, by: [StationNumber], passing: [Precedence])
}

/// Why nothing was stated about a letter.
public enum ActRefusal: Hashable, Sendable {
    /// What it is about is no letter, or not here.
    case noLetter
    case notAddressed
    case notAsked
    case takenAlready
    case laidAlready
    case endedAlready
    /// The letter's reply-by time, in claimed time, has not passed.
    case lapseTooEarly(due: UInt64, now: UInt64)
    case unknownReply(UInt8)
    case unknownReason(UInt8)
    case foreignAuthority(String)
    /// Claimed times.
    case notYetUntilPassed(UInt64, now: UInt64)
}
