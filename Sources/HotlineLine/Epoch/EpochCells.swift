import HotlineSeal
public import HotlineWire

/// The durable form of an `EpochBook`: a few cells in the secrets' store, whose keys begin with the peer's number.
extension EpochBook {
    private enum Name {
        static let highest = UInt8(ascii: "h")
        static let offered = UInt8(ascii: "o")
        static let accepted = UInt8(ascii: "a")
        static let banked = UInt8(ascii: "b")
    }

    /// The cells in which `self` differs from `old`; a cell without value is to be erased.
    func cells(since old: EpochBook, peer: StationNumber) -> [JournalCell] {
        var out: [JournalCell] = []
        if highest != old.highest || floor != old.floor {
            var value = Encoder()
            value.put(highest)
            value.put(floor)
            out.append(JournalCell(key: [peer.value, Name.highest], value: value.bytes))
        }
        if offered != old.offered { out.append(JournalCell(key: [peer.value, Name.offered], value: offered.map(EpochBook.encode))) }
        if accepted != old.accepted { out.append(JournalCell(key: [peer.value, Name.accepted], value: accepted.map(EpochBook.encode))) }
        for epoch in Set(banked.keys).union(old.banked.keys).sorted() {
            let new = banked[epoch]
            let before = old.banked[epoch]
            guard new?.secret != before?.secret || new?.salts != before?.salts || new?.confirmation != before?.confirmation else { continue }
            var key = Encoder()
            key.put(byte: peer.value)
            key.put(byte: Name.banked)
            key.put(uint64: epoch.value)
            out.append(JournalCell(key: key.bytes, value: new.map(EpochBook.encode)))
        }
        return out
    }

    /// Whether a cell is to be erased after a change of keys: after a theft all but the highest number, after a replacement in
    /// order what our old keys have signed.
    static func isVoid(_ cell: JournalCell, afterTheft: Bool, afterReplacement: Bool) -> Bool {
        guard cell.key.count >= 2 else { return false }
        switch cell.key[1] {
        case Name.highest: return false
        case Name.offered, Name.accepted: return afterTheft || afterReplacement
        default: return afterTheft
        }
    }

    /// Reads the cells of one peer back.
    public init(cells: [JournalCell], limits: SealingLimits = .standard) throws(WireError) {
        self.init(limits: limits)
        var banked: [Banked] = []
        for cell in cells {
            guard cell.key.count >= 2, let value = cell.value else { throw .truncated }
            var decoder = Decoder(value)
            switch cell.key[1] {
            case Name.highest: restore(highest: try decoder.epoch(), floor: try decoder.epoch())
            case Name.offered: restore(offered: try EpochBook.offered(&decoder))
            case Name.accepted: restore(accepted: try EpochBook.accepted(&decoder))
            case Name.banked: banked.append(try EpochBook.banked(&decoder))
            default: throw .invalid(what: "secret cell", found: UInt64(cell.key[1]))
            }
            try decoder.finish()
        }
        restore(banked: banked)
    }

    private static func encode(_ offered: Offered) -> [UInt8] {
        var encoder = Encoder()
        encoder.put(prefixed: offered.signed.encoded)
        encoder.put(varint: UInt64(offered.secrets.count))
        for secret in offered.secrets {
            encoder.put(secret.epoch)
            encoder.put(raw: secret.seed)
        }
        return encoder.bytes
    }

    private static func offered(_ decoder: inout Decoder) throws(WireError) -> Offered {
        let signed = try SignedOffers(try decoder.prefixed("offers", max: Limits.objectBytesMax))
        var secrets: [OfferSecret] = []
        for _ in 0..<(try decoder.count(of: "offers", max: Limits.epochBatchMax)) {
            secrets.append(OfferSecret(epoch: try decoder.epoch(), seed: try decoder.raw(OfferSecret.size)))
        }
        return Offered(secrets: secrets, signed: signed)
    }

    private static func encode(_ accepted: Accepted) -> [UInt8] {
        var encoder = Encoder()
        encoder.put(prefixed: accepted.signed.encoded)
        encoder.put(varint: UInt64(accepted.secrets.count))
        for secret in accepted.secrets { put(secret, in: &encoder) }
        return encoder.bytes
    }

    private static func accepted(_ decoder: inout Decoder) throws(WireError) -> Accepted {
        let signed = try SignedAccepts(try decoder.prefixed("accepts", max: Limits.objectBytesMax))
        var secrets: [EpochSecret] = []
        for _ in 0..<(try decoder.count(of: "accepts", max: Limits.epochBatchMax)) { secrets.append(try secret(&decoder)) }
        return Accepted(signed: signed, secrets: secrets)
    }

    private static func encode(_ banked: Banked) -> [UInt8] {
        var encoder = Encoder()
        put(banked.secret.secret, in: &encoder)
        encoder.put(varint: banked.salts)
        encoder.put(varint: banked.base ?? 0)
        encoder.put(varint: banked.confirmation == nil ? 0 : 1)
        if let confirmation = banked.confirmation { encoder.put(prefixed: Confirmations([confirmation]).encoded) }
        return encoder.bytes
    }

    private static func banked(_ decoder: inout Decoder) throws(WireError) -> Banked {
        var banked = Banked(secret: ConfirmedSecret(banked: try secret(&decoder)))
        banked.salts = try decoder.varint()
        let base = try decoder.varint()
        banked.base = banked.salts > 0 ? base : nil
        if try decoder.count(of: "confirmation", max: 1) == 1 {
            banked.confirmation = try Confirmations(decoding: try decoder.prefixed("confirmation", max: 1024)).confirmations.first
        }
        return banked
    }

    private static func put(_ secret: EpochSecret, in encoder: inout Encoder) {
        encoder.put(secret.epoch)
        encoder.put(raw: secret.bytes)
    }

    private static func secret(_ decoder: inout Decoder) throws(WireError) -> EpochSecret {
        EpochSecret(epoch: try decoder.epoch(), bytes: try decoder.raw(32))
    }
}
