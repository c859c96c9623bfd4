import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWire

/// The words of a trace, one line an event.
enum Words {
    static func line(_ clock: Instant, _ machine: Machine?, _ what: String) -> String {
        let seconds = clock.nanoseconds / 1_000_000_000
        let micro = clock.nanoseconds % 1_000_000_000 / 1_000
        let fraction = String(repeating: "0", count: 6 - String(micro).count) + String(micro)
        let who = machine.map { "station \($0.number)\($0.place >= 8 || $0.place != Int($0.number.value) - 1 ? " (machine \($0.place))" : "")" } ?? "world"
        return "\(seconds).\(fraction)  \(who)  \(what)"
    }

    static func event(_ event: Event) -> String {
        switch event {
        case .entry(let entry, let serial): "has entry \(short(entry.id)), serial \(serial), kind \(entry.header.kind), \(entry.header.precedence), \(entry.content.count) bytes"
        case .early(let entry): "has entry \(short(entry.id)) early"
        case .acknowledged(let peer, let part): "hears that \(peer) holds \(part.size) of \(short(part.generation))"
        case .signed(let part, let strength): "has \(short(part.generation)) signed at \(part.size), \(strength)"
        case .path(let peer, let bearer, let isUp, let reason): "path to \(peer) over \(bearer) \(isUp ? "stands" : "falls: \(reason)")"
        case .epoch(let peer, let epoch): "banks epoch \(epoch) with \(peer)"
        case .current(let peer, let name): "hears that \(peer) writes \(short(name))"
        case .restored(let generation): "says that \(short(generation)) is of a restored or cloned station"
        case .recovered(let peer, let part): "has \(short(part.generation)) back from \(peer), up to \(part.size)"
        case .provisional(let peer, let part): "has \(short(part.generation)) from \(peer), up to \(part.size), provisionally"
        case .violation(let peer, let violation): "accuses \(peer): \(violation)"
        case .conflict(let id): "sees two contents of \(short(id))"
        case .fork(let part): "sees a fork of \(short(part.generation))"
        case .stranger: "sees a stranger"
        }
    }

    /// What a frame carries.
    static func frame(_ plaintext: [UInt8]?) -> String {
        guard let plaintext else { return "a part of a handshake" }
        guard let items = try? Item.decode(plaintext) else { return "a frame that is none" }
        return items.map { item in
            switch item {
            case .name(let alias, let generation): "name \(alias)=\(short(generation))"
            case .probe: "probe"
            case .echo: "echo"
            case .acknowledgement(let ack): "ack \(ack.author):\(ack.size)\(ack.beyond.isEmpty ? "" : "+")"
            case .known: "known"
            case .checkpoint(let checkpoint): "\(checkpoint.strength) checkpoint \(checkpoint.size)"
            case .statement: "statement"
            case .offers: "offers"
            case .accepts: "accepts"
            case .confirmation: "confirmation"
            case .fragment(let part): "part \(part.offset)..<\(part.offset + part.bytes.count) of \(part.total)"
            case .held: "held"
            case .ask, .fetch, .more: "question"
            case .holdings: "holdings"
            case .returned: "returned entry"
            case .entry(let entry): "entry \(entry.generation)/\(entry.number)\(entry.header.precedence == .flash ? " FLASH" : "")"
            }
        }.joined(separator: ", ")
    }

    static func short(_ name: GenerationName) -> String { String(name.description.prefix(4)) }
    static func short(_ generation: GenerationID) -> String { "\(generation.station)/\(short(generation.name))" }
    static func short(_ id: EntryID) -> String { "\(short(id.generation))/\(id.number)" }
}
