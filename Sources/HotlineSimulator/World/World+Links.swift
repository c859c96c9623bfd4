import HotlineLine
import HotlineStation
import HotlineWire

/// How frames travel.
extension World {
    /// A machine hands a frame to a bearer.
    func transmit(_ frame: [UInt8], over bearer: BearerID, from machine: Machine) {
        guard let link = link(bearer, of: machine.number) else { return }
        checkers.transmits(frame, over: bearer, by: machine)
        let direction = link.direction(from: machine.number)
        let carried = Link.Carried(frame: frame, direction: direction, machine: machine.place, life: machine.life)
        switch link.medium {
        case .session:
            guard let session = link.session, session.machines[direction] == machine.place else { return }
            if link.stalled != nil { link.stalled?.append(carried) } else { carry(carried, link, session: session.id) }
        case .datagram:
            carry(carried, link, session: nil)
        case .courier:
            link.bag[direction].append(carried)
        }
    }

    private func carry(_ carried: Link.Carried, _ link: Link, session: Int?) {
        let direction = carried.direction
        let bytes = carried.frame.count
        let gone = max(link.free[direction], clock) + link.onAir(bytes)
        link.free[direction] = gone
        calendar.enter(.left(link: link.place, machine: carried.machine, life: carried.life, bytes: bytes), at: gone)
        if link.isMute[direction] || link.isSevered { return }
        if session != nil {
            // In order: never before the one that left before.
            let at = gone + Span(nanoseconds: Int64(link.latency.upperBound))
            calendar.enter(.arrive(link: link.place, direction: direction, session: session, frame: carried.frame), at: at)
            return
        }
        guard !happens(.loss, link.loss[direction]) else { return }
        for _ in 0..<(happens(.duplication, link.duplication) ? 2 : 1) {
            var frame = carried.frame
            if happens(.corruption, link.corruption) { frame[dice.draw(0...bytes - 1)] ^= UInt8(dice.draw(1...255)) }
            var at = gone + Span(nanoseconds: Int64(dice.draw(link.latency)))
            if happens(.reordering, link.reordering) { at = at + Span(nanoseconds: Int64(dice.spread(1_000_000...120_000_000_000))) }
            calendar.enter(.arrive(link: link.place, direction: direction, session: nil, frame: frame), at: at)
        }
    }

    private func happens(_ kind: FaultKind, _ perMille: Int) -> Bool {
        guard perMille > 0, dice.happens(perMille: perMille) else { return false }
        counts.note(kind)
        return true
    }

    func arrive(_ frame: [UInt8], _ link: Link, _ direction: Int, _ session: Int?) {
        let to = link.ends[1 - direction]
        let event = BearerEvent.received(bearer(link, to), frame: frame)
        if let session {
            guard let standing = link.session, standing.id == session else { return }
            give(.bearer(event, peer: link.ends[direction]), to: machines[standing.machines[1 - direction]])
        } else {
            for machine in machines(of: to) { give(.bearer(event, peer: link.ends[direction]), to: machine) }
        }
    }

    // MARK: Sessions

    func wantSession(_ link: Link) {
        guard link.medium == .session, link.session == nil, !link.isConnecting else { return }
        link.isConnecting = true
        calendar.enter(.connect(link: link.place), at: clock + Span(nanoseconds: Int64(link.latency.upperBound * 3 + dice.spread(1_000_000...3_000_000_000))))
    }

    func connect(_ link: Link) {
        link.isConnecting = false
        guard link.session == nil, !link.isSevered, link.stalled == nil, link.isMute == [false, false] else { return }
        let sides = link.ends.map { number in machines(of: number).filter(\.isRunning) }
        guard !sides[0].isEmpty, !sides[1].isEmpty else { return }
        let chosen = sides.map { dice.pick($0) }
        sessions += 1
        link.session = Link.Session(id: sessions, machines: chosen.map(\.place))
        link.free = [clock, clock]
        for end in 0...1 { give(.bearer(.up(bearer(link, link.ends[end])), peer: link.ends[1 - end]), to: chosen[end]) }
    }

    /// The session ends: whoever runs hears of it, and a new one is made as soon as one can be.
    func breakSession(_ link: Link, reason: String) {
        link.stalled = nil
        guard let session = link.session else { return }
        link.session = nil
        for end in 0...1 {
            let event = BearerEvent.down(bearer(link, link.ends[end]), reason: reason)
            give(.bearer(event, peer: link.ends[1 - end]), to: machines[session.machines[end]])
        }
        wantSession(link)
    }

    /// A station has not heard from a path.
    func reset(_ bearer: BearerID, of machine: Machine) {
        guard let link = link(bearer, of: machine.number) else { return }
        trace(machine) { "gives up path \(link.place)" }
        switch link.medium {
        case .session: breakSession(link, reason: "nothing heard")
        case .datagram:
            let peer = link.ends[1 - link.end(of: machine.number)]
            give(.bearer(.down(bearer, reason: "nothing heard"), peer: peer), to: machine)
            give(.bearer(.up(bearer), peer: peer), to: machine)
        case .courier: break
        }
    }

    /// A session that was held up goes on.
    func unstall(_ link: Link) {
        guard let held = link.stalled else { return }
        link.stalled = nil
        guard let session = link.session else { return wantSession(link) }
        for carried in held { carry(carried, link, session: session.id) }
    }

    // MARK: Couriers

    func depart(_ link: Link) {
        for direction in 0...1 {
            let bag = link.bag[direction]
            link.bag[direction] = []
            guard !bag.isEmpty else { continue }
            for carried in bag {
                calendar.enter(.left(link: link.place, machine: carried.machine, life: carried.life, bytes: carried.frame.count), at: clock)
            }
            guard !link.isSevered else { continue }
            if !isHealing, plan.faults.contains(.courierLost), dice.happens(percent: 15) {
                counts.note(.courierLost)
                continue
            }
            var frames = bag.map(\.frame)
            var hours = dice.draw(1...20)
            if !isHealing, plan.faults.contains(.courierHalf), dice.happens(percent: 20) {
                counts.note(.courierHalf)
                frames = frames.filter { _ in dice.happens(percent: 50) }
            }
            if !isHealing, plan.faults.contains(.courierLate), dice.happens(percent: 30) {
                counts.note(.courierLate)
                hours = dice.draw(48...400)
            }
            let at = clock + .seconds(Int64(hours) * 3600)
            calendar.enter(.courier(link: link.place, direction: direction, frames: frames), at: at)
            if !isHealing, plan.faults.contains(.courierTwice), dice.happens(percent: 20) {
                counts.note(.courierTwice)
                calendar.enter(.courier(link: link.place, direction: direction, frames: frames), at: at + .seconds(Int64(dice.draw(1...100)) * 3600))
            }
        }
        calendar.enter(.departure(link: link.place), at: clock + pause(courierPause))
    }
}
