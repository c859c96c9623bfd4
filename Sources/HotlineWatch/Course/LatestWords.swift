import HotlineRecord
import HotlineWire

/// Of each party and each thing that it speaks of, the last word of every generation. Which of several generations is the latest is
/// asked anew each time: their openings may come in any order (docs/spec/watch.md, WAT-6).
struct LatestWords: Sendable {
    struct Word: Hashable, Sendable {
        let entry: EntryID
        /// When it became durable here, by our own clock.
        let at: WallTime
        let value: UInt16
    }
    struct Place: Hashable, Comparable, Sendable {
        let party: StationNumber
        /// A channel's number, or a post's.
        let thing: UInt8
        static func < (a: Place, b: Place) -> Bool { (a.party, a.thing) < (b.party, b.thing) }
    }
    /// Of each place the last of every generation, in the order in which the generations came.
    private var words: [Place: [Word]] = [:]

    mutating func say(_ value: UInt16, of thing: UInt8, in entry: EntryID, at: WallTime) {
        let word = Word(entry: entry, at: at, value: value)
        let place = Place(party: entry.author, thing: thing)
        var list = words[place] ?? []
        if let index = list.firstIndex(where: { $0.entry.generation == entry.generation }) {
            guard list[index].entry.number < entry.number else { return }
            list[index] = word
        } else {
            if list.count >= WatchLimits.wordGenerations { list.removeFirst() }
            list.append(word)
        }
        words[place] = list
    }

    /// The latest of each place.
    ///
    /// - Parameter order: asked for only where a party has spoken in more than one generation.
    func latest(_ order: () -> RecordOrder) -> [(place: Place, word: Word)] {
        var known: RecordOrder?
        return words.sorted { $0.key < $1.key }.map { place, list in
            var latest = list[0]
            for word in list.dropFirst() {
                let order = known ?? order()
                known = order
                if order.comes(latest.entry.generation, before: word.entry.generation) { latest = word }
            }
            return (place, latest)
        }
    }

    func encode(into encoder: inout Encoder) {
        let all = words.sorted { $0.key < $1.key }.flatMap { place, list in list.map { (place.thing, $0) } }
        encoder.put(varint: UInt64(all.count))
        for (thing, word) in all {
            encoder.put(byte: thing)
            encoder.put(word.entry)
            encoder.put(uint64: UInt64(bitPattern: word.at.milliseconds))
            encoder.put(uint16: word.value)
        }
    }

    init() {}

    init(_ decoder: inout Decoder) throws(WireError) {
        for _ in 0..<(try decoder.count(of: "latest words", max: Limits.stationsMax * 256 * WatchLimits.wordGenerations)) {
            let thing = try decoder.byte()
            let entry = try decoder.entryID()
            let at = WallTime(milliseconds: Int64(bitPattern: try decoder.uint64()))
            words[Place(party: entry.author, thing: thing), default: []].append(Word(entry: entry, at: at, value: try decoder.uint16()))
        }
    }
}
