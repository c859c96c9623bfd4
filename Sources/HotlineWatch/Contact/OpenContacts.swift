public import HotlineAgreement
public import HotlineRecord
public import HotlineWire

/// The contacts of a line that are not over, in memory: what the watch must not forget. What became of the others, `Contact` tells from
/// the journal.
public struct OpenContacts: Sendable {
    /// Requests and what has been stated about each, without texts.
    private var held: [EntryID: Held] = [:]
    /// Requests of a party that were not taken in because too many of it are open already. They are in the record all the same.
    public private(set) var unwatched: [StationNumber: UInt64] = [:]

    private struct Held: Sendable {
        let request: Entry
        let at: WallTime
        /// In the order in which they came.
        var statements: [ContactStatement] = []
    }

    public init() {}

    /// As they stand, in the order of their times here.
    public func all(_ order: RecordOrder, _ agreement: (Hash) -> Agreement) -> [Contact] {
        held.values.sorted { ($0.at, $0.request.id) < ($1.at, $1.request.id) }.map { Contact($0.request, at: $0.at, $0.statements, in: order, agreement) }
    }

    /// Whether an entry may change them.
    public static func concern(_ entry: Entry) -> Bool {
        guard let kind = EntryKind(rawValue: entry.header.kind) else { return false }
        return kind == .contactRequest || kind.isAboutContacts
    }

    /// Takes an entry in that has just become durable here; whatever it is.
    public mutating func apply(_ entry: Entry, at: WallTime, _ agreement: Agreement, _ order: () -> RecordOrder) {
        if EntryKind(rawValue: entry.header.kind) == .contactRequest { return begin(entry, at: at, agreement) }
        guard let statement = ContactStatement(entry, at: at)?.withoutText, var contact = held[statement.request],
            contact.statements.count(where: { $0.author == statement.author }) < WatchLimits.stepsMax
        else { return }
        contact.statements.append(statement)
        held[statement.request] = contact
        switch Contact(contact.request, at: contact.at, contact.statements, in: order(), { _ in agreement }).standing {
        case .over, .ended: held[statement.request] = nil
        case .requested, .notYet, .agreed, .inSession: break
        }
    }

    private mutating func begin(_ entry: Entry, at: WallTime, _ agreement: Agreement) {
        guard let request = try? ContactRequest(content: entry.content) else { return }
        let plain = entry.with(content: request.withoutText.content)
        guard Contact(plain, at: at, [], in: RecordOrder([:]), { _ in agreement }).addressee != nil else { return }
        guard held.values.count(where: { $0.request.id.author == entry.id.author }) < WatchLimits.contactsMax else {
            unwatched[entry.id.author, default: 0] += 1
            return
        }
        held[entry.id] = Held(request: plain, at: at)
    }
}

extension OpenContacts {
    /// In the station's snapshot: requests in order of their names.
    public func encode(into encoder: inout Encoder) {
        encoder.put(varint: UInt64(held.count))
        for contact in held.values.sorted(by: { $0.request.id < $1.request.id }) {
            OpenContacts.put(contact.request, contact.at, into: &encoder)
            encoder.put(varint: UInt64(contact.statements.count))
            for statement in contact.statements { OpenContacts.put(statement.entry, statement.at, into: &encoder) }
        }
        encoder.put(varint: UInt64(unwatched.count))
        for (party, count) in unwatched.sorted(by: { $0.key < $1.key }) {
            encoder.put(party)
            encoder.put(varint: count)
        }
    }

    public init(_ decoder: inout Decoder) throws(WireError) {
        for _ in 0..<(try decoder.count(of: "contacts", max: WatchLimits.contactsMax * Limits.stationsMax)) {
            let (request, at) = try OpenContacts.entry(&decoder)
            var contact = Held(request: request, at: at)
            for _ in 0..<(try decoder.count(of: "statements about a contact", max: WatchLimits.stepsMax * Limits.stationsMax)) {
                let (entry, at) = try OpenContacts.entry(&decoder)
                guard let statement = ContactStatement(entry, at: at) else { throw .invalid(what: "statement about a contact", found: UInt64(entry.header.kind)) }
                contact.statements.append(statement)
            }
            held[request.id] = contact
        }
        for _ in 0..<(try decoder.count(of: "parties", max: Limits.stationsMax)) {
            let party = try decoder.station()
            unwatched[party] = try decoder.varint()
        }
    }

    private static func put(_ entry: Entry, _ at: WallTime, into encoder: inout Encoder) {
        encoder.put(uint64: UInt64(bitPattern: at.milliseconds))
        encoder.put(prefixed: entry.encoded)
    }

    private static func entry(_ decoder: inout Decoder) throws(WireError) -> (Entry, WallTime) {
        let at = WallTime(milliseconds: Int64(bitPattern: try decoder.uint64()))
        return (try Entry(try decoder.prefixed("entry", max: Limits.entryBytesMax)), at)
    }
}
