/// The system's randomness, for waits. Unlike the standard library's own generator it is not a value of no bytes: the thread
/// sanitizer cannot follow an `inout` that has no address.
struct Chance: RandomNumberGenerator {
    private var drawn: UInt64 = 0

    mutating func next() -> UInt64 {
        drawn = UInt64.random(in: .min ... .max)
        return drawn
    }
}
