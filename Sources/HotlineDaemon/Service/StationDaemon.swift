import HotlineAgreement
import HotlineBearers
public import HotlineDesk
import HotlineLine
import HotlineSeal
import HotlineStation
import HotlineStore
import HotlineWire
public import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle
import UnixSignals

/// The station as a process: keys in memory, one loop, its bearers, and the doors for its own side.
public enum StationDaemon {
    /// Runs the station of a directory until SIGTERM or SIGINT, or until its record cannot be written.
    ///
    /// - Throws: `DeskError` where it cannot start, and where a failed commit has ended it.
    public static func run(directory: StationDirectory, logger: Logger? = nil) async throws(DeskError) {
        let station = try StationService(directory: directory, logger: logger)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: station, successTerminationBehavior: .gracefullyShutdownGroup)],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: station.logger
            )
        )
        do {
            try await group.run()
        } catch {
            throw words(error, directory)
        }
    }

    /// Frames are sealed and opened on the loop; the bearers only copy.
    fileprivate static let bearerThreads = 1

    fileprivate static func words(_ error: any Error, _ directory: StationDirectory) -> DeskError {
        switch error {
        case let error as DeskError: return error
        case let error as JournalError: return JournalWords.error(error)
        case let error as RecoveryError: return RecoveryWords.error(error, directory)
        case BearerError.addressUnavailable(let address):
            return DeskError(
                .unavailable, "the TLS bearer cannot listen at \(address): another process does, or it is no address of this machine",
                hint: "say another 'listen' in \(directory.configuration), or stop the other process"
            )
        case let error as BearerError: return DeskError(.unavailable, "the TLS bearer cannot start: \(error)", hint: "look at 'tls' in \(directory.configuration)")
        default: return DeskError(.bug, "the station ended: \(error)", hint: "keep the log: this should not happen")
        }
    }
}

/// One station, assembled: runs until a graceful shutdown, or until its record cannot be written.
public struct StationService: Service {
    /// What an officer can do at it, from within this process.
    public let desk: any Desk
    private let services: [any Service]
    private let bearerLoops: MultiThreadedEventLoopGroup
    fileprivate let logger: Logger

    /// Reads the directory; opens nothing and listens nowhere yet.
    public init(directory: StationDirectory, logger: Logger? = nil) throws(DeskError) {
        try directory.check()
        let configuration = try directory.loadConfiguration()
        var log = logger ?? Logger(label: "hotline")
        log.logLevel = configuration.logLevel
        do {
            try self.init(
                directory, configuration, try directory.loadAgreement(), try directory.loadStationKeys(), try directory.loadTLSIdentity(), log
            )
        } catch {
            throw StationDaemon.words(error, directory)
        }
    }

