import HotlineWire

/// Verifies an export offline: holds nothing but the file, reads it once, and remembers only what is claimed.
///
/// Nothing in the file makes it throw: whatever is wrong becomes a problem in the report, and where the file can be read
/// no further the report says at which byte.
public struct ExportVerifier {
    private let keys: LineKeys
    private var report = ExportReport()
    private var last: ExportSection?
    private var checks: [GenerationID: GenerationCheck] = [:]
    /// As their openings stand in the file.
    private var order: [GenerationID] = []
    private var current: GenerationID?
    private var begun = 0
    private var rosterBytes = 0
    private var evidenceCount = 0
    /// How many entries of each generation the export says that it holds.
    private var announced: [GenerationID: RecordSize] = [:]
    private var heads = StatedHeads()

    /// - Parameters:
    ///   - parties: is given the agreements' exact bytes, the first agreement first, and gives what they say; nil refuses them.
    ///   - pull: the next bytes of the file, in chunks of any size; none at its end.
    /// - Throws: only what `pull` throws.
    public static func verify<Failure: Error>(
        parties: (_ agreements: [[UInt8]]) -> LineKeys?, _ pull: @escaping () throws(Failure) -> [UInt8]
    ) throws(Failure) -> ExportReport {
        var reader = ExportReader(pull)
        guard try reader.begin() else { return refused(ExportProblem(.file, .notAnExport)) }
        var agreements: [[UInt8]] = []
        var agreementBytes = 0
        var verifier: ExportVerifier?
        while true {
            let piece = try reader.next()
            if case .section(.agreement, let offset, let body) = piece, verifier == nil {
                agreementBytes += body.count
                guard agreementBytes <= ExportLimits.agreementsBytesMax else {
                    return refused(ExportProblem(.byte(offset), .tooMany(.agreement)))
                }
                agreements.append(body)
                continue
            }
            if verifier == nil {
                if case .stop(let problem) = piece { return refused(problem) }
                guard !agreements.isEmpty, let keys = parties(agreements) else { return refused(ExportProblem(.file, .agreementsRefused)) }
                agreements = []
                verifier = ExportVerifier(keys)
            }
            switch piece {
            case .section(let section, let offset, let body):
                verifier?.take(section, at: offset, body)
            case .stop(let problem):
                verifier?.report.add(problem)
                return verifier?.finish() ?? refused(problem)
            case .end(let digestAgrees):
                if !digestAgrees { verifier?.report.add(.file, .digestDiffers) }
                let trailing = try reader.drain()
                if trailing > 0 { verifier?.report.add(.byte(reader.offset), .trailingBytes(trailing)) }
                return verifier?.finish() ?? refused(ExportProblem(.file, .notAnExport))
            }
        }
    }

    private init(_ keys: LineKeys) {
        self.keys = keys
        report.line = keys.line
        last = .agreement
    }

    private static func refused(_ problem: ExportProblem) -> ExportReport {
        var report = ExportReport()
        report.add(problem)
        return report
    }

    // MARK: Sections

    private mutating func take(_ section: ExportSection, at offset: UInt64, _ body: [UInt8]) {
        guard section.mayFollow(last) else {
            report.add(.byte(offset), .sectionOutOfOrder(section))
            return
        }
        last = section
        do throws(WireError) {
            switch section {
            case .agreement: report.add(.byte(offset), .sectionOutOfOrder(section))
            case .roster: takeRoster(body, at: offset)
            case .checkpoint: try takeCheckpoint(body, at: offset)
            case .evidence: try takeEvidence(body, at: offset)
            case .opening: try takeOpening(body, at: offset)
            case .generation: try takeGeneration(body, at: offset)
            case .entry: takeEntry(body)
            case .end: break
            }
        } catch {
            report.add(.byte(offset), .malformed(error))
        }
    }

    private mutating func takeRoster(_ body: [UInt8], at offset: UInt64) {
        rosterBytes += body.count
        guard rosterBytes <= ExportLimits.rostersBytesMax else {
            report.add(.byte(offset), .tooMany(.roster))
            return
        }
        report.rosters.append(body)
    }

    private mutating func takeCheckpoint(_ body: [UInt8], at offset: UInt64) throws(WireError) {
        var decoder = Decoder(body)
        let unverified = try UnverifiedCheckpoint(&decoder)
        try decoder.finish()
        let source = HeadSource.checkpoint(unverified.checkpoint.signer, unverified.strength)
        let own = unverified.checkpoint.head
        do throws(CheckpointRefusal) {
            let (signed, basis) = try keys.verify(unverified)
            let checkpoint = signed.checkpoint
            state(own, source, basis: basis, at: offset)
            if let other = heads.sign(own) { report.add(.head(own, by: source), .fork(other: other)) }
            for head in checkpoint.held { state(head, source, basis: nil, at: offset) }
        } catch {
            report.add(.head(own, by: source), .checkpointRefused(error))
        }
    }

