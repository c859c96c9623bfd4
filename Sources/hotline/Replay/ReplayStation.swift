import HotlineDaemon
import HotlineDesk

/// One of the stations between which an exchange is replayed. It may be restarted meanwhile.
actor ReplayStation {
    nonisolated let name: String
    private let desk: ControlClient
    /// Letters of its record that it has sent, as far as they are known not to be the one that is being sent.
    private var sent: Set<String> = []
    /// Letters it had received before the replay.
    private var received: Set<String> = []

    /// How long a station may be away.
    private static let patience = Duration.seconds(60)
    private static let pause = Duration.milliseconds(250)

    init(name: String, directory: StationDirectory) {
        self.name = name
        desk = ControlClient(socketPath: directory.socket, directory: directory.path)
    }

    func close() async { await desk.shutdown() }

    /// Notes what there is before the first letter.
    func open() async throws(DeskError) {
        sent = Set(try await letters(.sent).map(\.id))
        received = Set(try await letters(.received).map(\.id))
    }

    /// Sends a letter once. Where the answer was lost, the record says whether the letter was taken: it is durable before
    /// it is answered.
    func send(_ order: LetterOrder) async throws(DeskError) -> SentView {
        var isDoubtful = false
        let view = try await patiently { () throws(DeskError) in
            if isDoubtful, let taken = try await self.taken(order) { return taken }
            isDoubtful = true
            return try await self.desk.send(order)
        }
        sent.insert(view.id)
        return view
    }

    /// The letter of another station as this one holds it.
    func letter(_ id: String, timeout: Duration) async throws(DeskError) -> EntryView {
        let start = ContinuousClock.now
        while true {
            if let entry = try await entry(id) { return entry }
            let elapsed = ContinuousClock.now - start
            guard elapsed < timeout else {
                throw DeskError(.unavailable, "\(id) was not at \(name) after \(timeout)", hint: "see: hotline status, on both sides")
            }
            // Late by a twentieth at most, so that what is measured is the line and not this.
            await ReplayStation.pause(min(max(elapsed / 20, .milliseconds(1)), ReplayStation.pause))
        }
    }

    /// States something of a letter once: where the answer was lost, it may have been stated already, and is not again.
    func state(_ act: ActOrder.Act, about serial: String) async throws(DeskError) {
        var isDoubtful = false
        try await patiently { () throws(DeskError) in
            do throws(DeskError) {
                _ = try await self.desk.state(ActOrder(about: serial, act: act))
            } catch {
                guard isDoubtful, error.class == .refused else {
                    isDoubtful = true
                    throw error
                }
            }
        }
    }

    /// Returns once this station shows a stage of a letter.
    func stage(_ stage: String, of id: String, timeout: Duration) async throws(DeskError) {
        let start = ContinuousClock.now
        while true {
            if let entry = try await entry(id), entry.stages.contains(where: { $0.stage == stage }) { return }
            let elapsed = ContinuousClock.now - start
            guard elapsed < timeout else {
                throw DeskError(.unavailable, "\(name) has not seen \(id) \(stage) after \(timeout)", hint: "see: hotline status, on both sides")
            }
            await ReplayStation.pause(min(max(elapsed / 20, .milliseconds(1)), ReplayStation.pause))
        }
    }

    /// Letters that have come since `open`, in the order in which they came.
    func newlyReceived() async throws(DeskError) -> [EntryView] {
        try await letters(.received).filter { !received.contains($0.id) }.reversed()
    }

    private func letters(_ direction: LetterQuery.Direction) async throws(DeskError) -> [EntryView] {
        try await patiently { () throws(DeskError) in
            try await self.desk.letters(LetterQuery(direction: direction, limit: LetterQuery.limitMax))
        }
    }

    private func entry(_ id: String) async throws(DeskError) -> EntryView? {
        try await patiently { () throws(DeskError) in
            do throws(DeskError) {
                return try await self.desk.entry(id)
            } catch {
                guard error.class == .notFound else { throw error }
                return nil
            }
        }
    }

    private func taken(_ order: LetterOrder) async throws(DeskError) -> SentView? {
        let letters = try await desk.letters(LetterQuery(direction: .sent, limit: LetterQuery.limitMax))
        return letters.first { !sent.contains($0.id) && $0.text == order.text }.map { SentView(serial: $0.serial, id: $0.id) }
    }

    /// Tries again while the station is away.
    private func patiently<Value: Sendable>(_ body: () async throws(DeskError) -> Value) async throws(DeskError) -> Value {
        let end = ContinuousClock.now + ReplayStation.patience
        while true {
            do throws(DeskError) {
                return try await body()
            } catch {
                guard error.class == .unavailable, ContinuousClock.now < end else { throw error }
                await ReplayStation.pause(ReplayStation.pause)
            }
        }
    }

    private static func pause(_ time: Duration) async { try? await Task.sleep(for: time) }
}
