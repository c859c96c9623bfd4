import HotlineDesk
import HotlineWire
import Testing

@testable import HotlineDaemon

@Suite("Times as people give them")
struct CalendarTests {
    @Test(
        arguments: [
            ("2026-03-01", 1_772_323_200), ("2026-03-01T09:00Z", 1_772_355_600), ("2026-03-01 09:00Z", 1_772_355_600),
            ("2026-03-01T10:00:30+01:00", 1_772_355_630), ("2026-03-01T09:00:00.123Z", 1_772_355_600),
        ] as [(String, Int64)]
    )
    func read(text: String, seconds: Int64) throws {
        #expect(try Calendar.time(text) == WallTime(milliseconds: seconds * 1000))
    }

    @Test(arguments: ["", "noon", "2026", "2026-13-01", "2026-03-01T25:00Z", "2026-03-01T09:60Z", "2026-02-30", "2026-03-01T09:00", "2026-03-01T09:00Zz", "2026-03-01x", "09:00Z"])
    func refused(text: String) {
        #expect(throws: DeskError.self) { try Calendar.time(text) }
    }
}
