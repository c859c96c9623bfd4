import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWire
import Testing

/// What must hold after every strategy, whatever it was.
final class AfterConditions {
    private let stage: Stage
    private let strategy: Strategy
    private let place: String
    /// Rows that have been looked at, and how many of them note something but the peers' own words.
    private var rowsSeen: Int
    private var noted = 0
    private let injectedBefore: Int
    private let ownBefore: [Entry]
    private let eventsBefore: (honest: Int, witness: Int)

    init(_ stage: Stage, _ strategy: Strategy, seed: UInt64) {
        self.stage = stage
        self.strategy = strategy
        place = "\(strategy.name), seed \(seed)"
        rowsSeen = stage.honest.journal.rows.count
        injectedBefore = stage.injected
        ownBefore = AfterConditions.ownEntries(stage)
        eventsBefore = (stage.honest.events.count, stage.witness.events.count)
    }

    /// All entries of the honest station's own record, as they became durable.
    private static func ownEntries(_ stage: Stage) -> [Entry] {
        stage.honest.facts.compactMap { fact in
            guard case .entry(let entry, _)? = fact, entry.id.author == stage.honest.number else { return nil }
            return entry
        }
    }

    // MARK: In every round

    /// What the station holds is bounded; so is what it asks the store for, and what it writes for what it is sent.
    func look() {
        let station = stage.honest.station
        for extent in station.extents + station.deliveries.flatMap(\.extents) {
            #expect(extent.found <= extent.limit, "\(place): \(extent.what)")
        }
        #expect(station.needs.count <= 1_000, "\(place): asks the store for \(station.needs.count) things")
        for fact in stage.honest.facts[rowsSeen...] {
            switch fact {
            case .entry?, .early?, .returned?, .checkpoint?: break
            default: noted += 1
            }
        }
        rowsSeen = stage.honest.journal.rows.count
        #expect(noted <= 200 + 4 * (stage.injected - injectedBefore), "\(place): \(noted) rows for \(stage.injected - injectedBefore) frames")
    }

    // MARK: Proof

    /// Who has the agreement and an export, and nothing else, sees what was done, and nothing that was not.
    func checkProof(_ impostor: Impostor, seed: UInt64) throws {
        guard seed <= 4 || strategy.proof == .fork else { return }
        let report = try ThirdMachine.verify(stage.honest)
        let forked = Set(report.forks.map(\.first.checkpoint.signer))
        switch strategy.proof {
        case .nothing:
            #expect(impostor.conflicts.isEmpty && impostor.forks.isEmpty && report.forks.isEmpty, "\(place)")
            #expect(report.isSound, "\(place): \(report.problems.prefix(3))")
        case .conflict:
            #expect(!impostor.conflicts.isEmpty && impostor.forks.isEmpty && report.forks.isEmpty, "\(place)")
            #expect(report.isSound, "\(place): \(report.problems.prefix(3))")
        case .perhapsConflict:
            #expect(impostor.forks.isEmpty && report.forks.isEmpty && report.isSound, "\(place)")
        case .unverifiable:
            #expect(impostor.conflicts.isEmpty && impostor.forks.isEmpty && report.forks.isEmpty, "\(place)")
            #expect(report.problems.allSatisfy { ThirdMachine.author(of: $0) == impostor.me }, "\(place): \(report.problems.prefix(3))")
        case .fork:
            #expect(forked == [impostor.me], "\(place): signed by the peer, and not proved")
            #expect(stage.honest.events.contains { if case .fork = $0 { true } else { false } }, "\(place)")
            for evidence in impostor.forks.prefix(2) { #expect((try? ThirdMachine.verify(evidence)) == impostor.me, "\(place)") }
        }
    }

    // MARK: Afterwards

    /// The peer's own software is back. Everything arrives everywhere, and nobody else was accused.
    func checkPeace(seed: UInt64) throws {
        try checkOwnRecord()
        try stage.repent()
        try stage.send("in peace again")
        try stage.hostile.feed([try Stage.compose("in good faith again", to: stage.honest.number)], at: stage.now)
        try stage.witness.feed([try Stage.compose("and from here", to: stage.honest.number)], at: stage.now)
        try stage.run(for: .seconds(300)) { isDone }
        #expect(isDone, "\(place): not everything has arrived")
        #expect(stage.witness.letters(of: stage.honest.number) == stage.letters, "\(place)")
        #expect(Set(stage.letters).isSubset(of: stage.hostile.letters(of: stage.honest.number)), "\(place)")
        #expect(stage.honest.letters(of: stage.witness.number).last == "and from here", "\(place)")
        #expect(stage.honest.station.delivery(to: stage.witness.number)?.backlog == 0, "\(place)")
        checkWitness()
        if seed <= 6 { try checkRecovery() }
    }

    private var isDone: Bool {
        stage.honest.station.deliveries.allSatisfy { $0.backlog == 0 } && stage.honest.has("in good faith again", from: stage.hostile.number)
            && stage.honest.has("and from here", from: stage.witness.number)
    }

    /// Nothing that stood in the honest record has changed, and nothing stands there but what its officers have written.
    private func checkOwnRecord() throws {
        let own = AfterConditions.ownEntries(stage)
        #expect(own.starts(with: ownBefore), "\(place)")
        let stated: Set<UInt8> = strategy.mayShowLoss || strategy.isAfterRestore ? [1, Declaration.kind, Recovered.kind] : [1]
        let taken = stage.honest.station.own.takenBack
        for entry in own.dropFirst(ownBefore.count) where !taken.contains(entry.id.generation) {
            #expect(stated.contains(entry.header.kind) || strategy.isAfterRestore, "\(place): kind \(entry.header.kind)")
        }
        #expect(Set(stage.letters).isSuperset(of: stage.honest.letters(of: stage.honest.number)), "\(place): a letter that no officer has written")
    }

    /// Between the two honest ones nothing was wrong.
    private func checkWitness() {
        let (me, witness) = (stage.honest.number, stage.witness.number)
        for (event, peer) in stage.honest.events.dropFirst(eventsBefore.honest).map({ ($0, witness) }) + stage.witness.events.dropFirst(eventsBefore.witness).map({ ($0, me) }) {
            switch event {
            case .violation(let accused, _): #expect(accused != peer, "\(place): \(event)")
            case .conflict(let id): #expect(id.author != peer, "\(place): \(event)")
            case .fork(let part): #expect(part.generation.station != peer, "\(place): \(event)")
            default: break
            }
        }
        for (id, size) in stage.honest.station.own.sizes {
            #expect(stage.witness.station.book(of: me)?.size(of: id) ?? .zero >= size, "\(place): \(id)")
        }
    }

    /// What has become durable makes the same station again.
    private func checkRecovery() throws {
        let heads = stage.honest.station.theirs.map { book in book.sizes.map { book.head(of: $0.id) } }
        try stage.restart()
        #expect(stage.honest.station.theirs.map { book in book.sizes.map { book.head(of: $0.id) } } == heads, "\(place)")
        try stage.send("after a start")
        try stage.run(for: .seconds(300)) { stage.honest.station.deliveries.allSatisfy { $0.backlog == 0 } }
        #expect(stage.honest.station.deliveries.allSatisfy { $0.backlog == 0 }, "\(place): after a start")
    }
}