    private mutating func takeEvidence(_ body: [UInt8], at offset: UInt64) throws(WireError) {
        var decoder = Decoder(body)
        let first = try UnverifiedCheckpoint(&decoder)
        let second = try UnverifiedCheckpoint(&decoder)
        try decoder.finish()
        evidenceCount += 1
        guard evidenceCount <= ExportLimits.forksMax else {
            report.add(.byte(offset), .tooMany(.evidence))
            return
        }
        let evidence = Evidence(first, second)
        guard evidence.first == first else { throw .nonCanonical }
        let place = ExportPlace.head(first.checkpoint.head, by: .checkpoint(first.checkpoint.signer, first.strength))
        do throws(EvidenceError) {
            let fork = try evidence.verify(keys)
            report.add(fork)
            report.add(place, .fork(other: second.checkpoint.head.root))
        } catch {
            switch error {
            case .refused(let refusal): report.add(place, .checkpointRefused(refusal))
            case .noContradiction, .malformed: report.add(place, .noContradiction)
            }
        }
    }

    private mutating func takeOpening(_ body: [UInt8], at offset: UInt64) throws(WireError) {
        var decoder = Decoder(body)
        let id = try decoder.generationID()
        let size = try decoder.recordSize()
        guard size > .zero else { throw .invalid(what: "size", found: 0) }
        let leaf = try decoder.hash()
        guard checks[id] == nil else {
            report.add(.generation(id), .generationRepeated)
            return
        }
        guard checks.count < ExportLimits.generationsMax else {
            report.add(.byte(offset), .tooMany(.opening))
            return
        }
        order.append(id)
        announced[id] = size
        let check = GenerationCheck(id, size: size, leaf: leaf, opening: decoder.rest(), keys: keys, report: &report)
        checks[id] = check
        guard let opening = check.opening else { return }
        let source = HeadSource.opening(EntryID(id, EntryNumber(0)))
        for head in [opening.predecessor].compactMap({ $0 }) + opening.held { state(head, source, basis: nil, at: offset) }
    }

    private mutating func takeGeneration(_ body: [UInt8], at offset: UInt64) throws(WireError) {
        var decoder = Decoder(body)
        let id = try decoder.generationID()
        try decoder.finish()
        endGeneration()
        current = id
        if let check = checks[id] {
            if check.hasBegun {
                report.add(.generation(id), .generationRepeated)
            } else if begun >= order.count || order[begun] != id {
                report.add(.byte(offset), .sectionOutOfOrder(.generation))
            }
        } else {
            report.add(.generation(id), .openingMissing)
            checks[id] = GenerationCheck(withoutOpening: id)
            order.append(id)
        }
        begun += 1
        checks[id]?.begin(heads.take(id), report: &report)
    }

    private mutating func takeEntry(_ body: [UInt8]) {
        // Taken out while it is changed, or every entry would copy the state of its generation.
        guard let id = current, var check = checks.removeValue(forKey: id) else { return }
        check.take(body, keys: keys, sizes: announced, report: &report)
        checks[id] = check
    }

    // MARK: What is stated

    private mutating func state(_ head: Head, _ source: HeadSource, basis: Basis?, at offset: UInt64) {
        if !heads.state(StatedHead(head: head, source: source, basis: basis)) { report.add(.byte(offset), .tooMany(.checkpoint)) }
    }

    private mutating func endGeneration() {
        guard let id = current else { return }
        checks[id]?.end(report: &report)
        current = nil
    }

    private mutating func finish() -> ExportReport {
        endGeneration()
        for id in order where checks[id]?.hasBegun == false {
            report.add(.generation(id), .malformed(.truncated))
            checks[id]?.begin(heads.take(id), report: &report)
            checks[id]?.end(report: &report)
        }
        for stated in heads.rest { report.note(.head(stated.head, by: stated.source), .headOutsideExport) }
        let settled = checks.values.reduce(into: [:]) { all, check in all.merge(check.settled) { first, _ in first } }
        let continued = continuedAfterTheft
        for id in order {
            guard let check = checks[id] else { continue }
            noteBasis(of: id, check, continued)
            report.generations.append(check.report(settled[id]))
        }
        return report
    }

    // MARK: Bases

    private mutating func noteBasis(of id: GenerationID, _ check: GenerationCheck, _ continued: [StationNumber: Set<GenerationID>]) {
        guard let basis = check.basis else { return }
        if let before = check.opening?.predecessor.flatMap({ checks[$0.generation]?.basis }), keys.comes(basis, before: before, of: id.station) {
            report.note(.generation(id), .basisWentBack)
        }
        if keys.isStolen(basis, of: id.station), let since = continued[id.station], !since.contains(id) {
            report.note(.generation(id), .notContinuedAfterTheft)
        }
    }

    /// Of each station that has written anything since its keys were stolen: the generations since, and all that they go on from.
    private var continuedAfterTheft: [StationNumber: Set<GenerationID>] {
        var continued: [StationNumber: Set<GenerationID>] = [:]
        for id in order where checks[id]?.basis.map({ !keys.isStolen($0, of: id.station) }) ?? false {
            var next: GenerationID? = id
            while let generation = next, continued[id.station, default: []].insert(generation).inserted {
                next = checks[generation]?.opening?.predecessor?.generation
            }
        }
        return continued
    }
}