    private init(
        _ directory: StationDirectory, _ configuration: Configuration, _ installed: InstalledAgreement, _ keys: StationPrivateKeys,
        _ identity: TLSIdentity, _ logger: Logger
    ) throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: StationDaemon.bearerThreads)
        let agreement = installed.agreement
        let membership = installed.membership
        let words = EventWords(agreements: installed.agreements, me: installed.me)
        let mailbox = Mailbox()
        let hub = EventHub(words: words)
        let bearers = try TLSBearers(
            agreements: installed.agreements, membership: membership, configuration: configuration,
            addresses: configuration.addresses(in: installed, file: directory.configuration), identity: identity, mailbox: mailbox, group: group,
            logger: logger
        )
        let loop = StationLoop(mailbox: mailbox, logger: logger)
        let room = WatchRoom(try LocalLog(directory.log), at: StationClock.now)
        let lineLog = try LineLog(directory.lineLog)
        let desk = LoopDesk(mailbox: mailbox, hub: hub, words: words, room: room, lineLog: lineLog)
        let work = LoopWork(keys: keys, agreements: installed.agreements, membership: membership, mailbox: mailbox, events: hub, logger: logger)
        let make: @Sendable () throws -> StationCore = {
            let journal = try SQLiteJournal(path: directory.record)
            let secrets = try SQLiteJournal(path: directory.secrets, options: .init(erasesRemoved: true))
            guard let seed = StartSeed(Digest.random(StartSeed.size)) else { preconditionFailure("a seed has 32 bytes") }
            let recovery = Recovery(agreement: agreement, membership: membership, paths: bearers.paths)
            let (station, report) = try recovery.run(journal: journal, secrets: secrets, seed: seed)
            logger.info(
                "recovered",
                metadata: [
                    "rows": "\(report.rowsReplayed)", "checked": "\(report.entriesChecked)", "generation": "\(seed.generation)",
                    "restored": "\(report.restored != nil)",
                ]
            )
            return StationCore(
                station: station, journal: journal, secrets: secrets, bearers: bearers.all, recovered: report, work: work
            )
        }
        self.desk = desk
        self.logger = logger
        bearerLoops = group
        let recovered = Milestone()
        let controlIsOpen = Milestone()
        let healthIsOpen = Milestone()
        let control = ControlServer(desk: desk, socketPath: directory.socket, logger: logger, isListening: { controlIsOpen.reach() })
        let health = try configuration.healthPort.map { port in
            try HealthServer(desk: desk, port: port, logger: logger, isListening: { _ in healthIsOpen.reach() })
        }
        if health == nil { healthIsOpen.reach() }
        var services: [any Service] = [
            LoopService(
                loop: loop, hub: hub, bearers: bearers, make: make, recovered: recovered, doors: [controlIsOpen, healthIsOpen], logger: logger
            ),
            Door(behind: recovered, service: control),
        ]
        if let health { services.append(Door(behind: recovered, service: health)) }
        services.append(ClockWatch(hub: hub, room: room, logger: logger))
        var notifiers: [any Notifier] = []
        if let program = configuration.notifyProgram { notifiers.append(ProgramNotifier(program, logger: logger)) }
        if let mail = configuration.mail { notifiers.append(MailNotifier(mail, logger: logger)) }
        services.append(Door(behind: recovered, service: AlarmClock(desk: desk, room: room, hub: hub, notifiers: notifiers, logger: logger)))
        services.append(Door(behind: recovered, service: LineWatch(desk: desk, log: lineLog, logger: logger)))
        services.append(RecordCheck(directory: directory, membership: membership, logger: logger))
        self.services = services
    }

    public func run() async throws {
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                // Whatever fails, the loop still commits what it has, and the bearers close.
                services: services.map {
                    .init(
                        service: $0, successTerminationBehavior: $0 is RecordCheck ? .ignore : .gracefullyShutdownGroup,
                        failureTerminationBehavior: .gracefullyShutdownGroup
                    )
                },
                logger: logger
            )
        )
        let result = await Result { try await group.run() }
        try? await bearerLoops.shutdownGracefully()
        try result.get()
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}

/// The loop and its bearers, started in this order and stopped in the other.
///
/// The new generation is opened last, once the record is recovered, the bearers listen and the station can be asked: a start
/// that fails leaves nothing in the record.
private struct LoopService: Service {
    let loop: StationLoop
    let hub: EventHub
    let bearers: TLSBearers
    let make: @Sendable () throws -> StationCore
    let recovered: Milestone
    let doors: [Milestone]
    let logger: Logger

    func run() async throws {
        try await loop.recover(make)
        recovered.reach()
        let result = await Result { try await keep() }
        loop.stop()
        _ = await Result { try await loop.ended() }
        hub.close()
        await bearers.stop()
        try result.get()
        logger.info("stopped")
    }

    private func keep() async throws {
        try await bearers.start()
        do {
            try await cancelWhenGracefulShutdown { for door in doors { try await door.wait() } }
        } catch is CancellationError {
            // A door did not open, and says why itself.
            return
        }
        loop.begin()
        try await withGracefulShutdownHandler {
            try await loop.ended()
        } onGracefulShutdown: {
            hub.tell(EventView(kind: .stopped, at: StationClock.now.wall.text, detail: "the station stops"))
            loop.stop()
        }
    }
}

/// A service that begins once the record is recovered: until then another process may be the station of this directory.
private struct Door: Service {
    let behind: Milestone
    let service: any Service

    init(behind milestone: Milestone, service: any Service) {
        behind = milestone
        self.service = service
    }

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await behind.wait() }
        } catch is CancellationError {
            return
        }
        try await service.run()
    }
}
