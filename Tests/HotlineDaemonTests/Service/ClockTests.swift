import HotlineWire
import Testing

@testable import HotlineDaemon

@Suite("The clocks of a station's machine")
struct ClockTests {
    private static let year: Int64 = 365 * 86_400_000

    @Test(
        "A calendar clock that jumps is told, with the direction and the size; one that keeps time or is set right by a little is not",
        arguments: [
            (0, nil), (5_000, nil), (-59_000, nil), (90_000, "forward by 90 s"), (-7_200_000, "back by 120 min"),
            (ClockTests.year, "forward by 365 days"), (-20 * ClockTests.year, "back by 7300 days"), (8_000 * ClockTests.year, "forward by 2920000 days"),
        ] as [(Int64, String?)]
    )
    func jump(_ milliseconds: Int64, _ words: String?) {
        let start = Moment(instant: Instant(nanoseconds: 1_000), wall: WallTime(milliseconds: 1_795_000_000_000))
        var comparison = ClockComparison(start)
        let later = Moment(
            instant: Instant(nanoseconds: 5_000_001_000), wall: WallTime(milliseconds: start.wall.milliseconds + 5_000 + milliseconds)
        )
        #expect(comparison.jump(at: later).map(ClockComparison.words) == words)
        #expect(comparison.jump(at: later) == nil, "it is told once")
    }
}
