import HotlineSeal
import HotlineWire
import Testing

@testable import HotlineRecord

@Suite("Vectors of entries, checkpoints and trees")
struct RecordVectors {
    private static func entry(_ vector: Vector) throws(Ending) -> Entry { try Ending.on(.malformed) { () throws(WireError) in try Entry(vector.body) } }

    @Test("entry", arguments: try Vector.all(.entry))
    func entry(_ vector: Vector) throws {
        let blinds = try #require(BlindSecret(try vector.bytes("secret")))
        let line = try vector.hash("line")
        try vector.expect {
            let entry = try Self.entry(vector)
            #expect(entry.encoded == vector.body, "\(vector.name): written again as it was read")
            return ["leaf": "\(entry.leafHash(line: line, blind: blinds.blind(of: entry.id.number)))"]
        }
    }

    @Test("opening", arguments: try Vector.all(.opening))
    func opening(_ vector: Vector) throws {
        try vector.expect {
            let entry = try Self.entry(vector)
            let opening = try Ending.on(.malformed) { () throws(ExportProblem.OpeningFault) in try Opening(of: entry) }
            return ["secret": Hex.string(opening.blinds.bytes)]
        }
    }

    @Test("declaration", arguments: try Vector.all(.declaration))
    func declaration(_ vector: Vector) throws {
        try vector.expect {
            let found = try Ending.on(.malformed) { () throws(WireError) in try Declaration(vector.body) }
            #expect(found.encoded == vector.body, "\(vector.name): written again as it was read")
            return ["cause": "\(found.cause.rawValue)", "restored-from": found.restoredFrom.map { "\($0.generation)" } ?? "none", "lost": "\(found.known.count)"]
        }
    }

    @Test("recovered", arguments: try Vector.all(.recovered))
    func recovered(_ vector: Vector) throws {
        try vector.expect {
            let found = try Ending.on(.malformed) { () throws(WireError) in try Recovered(vector.body) }
            #expect(found.encoded == vector.body, "\(vector.name): written again as it was read")
            return ["station": "\(found.from)", "first": "\(found.first)", "size": "\(found.head.size)"]
        }
    }

    @Test("holdable", arguments: try Vector.all(.holdable))
    func holdable(_ vector: Vector) throws {
        try vector.expect {
            let entry = try Self.entry(vector)
            if let fault = entry.fault { throw Ending(.malformed, "\(fault)") }
            return [:]
        }
    }

    /// The entries of one generation that are held, the opening first, then one that comes.
    @Test("held-after", arguments: try Vector.all(.heldAfter))
    func heldAfter(_ vector: Vector) throws {
        let line = try vector.hash("line")
        var decoder = Decoder(vector.body)
        var entries: [Entry] = []
        while !decoder.isAtEnd { entries.append(try Entry(try decoder.prefixed("entry", max: 263_168))) }
        let (first, last) = (try #require(entries.first), try #require(entries.last))
        try vector.expect {
            if let fault = last.fault { throw Ending(.malformed, "\(fault)") }
            let opening = try Ending.on(.malformed) { () throws(ExportProblem.OpeningFault) in try Opening(of: first) }
            try Ending.unless(opening.isCanonical(on: line) && opening.basis(on: line).agreement == first.agreement, .malformed, "another basis")
            var generation = Generation(id: first.id.generation, opening: opening)
            for entry in entries.dropLast() {
                if entry.id.number > generation.size.next { generation.hold(early: entry) } else { generation.append(entry, leaf: Hash.zero) }
            }
            try Ending.unless(entries.count == 1 || last.mayFollow(in: generation, on: line), .malformed, "it may not be held")
            return [:]
        }
    }

    @Test("head", arguments: try Vector.all(.head))
    func head(_ vector: Vector) throws {
        try vector.expect {
            let head = try Ending.on(.malformed) { () throws(WireError) in
                var decoder = Decoder(vector.body)
                let head = try decoder.head()
                try decoder.finish()
                return head
            }
            return ["written": "\(head.generation) \(head.size) \(Base64.string(head.root.bytes))"]
        }
    }

    @Test("checkpoint-text", arguments: try Vector.all(.checkpointText))
    func checkpointText(_ vector: Vector) throws {
        try vector.expect {
            _ = try Ending.on(.malformed) { () throws(CheckpointError) in try Checkpoint(text: vector.body) }
            return [:]
        }
    }

    @Test("checkpoint", arguments: try Vector.all(.checkpoint))
    func checkpoint(_ vector: Vector) throws {
        let keys = try LineOf(vector).keys
        try vector.expect {
            let unverified = try Ending.on(.malformed) { () throws(WireError) in
                var decoder = Decoder(vector.body)
                let found = try UnverifiedCheckpoint(&decoder)
                try decoder.finish()
                return found
            }
            let checkpoint = try Ending.on(.unverified) { () throws(CheckpointRefusal) in try keys.verify(unverified) }.0.checkpoint
            return ["signer": "\(checkpoint.signer)", "size": "\(checkpoint.head.size)"]
        }
    }

    private static func path(_ vector: Vector) throws(Ending) -> [Hash] {
        try Ending.unless(vector.body.count.isMultiple(of: Hash.size), .malformed, "no path of hashes")
        return stride(from: 0, to: vector.body.count, by: Hash.size).compactMap { Hash(Array(vector.body[$0..<$0 + Hash.size])) }
    }

    @Test("inclusion", arguments: try Vector.all(.inclusion))
    func inclusion(_ vector: Vector) throws {
        let (index, size) = (EntryNumber(try vector.number("index")), RecordSize(try vector.number("size")))
        try vector.expect {
            let root = Tree.root(leaf: try vector.hash("leaf"), number: index, size: size, path: try Self.path(vector))
            try Ending.unless(root == (try vector.hash("root")), .unverified, "another root")
            return [:]
        }
    }

    @Test("consistency", arguments: try Vector.all(.consistency))
    func consistency(_ vector: Vector) throws {
        let (first, second) = (RecordSize(try vector.number("first")), RecordSize(try vector.number("second")))
        try vector.expect {
            let holds = Tree.checkConsistency(
                old: first, oldRoot: try vector.hash("first-root"), new: second, newRoot: try vector.hash("second-root"), path: try Self.path(vector)
            )
            try Ending.unless(holds, .unverified, "not consistent")
            return [:]
        }
    }
}
