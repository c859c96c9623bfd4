import Foundation
import HotlineWire
import Testing

@testable import HotlineDaemon

@Suite("What the facts of a line come to")
struct LineHistoryTests {
    private static let whole = LineHistory.Name(peer: "R", bearer: nil)
    private static let bearer = LineHistory.Name(peer: "R", bearer: "tls")

    private func fact(_ at: Int64, _ kind: LineFact.Kind, _ bearer: String? = nil, _ detail: String? = nil) -> LineFact {
        LineFact(at: at, kind: kind, peer: kind == .started || kind == .stopped ? nil : "R", bearer: bearer, detail: detail)
    }

    private func history(_ facts: [LineFact], since: Int64? = nil, until: Int64) -> LineHistory {
        LineHistory(facts, since: since, until: until, [Self.whole, Self.bearer])
    }

    private func times(_ stretches: [LineHistory.Stretch]?) -> [String] { (stretches ?? []).map { "\($0.from)-\($0.to.map(String.init) ?? "")" } }

    @Test("up, down, up: the outage has a beginning, an end and a reason; a bearer has its own")
    func outage() {
        let found = history(
            [fact(1000, .started), fact(1500, .up, "tls"), fact(2000, .up), fact(5000, .down, nil, "down"), fact(8000, .up)], until: 10_000)
        #expect(times(found.courses[Self.whole]?.up) == ["2000-5000", "8000-"])
        #expect(times(found.courses[Self.whole]?.down) == ["1000-2000", "5000-8000"])
        #expect(found.courses[Self.whole]?.down.last?.detail == "down")
        #expect(found.courses[Self.whole]?.isUpNow == true)
        #expect(times(found.courses[Self.bearer]?.up) == ["1500-"])
        #expect(found.milliseconds(found.courses[Self.whole]?.up ?? []) == 5000)
        #expect(found.milliseconds(found.courses[Self.whole]?.down ?? []) == 4000)
        #expect(found.notRunning.isEmpty)
    }

    @Test("while the station does not run the line is neither up nor down")
    func notRunning() {
        let found = history([fact(1000, .started), fact(1000, .up), fact(4000, .stopped), fact(9000, .started), fact(9500, .up)], until: 10_000)
        #expect(times(found.courses[Self.whole]?.up) == ["1000-4000", "9500-"])
        #expect(times(found.courses[Self.whole]?.down) == ["9000-9500"])
        #expect(times(found.notRunning) == ["4000-9000"])
    }

    @Test("what lies before the time asked for is cut off, and what was up then is up from there")
    func since() {
        let facts = [fact(1000, .started), fact(1000, .up), fact(4000, .down), fact(6000, .up)]
        let found = history(facts, since: 5000, until: 10_000)
        #expect(times(found.courses[Self.whole]?.down) == ["5000-6000"])
        #expect(times(found.courses[Self.whole]?.up) == ["6000-"])
        #expect(found.since == 5000)
        #expect(history(facts, since: 0, until: 10_000).since == 1000, "nothing is known before the first fact")
        #expect(history(facts, since: 20_000, until: 10_000).since == 10_000)
        #expect(history([], until: 10_000).courses[Self.whole]?.down.isEmpty == true)
    }

    @Test("a fact that says nothing new, one of another peer and one while the station does not run change nothing")
    func idle() {
        let found = history(
            [fact(500, .up), fact(1000, .started), fact(2000, .up), fact(3000, .up), LineFact(at: 4000, kind: .down, peer: "X"), fact(5000, .down), fact(6000, .down)],
            until: 7000)
        #expect(times(found.courses[Self.whole]?.up) == ["2000-5000"])
        #expect(times(found.courses[Self.whole]?.down) == ["1000-2000", "5000-"])
    }

    @Test("a clock that is set back makes no time less than none, in any order of any facts", arguments: 1...200)
    func clock(_ seed: Int) {
        var state = UInt64(seed)
        func draw(_ count: UInt64) -> Int64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64((state >> 33) % count)
        }
        let kinds: [LineFact.Kind] = [.started, .stopped, .up, .down]
        let facts = (0..<40).map { _ in fact(draw(20_000), kinds[Int(draw(4))], draw(2) == 0 ? nil : "tls") }
        let found = history(facts, since: draw(2) == 0 ? nil : draw(20_000), until: 15_000)
        for course in found.courses.values {
            for stretch in course.up + course.down + found.notRunning {
                #expect(stretch.milliseconds(until: found.until) >= 0 && stretch.from >= found.since && stretch.to ?? found.until <= 20_000)
            }
        }
    }

    @Test("a new file begins as a start does, and nothing of the line has changed; a second stop is none")
    func files() {
        let found = history([fact(0, .started), fact(1_000, .up), fact(5_000, .started), fact(5_000, .up), fact(9_000, .stopped), fact(9_500, .stopped)], until: 10_000)
        #expect(times(found.courses[Self.whole]?.up) == ["1000-9000"])
        #expect(times(found.courses[Self.whole]?.down) == ["0-1000"])
        #expect(times(found.notRunning) == ["9000-"])
    }

    @Test("a clock that is set back makes no time count twice")
    func twice() {
        let found = history([fact(0, .started), fact(1_000, .up), fact(90_000, .down), fact(20_000, .up)], until: 100_000)
        #expect(found.milliseconds(found.courses[Self.whole]?.up ?? []) == 99_000)
        #expect(found.milliseconds(found.courses[Self.whole]?.down ?? []) == 1_000)
    }

    @Test("probes are summed, from the time asked for on")
    func probes() {
        func probes(_ at: Int64, _ sent: UInt64, _ answered: UInt64) -> LineFact {
            LineFact(at: at, kind: .probes, peer: "R", bearer: "tls", sent: sent, answered: answered)
        }
        let facts = [fact(1000, .started), probes(2000, 10, 9), probes(3000, 5, 5)]
        #expect(history(facts, until: 5000).courses[Self.bearer]?.probesSent == 15)
        #expect(history(facts, since: 2500, until: 5000).courses[Self.bearer]?.probesAnswered == 5)
    }

    @Test("the file keeps what was written, leaves out what was cut, and is bounded")
    func file() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "line.log").path
        let log = try LineLog(path)
        #expect(log.facts().isEmpty)
        log.append([fact(1, .started), fact(2, .up, "tls", "why")])
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("{\"at\":3,\"ki\n".utf8))
        log.append([fact(4, .down)])
        #expect(log.facts() == [fact(1, .started), fact(2, .up, "tls", "why"), fact(4, .down)])
        #expect(try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int) & 0o077 == 0)
        #expect(log.downSince() == ["R": WallTime(milliseconds: 4)])
        log.append([fact(5, .down), fact(6, .stopped), fact(7, .started)])
        #expect(log.downSince() == ["R": WallTime(milliseconds: 4)], "a start alone changes nothing of it")
        log.append([fact(8, .up)])
        #expect(log.downSince().isEmpty)
        let many = (0..<10_000).map { fact(Int64(10 + $0), .up, nil, String(repeating: "x", count: 200)) }
        for _ in 0..<10 { log.append(many) }
        // Two files later nothing is left of the start, and what stands is known all the same.
        let found = history(log.facts(), until: 20_000)
        #expect(found.courses[Self.whole]?.isUpNow == true && found.courses[Self.bearer]?.isUpNow == true)
        let size = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
        #expect(size <= 4 << 20)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["line.log", "line.log.1"])
        #expect(log.facts().last == many.last)
    }
}
