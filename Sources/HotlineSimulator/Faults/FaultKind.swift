/// What the world does to the stations. Each is counted, a seed and a time.
package enum FaultKind: String, CaseIterable, Sendable {
    case loss, duplication, reordering, corruption
    case oneWay = "one-way link"
    case stall = "stalled session"
    case partition = "partition"
    case partitionHours = "partition of hours"
    case partitionWeeks = "partition of weeks"
    case narrow = "bearer of 75 bit/s"
    case wide = "bearer of 1 Gbit/s"
    case unlike = "unlike bearers at once"
    case courierLate = "courier late"
    case courierTwice = "courier twice"
    case courierLost = "courier lost"
    case courierHalf = "courier with half"
    case kill
    case crashBetweenEffects = "crash between effects"
    case crashBetweenCommits = "crash between commits"
    case tornWrite = "torn write"
    case rot = "rotted row"
    case fullDisk = "full disk"
    case clockJump = "clock jump"
    case restore
    case restoreAgain = "restore of the same backup again"
    case restoreWiped = "restore without secrets"
    case clone
    case cloneStopped = "clone stopped"
    case freshStart = "fresh start"
    case flashBurst = "burst of FLASH"
    case burst = "burst of letters"
}

/// How often each kind of fault has happened.
package struct FaultCounts: Sendable {
    private var counts = [Int](repeating: 0, count: FaultKind.allCases.count)

    package subscript(kind: FaultKind) -> Int { counts[FaultCounts.place(kind)] }
    mutating func note(_ kind: FaultKind) { counts[FaultCounts.place(kind)] += 1 }

    private static let places = Dictionary(uniqueKeysWithValues: FaultKind.allCases.enumerated().map { ($0.element, $0.offset) })
    private static func place(_ kind: FaultKind) -> Int { places[kind] ?? 0 }
}
