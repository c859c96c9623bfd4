import HotlineRecord
import HotlineWire

/// Fills one frame: items that fit, and the names that they need before them.
struct FrameBuilder: Sendable {
    private(set) var salt: SendingSalt
    private var items: [Item] = []
    private var size = 0
    private let budget: Int
    /// Whether something of a FLASH is in it.
    var carriesFlash = false
    /// Whether names may go in it ahead of what needs more of them than fit along.
    private let mayName: Bool
    /// Whether some do.
    private(set) var carriesNamesAhead = false
    /// A fragment runs to the frame's end: nothing comes behind it.
    private var isClosed = false
    /// Names from here on go into this frame once one of its items uses a name the peer may not know.
    private var named: Int

    init(salt: SendingSalt, budget: Int, mayName: Bool = true) {
        self.salt = salt
        self.budget = budget
        self.mayName = mayName
        named = salt.known
    }

    var isEmpty: Bool { items.isEmpty }
    var room: Int { budget - size }

    /// Adds the item that `make` gives, where it and the names it uses fit; else changes nothing.
    mutating func add(_ make: (inout SendingSalt) -> Item) -> Bool {
        guard !isClosed else { return false }
        var salt = salt
        let item = make(&salt)
        guard !salt.isFull else { return end() }
        let names = names(for: item, salt)
        let cost = Item.encode([item]).count + FrameBuilder.lengthBytes(item) + names.count * FrameBuilder.nameBytes
        guard cost <= room, items.count + names.count < Limits.itemsPerFrameMax else {
            // What fits into no frame, names or not, is no reason to send them.
            if cost > budget, cost - names.count * FrameBuilder.nameBytes <= budget { name(ahead: names, salt) }
            return false
        }
        name(names)
        items.append(item)
        if case .fragment = item { isClosed = true }
        size += cost - names.count * FrameBuilder.nameBytes
        self.salt = salt
        return true
    }

    /// Adds an item that uses no names, encoded, where it fits; else changes nothing.
    mutating func add(encoded bytes: [UInt8]) -> Bool {
        guard !isClosed, bytes.count <= room, items.count < Limits.itemsPerFrameMax, let item = try? Item.decodeOne(bytes) else { return false }
        items.append(item)
        size += bytes.count
        return true
    }

    /// Puts the names that an entry uses into this frame, for an object whose fragments use them.
    mutating func declare(for entry: Entry) -> Bool {
        guard !isClosed else { return false }
        var salt = salt
        let item = salt.item(entry)
        guard !salt.isFull else { return end() }
        let names = names(for: .entry(item), salt)
        guard names.count * FrameBuilder.nameBytes <= room else {
            if names.count * FrameBuilder.nameBytes > budget { name(ahead: names, salt) }
            return false
        }
        name(names)
        self.salt = salt
        return true
    }

    /// The names up to the highest that the item uses, of those that the peer may not know and that are not in this frame.
    private func names(for item: Item, _ salt: SendingSalt) -> [GenerationID] {
        let needed = FrameBuilder.aliases(of: item).reduce(0) { max($0, Int($1) + 1) }
        return needed > named ? Array(salt.names[named..<needed]) : []
    }

    /// The item needs more names than this salt has left: the next frame is under another one.
    private mutating func end() -> Bool {
        salt.isFull = true
        return false
    }

    /// More names than one frame can hold: as many as fit go ahead, and the peer says that it knows them.
    private mutating func name(ahead names: [GenerationID], _ salt: SendingSalt) {
        let first = names.prefix(min(room / FrameBuilder.nameBytes, Limits.itemsPerFrameMax - 1 - items.count))
        guard mayName, !first.isEmpty else { return }
        name(Array(first))
        carriesNamesAhead = true
        self.salt = salt
    }

    private mutating func name(_ generations: [GenerationID]) {
        for generation in generations {
            items.append(.name(alias: UInt8(named), generation: generation))
            named += 1
        }
        size += generations.count * FrameBuilder.nameBytes
    }

    /// The frame, or nil where there is nothing to send.
    mutating func seal() throws(SealFailure) -> [UInt8]? {
        guard !items.isEmpty else { return nil }
        do { return try salt.seal(items) } catch { throw SealFailure() }
    }

    /// The library could not seal: a fault of this machine.
    struct SealFailure: Error {}

    private static let nameBytes = 11

    /// An entry in last place runs to the end of its frame; anywhere else its length stands before it.
    private static func lengthBytes(_ item: Item) -> Int {
        if case .entry(let entry) = item { return VariableLengthInteger.width(of: UInt64(entry.content.count)) }
        return 0
    }

    private static func aliases(of item: Item) -> [UInt8] {
        switch item {
        case .echo(_, let current): [current]
        case .acknowledgement(let ack): [ack.receiver, ack.author]
        case .checkpoint(let checkpoint): [checkpoint.generation] + checkpoint.held.map(\.generation)
        case .entry(let entry): [entry.generation] + entry.seen.map(\.generation) + entry.references.map(\.generation)
        case .name, .probe, .known, .statement, .offers, .accepts, .confirmation, .fragment, .held, .ask, .holdings, .fetch, .returned, .more: []
        }
    }
}

extension SendingSalt {
    /// An entry as it travels under this salt.
    mutating func item(_ entry: Entry) -> EntryItem {
        EntryItem(
            generation: alias(of: entry.id.generation), number: entry.id.number, header: entry.header,
            references: entry.references.map { EntryItem.Reference(generation: alias(of: $0.generation), number: $0.number) },
            seen: entry.seen.map { CheckpointItem.Held(generation: alias(of: $0.generation), size: $0.size) }, content: entry.content
        )
    }

    mutating func item(_ unverified: UnverifiedCheckpoint) -> CheckpointItem {
        let checkpoint = unverified.checkpoint
        return CheckpointItem(
            strength: unverified.strength, generation: alias(of: checkpoint.head.generation), size: checkpoint.head.size,
            held: checkpoint.held.map { CheckpointItem.Held(generation: alias(of: $0.generation), size: $0.size) },
            signature: unverified.signature
        )
    }
}
