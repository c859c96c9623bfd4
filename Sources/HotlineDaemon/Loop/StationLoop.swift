import Dispatch
import Foundation
import HotlineStation
import HotlineWatch
import HotlineWire
import Logging
import Synchronization

/// One consumer, one thread: everything that happens to the station happens here, one turn after another.
///
/// It ends when it is stopped, or at the first commit that fails. A failed commit is never retried: the process ends, and
/// recovery is the way back.
final class StationLoop: Sendable {
    let mailbox: Mailbox
    private let logger: Logger
    private let ending = Mutex<Ending>(.running([]))
    /// Between recovery and the first turn the thread waits here.
    private let gate = DispatchSemaphore(value: 0)
    private let next = Mutex<Step?>(nil)

    private enum Step { case begin, stop }

    private enum Ending {
        case running([CheckedContinuation<Void, any Error>])
        case ended(Result<Void, any Error>)
    }

    init(mailbox: Mailbox, logger: Logger) {
        self.mailbox = mailbox
        self.logger = logger
    }

    /// Starts the thread. `make` runs on it: the journal belongs to the thread that opens it. Returns once the station has
    /// recovered; nothing is written before `begin`.
    func recover(_ make: @escaping @Sendable () throws -> StationCore) async throws {
        try await withCheckedThrowingContinuation { (recovered: CheckedContinuation<Void, any Error>) in
            let thread = Thread { [self] in
                let core: StationCore
                do { core = try make() } catch {
                    end(.failure(error))
                    recovered.resume(throwing: error)
                    return
                }
                recovered.resume()
                let result = Result { try run(core) }
                core.abandon()
                end(result)
            }
            thread.name = "hotline.station"
            thread.stackSize = 8 * 1024 * 1024
            thread.start()
        }
    }

    /// Opens the new generation of our record. After `recover`, once: each start that got so far is one for ever.
    func begin() { go(.begin) }

    private func run(_ core: StationCore) throws(JournalError) {
        guard decision() == .begin else { return }
        // Before anything that the bearers have brought meanwhile.
        try core.begin()
        while !core.isStopped { try core.turn(mailbox.take(until: core.nextDeadline)) }
        try core.finish()
    }

    /// Ends the loop after what waits; before `begin` nothing has been written, and nothing will be.
    func stop() {
        go(.stop)
        mailbox.post(.stop)
    }

    /// The first word counts.
    private func go(_ step: Step) {
        let isFirst = next.withLock { next in
            guard next == nil else { return false }
            next = step
            return true
        }
        if isFirst { gate.signal() }
    }

    private func decision() -> Step? {
        gate.wait()
        return next.withLock { $0 }
    }

    /// Returns when the loop has stopped; throws what ended it.
    func ended() async throws {
        try await withCheckedThrowingContinuation { (waiter: CheckedContinuation<Void, any Error>) in
            let result: Result<Void, any Error>? = ending.withLock { ending in
                switch ending {
                case .running(let waiters):
                    ending = .running(waiters + [waiter])
                    return nil
                case .ended(let result):
                    return result
                }
            }
            if let result { waiter.resume(with: result) }
        }
    }

    private func end(_ result: Result<Void, any Error>) {
        mailbox.close()
        let waiters: [CheckedContinuation<Void, any Error>] = ending.withLock { ending in
            guard case .running(let waiters) = ending else { return [] }
            ending = .ended(result)
            return waiters
        }
        for waiter in waiters { waiter.resume(with: result) }
    }
}
