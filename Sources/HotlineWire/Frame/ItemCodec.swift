/// The first byte of an item. `0x40` to `0x7F` is an entry: two flags and the number of heads seen.
private enum ItemType {
    static let name: UInt8 = 0x01
    static let probe: UInt8 = 0x02
    static let echo: UInt8 = 0x03
    static let acknowledgement: UInt8 = 0x04
    static let known: UInt8 = 0x05
    static let lightCheckpoint: UInt8 = 0x06
    static let fullCheckpoint: UInt8 = 0x07
    static let statement: UInt8 = 0x08
    static let offers: UInt8 = 0x09
    static let accepts: UInt8 = 0x0A
    static let confirmation: UInt8 = 0x0B
    static let fragment: UInt8 = 0x0C
    static let held: UInt8 = 0x0D
    static let ask: UInt8 = 0x0E
    static let holdings: UInt8 = 0x0F
    static let fetchCheckpoints: UInt8 = 0x10
    static let fetchEntries: UInt8 = 0x11
    static let returned: UInt8 = 0x12
    static let more: UInt8 = 0x13
    static let entry: UInt8 = 0x40
    static let entryEnd: UInt8 = 0x7F
    static let entryHasReferences: UInt8 = 0x01
    static let entryRunsToEnd: UInt8 = 0x02
}

extension Item {
    /// The plaintext of a frame. An entry or a fragment in last place runs to the end and needs no length.
    public static func encode(_ items: [Item]) -> [UInt8] {
        var encoder = Encoder()
        for (index, item) in items.enumerated() { encoder.put(item, isLast: index == items.count - 1) }
        return encoder.bytes
    }

    /// The items of a frame's plaintext. Types that this version does not know are an error: the version byte of the
    /// frame says what may stand in it.
    public static func decode(_ plaintext: [UInt8]) throws(WireError) -> [Item] {
        var decoder = Decoder(plaintext)
        var items: [Item] = []
        while !decoder.isAtEnd {
            guard items.count < Limits.itemsPerFrameMax else {
                throw .tooLarge(what: "items", found: items.count + 1, max: Limits.itemsPerFrameMax)
            }
            items.append(try decoder.item())
        }
        return items
    }

    /// One object that has come in fragments.
    public static func decodeOne(_ object: [UInt8]) throws(WireError) -> Item {
        var decoder = Decoder(object)
        let item = try decoder.item()
        try decoder.finish()
        if case .fragment = item { throw .invalid(what: "fragment in a fragment", found: 0) }
        return item
    }
}

extension Encoder {
    fileprivate mutating func put(_ item: Item, isLast: Bool) {
        switch item {
        case .name(let alias, let generation):
            put(byte: ItemType.name)
            put(byte: alias)
            put(generation)
        case .probe(let challenge):
            put(byte: ItemType.probe)
            put(challenge: challenge)
        case .echo(let challenge, let current):
            put(byte: ItemType.echo)
            put(challenge: challenge)
            put(byte: current)
        case .acknowledgement(let ack):
            put(ack)
        case .known(let salt, let alias, let declared):
            put(byte: ItemType.known)
            put(raw: salt.bytes)
            put(byte: alias)
            put(varint: UInt64(declared))
        case .checkpoint(let checkpoint):
            put(checkpoint)
        case .statement(let text, let signature):
            put(byte: ItemType.statement)
            put(prefixed: text)
            put(prefixed: signature)
        case .offers(let batch):
            put(byte: ItemType.offers)
            put(prefixed: batch)
        case .accepts(let batch):
            put(byte: ItemType.accepts)
            put(prefixed: batch)
        case .confirmation(let batch):
            put(byte: ItemType.confirmation)
            put(prefixed: batch)
        case .fragment(let fragment):
            put(byte: ItemType.fragment)
            put(varint: fragment.object)
            put(varint: UInt64(fragment.offset))
            put(varint: UInt64(fragment.total))
            put(raw: fragment.bytes)
            precondition(isLast, "a fragment runs to the end of its frame")
        case .held(let object, let bytes):
            put(byte: ItemType.held)
            put(varint: object)
            put(varint: UInt64(bytes))
        case .entry(let entry):
            put(entry, isLast: isLast)
        case .ask(let current, let from):
            put(byte: ItemType.ask)
            put(current)
            put(varint: from)
        case .holdings(let page):
            put(page)
        case .fetch(let generation, let from, let entries):
            put(byte: entries ? ItemType.fetchEntries : ItemType.fetchCheckpoints)
            put(generation)
            if entries { put(from) }
        case .returned(let entry):
            put(byte: ItemType.returned)
            put(prefixed: entry)
        case .more:
            put(byte: ItemType.more)
        }
    }

