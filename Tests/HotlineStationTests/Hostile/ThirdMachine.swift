import HotlineAgreement
import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWire
import Testing

/// Somebody who has an export, or a piece of evidence, with the agreement in it, and nothing else.
enum ThirdMachine {
    /// Verifies what a station would export: all records that it holds, the latest checkpoints, and the evidence.
    static func verify(_ end: End) throws -> ExportReport {
        let file = try export(end)
        var left = file[...]
        return ExportVerifier.verify(parties: { agreements($0)?.keys }) {
            defer { left = left.dropFirst(4096) }
            return Array(left.prefix(4096))
        }
    }

    /// Whom a piece of evidence convicts, from its text alone.
    static func verify(_ evidence: Evidence) throws -> StationNumber {
        let (texts, read) = try Evidence.read(evidence.text(agreements: try Sides.three().agreements.files))
        return try read.verify(try #require(agreements(texts)).keys).first.checkpoint.signer
    }

    /// Whose record a problem lies in.
    static func author(of problem: ExportProblem) -> StationNumber? {
        switch problem.place {
        case .generation(let id): id.station
        case .entry(let id): id.author
        case .head(let head, _): head.generation.station
        case .file, .byte: nil
        }
    }

    private static func agreements(_ texts: [[UInt8]]) -> LineAgreements? {
        guard let first = texts.first, let agreement = try? Agreement.parse(first).verified() else { return nil }
        return LineAgreements(agreement)
    }

    private static func export(_ end: End) throws -> [UInt8] {
        var entries: [GenerationID: [Entry]] = [:]
        var latest: [[UInt8]: UnverifiedCheckpoint] = [:]
        var forks: [Evidence] = []
        for fact in end.facts {
            switch fact {
            case .entry(let entry, _)?: entries[entry.id.generation, default: []].append(entry)
            case .checkpoint(let checkpoint, _)?:
                latest[Array("\(checkpoint.checkpoint.head.generation) \(checkpoint.strength)".utf8)] = checkpoint
            case .fork(let one, let other, _)?: forks.append(Evidence(one, other))
            default: break
            }
        }
        var file: [UInt8] = []
        var writer = ExportWriter<Never>(agreements: try Sides.three().agreements.files) { file += $0 }
        for checkpoint in latest.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }).map(\.value) { writer.append(checkpoint) }
        for fork in forks.prefix(ExportLimits.forksMax) { writer.append(fork) }
        let ids = ([end.station.own] + end.station.theirs).flatMap { $0.sizes.map(\.id) }
        func leaf(_ entry: Entry, _ blinds: BlindSecret) -> Hash { entry.leafHash(line: end.station.membership.line, blind: blinds.blind(of: entry.id.number)) }
        for id in ids {
            let all = entries[id] ?? []
            let opening = try Opening(of: try #require(all.first))
            writer.open(all[0], leaf: leaf(all[0], opening.blinds), size: RecordSize(UInt64(all.count)))
        }
        for id in ids {
            let all = entries[id] ?? []
            let blinds = try Opening(of: all[0]).blinds
            for entry in all.dropFirst() { writer.append(entry, leaf: leaf(entry, blinds)) }
        }
        writer.finish()
        return file
    }
}

extension Sides {
    /// What is installed at each end.
    var agreements: LineAgreements { get throws { try #require(LineAgreements(agreement)) } }
}
