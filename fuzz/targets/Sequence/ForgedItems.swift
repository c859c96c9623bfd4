import HotlineAgreement
import HotlineRecord
import HotlineWire

/// Items as a peer in bad faith may send them: of the right form, with whatever values the bytes choose.
struct ForgedItems {
    /// A generation of the forger, and one of its victim.
    let mine: GenerationID
    let yours: GenerationID
    let mySize: UInt64
    let yourSize: UInt64

    func next(_ cursor: inout Cursor) -> Item {
        switch cursor.choice(13) {
        case 0: return .name(alias: cursor.byte() & 3, generation: generation(&cursor))
        case 1: return .probe(challenge: UInt32(cursor.byte()))
        case 2: return .echo(challenge: UInt32(cursor.byte()), current: cursor.byte() & 3)
        case 3: return .acknowledgement(acknowledgement(&cursor))
        case 4: return .known(salt: salt(&cursor), alias: cursor.byte() & 3, declared: cursor.choice(256))
        case 5: return .checkpoint(checkpoint(&cursor))
        case 6: return .statement(text: cursor.take(cursor.choice(256)), signature: filled(64, cursor.byte()))
        case 7: return .offers(cursor.take(cursor.choice(256)))
        case 8: return .accepts(cursor.take(cursor.choice(256)))
        case 9: return .confirmation(cursor.take(cursor.choice(256)))
        case 10: return .fragment(fragment(&cursor))
        case 11: return .held(object: cursor.number(near: 0), bytes: Int(cursor.byte()) << 8)
        default: return .entry(entry(&cursor))
        }
    }

    private func generation(_ cursor: inout Cursor) -> GenerationID {
        switch cursor.choice(4) {
        case 0: mine
        case 1: yours
        case 2: GenerationID(station: mine.station, name: GenerationName(UInt64(cursor.byte())))
        default: GenerationID(station: StationNumber(cursor.byte() % 15 + 1) ?? mine.station, name: GenerationName(UInt64(cursor.byte())))
        }
    }

    private func salt(_ cursor: inout Cursor) -> StartSalt {
        guard let salt = StartSalt(filled(StartSalt.size, cursor.byte())) else { preconditionFailure("a salt has six bytes") }
        return salt
    }

    private func acknowledgement(_ cursor: inout Cursor) -> AcknowledgementItem {
        let size = min(cursor.number(near: yourSize), 1 << 61)
        var beyond: [AcknowledgementItem.Range] = []
        for _ in 0..<cursor.choice(4) { beyond.append(.init(gap: UInt64(cursor.byte()) + 1, count: UInt64(cursor.byte()) << 8 + 1)) }
        return AcknowledgementItem(
            receiver: cursor.byte() & 3, author: cursor.byte() & 3, chainComplete: cursor.byte() & 1 == 0, size: RecordSize(size), beyond: beyond
        )
    }

    private func heads(_ cursor: inout Cursor, _ max: Int) -> [CheckpointItem.Held] {
        (0..<cursor.choice(max + 1)).map { _ in .init(generation: cursor.byte() & 3, size: RecordSize(cursor.number(near: yourSize))) }
    }

    private func checkpoint(_ cursor: inout Cursor) -> CheckpointItem {
        let strength: CheckpointStrength = cursor.byte() & 7 == 0 ? .full : .light
        return CheckpointItem(
            strength: strength, generation: cursor.byte() & 3, size: RecordSize(cursor.number(near: mySize)), held: heads(&cursor, 3),
            signature: filled(strength.signatureBytes, cursor.byte())
        )
    }

    private func fragment(_ cursor: inout Cursor) -> FragmentItem {
        let bytes = [cursor.byte()] + cursor.take(cursor.choice(64))
        let offset = Int(cursor.byte()) * 64
        let total = min(offset + bytes.count + Int(cursor.byte()) * 1024, Limits.objectBytesMax)
        return FragmentItem(object: UInt64(cursor.byte() & 7), offset: min(offset, total - bytes.count), total: total, bytes: bytes)
    }

    private func entry(_ cursor: inout Cursor) -> EntryItem {
        let isOpening = cursor.byte() & 7 == 0
        let header = EntryHeader(
            kind: isOpening ? Opening.kind : cursor.byte() & 7, precedence: Precedence(rawValue: cursor.byte() & 3) ?? .routine,
            exercise: cursor.byte() & 1 == 1, channel: cursor.byte() & 31, fromPost: cursor.byte(), toPost: cursor.byte(), language: cursor.byte(),
            claimedTime: cursor.number(near: 0)
        )
        let references = (0..<cursor.choice(3)).map { _ in
            EntryItem.Reference(generation: cursor.byte() & 3, number: EntryNumber(min(cursor.number(near: mySize), (1 << 62) - 2)))
        }
        return EntryItem(
            generation: cursor.byte() & 3, number: EntryNumber(min(cursor.number(near: isOpening ? 0 : mySize), (1 << 62) - 2)), header: header,
            references: references, seen: heads(&cursor, 2),
            content: isOpening ? opening(&cursor) : cursor.take(cursor.choice(200))
        )
    }

    private func opening(_ cursor: inout Cursor) -> [UInt8] {
        guard let blinds = BlindSecret(filled(32, cursor.byte())) else { return [] }
        let predecessor = cursor.byte() & 1 == 0 ? nil : Head(generation: mine, size: RecordSize(cursor.number(near: mySize)), root: Parties.shared.agreement.hash)
        return Opening(predecessor: predecessor, held: [], blinds: blinds, serialBase: cursor.number(near: mySize)).encoded
    }

    private func filled(_ count: Int, _ byte: UInt8) -> [UInt8] { [UInt8](repeating: byte, count: count) }
}