    private mutating func put(_ page: HoldingsItem) {
        put(byte: ItemType.holdings)
        put(varint: page.total)
        put(varint: page.from)
        put(varint: UInt64(page.holdings.count))
        for holding in page.holdings {
            put(holding.generation)
            put(holding.size)
            put(holding.signedFull)
            put(holding.signedLight)
        }
    }

    private mutating func put(challenge: UInt32) {
        for shift in [24, 16, 8, 0] as [UInt32] { put(byte: UInt8(truncatingIfNeeded: challenge >> shift)) }
    }

    private mutating func put(_ ack: AcknowledgementItem) {
        put(byte: ItemType.acknowledgement)
        put(byte: ack.receiver)
        put(byte: ack.author)
        put(ack.size)
        put(varint: UInt64(ack.beyond.count) << 1 | (ack.chainComplete ? 1 : 0))
        for range in ack.beyond {
            put(varint: range.gap)
            put(varint: range.count)
        }
    }

    private mutating func put(_ checkpoint: CheckpointItem) {
        put(byte: checkpoint.strength == .light ? ItemType.lightCheckpoint : ItemType.fullCheckpoint)
        put(byte: checkpoint.generation)
        put(checkpoint.size)
        put(checkpoint.held)
        put(raw: checkpoint.signature)
    }

    private mutating func put(_ held: [CheckpointItem.Held]) {
        put(varint: UInt64(held.count))
        for head in held { put(head) }
    }

    private mutating func put(_ head: CheckpointItem.Held) {
        put(byte: head.generation)
        put(head.size)
    }

    private mutating func put(_ entry: EntryItem, isLast: Bool) {
        precondition(entry.seen.count < Limits.stationsMax, "an entry sees each other member once")
        var type = ItemType.entry | UInt8(entry.seen.count) << 2
        if !entry.references.isEmpty { type |= ItemType.entryHasReferences }
        if isLast { type |= ItemType.entryRunsToEnd }
        put(byte: type)
        put(byte: entry.generation)
        put(entry.number)
        put(entry.header)
        for head in entry.seen { put(head) }
        if !entry.references.isEmpty {
            put(varint: UInt64(entry.references.count))
            for reference in entry.references {
                put(byte: reference.generation)
                put(reference.number)
            }
        }
        if isLast { put(raw: entry.content) } else { put(prefixed: entry.content) }
    }
}

extension Decoder {
    fileprivate mutating func item() throws(WireError) -> Item {
        let type = try byte()
        switch type {
        case ItemType.name:
            return .name(alias: try byte(), generation: try generationID())
        case ItemType.probe:
            return .probe(challenge: try challenge())
        case ItemType.echo:
            return .echo(challenge: try challenge(), current: try byte())
        case ItemType.acknowledgement:
            return .acknowledgement(try acknowledgement())
        case ItemType.known:
            guard let salt = StartSalt(try raw(StartSalt.size)) else { throw .truncated }
            return .known(salt: salt, alias: try byte(), declared: try count(of: "names", max: 256))
        case ItemType.lightCheckpoint:
            return .checkpoint(try checkpoint(.light))
        case ItemType.fullCheckpoint:
            return .checkpoint(try checkpoint(.full))
        case ItemType.statement:
            let text = try prefixed("checkpoint text", max: Limits.checkpointTextBytesMax)
            let signature = try prefixed("signature", max: CheckpointStrength.full.signatureBytes)
            guard CheckpointStrength.allCases.contains(where: { $0.signatureBytes == signature.count }) else {
                throw .invalid(what: "bytes of a signature", found: UInt64(signature.count))
            }
            return .statement(text: text, signature: signature)
        case ItemType.offers:
            return .offers(try prefixed("offers", max: Limits.objectBytesMax))
        case ItemType.accepts:
            return .accepts(try prefixed("accepts", max: Limits.objectBytesMax))
        case ItemType.confirmation:
            return .confirmation(try prefixed("confirmation", max: Limits.objectBytesMax))
        case ItemType.fragment:
            return .fragment(try fragment())
        case ItemType.held:
            return .held(object: try varint(), bytes: try count(of: "object", max: Limits.objectBytesMax))
        case ItemType.ask:
            return .ask(current: try generationID(), from: try varint())
        case ItemType.holdings:
            return .holdings(try holdings())
        case ItemType.fetchCheckpoints:
            return .fetch(try generationID(), from: EntryNumber(0), entries: false)
        case ItemType.fetchEntries:
            return .fetch(try generationID(), from: try entryNumber(), entries: true)
        case ItemType.returned:
            return .returned(try prefixed("returned entry", max: Limits.objectBytesMax - 8))
        case ItemType.more:
            return .more
        case ItemType.entry...ItemType.entryEnd:
            return .entry(try entry(type: type))
        default:
            throw .invalid(what: "item type", found: UInt64(type))
        }
    }

