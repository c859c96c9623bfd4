import HotlineDesk
import HotlineRecord
import HotlineWire

/// The bytes of an export, made from the store as they are asked for: a record of any length takes the memory of one page
/// of it.
///
/// What is claimed is read before the sizes are, so that every head lies within the entries, whatever the running station
/// adds meanwhile.
final class ExportSource {
    private enum Stage {
        case claims
        case entries(generation: Int, next: UInt64)
        case finished
    }

    private final class Buffer {
        var bytes: [UInt8] = []
    }

    private let record: RecordReader
    let generations: [StoredGeneration]
    private let checkpoints: [StoredCheckpoint]
    private let forks: [Evidence]
    private let buffer: Buffer
    private var writer: ExportWriter<Never>
    private var stage = Stage.claims
    private var tree = Frontier()
    /// Entries beside which other hashes are stored than those that they give: at most as many as a report lists.
    private(set) var nodeFaults: [EntryID] = []

    /// - Parameter agreements: the exact bytes of the first agreement, then of each amendment.
    init(_ record: RecordReader, stations: [StationNumber], agreements: [[UInt8]]) throws(DeskError) {
        self.record = record
        checkpoints = try record.checkpoints(of: stations)
        forks = try record.evidence().forks
        generations = try record.generations(of: stations)
        let rosters = try record.rosters(of: stations)
        let buffer = Buffer()
        self.buffer = buffer
        writer = ExportWriter(agreements: agreements, rosters: rosters) { buffer.bytes += $0 }
    }

    var entryCount: UInt64 { generations.reduce(0) { $0 + $1.size.value } }

    /// The next bytes; none at the end.
    func next() throws(DeskError) -> [UInt8] {
        while buffer.bytes.isEmpty {
            switch stage {
            case .claims:
                for checkpoint in checkpoints { writer.append(checkpoint.unverified) }
                for fork in forks { writer.append(fork) }
                for generation in generations { writer.open(generation.entry, leaf: generation.leaf, size: generation.size) }
                begin(generation: 0)
            case .entries(let index, let next):
                guard index < generations.count else {
                    writer.finish()
                    stage = .finished
                    continue
                }
                try page(of: generations[index], index, from: next)
            case .finished: return []
            }
        }
        defer { buffer.bytes = [] }
        return buffer.bytes
    }

    private func begin(generation index: Int) {
        tree = Frontier()
        stage = .entries(generation: index, next: 0)
    }

    private func page(of generation: StoredGeneration, _ index: Int, from number: UInt64) throws(DeskError) {
        let entries = try record.entries(generation.id, from: EntryNumber(number), below: generation.size)
        for (entry, nodes) in entries {
            guard let leaf = Hash(nodes.prefix(Hash.size)) else { throw RecordReader.unreadable("The leaf hash of entry \(entry.id)") }
            if tree.append(leaf: leaf).flatMap(\.bytes) != nodes, nodeFaults.count < ExportLimits.findingsMax { nodeFaults.append(entry.id) }
            if entry.id.number.value > 0 { writer.append(entry, leaf: leaf) }
        }
        let next = number + UInt64(entries.count)
        if next == generation.size.value { begin(generation: index + 1) } else { stage = .entries(generation: index, next: next) }
    }
}
