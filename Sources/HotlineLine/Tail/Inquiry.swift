public import HotlineRecord
public import HotlineWire

/// What a station asks a peer for of its own record: after a start it asks what the peer holds, and then for what it lacks.
public enum TailQuestion: Hashable, Sendable {
    /// 'What do you hold of my record that does not lie before this generation, which I write now?' The latest first, from this
    /// place on.
    case holdings(current: GenerationID, from: UInt64)
    /// 'Give me the latest checkpoints I have signed of this generation.'
    case checkpoints(GenerationID)
    /// 'Give me the entries of this generation from this number on.'
    case entries(GenerationID, from: EntryNumber)
}

/// One generation of the asking station's record as the answering one holds it.
public struct Holding: Hashable, Sendable {
    public let part: GenerationSize
    /// How much of it the asking station itself has signed, as the checkpoints show that the other one holds.
    public let signed: [CheckpointStrength: RecordSize]

    public init(_ part: GenerationSize, signed: [CheckpointStrength: RecordSize]) {
        self.part = part
        self.signed = signed
    }
}

/// A question on its way: repeated until the station asks another, or none.
struct Inquiry: Sendable {
    let question: TailQuestion
    var due: Instant
    var count = 0

    /// How long the next part of an answer may take at least.
    static let patience = Span.seconds(5)

    /// A path has come up: what went over another one may be lost.
    mutating func begin(at now: Instant) { due = now }

    var item: Item {
        switch question {
        case .holdings(let current, let from): .ask(current: current, from: from)
        case .checkpoints(let generation): .fetch(generation, from: EntryNumber(0), entries: false)
        case .entries(let generation, let from): .fetch(generation, from: from, entries: true)
        }
    }
}

extension Delivery {
    /// The question that is open, and how often it has been asked.
    public var openQuestion: (question: TailQuestion, asked: Int)? { inquiry.map { ($0.question, $0.count) } }

    /// Asks the peer, until `ask` is called again; nil asks no more.
    public mutating func ask(_ question: TailQuestion?, at now: Instant) {
        guard inquiry?.question != question else { return }
        inquiry = question.map { Inquiry(question: $0, due: now) }
    }

    /// The answer is under way: what is asked for, should it be lost, is what is still missing.
    public mutating func advance(_ question: TailQuestion, at now: Instant) {
        // A narrow bearer takes longer for one entry: asked again meanwhile, the peer would begin anew.
        let span = paths.first(where: \.isUp).map { max($0.retransmitAfter, Inquiry.patience) } ?? Inquiry.patience
        inquiry = Inquiry(question: question, due: now + span)
    }

    /// Answers with a page of what is held of the peer's record.
    public mutating func answer(total: UInt64, from: UInt64, _ holdings: [Holding]) {
        parcels.replace(with: [.holdings(HoldingsItem(total: total, from: from, holdings: holdings.map(HoldingsItem.Holding.init)))])
    }

    /// Answers with checkpoints of the peer's own.
    public mutating func answer(_ checkpoints: [UnverifiedCheckpoint]) {
        parcels.replace(with: checkpoints.map { .statement(text: $0.checkpoint.text, signature: $0.signature) })
    }

    /// Answers with entries of the peer's own record.
    public mutating func answer(_ entries: [Entry]) { parcels.replace(with: entries.map { .returned($0.encoded) }) }
}

extension HoldingsItem.Holding {
    fileprivate init(_ holding: Holding) {
        self.init(
            generation: holding.part.generation, size: holding.part.size, signedFull: holding.signed[.full] ?? .zero,
            signedLight: holding.signed[.light] ?? .zero
        )
    }
}

extension Holding {
    init(_ item: HoldingsItem.Holding) {
        self.init(GenerationSize(item.generation, item.size), signed: [.full: item.signedFull, .light: item.signedLight])
    }
}
