public import HotlineSeal
public import HotlineWire

/// What an identity card says: who a party is and with which keys it comes to a line. One card is for one line, for its
/// nonce is.
public struct Identity: Hashable, Sendable {
    /// The party's name, in one language or more; the first is its own.
    public var names: Wording
    /// One to four Latin capitals.
    public var mark: String
    /// The first is its own.
    public var languages: [LanguageTag]
    public var created: WallTime
    /// 32 fresh random bytes.
    public var nonce: [UInt8]
    public var keys: PartyKeys

    public init(names: Wording, mark: String, languages: [LanguageTag], created: WallTime, nonce: [UInt8], keys: PartyKeys) {
        self.names = names
        self.mark = mark
        self.languages = languages
        self.created = created
        self.nonce = nonce
        self.keys = keys
    }

    /// The card of this identity, signed by its own root key.
    ///
    /// - Throws: `malformed` where the identity cannot stand on a card, `notVerified` where `root` is not its root key, `seal`.
    public func signed(by root: CompositePrivateKey) throws(AgreementError) -> IdentityCard {
        let text = CardText.write(self)
        let signature: [UInt8]
        do throws(SealError) { signature = try root.sign(Label.card + text) } catch { throw .seal(error) }
        let card = try UnverifiedCard(CardText.file(text, signature))
        guard card.identity == self else { throw .malformed([.otherwise("an identity's words")]) }
        return try card.verified()
    }
}
