import Foundation
import HotlineDaemon
import HotlineDesk
import Synchronization

/// What the line costs, beside the floor of the same minute. Prints ratios; absolute times are this machine's.
@main
struct Bench {
    static func main() async throws {
        var arguments = CommandLine.arguments.dropFirst().makeIterator()
        var hotline = "hotline"
        var entries = 1_000_000
        while let argument = arguments.next() {
            switch argument {
            case "--hotline": hotline = arguments.next() ?? hotline
            case "--entries": entries = arguments.next().flatMap { Int($0) } ?? entries
            default: throw BenchFailure(what: "unknown argument \(argument)")
            }
        }
        let folder = FileManager.default.temporaryDirectory.path + "/hotline-bench-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let pair = Pair(folder: folder, hotline: hotline)
        try pair.make(port: try freePort())
        try await Start(pair: pair).measure("start with an empty record")
        let floor = Floor(folder: folder, size: 400)
        try await pair.during { here, there in
            try await Line(here: here, there: there).measure(against: floor)
        }
        floor.stop()
        guard entries > 0 else { return }
        let count = entries
        try await pair.during { here, there in
            try await Line(here: here, there: there).fill(count)
        }
        try await Start(pair: pair).measure("start with \(entries) entries")
    }

    private static func freePort() throws -> Int { Int.random(in: 20_000..<30_000) }
}

/// A running line, with letters of 280 characters from here to there.
struct Line: Sendable {
    let here: any Desk
    let there: any Desk
    private static let warmUp = 500
    /// Of the 97 bytes of a light checkpoint, an entry's part.
    private static let checkpointShare = 3
    private static let text = String(repeating: "All stations hold. ", count: 15).prefix(280)

    private func order() -> LetterOrder { LetterOrder(to: "m-watch", precedence: "ROUTINE", text: String(Line.text)) }

    func measure(against floor: Floor) async throws {
        let acknowledged = try await Acknowledged(here)
        try await ready(acknowledged)
        // Until the journal's log has its size: a file that grows costs its own sync more, the floor's does not grow either.
        for _ in 0..<Line.warmUp { await acknowledged.wait(for: try await here.send(order()).serial) }
        // One at a time, a letter and a floor in turn.
        var events = try await here.events().makeAsyncIterator()
        var line: [Double] = []
        var base: [Double] = []
        for _ in 0..<400 {
            base.append(time { floor.exchange(1) })
            let start = ContinuousClock.now
            let sent = try await here.send(order())
            while let event = await events.next(), event.kind != .acknowledged || event.serial != sent.serial {}
            line.append((ContinuousClock.now - start).seconds)
        }
        report("one letter, durable on both sides and acknowledged", median(line), median(base), "ms", 1e3, target: "at most 2.5 × the floor")
        // Bytes, one at a time.
        let before = loopbackBytes()
        for _ in 0..<200 { await acknowledged.wait(for: try await here.send(order()).serial) }
        let each = Double(loopbackBytes() - before) / 200
        say("bytes on the wire for 280 characters, one at a time, all headers and acknowledgements: \(Int(each)) (at most 560)")
        try await sealed(acknowledged)
        try await flights(acknowledged, floor)
    }

    /// The frame that carries one letter and nothing else, as the bearer is handed it.
    private func sealed(_ acknowledged: Acknowledged) async throws {
        var least = UInt64.max
        for _ in 0..<100 {
            let before = try await here.status().peers[0]
            await acknowledged.wait(for: try await here.send(order()).serial)
            let after = try await here.status().peers[0]
            if after.framesSent == before.framesSent + 1 { least = min(least, after.frameBytesSent - before.frameBytesSent) }
        }
        // Until the peer has given the start's salt an alias, it is written out: six bytes for one.
        let beyond = Int(least) - Line.text.utf8.count + Line.checkpointShare
        say("bytes beyond the text in the sealed frame, a light checkpoint's share of 32 entries with them: \(beyond) settled (at most 40), \(beyond + 5) before (45)")
    }

    /// 64 under way at once.
    private func flights(_ acknowledged: Acknowledged, _ floor: Floor) async throws {
        var rates: [Double] = []
        var bases: [Double] = []
        var singles: [Double] = []
        let before = loopbackBytes()
        let rounds = 8
        let count = 2_000
        var floorBytes: UInt64 = 0
        for _ in 0..<rounds {
            let floorBefore = loopbackBytes()
            bases.append(Double(64 * 20) / time { for _ in 0..<20 { floor.exchange(64) } })
            singles.append(100 / time { for _ in 0..<100 { floor.exchange(1) } })
            floorBytes += loopbackBytes() - floorBefore
            rates.append(try await burst(count, acknowledged))
        }
        let bytes = Double(loopbackBytes() - before - floorBytes) / Double(rounds * count)
        let rate = median(rates)
        say(
            "64 in flight: \(Int(rate)) letters/s; floor one at a time \(Int(median(singles)))/s, ratio \(ratio(rate / median(singles))) (at least 0.4); "
                + "beside it, bare writes with 64 to a sync: \(Int(median(bases)))/s, ratio \(ratio(rate / median(bases)))"
        )
        say("bytes on the wire for 280 characters, 64 in flight: \(Int(bytes)) (at most 420)")
    }

