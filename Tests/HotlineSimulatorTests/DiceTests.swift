import HotlineSimulator
import Testing

@Suite("Dice")
struct DiceTests {
    @Test("the same seed gives the same numbers, and every draw lies in its range")
    func draws() {
        var one = Dice(seed: 7)
        var other = Dice(seed: 7)
        for _ in 0..<10_000 {
            #expect(one.word() == other.word())
            #expect((3...9).contains(one.draw(3...9)))
            _ = other.draw(3...9)
            #expect((5...70_000).contains(one.spread(5...70_000)))
            _ = other.spread(5...70_000)
        }
    }
}
