import HotlineRecord
import HotlineSeal
import HotlineWire
import Testing

@Suite("Merkle trees")
struct TreeTests {
    /// The eight leaves of the reference tree of Certificate Transparency (RFC 6962's own test data).
    static let reference = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]

    /// The roots of its first n leaves.
    static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    private static func referenceLeaves() throws -> [Hash] {
        try reference.map { Digest.sha256(prefix: 0, try #require(Hex.bytes($0))) }
    }

    private func leaves(_ count: Int, seed: UInt64 = 70) -> [Hash] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in Digest.sha256(random.bytes(8)) }
    }

    @Test("REC-1: the roots of the reference tree of Certificate Transparency")
    func referenceRoots() throws {
        let leaves = try Self.referenceLeaves()
        var tree = StoredTree()
        #expect(tree.frontier.root.description == Self.roots[0])
        for (index, leaf) in leaves.enumerated() {
            tree.append(leaf)
            #expect(tree.frontier.root.description == Self.roots[index + 1])
            #expect(try Tree.root(size: tree.frontier.size, tree.read).description == Self.roots[index + 1])
        }
    }

    @Test("REC-2: the inclusion proofs of the reference tree")
    func referenceInclusion() throws {
        let tree = StoredTree(leaves: try Self.referenceLeaves())
        let vectors: [(UInt64, UInt64, [String])] = [
            (0, 1, []),
            (
                0, 8,
                [
                    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
                ]
            ),
            (
                5, 8,
                [
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                ]
            ),
            (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
            (
                1, 5,
                [
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                ]
            ),
        ]
        for (number, size, path) in vectors {
            let proof = try Tree.proveInclusion(of: EntryNumber(number), in: RecordSize(size), tree.read)
            #expect(proof.map(\.description) == path)
        }
    }

    @Test("REC-3: the consistency proofs of the reference tree")
    func referenceConsistency() throws {
        let tree = StoredTree(leaves: try Self.referenceLeaves())
        let vectors: [(UInt64, UInt64, [String])] = [
            (1, 1, []),
            (
                1, 8,
                [
                    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
                ]
            ),
            (
                6, 8,
                [
                    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                ]
            ),
            (
                2, 5,
                [
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                ]
            ),
        ]
        for (old, new, path) in vectors {
            #expect(try Tree.proveConsistency(from: RecordSize(old), to: RecordSize(new), tree.read).map(\.description) == path)
        }
    }

    @Test("REC-1: up to 130 leaves, frontier and stored hashes give the root of the definition")
    func roots() throws {
        let leaves = leaves(130)
        var naive = NaiveTree(leaves)
        let tree = StoredTree(leaves: leaves)
        var frontier = Frontier()
        for size in 0...130 {
            let root = naive.root(0..<size)
            try #require(frontier.root == root)
            try #require(try Tree.root(size: RecordSize(UInt64(size)), tree.read) == root)
            var decoder = Decoder(frontier.encoded)
            try #require(try Frontier(&decoder) == frontier)
            try decoder.finish()
            if size < 130 { _ = frontier.append(leaf: leaves[size]) }
        }
    }

    @Test("REC-2: up to 130 leaves, every inclusion proof is that of the definition and verifies")
    func inclusion() throws {
        let leaves = leaves(130)
        var naive = NaiveTree(leaves)
        let tree = StoredTree(leaves: leaves)
        for size in 1...130 {
            let root = naive.root(0..<size)
            for number in 0..<size {
                let path = try Tree.proveInclusion(of: EntryNumber(UInt64(number)), in: RecordSize(UInt64(size)), tree.read)
                try #require(path == naive.inclusion(number, 0..<size))
                try #require(
                    Tree.root(leaf: leaves[number], number: EntryNumber(UInt64(number)), size: RecordSize(UInt64(size)), path: path) == root
                )
            }
        }
    }

    @Test("REC-3: up to 130 leaves, every consistency proof is that of the definition and verifies")
    func consistency() throws {
        let leaves = leaves(130)
        var naive = NaiveTree(leaves)
        let tree = StoredTree(leaves: leaves)
        let roots = (0...130).map { naive.root(0..<$0) }
        for new in 1...130 {
            for old in 1...new {
                let (oldSize, newSize) = (RecordSize(UInt64(old)), RecordSize(UInt64(new)))
                let path = try Tree.proveConsistency(from: oldSize, to: newSize, tree.read)
                try #require(path == (old == new ? [] : naive.consistency(old, 0..<new)))
                try #require(Tree.checkConsistency(old: oldSize, oldRoot: roots[old], new: newSize, newRoot: roots[new], path: path))
            }
        }
    }

    @Test("REC-2: a wrong leaf, number, size or path gives another root or none")
    func wrongInclusion() throws {
        let leaves = leaves(20)
        let tree = StoredTree(leaves: leaves)
        for size in 1...20 as ClosedRange<UInt64> {
            let root = try Tree.root(size: RecordSize(size), tree.read)
            for number in 0..<size {
                let path = try Tree.proveInclusion(of: EntryNumber(number), in: RecordSize(size), tree.read)
                func gives(_ leaf: Hash, _ number: UInt64, _ path: [Hash]) -> Bool {
                    Tree.root(leaf: leaf, number: EntryNumber(number), size: RecordSize(size), path: path) == root
                }
                let leaf = leaves[Int(number)]
                try #require(gives(leaf, number, path))
                try #require(!gives(Hash.zero, number, path))
                for other in 0..<size + 2 where other != number { try #require(!gives(leaf, other, path)) }
                try #require(!gives(leaf, number, path + [Hash.zero]))
                try #require(!gives(leaf, number, [Hash.zero] + path))
                for index in path.indices {
                    var changed = path
                    changed[index] = Digest.sha256(changed[index].bytes)
                    try #require(!gives(leaf, number, changed))
                    changed = path
                    changed.remove(at: index)
                    try #require(!gives(leaf, number, changed))
                    changed = path
                    changed.swapAt(0, index)
                    if index > 0 { try #require(!gives(leaf, number, changed)) }
                }
            }
        }
    }

    @Test("REC-3: wrong roots, sizes or paths are not consistent")
    func wrongConsistency() throws {
        let leaves = leaves(20)
        let tree = StoredTree(leaves: leaves)
        for new in 1...20 as ClosedRange<UInt64> {
            let newRoot = try Tree.root(size: RecordSize(new), tree.read)
            for old in 1...new {
                let oldRoot = try Tree.root(size: RecordSize(old), tree.read)
                let path = try Tree.proveConsistency(from: RecordSize(old), to: RecordSize(new), tree.read)
                func holds(_ old: UInt64, _ oldRoot: Hash, _ new: UInt64, _ newRoot: Hash, _ path: [Hash]) -> Bool {
                    Tree.checkConsistency(old: RecordSize(old), oldRoot: oldRoot, new: RecordSize(new), newRoot: newRoot, path: path)
                }
                try #require(holds(old, oldRoot, new, newRoot, path))
                try #require(!holds(old, Hash.zero, new, newRoot, path))
                try #require(!holds(old, oldRoot, new, Hash.zero, path))
                try #require(!holds(0, oldRoot, new, newRoot, path))
                try #require(!holds(new + 1, oldRoot, new, newRoot, path))
                try #require(!holds(old, oldRoot, new, newRoot, path + [newRoot]))
                for index in path.indices {
                    var changed = path
                    changed[index] = Digest.sha256(changed[index].bytes)
                    try #require(!holds(old, oldRoot, new, newRoot, changed))
                    changed = path
                    changed.remove(at: index)
                    try #require(!holds(old, oldRoot, new, newRoot, changed))
                }
            }
        }
    }

    @Test("REC-2: paths of absurd length for absurd sizes are refused and end")
    func absurd() {
        let most = RecordSize(VariableLengthInteger.max)
        let path = [Hash](repeating: .zero, count: 200)
        #expect(Tree.root(leaf: .zero, number: EntryNumber(VariableLengthInteger.max - 1), size: most, path: path) == nil)
        #expect(Tree.root(leaf: .zero, number: EntryNumber(0), size: most, path: []) == nil)
        #expect(Tree.root(leaf: .zero, number: EntryNumber(0), size: .zero, path: []) == nil)
        #expect(!Tree.checkConsistency(old: RecordSize(1), oldRoot: .zero, new: most, newRoot: .zero, path: path))
    }

    @Test("REC-1: a frontier cut short is refused")
    func frontierCut() throws {
        let bytes = StoredTree(leaves: leaves(7)).frontier.encoded
        #expect(bytes.count == 1 + 3 * 32)
        for count in 0..<bytes.count {
            var decoder = Decoder(Array(bytes.prefix(count)))
            #expect(throws: WireError.truncated) { try Frontier(&decoder) }
        }
    }
}
