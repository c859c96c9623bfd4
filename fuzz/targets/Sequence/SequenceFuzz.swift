import HotlineAgreement
import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire

/// The bytes are a story: letters, frames that are dropped, repeated, reordered and changed, bearers that fall and rise, time,
/// kills, and a first station in bad faith that seals whatever it likes under valid keys.
///
/// What must hold whatever the story says: nothing stops a station; what is committed can be recovered; the second
/// station's letters arrive in order, none twice; state and frames stay bounded. While nobody has forged anything: nobody is
/// accused, and once the line is whole again every letter arrives.
struct SequenceFuzz {
    private var exchange = Exchange.standing
    private var cursor: Cursor
    private var forger: FrameKey
    private var counter: UInt16 = 0
    private var hasForged = false
    private var starts = 0

    /// Kills of one story.
    static let startsMax = 40
    /// Most steps of one story; what takes longer is found by the simulator.
    static let stepsMax = 120

    static func run(_ bytes: [UInt8]) {
        var story = SequenceFuzz(bytes)
        do {
            for _ in 0..<stepsMax where !story.cursor.isAtEnd { try story.step() }
            try story.end()
        } catch {
            fatalError("what a station has written it cannot read: \(error)")
        }
    }

    private init(_ bytes: [UInt8]) {
        cursor = Cursor(bytes)
        forger = SequenceFuzz.key
    }

    /// The first station's key of the shared epoch, under a salt of its own choice.
    private static let key: FrameKey = {
        let ends = Exchange.standing.ends
        guard let cell = ends[0].secrets.cells(prefix: [ends[1].number.value, UInt8(ascii: "b")]).first?.value,
            let salt = StartSalt([9, 9, 9, 9, 9, 9])
        else { fatalError("the two share an epoch") }
        var decoder = Decoder(cell)
        guard let epoch = try? decoder.epoch(), let bytes = try? decoder.raw(32) else { fatalError("a banked epoch has a secret") }
        return FrameKey(
            secret: EpochSecret(epoch: epoch, bytes: bytes), line: Parties.shared.agreement.line, from: ends[0].number, to: ends[1].number, salt: salt
        )
    }()

    private mutating func step() throws {
        switch cursor.choice(16) {
        case 0...2:
            let precedence = Precedence(rawValue: cursor.byte() & 3) ?? .routine
            let words = String(repeating: "word ", count: cursor.choice(40))
            try exchange.compose(cursor.choice(2), words, precedence)
        case 3: try exchange.run(for: .milliseconds(Int64(1) << Int64(cursor.choice(13))))
        case 4: try exchange.run(for: .milliseconds(Int64(cursor.byte()) * 4))
        case 5...8: try meddle()
        case 9: try exchange.set(bearer: cursor.choice(2), up: cursor.byte() & 1 == 0)
        case 10:
            let victim = cursor.choice(2)
            guard starts < SequenceFuzz.startsMax else { break }
            starts += 1
            try exchange.restart(victim)
        case 11: exchange.jump(milliseconds: Int64(1) << Int64(cursor.choice(40)) * (cursor.byte() & 1 == 0 ? 1 : -1))
        case 12: try exchange.inject(cursor.take(cursor.choice(128)), to: cursor.choice(2), bearer: cursor.choice(2))
        case 13: try exchange.order(cursor.choice(2), cursor.byte() & 3 == 0 ? .full : .light)
        case 14: try forge(cursor.take(cursor.choice(200)))
        default: try forge(items())
        }
        bound()
    }

    /// One frame under way is delivered ahead of the others, lost, repeated or changed.
    private mutating func meddle() throws {
        let frames = exchange.carried.indices.filter { exchange.carried[$0].frame != nil }
        guard !frames.isEmpty else { return }
        let place = frames[cursor.choice(frames.count)]
        switch cursor.choice(4) {
        case 0: try exchange.deliver(exchange.carried.remove(at: place))
        case 1: exchange.carried.remove(at: place)
        case 2: exchange.carried.append(exchange.carried[place])
        default:
            guard let frame = exchange.carried[place].frame, !frame.isEmpty else { return }
            exchange.carried[place].frame?[cursor.choice(frame.count)] ^= cursor.byte() | 1
        }
    }

    private mutating func items() -> [UInt8] {
        let ends = exchange.ends
        guard let mine = ends[0].station.own.current?.id, let yours = ends[1].station.own.current else { return [] }
        let mySize = ends[1].station.book(of: mine.station)?.size(of: mine)?.value ?? 0
        let forged = ForgedItems(mine: mine, yours: yours.id, mySize: mySize, yourSize: yours.size.value)
        var items: [Item] = [.name(alias: 0, generation: mine), .name(alias: 1, generation: yours.id)]
        for _ in 0..<(cursor.choice(4) + 1) {
            items.append(forged.next(&cursor))
            // A fragment runs to the end of its frame.
            if case .fragment = items[items.count - 1] { break }
        }
        return Item.encode(items)
    }

    private mutating func forge(_ plaintext: [UInt8]) throws {
        guard counter < .max, plaintext.count <= Limits.frameBytesMax / 2 else { return }
        hasForged = true
        let frame = try forger.seal(plaintext, counter: counter, alias: nil)
        counter += 1
        try exchange.inject(frame, to: 1, bearer: 0)
    }

    private func bound() {
        check(exchange.carried.count < 5000, "a station sends no flood of frames")
        for end in exchange.ends { check(end.journal.rows.count < 5000, "a station writes no flood of rows") }
    }

    private mutating func end() throws {
        for index in exchange.ends.indices {
            check(exchange.ends[index].station.snapshot.count < 4 * 1024 * 1024, "the state of a station is bounded")
        }
        if !hasForged {
            for bearer in [0, 1] { try exchange.set(bearer: bearer, up: false) }
            for bearer in [0, 1] { try exchange.set(bearer: bearer, up: true) }
            try exchange.run(for: .seconds(120)) { exchange in
                exchange.ends.allSatisfy { $0.station.deliveries.allSatisfy { $0.backlog == 0 } }
            }
            for (index, end) in exchange.ends.enumerated() {
                let letters = end.letters(of: exchange.peer(of: index))
                check(places(letters) == Array(0..<exchange.ends[1 - index].composed), "every letter arrives, once, in order: \(letters)")
                for event in end.events {
                    switch event {
                    case .violation, .conflict, .fork, .restored: fatalError("an honest peer is accused: \(event)")
                    default: break
                    }
                }
            }
        } else {
            let letters = places(exchange.ends[0].letters(of: exchange.ends[1].number))
            check(zip(letters, letters.dropFirst()).allSatisfy { $0 < $1 }, "in order, none twice: \(letters)")
        }
        for index in exchange.ends.indices { try exchange.restart(index) }
        try exchange.run(for: .milliseconds(100))
    }

    private func places(_ letters: [String]) -> [Int] { letters.map { Int($0.prefix { $0 != " " }) ?? -1 } }
}
