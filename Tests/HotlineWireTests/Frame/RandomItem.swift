import HotlineWire

extension SeededGenerator {
    /// Any item that the format has. `last` allows those that run to the end of a frame.
    mutating func item(last: Bool) -> Item {
        switch Int.random(in: 0..<(last ? 19 : 18), using: &self) {
        case 0: .name(alias: byte(), generation: GenerationID(station: station(), name: GenerationName(next())))
        case 1: .probe(challenge: UInt32.random(in: .min ... .max, using: &self))
        case 2: .echo(challenge: UInt32.random(in: .min ... .max, using: &self), current: byte())
        case 3: .acknowledgement(acknowledgement())
        case 4: .known(salt: salt(), alias: byte(), declared: Int.random(in: 0...256, using: &self))
        case 5: .checkpoint(checkpoint(.light))
        case 6: .checkpoint(checkpoint(.full))
        case 7: .statement(text: bytes(count(300)), signature: bytes(count(1) == 0 ? 64 : 3373))
        case 8: .offers(bytes(count(300)))
        case 9: .accepts(bytes(count(300)))
        case 10: .confirmation(bytes(count(300)))
        case 11: .held(object: varint(), bytes: Int.random(in: 0...Limits.objectBytesMax, using: &self))
        case 12: .entry(entry())
        case 13: .ask(current: generation(), from: varint())
        case 14: .holdings(holdings())
        case 15:
            Bool.random(using: &self)
                ? .fetch(generation(), from: EntryNumber(min(varint(), VariableLengthInteger.max - 1)), entries: true) : .fetch(generation(), from: EntryNumber(0), entries: false)
        case 16: .returned(bytes(count(300)))
        case 17: .more
        default: .fragment(fragment())
        }
    }

    private mutating func generation() -> GenerationID { GenerationID(station: station(), name: GenerationName(next())) }

    private mutating func holdings() -> HoldingsItem {
        HoldingsItem(
            total: varint(), from: varint(),
            holdings: (0..<count(Limits.holdingsMax)).map { _ in
                HoldingsItem.Holding(
                    generation: generation(), size: RecordSize(varint()), signedFull: RecordSize(varint()), signedLight: RecordSize(varint())
                )
            }
        )
    }

    mutating func entry() -> EntryItem {
        EntryItem(
            generation: byte(), number: EntryNumber(min(varint(), VariableLengthInteger.max - 1)), header: entryHeader(),
            references: (0..<count(Limits.referencesMax)).map { _ in
                EntryItem.Reference(generation: byte(), number: EntryNumber(min(varint(), VariableLengthInteger.max - 1)))
            },
            seen: (0..<count(Limits.stationsMax - 1)).map { _ in CheckpointItem.Held(generation: byte(), size: RecordSize(varint())) },
            content: bytes(count(200))
        )
    }

    mutating func entryHeader() -> EntryHeader {
        EntryHeader(
            kind: byte(), precedence: Precedence.allCases.randomElement(using: &self) ?? .routine, exercise: Bool.random(using: &self),
            channel: byte() & 0x1F, fromPost: byte(), toPost: byte(), language: byte(), claimedTime: varint()
        )
    }

    mutating func station() -> StationNumber { StationNumber(UInt8.random(in: 1...15, using: &self))! }
    mutating func salt() -> StartSalt { StartSalt(bytes(StartSalt.size))! }
    mutating func byte() -> UInt8 { UInt8.random(in: 0...255, using: &self) }
    /// Often nothing, at most `max`.
    mutating func count(_ max: Int) -> Int {
        Bool.random(using: &self) ? Int.random(in: 0...max, using: &self) : Int.random(in: 0...1, using: &self)
    }

    private mutating func acknowledgement() -> AcknowledgementItem {
        AcknowledgementItem(
            receiver: byte(), author: byte(), chainComplete: Bool.random(using: &self), size: RecordSize(varint() >> 4),
            beyond: (0..<count(Limits.ackRangesMax)).map { _ in AcknowledgementItem.Range(gap: 1 + varint() >> 8, count: 1 + varint() >> 8)
            }
        )
    }

    private mutating func checkpoint(_ strength: CheckpointStrength) -> CheckpointItem {
        CheckpointItem(
            strength: strength, generation: byte(), size: RecordSize(varint()),
            held: (0..<count(20)).map { _ in CheckpointItem.Held(generation: byte(), size: RecordSize(varint())) },
            signature: bytes(strength.signatureBytes)
        )
    }

    private mutating func fragment() -> FragmentItem {
        let part = 1 + count(200)
        let offset = Int.random(in: 0...(Limits.objectBytesMax - part), using: &self)
        return FragmentItem(
            object: varint(), offset: offset, total: Int.random(in: (offset + part)...Limits.objectBytesMax, using: &self),
            bytes: bytes(part)
        )
    }
}
