import Foundation
import Glibc
import HotlineDesk
import HotlineWire
import Synchronization

/// What this station has seen of its line: a file of lines of JSON that is never sent, bounded, and no evidence of anything. It is not
/// synchronised: what a loss of power takes with it are some seconds.
///
/// That the station still runs is told by the file's time alone; so a kill shows as the end of what was known.
final class LineLog: Sendable {
    private struct State {
        var descriptor: Int32
        var bytes: Int
        /// How the line to each peer, and each bearer of it, stands by what was written.
        var standing: [LineHistory.Name: LineFact] = [:]
    }
    private let path: String
    private let state: Mutex<State>

    /// Then it becomes `line.log.1`, in the place of the one before: about a hundred thousand facts.
    private static let bytesMax = 4 << 20

    init(_ path: String) throws(DeskError) {
        self.path = path
        let descriptor = LineLog.opened(path)
        guard descriptor >= 0 else { throw DeskError(.unavailable, "\(path) cannot be opened", hint: "it must be a file of the user that the station runs as") }
        state = Mutex(State(descriptor: descriptor, bytes: max(0, Int(lseek(descriptor, 0, SEEK_END)))))
    }

    deinit { state.withLock { _ = close($0.descriptor) } }

    private static func opened(_ path: String) -> Int32 { open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600) }

    /// When the file was last touched: how far what is known reaches.
    var touchedAt: WallTime? {
        var status = Glibc.stat()
        guard stat(path, &status) == 0 else { return nil }
        return WallTime(milliseconds: Int64(status.st_mtim.tv_sec) * 1000 + Int64(status.st_mtim.tv_nsec) / 1_000_000)
    }

    /// The station still runs.
    func touch() { state.withLock { _ = futimens($0.descriptor, nil) } }

    /// A fact that cannot be written is lost: the line goes on.
    func append(_ facts: [LineFact]) {
        guard let first = facts.first else { return }
        let text = LineLog.text(facts)
        state.withLock { state in
            if state.bytes + text.count > LineLog.bytesMax { rotate(&state, at: first.at) }
            LineLog.write(text, &state)
            for fact in facts {
                guard let peer = fact.peer, fact.kind != .probes else { continue }
                state.standing[LineHistory.Name(peer: peer, bearer: fact.bearer)] = fact
            }
        }
    }

    private static func text(_ facts: [LineFact]) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return facts.compactMap { try? encoder.encode($0) }.reduce(into: []) { $0 += $1 + [0x0A] }
    }

    private static func write(_ text: [UInt8], _ state: inout State) {
        // A line that a full disk has cut is closed by the next one, and read as none.
        let written = text.withUnsafeBytes { Glibc.write(state.descriptor, $0.baseAddress, $0.count) }
        state.bytes += max(0, written)
        if written > 0, written < text.count { state.bytes += max(0, Glibc.write(state.descriptor, "\n", 1)) }
    }

    /// The new file begins with how things stand: the one before it may be gone when it is read.
    private func rotate(_ state: inout State, at: Int64) {
        guard rename(path, path + ".1") == 0 else { return }
        let descriptor = LineLog.opened(path)
        guard descriptor >= 0 else { return }
        close(state.descriptor)
        state = State(descriptor: descriptor, bytes: 0, standing: state.standing)
        let standing = state.standing.values.map { LineFact(at: at, kind: $0.kind, peer: $0.peer, bearer: $0.bearer, detail: $0.detail) }
        LineLog.write(LineLog.text([LineFact(at: at, kind: .started)] + standing), &state)
    }

    /// The peers to which the line was down when this was written last, by their marks, and since when.
    func downSince() -> [String: WallTime] {
        var down: [String: WallTime] = [:]
        for fact in facts() where fact.bearer == nil {
            guard let peer = fact.peer else { continue }
            switch fact.kind {
            case .up: down[peer] = nil
            case .down: down[peer] = down[peer] ?? WallTime(milliseconds: fact.at)
            case .started, .stopped, .probes: break
            }
        }
        return down
    }

    /// All that is kept, in the order of writing; a line that is none is left out.
    func facts() -> [LineFact] {
        [path + ".1", path].flatMap { path -> [LineFact] in
            guard let data = FileManager.default.contents(atPath: path), data.count <= 2 * LineLog.bytesMax else { return [] }
            let decoder = JSONDecoder()
            return data.split(separator: 0x0A).compactMap { try? decoder.decode(LineFact.self, from: $0) }
        }
    }
}
