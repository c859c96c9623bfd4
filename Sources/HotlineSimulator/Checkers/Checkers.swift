import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire

/// All that watches the stations from outside.
final class Checkers: SealWatch {
    /// Stands in every letter, so that one in clear is found.
    static let mark = "HOTLINE-LETTER"
    private static let markBytes = Array(mark.utf8)

    unowned var world: World!
    private(set) var finding: Finding?
    private let isReal: Bool

    private var statements = Statements()
    private var keys = KeyUse()
    private var epochs = EpochSecrets()
    private var heads = SignedHeads()
    private var tails = LostTails()
    private var opened: [Int: OpenedFrames] = [:]
    private var told: [Int: ToldEntries] = [:]
    private var flash: [Int: FlashFirst] = [:]
    /// What was sealed in this turn and has not left yet.
    private var sealedNow: [(frame: [UInt8], plaintext: [UInt8])] = []
    /// Whose turn it is.
    private var current: Int?
    private var turns = 0

    private let options: Options

    init(isReal: Bool, options: Options) {
        self.isReal = isReal
        self.options = options
    }

    func find(_ promise: Promise, _ what: String) { note(Finding(promise: promise, what: what)) }

    private func note(_ finding: Finding?) {
        guard let finding, self.finding == nil, options.heeded?.contains(finding.promise) ?? true else { return }
        self.finding = finding
    }

    // MARK: The shell

    /// - Parameter notices: whether the start takes the record for that of a backup.
    func started(_ machine: Machine, notices: Bool) {
        note(tails.started(machine, machine.station?.own.current?.head, notices: notices))
        opened[machine.place] = OpenedFrames()
        told[machine.place] = ToldEntries(machine.disk.content.entries.mapValues(\.count))
        flash[machine.place] = FlashFirst()
    }

    func begins(_ machine: Machine) {
        current = machine.place
        sealedNow.removeAll(keepingCapacity: true)
    }

    func committed(_ rows: [JournalRow.New], by machine: Machine) {
        for row in rows {
            guard let key = row.key, key.count == 18, let id = MemoryJournal.entryID([1] + key[1...]) else { continue }
            note(statements.note(id, row.value, byAuthor: id.author == machine.number))
            if id.author == machine.number, let station = machine.station, case .entry(let entry, _)? = try? Fact(row.value) {
                flash[machine.place]?.composed(entry, station)
                if entry.id.number == EntryNumber(0), let opening = try? Opening(entry.content) {
                    tails.opened(machine, entry.id.generation, opening, isTakenBack: station.own.takenBack.contains(entry.id.generation))
                }
            }
        }
    }

    func signs(_ checkpoint: Checkpoint, _ machine: Machine) { note(heads.note(checkpoint)) }

    func transmits(_ frame: [UInt8], over bearer: BearerID, by machine: Machine) {
        let plaintext = sealedNow.first { $0.frame == frame }?.plaintext
        world.trace(machine) { "sends \(Words.frame(plaintext)), \(frame.count) bytes over \(bearer)" }
        if isReal, contains(frame, Checkers.markBytes) { find(.noPlaintext, "station \(machine.number) hands a letter in clear to bearer \(bearer)") }
        let delivery = machine.station?.deliveries.first { $0.paths.contains { $0.id == bearer } }
        let isWaiting = delivery?.paths.contains { $0.id == bearer && $0.namesDue != nil } ?? false
        if plaintext != nil || delivery?.epochs.sendingEpoch != nil {
            note(flash[machine.place]?.sent(plaintext, frame, over: bearer, isWaiting: isWaiting))
        }
    }

    func told(_ event: Event, by machine: Machine, _ clock: Instant) {
        switch event {
        case .entry(let entry, _):
            note(told[machine.place]?.note(entry.id))
        case .acknowledged(let peer, let part):
            let delivery = machine.station?.delivery(to: peer)
            flash[machine.place]?.acknowledged { $0 < part.size.next || delivery?.isAcknowledged(EntryID(part.generation, $0)) == true }
            holds(part, peer, by: machine)
        case .path(_, let bearer, _, _): flash[machine.place]?.ended(bearer)
        case .violation(let peer, let violation):
            guard !options.tolerated.contains("\(violation)") else { return }
            find(.noConviction, "station \(machine.number) accuses \(peer): \(violation); it writes \(machine.station?.own.current?.id.description ?? "nothing")")
        case .conflict(let id): find(.noConviction, "station \(machine.number) sees a conflict at \(id)")
        case .fork(let part): find(.noConviction, "station \(machine.number) sees a fork of \(part.generation)")
        case .signed(let part, _): tails.signed(machine, part)
        case .early, .epoch, .current, .restored, .recovered, .provisional, .stranger: break
        }
    }

    /// What the receiver's generation acknowledged is on the disk of the machine that wrote that generation.
    private func holds(_ part: GenerationSize, _ peer: StationNumber, by machine: Machine) {
        guard part.size > .zero, let receiver = machine.station?.delivery(to: peer)?.current else { return }
        for other in world.machines where other.number == peer && other.honoured.contains(receiver) {
            guard other.disk.count(of: part.generation) < Int(part.size.value) else { continue }
            find(
                .acknowledgedIsHeld,
                "station \(peer) has \(other.disk.count(of: part.generation)) entries of \(part.generation), and \(machine.number) was told \(part.size)"
            )
        }
    }

    func restores(_ machine: Machine, to content: MemoryJournal.Content, keepingSecrets: Bool) {
        tails.cut(machine, after: content, keepingSecrets: keepingSecrets)
    }
    func clones(_ machine: Machine, _ copy: Machine) { tails.cloned(machine, copy) }
    func stops(_ machine: Machine) { tails.stopped(machine) }

    /// What is not as it should be in the end.
    func open(_ machines: [Machine]) -> Finding? {
        Harmony(machines: machines).open() ?? tails.open(machines)
    }

    func settled(_ machine: Machine, _ clock: Instant) {
        current = nil
        turns += 1
        tails.settled(machine)
        if machine.idleTurns > 1_000 { find(.convergence, "station \(machine.number) wakes for nothing, again and again") }
        guard turns & 63 == 0, let station = machine.station else { return }
        for delivery in station.deliveries {
            for extent in delivery.extents + station.extents(of: delivery.peer) where extent.found > extent.limit {
                find(.boundedMemory, "station \(machine.number) keeps \(extent.found) \(extent.what) for \(delivery.peer), at most \(extent.limit) are allowed")
            }
        }
    }

    private func contains(_ bytes: [UInt8], _ mark: [UInt8]) -> Bool {
        guard bytes.count >= mark.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            for start in 0...bytes.count - mark.count where bytes[start] == mark[0] {
                if (1..<mark.count).allSatisfy({ bytes[start + $0] == mark[$0] }) { return true }
            }
            return false
        }
    }

    // MARK: The sealing

    func sealed(_ frame: [UInt8], plaintext: [UInt8], key: UInt64, counter: UInt16, from: StationNumber, to: StationNumber) {
        note(keys.note(key: key, counter: counter, plaintext: plaintext))
        sealedNow.append((frame, plaintext))
    }

    func opened(key: UInt64, counter: UInt16, by: StationNumber) {
        guard let current else { return }
        note(opened[current]?.note(key: key, counter: counter))
    }

    func derived(secret: UInt64, from: StationNumber, to: StationNumber) { note(epochs.use(secret, by: from)) }
    func accepted(secret: UInt64) { epochs.accept(secret) }
    func completed(secret: UInt64) { epochs.complete(secret) }
}