    private mutating func challenge() throws(WireError) -> UInt32 {
        UInt32(try uint16()) << 16 | UInt32(try uint16())
    }

    private mutating func acknowledgement() throws(WireError) -> AcknowledgementItem {
        let receiver = try byte()
        let author = try byte()
        let size = try recordSize()
        let packed = try varint()
        guard packed >> 1 <= UInt64(Limits.ackRangesMax) else {
            throw .tooLarge(what: "ranges", found: Int(clamping: packed >> 1), max: Limits.ackRangesMax)
        }
        var beyond: [AcknowledgementItem.Range] = []
        // Where the runs end: never beyond the last number there is, so that nobody who adds them up overflows.
        var end = size.value
        for _ in 0..<(packed >> 1) {
            let range = AcknowledgementItem.Range(gap: try varint(), count: try varint())
            guard range.gap > 0, range.count > 0 else { throw .nonCanonical }
            end += range.gap + range.count
            guard end <= VariableLengthInteger.max else { throw .invalid(what: "end of a range", found: end) }
            beyond.append(range)
        }
        return AcknowledgementItem(receiver: receiver, author: author, chainComplete: packed & 1 == 1, size: size, beyond: beyond)
    }

    private mutating func checkpoint(_ strength: CheckpointStrength) throws(WireError) -> CheckpointItem {
        let generation = try byte()
        let size = try recordSize()
        var held: [CheckpointItem.Held] = []
        for _ in 0..<(try count(of: "heads", max: 255)) { held.append(try head()) }
        return CheckpointItem(strength: strength, generation: generation, size: size, held: held, signature: try raw(strength.signatureBytes))
    }

    private mutating func holdings() throws(WireError) -> HoldingsItem {
        let total = try varint()
        let from = try varint()
        var holdings: [HoldingsItem.Holding] = []
        for _ in 0..<(try count(of: "holdings", max: Limits.holdingsMax)) {
            holdings.append(
                HoldingsItem.Holding(
                    generation: try generationID(), size: try recordSize(), signedFull: try recordSize(), signedLight: try recordSize()
                )
            )
        }
        return HoldingsItem(total: total, from: from, holdings: holdings)
    }

    private mutating func head() throws(WireError) -> CheckpointItem.Held {
        CheckpointItem.Held(generation: try byte(), size: try recordSize())
    }

    private mutating func fragment() throws(WireError) -> FragmentItem {
        let object = try varint()
        let offset = try count(of: "fragment offset", max: Limits.objectBytesMax)
        let total = try count(of: "object", max: Limits.objectBytesMax)
        let bytes = rest()
        guard !bytes.isEmpty, offset + bytes.count <= total else { throw .truncated }
        return FragmentItem(object: object, offset: offset, total: total, bytes: bytes)
    }

    private mutating func entry(type: UInt8) throws(WireError) -> EntryItem {
        let generation = try byte()
        let number = try entryNumber()
        let header = try entryHeader()
        let seenCount = Int(type - ItemType.entry) >> 2
        guard seenCount < Limits.stationsMax else { throw .tooLarge(what: "heads seen", found: seenCount, max: Limits.stationsMax - 1) }
        var seen: [CheckpointItem.Held] = []
        for _ in 0..<seenCount { seen.append(try head()) }
        var references: [EntryItem.Reference] = []
        if type & ItemType.entryHasReferences != 0 {
            let count = try count(of: "references", max: Limits.referencesMax)
            guard count > 0 else { throw .nonCanonical }
            for _ in 0..<count { references.append(EntryItem.Reference(generation: try byte(), number: try entryNumber())) }
        }
        let runsToEnd = type & ItemType.entryRunsToEnd != 0
        let content = runsToEnd ? rest() : try prefixed("content", max: Limits.entryBytesMax)
        // In last place the length is left out; an entry that has one there would be a second form of the same frame.
        guard runsToEnd || !isAtEnd else { throw .nonCanonical }
        guard content.count <= Limits.entryBytesMax else {
            throw .tooLarge(what: "content", found: content.count, max: Limits.entryBytesMax)
        }
        return EntryItem(generation: generation, number: number, header: header, references: references, seen: seen, content: content)
    }
}
