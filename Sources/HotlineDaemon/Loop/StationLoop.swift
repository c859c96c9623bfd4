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

    private enum Ending {
        case running([CheckedContinuation<Void, any Error>])
        case ended(Result<Void, any Error>)
    }

    init(mailbox: Mailbox, logger: Logger) {
        self.mailbox = mailbox
        self.logger = logger
    }

    /// Starts the thread. `make` runs on it: the journal belongs to the thread that opens it. Returns once the station
    /// has recovered and its new generation is durable.
    func start(_ make: @escaping @Sendable () throws -> StationCore) async throws {
        try await withCheckedThrowingContinuation { (started: CheckedContinuation<Void, any Error>) in
            let thread = Thread { [self] in
                let core: StationCore
                do {
                    core = try make()
                    try core.turn([.input(.start(restored: core.restored))])
                } catch {
                    end(.failure(error))
                    started.resume(throwing: error)
                    return
                }
                started.resume()
                let result = Result { try run(core) }
                core.abandon()
                end(result)
            }
            thread.name = "hotline.station"
            thread.stackSize = 8 * 1024 * 1024
            thread.start()
        }
    }

    private func run(_ core: StationCore) throws(JournalError) {
        while !core.isStopped { try core.turn(mailbox.take(until: core.nextDeadline)) }
        try core.finish()
    }

    func stop() { mailbox.post(.stop) }

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
