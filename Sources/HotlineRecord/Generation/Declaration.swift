public import HotlineWire

/// 'My record may lack what I wrote after this head, and every generation that was opened from there.' Kind 2: what a station
/// states in its own record once it knows that it was restored. It is never moved up: what comes back is stated beside it
/// (`Recovered`).
public struct Declaration: Hashable, Sendable {
    public static let kind: UInt8 = 2

    /// How a station knows it.
    public enum Cause: UInt8, Hashable, Sendable, CaseIterable {
        /// It was restored from a backup on purpose, or its secrets are not those of its record.
        case restored = 0
        /// Another station holds what it lacks.
        case shown = 1
    }

    /// A generation that others hold, how much of it, and how far the author's own signature covers it.
    public struct Lost: Hashable, Sendable {
        public let part: GenerationSize
        /// The author's strongest checkpoint over some of it; nil where the others say so and nothing proves it.
        public let cover: CheckpointStrength?
        public init(_ part: GenerationSize, cover: CheckpointStrength?) {
            self.part = part
            self.cover = cover
        }
    }

    public let cause: Cause
    /// The head restored from; nil where nothing was left.
    public let restoredFrom: Head?
    public let known: [Lost]

    /// As many as one declaration lists; more make another one.
    public static let knownMax = 64

    public init(cause: Cause, restoredFrom: Head?, known: [Lost]) {
        self.cause = cause
        self.restoredFrom = restoredFrom
        self.known = known
    }

    public var encoded: [UInt8] {
        var encoder = Encoder()
        encoder.put(byte: cause.rawValue)
        encoder.put(byte: restoredFrom == nil ? 0 : 1)
        if let restoredFrom { encoder.put(restoredFrom) }
        encoder.put(varint: UInt64(known.count))
        for lost in known {
            encoder.put(lost.part.generation)
            encoder.put(lost.part.size)
            encoder.put(byte: lost.cover.map { $0.rawValue + 1 } ?? 0)
        }
        return encoder.bytes
    }

    public init(_ content: [UInt8]) throws(WireError) {
        var decoder = Decoder(content)
        let number = try decoder.byte()
        guard let cause = Cause(rawValue: number) else { throw .invalid(what: "cause of a declaration", found: UInt64(number)) }
        self.cause = cause
        switch try decoder.byte() {
        case 0: restoredFrom = nil
        case 1: restoredFrom = try decoder.head()
        case let flag: throw .invalid(what: "flag of a declaration", found: UInt64(flag))
        }
        var known: [Lost] = []
        for _ in 0..<(try decoder.count(of: "lost generations", max: Declaration.knownMax)) {
            let part = GenerationSize(try decoder.generationID(), try decoder.recordSize())
            let cover = try decoder.byte()
            guard cover <= 2, cover == 0 || cause == .shown else { throw .invalid(what: "cover of a lost generation", found: UInt64(cover)) }
            known.append(Lost(part, cover: cover == 0 ? nil : CheckpointStrength(rawValue: cover - 1)))
        }
        self.known = known
        try decoder.finish()
    }
}
