public import HotlineDesk

/// The local log, read from the station's directory, whether the station runs or not.
public struct LogReading: Sendable {
    private let path: String

    public init(_ directory: StationDirectory) { path = directory.log }

    /// The last lines, the latest last.
    public func show(limit: Int) throws(DeskError) -> [LogView] {
        var last: [LogView] = []
        _ = try read { view in
            last.append(view)
            if last.count > limit { last.removeFirst() }
        }
        return last
    }

    /// Every line against the one before it.
    ///
    /// - Returns: how many there are, and the last hash.
    /// - Throws: `notVerified` with the number of the first line that does not follow.
    public func verify() throws(DeskError) -> LogVerificationView { try read { _ in } }

    private func read(_ body: (LogView) -> Void) throws(DeskError) -> LogVerificationView {
        let file = LocalFile(path)
        guard file.exists else { throw DeskError(.notFound, "there is no local log at \(path)", hint: "a station makes it when it first runs") }
        let chunks = try FileChunks(file)
        var rest: [UInt8] = []
        var count: UInt64 = 0
        var hash = LocalLog.noHash
        while true {
            let chunk = try chunks.next()
            rest += chunk
            var from = 0
            while let end = rest[from...].firstIndex(of: 0x0A) {
                guard let (line, json, stated) = LocalLog.parts(Array(rest[from..<end])), line.number == count + 1, LocalLog.hash(hash, json) == stated else {
                    throw DeskError(
                        .notVerified, "line \(count + 1) of \(path) was changed, or one before it was taken out",
                        hint: "what stands before it holds; compare with a copy, or with the hash that was written down at a hand-over"
                    )
                }
                (count, hash) = (line.number, stated)
                body(LogView(number: line.number, at: line.at, who: line.who, what: line.what, about: line.about, detail: line.detail))
                from = end + 1
            }
            rest.removeSubrange(..<from)
            guard rest.count <= LogReading.lineBytesMax else { throw DeskError(.notVerified, "line \(count + 1) of \(path) is none", hint: "this is not a local log") }
            if chunk.isEmpty { break }
        }
        return LogVerificationView(lines: count, hash: hash, isTorn: !rest.isEmpty)
    }

    private static let lineBytesMax = 1 << 16
}
