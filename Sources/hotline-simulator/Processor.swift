import Glibc

/// What this process has cost so far.
enum Processor {
    static var seconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}
