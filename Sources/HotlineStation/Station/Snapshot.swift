import HotlineLine
import HotlineRecord
import HotlineWatch
public import HotlineWire

/// Recovery: the last snapshot, then the facts after it, through the same `apply`.
extension Station {
    private static let snapshotVersion: UInt8 = 9

    /// Everything durable that is not history or secret.
    public var snapshot: [UInt8] {
        var encoder = Encoder()
        encoder.put(byte: Station.snapshotVersion)
        encoder.put(membership.line)
        own.encode(into: &encoder)
        encoder.put(varint: UInt64(theirs.count))
        for book in theirs { book.encode(into: &encoder) }
        encoder.put(varint: UInt64(deliveries.count))
        for delivery in deliveries {
            encoder.put(delivery.peer)
            delivery.encode(into: &encoder)
        }
        let checkpoints = latest.keys.sorted().flatMap { generation in
            CheckpointStrength.allCases.compactMap { latest[generation]?[$0] }
        }
        encoder.put(varint: UInt64(checkpoints.count))
        for checkpoint in checkpoints { encoder.put(prefixed: checkpoint.encoded) }
        tail.encode(into: &encoder)
        duty.encode(into: &encoder)
        channelStatements.encode(into: &encoder)
        openContacts.encode(into: &encoder)
        presences.encode(into: &encoder)
        statements.encode(into: &encoder)
        return encoder.bytes
    }

    public mutating func restore(snapshot bytes: [UInt8]) throws(WireError) {
        var decoder = Decoder(bytes)
        let version = try decoder.byte()
        guard version == Station.snapshotVersion else { throw .invalid(what: "snapshot version", found: UInt64(version)) }
        guard try decoder.hash() == membership.line else { throw .invalid(what: "line of the snapshot", found: 0) }
        own = try Book(&decoder)
        let count = try decoder.count(of: "records", max: Limits.stationsMax)
        var books: [Book] = []
        for _ in 0..<count { books.append(try Book(&decoder)) }
        theirs = membership.peers.map { peer in books.first { $0.station == peer } ?? Book(station: peer) }
        for _ in 0..<(try decoder.count(of: "peers", max: Limits.stationsMax)) {
            let peer = try decoder.station()
            guard let index = deliveries.firstIndex(where: { $0.peer == peer }) else {
                throw .invalid(what: "peer of the snapshot", found: UInt64(peer.value))
            }
            try deliveries[index].restore(&decoder)
        }
        for peer in membership.peers { noteBasis(of: peer) }
        for _ in 0..<(try decoder.count(of: "checkpoints", max: .max >> 2)) {
            var inner = Decoder(try decoder.prefixed("checkpoint", max: Limits.objectBytesMax))
            let checkpoint = try UnverifiedCheckpoint(&inner)
            latest[checkpoint.checkpoint.head.generation, default: [:]][checkpoint.strength] = checkpoint
        }
        tail = try Tail(&decoder)
        duty = try Duty(&decoder)
        channelStatements = try ChannelStatements(&decoder)
        openContacts = try OpenContacts(&decoder)
        presences = try Presences(&decoder)
        statements = try Statements(&decoder)
        try decoder.finish()
    }

    /// Applies a row that was committed after the snapshot.
    ///
    /// - Returns: false where the row is not what was written: under another key, not the next of its generation, or beside
    ///   hashes that its entry does not give.
    public mutating func recover(_ row: JournalRow) throws(WireError) -> Bool {
        let fact = try Fact(row.row.value)
        guard row.row.key == fact.key, canFollow(fact) else { return false }
        let nodes = apply(fact)
        if case .entry(let entry, _) = fact, entry.id.author == membership.me {
            for index in deliveries.indices { deliveries[index].recall(entry.id, entry.header.precedence) }
        }
        return nodes.map { $0.flatMap(\.bytes) } == row.row.nodes
    }

    /// Whether an entry is the next one of its generation, or opens one. What is not an entry follows anything.
    private func canFollow(_ fact: Fact) -> Bool {
        guard case .entry(let entry, _) = fact else { return true }
        guard let book = book(of: entry.id.author) else { return false }
        if entry.id.number == EntryNumber(0) { return !book.isKnown(entry.id.generation) && (try? Opening(entry.content)) != nil }
        return book.generation(entry.id.generation)?.size.next == entry.id.number
    }
}
