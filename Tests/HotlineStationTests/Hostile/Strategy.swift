import HotlineStation
import HotlineWire
import Testing

/// One way of a peer with valid keys and bad intent.
struct Strategy: Sendable, CustomTestStringConvertible {
    /// What its record shows afterwards, to anybody who has the agreement and an export and nothing else.
    enum Proof: Sendable {
        /// Neither a conflict nor a fork.
        case nothing
        /// 'Conflict, unproved.'
        case conflict
        /// Two signed heads that cannot both be true.
        case fork
        /// No fork; a conflict where the dice will have it.
        case perhapsConflict
        /// No conflict and no fork, and records that nobody can verify who has not what they name.
        case unverifiable
    }

    let name: String
    var rounds = 5
    /// Virtual time between two rounds.
    var pause = Span.milliseconds(400)
    var proof = Proof.nothing
    /// Whether the honest station was just restored from a backup, and has lost what it wrote since.
    var isAfterRestore = false
    /// Whether the honest station may state in its own record what the peer says that it has lost.
    var mayShowLoss = false
    /// What the peer does in each round.
    let act: @Sendable (Impostor, Int) throws -> Void
    /// What must hold when it has done it, besides what must hold after all of them (`AfterConditions`).
    let then: @Sendable (Impostor) throws -> Void

    init(
        _ name: String, rounds: Int = 5, pause: Span = .milliseconds(400), proof: Proof = .nothing, isAfterRestore: Bool = false, mayShowLoss: Bool = false,
        act: @escaping @Sendable (Impostor, Int) throws -> Void, then: @escaping @Sendable (Impostor) throws -> Void = { _ in }
    ) {
        self.name = name
        self.rounds = rounds
        self.pause = pause
        self.proof = proof
        self.isAfterRestore = isAfterRestore
        self.mayShowLoss = mayShowLoss
        self.act = act
        self.then = then
    }

    var testDescription: String { name }

    static let all =
        equivocations + replays + handshakes + acknowledgements + items + generations + numbers + checkpoints + tails + texts + floods
}
