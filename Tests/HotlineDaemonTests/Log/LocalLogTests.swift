import Foundation
import HotlineDesk
import HotlineWire
import Testing

@testable import HotlineDaemon

@Suite("The local log of who did what")
struct LocalLogTests {
    private let folder: PartyFolder
    private let directory: StationDirectory

    init() throws {
        folder = try PartyFolder()
        directory = StationDirectory("\(folder.path)/station")
        try FileManager.default.createDirectory(atPath: directory.path, withIntermediateDirectories: true)
    }

    private func bytes() throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: directory.log))) }

    private func refusal(_ body: () throws -> Void) -> DeskError? {
        do {
            try body()
            return nil
        } catch { return error as? DeskError }
    }

    private func written(_ count: Int) throws {
        let log = try LocalLog(directory.log)
        for index in 0..<count { #expect(log.note("Lind", "did thing \(index)", about: "W-\(index)", detail: "é")) }
    }

    @Test("it goes on over restarts, verifies, and is its owner's alone")
    func goesOn() throws {
        try written(3)
        try written(2)
        let found = try LogReading(directory).verify()
        #expect(found.lines == 5 && !found.isTorn)
        #expect(try LogReading(directory).show(limit: 2).map(\.number) == [4, 5])
        let mode = try FileManager.default.attributesOfItem(atPath: directory.log)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("every changed byte is found, and every line taken out but the last ones")
    func changes() throws {
        try written(3)
        let whole = try bytes()
        let end = try LogReading(directory).verify().hash
        for place in whole.indices {
            var changed = whole
            changed[place] ^= 1
            try Data(changed).write(to: URL(filePath: directory.log))
            let found = try? LogReading(directory).verify()
            // A line feed that is gone leaves a torn last line: the hash is another one then.
            #expect(found == nil || found?.hash != end, "byte \(place)")
        }
        let lines = whole.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
        try Data([lines[0], lines[2], lines[3]].joined(separator: [0x0A])).write(to: URL(filePath: directory.log))
        #expect(refusal { _ = try LogReading(directory).verify() }?.class == .notVerified)
    }

    @Test("a line that a crash has torn is cut off at the next start, and the chain goes on")
    func torn() throws {
        try written(2)
        var whole = try bytes()
        whole += Array("{\"at\":\"20".utf8)
        try Data(whole).write(to: URL(filePath: directory.log))
        #expect(try LogReading(directory).verify().isTorn)
        try written(1)
        #expect(try LogReading(directory).verify() == LogVerificationView(lines: 3, hash: try LogReading(directory).verify().hash, isTorn: false))
    }

    @Test("a station that starts again knows who has the watch, what has rung, and what was acknowledged")
    func room() throws {
        let now = StationClock.now
        var room = WatchRoom(try LocalLog(directory.log), at: now)
        #expect(refusal { _ = try room.state(.handOver(to: "Berg", note: "")) }?.class == .refused)
        _ = try room.state(.take(officer: "Lind"))
        _ = try room.state(.handOver(to: "Berg", note: "The minister is asked."))
        room.noteJump("forward by 3 h")
        room = WatchRoom(try LocalLog(directory.log), at: now)
        #expect(room.view.officer == "Berg" && room.view.note == "The minister is asked." && room.view.isTimeDoubtful)
        _ = try room.state(.confirmTime(officer: "Berg"))
        #expect(!WatchRoom(try LocalLog(directory.log), at: now).view.isTimeDoubtful)
        #expect(refusal { _ = try room.state(.acknowledge(alarm: "M-1", officer: "Berg")) }?.class == .notFound)
        for name in ["", " ", "a\nb", "a\u{202e}b", String(repeating: "x", count: 65)] { #expect(refusal { _ = try room.state(.take(officer: name)) }?.class == .usage) }
    }

    @Test("a clock that stands before the log's own last line is in doubt")
    func clockBack() throws {
        try written(1)
        let now = StationClock.now
        let before = Moment(instant: now.instant, wall: WallTime(milliseconds: now.wall.milliseconds - 3_600_000))
        #expect(WatchRoom(try LocalLog(directory.log), at: before).view.isTimeDoubtful)
        #expect(!WatchRoom(try LocalLog(directory.log), at: now).view.isTimeDoubtful)
    }
}
