import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWire

/// A machine that runs a station: its disk, the store of its secrets, and the process, while there is one.
///
/// ```
///   down ─ start ─▶ running ─ crash, kill, full disk ─▶ down
///     └─────── retire (a clone that is stopped) ──────▶ retired
/// ```
final class Machine {
    let place: Int
    let number: StationNumber
    var disk: MemoryJournal
    var secrets: MemoryJournal
    /// The process.
    var station: Station?
    /// Counts the processes: what was meant for an earlier one does not reach the next.
    var life = 0
    var isRetired = false
    var isStarting = false

    // MARK: Of the process

    var inbox: [Input] = []
    var isTurnDue = false
    /// When the station wants a turn although nothing waits.
    var deadline: Instant?
    /// Lazy facts that wait for the next commit.
    var pending = JournalBatch()
    var pendingSince: Instant?
    var rowsSinceSnapshot = 0
    var crashPoint: CrashPoint?
    var ticket: UInt64 = 0
    /// Turns in a row that nothing called for and that did nothing.
    var idleTurns = 0

    // MARK: Of the machine

    /// Generations opened by a process of this machine whose record has not been put back since: what they acknowledged is
    /// to be on its disk.
    var honoured: Set<GenerationName> = []
    var isDiskFull = false
    /// A row is not what was written.
    var isRotted = false
    /// How far its calendar clock is off.
    var wallOffset: Int64 = 0

    /// Where in its next turn the process ends.
    enum CrashPoint: Hashable {
        case betweenCommits
        case inCommit
        case betweenEffects(Int)
    }

    init(place: Int, number: StationNumber, disk: MemoryJournal = MemoryJournal(), secrets: MemoryJournal = MemoryJournal()) {
        self.place = place
        self.number = number
        self.disk = disk
        self.secrets = secrets
    }

    var isRunning: Bool { station != nil }

    func moment(_ now: Instant) -> Moment {
        Moment(instant: now, wall: WallTime(milliseconds: Machine.epoch + now.nanoseconds / 1_000_000 + wallOffset))
    }
    private static let epoch: Int64 = 1_795_000_000_000

    /// The process ends here and now.
    func stop() {
        station = nil
        life += 1
        inbox = []
        isTurnDue = false
        deadline = nil
        pending = JournalBatch()
        pendingSince = nil
        rowsSinceSnapshot = 0
        crashPoint = nil
        idleTurns = 0
    }

    var currentGeneration: GenerationName? { station?.own.current?.id.name }
}
