import Crypto
import HotlineWire

/// Takes an export apart into its sections, one at a time, from chunks of any size. Holds one section and one chunk.
struct ExportReader<Failure: Error> {
    /// What comes next in the file.
    enum Piece {
        case section(ExportSection, offset: UInt64, body: [UInt8])
        /// The end, and whether the digest that stands there is that of what was read.
        case end(digestAgrees: Bool)
        /// No more can be read; the rest is not looked at.
        case stop(ExportProblem)
    }

    /// A section's number and its length.
    private static var headBytesMax: Int { 1 + 8 }

    private let pull: () throws(Failure) -> [UInt8]
    private var buffer: [UInt8] = []
    private var position = 0
    private var isDrained = false
    private var hasher = SHA256()
    /// Bytes read so far.
    private(set) var offset: UInt64 = 0

    /// - Parameter pull: the next bytes of the file; none at its end.
    init(_ pull: @escaping () throws(Failure) -> [UInt8]) { self.pull = pull }

    /// Whether the file begins as an export does.
    mutating func begin() throws(Failure) -> Bool {
        try fill(ExportSection.magic.count)
        guard buffer[position...].starts(with: ExportSection.magic) else { return false }
        _ = take(ExportSection.magic.count)
        return true
    }

    mutating func next() throws(Failure) -> Piece {
        let start = offset
        try fill(ExportReader.headBytesMax)
        let section: ExportSection
        let count: Int
        do throws(WireError) {
            let number = try Decoder(buffer, in: position..<buffer.count).peek()
            guard let known = ExportSection(rawValue: number) else { return stop(at: start, .unknownSection(number)) }
            section = known
            count = try takeCount(of: section)
        } catch {
            return stop(at: start, .malformed(error))
        }
        try fill(count)
        guard buffer.count - position >= count else { return stop(at: start, .malformed(.truncated)) }
        if section == .end {
            // What the digest covers ends where it begins.
            let digest = Array(hasher.finalize())
            return .end(digestAgrees: take(count) == digest)
        }
        return .section(section, offset: start, body: take(count))
    }

    /// Reads to the end of the file and counts what is there.
    mutating func drain() throws(Failure) -> UInt64 {
        var count = UInt64(buffer.count - position)
        while !isDrained {
            let chunk = try pull()
            isDrained = chunk.isEmpty
            count += UInt64(chunk.count)
        }
        return count
    }

    private func stop(at offset: UInt64, _ fault: ExportProblem.Fault) -> Piece { .stop(ExportProblem(.byte(offset), fault)) }

    /// Makes `count` bytes ready, or as many as there are.
    private mutating func fill(_ count: Int) throws(Failure) {
        guard buffer.count - position < count, !isDrained else { return }
        buffer.removeSubrange(..<position)
        position = 0
        while buffer.count < count {
            let chunk = try pull()
            guard !chunk.isEmpty else {
                isDrained = true
                return
            }
            buffer += chunk
        }
    }

    /// Takes the number and the length of a section.
    private mutating func takeCount(of section: ExportSection) throws(WireError) -> Int {
        var decoder = Decoder(buffer, in: position..<min(buffer.count, position + ExportReader.headBytesMax))
        _ = try decoder.byte()
        let count = try decoder.count(of: "section", max: section.bytesMax)
        _ = take(decoder.position - position)
        return count
    }

    private mutating func take(_ count: Int) -> [UInt8] {
        let bytes = Array(buffer[position..<position + count])
        hasher.update(data: bytes)
        position += count
        offset += UInt64(count)
        return bytes
    }
}
