import HotlineDesk
import Testing

@testable import HotlineDaemon

@Suite struct ControlOperationTests {
    private let order = LetterOrder(
        to: "chairman", from: "president", channel: "principals", precedence: "FLASH", language: "ru", exercise: true, references: ["M-3"],
        text: "Dear “Chairman”,\n\n\tГотов / ready \\ 🕊"
    )

    @Test func `a letter crosses the socket unchanged`() async throws {
        try await TestStation.run(FakeDesk()) { station in
            try await station.ask { client in
                let sent = try await client.send(order)
                #expect(sent == SentView(serial: "W-1", id: "1/0123456789abcdef/1"))
                #expect(try await client.entry("W-1") == .example(serial: "W-1", order: order))
            }
        }
    }

    @Test func `an entry is found by the slashes of its id`() async throws {
        try await TestStation.run(FakeDesk()) { station in
            try await station.ask { client in
                let sent = try await client.send(order)
                #expect(try await client.entry(sent.id).serial == "W-1")
            }
        }
    }

    @Test(arguments: ["../status", "W 1", "Ж-1", "%2F", "?limit=1", "a#b"])
    func `a name reaches the desk as it was typed`(name: String) async throws {
        try await TestStation.run(FakeDesk()) { station in
            try await station.ask { client in
                _ = await #expect(throws: DeskError(.notFound, "no entry \(name)", hint: "list them")) { try await client.entry(name) }
            }
        }
    }

    @Test func `letters are listed by direction and number`() async throws {
        try await TestStation.run(FakeDesk()) { station in
            try await station.ask { client in
                for _ in 0..<3 { _ = try await client.send(order) }
                #expect(try await client.letters(LetterQuery(direction: .sent, limit: 2)).map(\.serial) == ["W-3", "W-2"])
                #expect(try await client.letters(LetterQuery(direction: .both, limit: 1000)).count == 3)
                #expect(try await client.letters(LetterQuery(direction: .received, limit: 20)).isEmpty)
            }
        }
    }

    @Test(
        arguments: [
            .take, .lay, .hold(3), .answer("Да.\n"), .decline(reason: "not-now", ""), .notYet(until: "2026-03-01T09:00Z", awaiting: nil, "x"),
            .withdraw(""), .lapse,
        ] as [ActOrder.Act]
    )
    func `what is stated about a letter crosses the socket unchanged`(act: ActOrder.Act) async throws {
        try await TestStation.run(FakeDesk()) { station in
            try await station.ask { client in
                let sent = try await client.state(ActOrder(about: "M-3", act: act, language: "ru"))
                #expect(sent == SentView(serial: "\(act)", id: "M-3 ru"))
            }
        }
    }

    @Test(
        arguments: [
            .accept(window: 2), .propose(windows: ["a/b", "c/d"], "Rather so."), .open, .say("Да.\n"), .close, .held(window: "a/30m"), .missed(by: "M"),
            .minutes("x"), .confirm,
        ] as [ContactStepOrder.Step]
    )
    func `what is stated about a contact crosses the socket unchanged`(step: ContactStepOrder.Step) async throws {
        try await TestStation.run(FakeDesk()) { station in
            try await station.ask { client in
                let sent = try await client.state(ContactStepOrder(about: "M-3", step: step, language: "ru"))
                #expect(sent == SentView(serial: "\(step)", id: "M-3 ru"))
            }
        }
    }

    @Test func `requests for contacts, and contacts, cross the socket unchanged`() async throws {
        try await TestStation.run(FakeDesk()) { station in
            try await station.ask { client async throws in
                let order = ContactOrder(letter: LetterOrder(to: "m-cgs", precedence: "IMMEDIATE", text: "Польша"), medium: "voice", windows: ["a/b", "c/30m"])
                #expect(try await client.request(order) == SentView(serial: "m-cgs", id: "voice a/b c/30m"))
                #expect(try await client.contacts(since: nil) == [.example(serial: "M-1")])
                #expect(try await client.contacts(since: "2026-03-01T09:00+01:00") == [.example(serial: "2026-03-01T09:00+01:00")])
                #expect(try await client.contact("W-7/8cc0") == .example(serial: "W-7/8cc0"))
            }
        }
    }

    @Test func `channels cross the socket unchanged`() async throws {
        try await TestStation.run(FakeDesk()) { station in
            try await station.ask { client async throws in
                let sent = try await client.state(ChannelOrder(channel: "safety", isSuspended: true, reason: "Почему", language: "ru"))
                #expect(sent == SentView(serial: "safety", id: "true Почему ru"))
                #expect(try await client.channels().map(\.suspensions) == [[.init(party: "a", since: "b", serial: "c")]])
            }
        }
    }

    @Test func `open letters and attempts cross the socket unchanged`() async throws {
        try await TestStation.run(FakeDesk()) { station in
            try await station.ask { client async throws in
                #expect(try await client.open().map(\.serial) == ["M-1"])
                #expect(try await client.attempts(since: nil).map(\.outcome.detail) == [nil])
                #expect(try await client.attempts(since: "2026-03-01T09:00+01:00 &a=b").map(\.outcome.detail) == ["2026-03-01T09:00+01:00 &a=b"])
            }
        }
    }

    @Test func `the status crosses the socket unchanged`() async throws {
        try await TestStation.run(FakeDesk()) { station in
            try await station.ask { client async throws in #expect(try await client.status() == .example()) }
        }
    }

    @Test func `the report of the line crosses the socket unchanged`() async throws {
        try await TestStation.run(FakeDesk()) { station in
            try await station.ask { client async throws in #expect(try await client.line(since: "2026-03-01") == FakeDesk.line) }
        }
    }

    @Test func `what comes of an order to bank epochs crosses the socket unchanged`() async throws {
        try await TestStation.run(FakeDesk()) { station in
            try await station.ask { client async throws in #expect(try await client.bank(BankOrder(ahead: 8, party: "R")) == .example()) }
        }
    }

    @Test func `a checkpoint is asked for once`() async throws {
        let desk = FakeDesk()
        try await TestStation.run(desk) { station in
            try await station.ask { client async throws in #expect(try await client.checkpoint() == .example()) }
        }
        #expect(desk.checkpoints == 1)
    }

    @Test(arguments: DeskError.Class.allCases)
    func `a refusal keeps its class, its words and its hint`(class: DeskError.Class) async throws {
        let desk = FakeDesk()
        let refusal = DeskError(`class`, "what “went” wrong", hint: "do / this")
        desk.refuse(refusal)
        try await TestStation.run(desk) { station in
            try await station.ask { client in
                await #expect(throws: refusal) { try await client.send(order) }
                await #expect(throws: refusal) { try await client.letters(LetterQuery()) }
                await #expect(throws: refusal) { try await client.entry("W-1") }
                await #expect(throws: refusal) { try await client.status() }
                await #expect(throws: refusal) { try await client.checkpoint() }
                await #expect(throws: refusal) { try await client.bank(BankOrder(ahead: 8)) }
                await #expect(throws: refusal) { _ = try await client.events() }
            }
        }
    }

    @Test func `a client goes on after the station was restarted`() async throws {
        let directory = try TestDirectory()
        defer { directory.remove() }
        let client = ControlClient(socketPath: directory.path("station/control.sock"))
        for _ in 0..<2 {
            try await TestStation.run(FakeDesk(), in: directory) { _ async throws in #expect(try await client.status() == .example()) }
            let refusal = await #expect(throws: DeskError.self) { try await client.status() }
            #expect(refusal?.class == .unavailable)
        }
        await client.shutdown()
    }
}
