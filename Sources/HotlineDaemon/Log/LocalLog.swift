import Crypto
import Foundation
import Glibc
import HotlineDesk
import HotlineWire
import Synchronization

/// Who did what at this station: a file of lines, each bound to the one before it by a hash. It is never sent anywhere.
///
/// ```
/// {"at":"2026-03-01T09:00:00.000Z","number":7,"what":"took M-12","who":"Cpt Lind"}⇥<SHA-256, 64 hex digits>⏎
/// ```
///
/// The hash is over the hash of the line before (64 zeros before the first), a line feed, and the JSON as it stands. Whoever changes a line
/// changes all hashes after it; the last one, read aloud or written down at a hand-over, holds all of them.
final class LocalLog: Sendable {
    struct Line: Codable, Hashable, Sendable {
        let number: UInt64
        /// RFC 3339 with milliseconds, our own clock.
        let at: String
        let who: String
        let what: String
        /// The entry or alarm that it is about.
        var about: String?
        var detail: String?
    }
    private struct State {
        var descriptor: Int32
        var number: UInt64
        var hash: String
        var isBroken = false
    }
    private let state: Mutex<State>
    let path: String
    /// The last lines of the file as it was found: what a start goes on from.
    let found: [Line]

    static let noHash = String(repeating: "0", count: 64)
    /// Of the file's end, read at a start.
    private static let tailBytes = 1 << 20

    /// Opens it, or makes it. A last line that was not written whole was never acted upon, and is cut off.
    init(_ path: String) throws(DeskError) {
        self.path = path
        let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw LocalLog.failure(path) }
        let size = lseek(descriptor, 0, SEEK_END)
        let from = max(0, size - off_t(LocalLog.tailBytes))
        var bytes = [UInt8](repeating: 0, count: Int(size - from))
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, from) }
        guard count == bytes.count else {
            close(descriptor)
            throw LocalLog.failure(path)
        }
        let whole = bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        if whole < bytes.count, ftruncate(descriptor, from + off_t(whole)) != 0 {
            close(descriptor)
            throw LocalLog.failure(path)
        }
        var lines = bytes[..<whole].split(separator: 0x0A).map { Array($0) }
        if from > 0, !lines.isEmpty { lines.removeFirst() }
        let read = lines.compactMap { LocalLog.parts($0) }
        found = read.map(\.line)
        state = Mutex(State(descriptor: descriptor, number: read.last?.line.number ?? 0, hash: read.last?.hash ?? LocalLog.noHash))
    }

    deinit { close(state.withLock { $0.descriptor }) }

    /// Adds a line, durably. Where that fails the line to the other side goes on: `isBroken` says so from then on.
    @discardableResult
    func note(_ who: String, _ what: String, about: String? = nil, detail: String? = nil, at: WallTime = StationClock.now.wall) -> Bool {
        state.withLock { state in
            guard !state.isBroken else { return false }
            let line = Line(number: state.number + 1, at: at.text, who: who, what: what, about: about, detail: detail)
            let json = LocalLog.json(line)
            let hash = LocalLog.hash(state.hash, json)
            let bytes = json + [0x09] + Array(hash.utf8) + [0x0A]
            let written = bytes.withUnsafeBytes { Glibc.write(state.descriptor, $0.baseAddress, $0.count) }
            guard written == bytes.count, fdatasync(state.descriptor) == 0 else {
                state.isBroken = true
                return false
            }
            state.number += 1
            state.hash = hash
            return true
        }
    }

    var isBroken: Bool { state.withLock { $0.isBroken } }

    // MARK: Lines

    static func json(_ line: Line) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(line) else { preconditionFailure("a line is always JSON") }
        return Array(data)
    }

    static func hash(_ before: String, _ json: [UInt8]) -> String {
        SHA256.hash(data: Array(before.utf8) + [0x0A] + json).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    static func parts(_ bytes: [UInt8]) -> (line: Line, json: [UInt8], hash: String)? {
        guard let tab = bytes.lastIndex(of: 0x09), bytes.count - tab == 65 else { return nil }
        let json = Array(bytes[..<tab])
        guard let line = try? JSONDecoder().decode(Line.self, from: Data(json)) else { return nil }
        return (line, json, String(decoding: bytes[(tab + 1)...], as: UTF8.self))
    }

    private static func failure(_ path: String) -> DeskError {
        DeskError(.unavailable, "\(path) cannot be opened: \(String(cString: strerror(errno)))", hint: "it is the local log of who did what: look at its owner and mode")
    }
}
