import HotlineWire

/// One bearer between two stations, and what is wrong with it just now.
final class Link {
    enum Medium: String {
        /// Stands or not, keeps the order, loses only what is under way when it breaks: TLS.
        case session
        /// Every frame for itself: a radio modem, a datagram service.
        case datagram
        /// Files in a bag.
        case courier
    }
    let place: Int
    let medium: Medium
    /// The lower station first.
    let ends: [StationNumber]
    let bearers: [BearerID]
    let profile: BearerProfile
    let bitsPerSecond: Int
    let latency: ClosedRange<Int>

    /// A standing session: the machines at both ends.
    struct Session {
        let id: Int
        let machines: [Int]
    }
    var session: Session?
    var isConnecting = false
    /// No session can be made, and no datagram arrives.
    var isSevered = false
    /// Nothing arrives in this direction, silently.
    var isMute = [false, false]
    /// What a stalled session holds back, by direction; nil where it is not stalled.
    var stalled: [Carried]?
    /// Per mille, by direction.
    var loss = [0, 0]
    var duplication = 0
    var corruption = 0
    var reordering = 0
    /// When the medium is free again, by direction.
    var free = [Instant(nanoseconds: 0), Instant(nanoseconds: 0)]
    /// A courier's bag, by direction.
    var bag: [[Carried]] = [[], []]

    struct Carried {
        let frame: [UInt8]
        let direction: Int
        let machine: Int
        let life: Int
    }

    init(place: Int, medium: Medium, ends: [StationNumber], bearers: [BearerID], profile: BearerProfile, bitsPerSecond: Int, latency: ClosedRange<Int>) {
        self.place = place
        self.medium = medium
        self.ends = ends
        self.bearers = bearers
        self.profile = profile
        self.bitsPerSecond = bitsPerSecond
        self.latency = latency
    }

    /// 0 from the lower to the higher station.
    func direction(from station: StationNumber) -> Int { station == ends[0] ? 0 : 1 }
    func end(of station: StationNumber) -> Int { station == ends[0] ? 0 : 1 }

    /// All that was wrong is well again; a session that was broken still has to be made anew.
    func heal() {
        isSevered = false
        isMute = [false, false]
        loss = [0, 0]
        duplication = 0
        corruption = 0
        reordering = 0
    }

    func onAir(_ bytes: Int) -> Span { Span(nanoseconds: Int64(bytes) * 8 * 1_000_000_000 / Int64(bitsPerSecond)) }
}
