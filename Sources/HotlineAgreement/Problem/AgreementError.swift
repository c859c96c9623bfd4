public import HotlineSeal
public import HotlineWire

/// Why a text is not an agreement or an identity card, or cannot be signed as one.
public enum AgreementError: Error, Hashable, Sendable {
    /// The text breaks rules of docs/spec/agreement.md: at least one problem, at most twenty, in order of line.
    case malformed([Problem])
    /// These parties have not signed yet.
    case unsigned(by: [StationNumber])
    /// This party's signature is not one by its root key over this text; for a card, the card's own.
    case notVerified(StationNumber?)
    /// The text lists no party with this number.
    case noParty(StationNumber)
    /// The root key is not the one that the text lists for this party.
    case wrongRoot(StationNumber)
    /// The party has signed already.
    case alreadySigned(StationNumber)
    /// The two files do not hold the same text, so that their signatures cannot be put together.
    case otherText(Hash, Hash)
    /// A draft needs between two and fifteen cards.
    case cardCount(found: Int)
    /// A key could not be used.
    case seal(SealError)
}
