import HotlineLine
import HotlineRecord
import HotlineWire

/// What each station has signed: sizes that never fall, within one generation of the signer, and one root for each size.
struct SignedHeads {
    private struct Pair: Hashable {
        let signer: GenerationID
        let generation: GenerationID
    }
    private var sizes: [Pair: RecordSize] = [:]
    private var roots: [GenerationSize: Hash] = [:]

    mutating func note(_ checkpoint: Checkpoint) -> Finding? {
        for head in [checkpoint.head] + checkpoint.held {
            let pair = Pair(signer: checkpoint.head.generation, generation: head.generation)
            if let before = sizes[pair], head.size < before {
                return Finding(promise: .signaturesGrow, what: "\(pair.signer) signs \(head.generation) at \(head.size) after \(before)")
            }
            sizes[pair] = head.size
            let root = roots[GenerationSize(head.generation, head.size)]
            guard root == nil || root == head.root else {
                return Finding(promise: .signaturesGrow, what: "\(pair.signer) signs another root of \(head.generation) at \(head.size)")
            }
            roots[GenerationSize(head.generation, head.size)] = head.root
        }
        return nil
    }
}