    /// Letters a second with 64 under way.
    private func burst(_ count: Int, _ acknowledged: Acknowledged) async throws -> Double {
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<64 {
                group.addTask { [self] in
                    for _ in 0..<count / 64 {
                        let sent = try await here.send(order())
                        await acknowledged.wait(for: sent.serial)
                    }
                }
            }
            try await group.waitForAll()
        }
        return Double(count / 64 * 64) / (ContinuousClock.now - start).seconds
    }

    func fill(_ count: Int) async throws {
        let acknowledged = try await Acknowledged(here)
        try await ready(acknowledged)
        var done = 0
        while done < count {
            let rate = try await burst(min(10_000, count - done), acknowledged)
            done += 10_000
            say("  filled to \(min(done, count)) at \(Int(rate)) letters/s")
        }
    }

    private func ready(_ acknowledged: Acknowledged) async throws {
        await acknowledged.wait(for: try await here.send(order()).serial)
    }
}

/// Tells when a letter is at their station.
final class Acknowledged: Sendable {
    private struct State {
        var upTo: UInt64 = 0
        var waiters: [(UInt64, CheckedContinuation<Void, Never>)] = []
    }
    private let state = Mutex(State())

    init(_ desk: any Desk) async throws {
        let events = try await desk.events()
        Task { [weak self] in
            for await event in events where event.kind == .acknowledged {
                guard let serial = event.serial, serial.hasPrefix("W-") || serial.hasPrefix("M-") else { continue }
                self?.reach(Acknowledged.number(serial))
            }
        }
    }

    static func number(_ serial: String) -> UInt64 { serial.split(separator: "-").last.flatMap { UInt64($0) } ?? 0 }

    func wait(for serial: String) async {
        let wanted = Acknowledged.number(serial)
        await withCheckedContinuation { waiter in
            let isThere = state.withLock { state -> Bool in
                if state.upTo >= wanted { return true }
                state.waiters.append((wanted, waiter))
                return false
            }
            if isThere { waiter.resume() }
        }
    }

    private func reach(_ number: UInt64) {
        let ready = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.upTo = max(state.upTo, number)
            let ready = state.waiters.filter { $0.0 <= state.upTo }.map(\.1)
            state.waiters.removeAll { $0.0 <= state.upTo }
            return ready
        }
        for waiter in ready { waiter.resume() }
    }
}

/// From the start of both processes to the first letter at the other station, and what a station's process holds in memory.
struct Start {
    let pair: Pair

    func measure(_ what: String) async throws {
        var processes: [Process] = []
        let before = loopbackBytes()
        let start = ContinuousClock.now
        for directory in pair.directories {
            let process = Process()
            process.executableURL = URL(filePath: pair.hotline)
            process.arguments = ["run", "--dir", directory]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            processes.append(process)
        }
        defer {
            for process in processes {
                process.terminate()
                process.waitUntilExit()
            }
        }
        let client = ControlClient(socketPath: StationDirectory(pair.directories[0]).socket)
        var serial: String?
        while serial == nil {
            serial = try? await client.send(LetterOrder(to: "m-watch", precedence: "FLASH", text: "first")).serial
            if serial == nil { try await Task.sleep(for: .milliseconds(5)) }
            guard ContinuousClock.now - start < .seconds(60) else { throw BenchFailure(what: "no station after a minute") }
        }
        while try await !client.entry(serial ?? "").stages.contains(where: { $0.stage == "at their station" }) {
            try await Task.sleep(for: .milliseconds(2))
            guard ContinuousClock.now - start < .seconds(60) else { throw BenchFailure(what: "no acknowledgement after a minute") }
        }
        let seconds = (ContinuousClock.now - start).seconds
        let bytes = loopbackBytes() - before
        let memory = processes.compactMap { residentMegabytes($0.processIdentifier) }.max() ?? 0
        await client.shutdown()
        say("\(what), to the first letter acknowledged by the other station: \(ratio(seconds)) s; resident memory \(Int(memory)) MB (under 60)")
        say("bytes on the wire for that, the fresh connection and the letter: \(bytes) (at most 16000)")
    }
}

// MARK: Figures

private func time(_ body: () -> Void) -> Double {
    let start = ContinuousClock.now
    body()
    return (ContinuousClock.now - start).seconds
}

private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

private func ratio(_ value: Double) -> String { String(format: "%.2f", value) }

private func report(_ what: String, _ line: Double, _ floor: Double, _ unit: String, _ factor: Double, target: String) {
    say("\(what): median \(ratio(line * factor)) \(unit); floor \(ratio(floor * factor)) \(unit); ratio \(ratio(line / floor)) (\(target))")
}

/// Bytes of every packet on the loopback interface of this network namespace, with its Ethernet, IP and TCP headers.
private func loopbackBytes() -> UInt64 {
    let text = (try? String(contentsOfFile: "/proc/self/net/dev", encoding: .utf8)) ?? ""
    let fields = text.split(separator: "\n").first { $0.contains("lo:") }?.split(whereSeparator: { $0 == " " || $0 == ":" }) ?? []
    return fields.count > 9 ? UInt64(fields[9]) ?? 0 : 0
}

private func residentMegabytes(_ pid: Int32) -> Double? {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8),
        let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS") }),
        let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Double($0) })
    else { return nil }
    return kilobytes / 1024
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

/// A line at once: what is redirected would else come with the end.
private func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
