import ArgumentParser
import HotlineDesk

struct ContactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contact", abstract: "Arrange a contact of two posts: a text session, a call, a visit.",
        discussion: """
            A request is answered with accept or propose, or as a letter is: with take, lay, hold, decline, not-yet, withdraw and lapse. A text \
            session is held on the line: both posts open it, say what they have to say, and close it. Windows are written FROM/TO, as \
            2026-03-01T09:00Z/2026-03-01T10:00Z or 2026-03-01T09:00Z/30m.
            """,
        subcommands: [
            ContactList.self, ContactShow.self, ContactRequestCommand.self, ContactAccept.self, ContactPropose.self, ContactOpen.self, ContactSay.self,
            ContactClose.self, ContactHeld.self, ContactMissed.self, ContactMinutes.self, ContactConfirm.self,
        ]
    )
}

struct ContactRequestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request", abstract: "Ask for a contact with a post of the other side.",
        discussion: "Whatever becomes of it stands on the record of both: accepted, declined with a reason, not yet, withdrawn, or lapsed."
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("The post to meet: its code or its title.", valueName: "post"))
    var with: String

    @Option(help: ArgumentHelp("text, voice, visit or other.", valueName: "medium"), completion: .list(["text", "voice", "visit", "other"]))
    var medium: String

    @Option(name: .customLong("window"), help: ArgumentHelp("When it may be held. One to eight, in the order of preference.", valueName: "from/to"))
    var windows: [String] = []

    @Option(help: "What it is about.")
    var subject: String

    @Option(help: ArgumentHelp("By when an answer is asked for; else as the agreement says of the precedence.", valueName: "time"))
    var replyBy: String?

    @Option(
        name: .shortAndLong, help: ArgumentHelp("FLASH, IMMEDIATE, PRIORITY or ROUTINE.", valueName: "precedence"),
        completion: .list(["FLASH", "IMMEDIATE", "PRIORITY", "ROUTINE"])
    )
    var precedence = "IMMEDIATE"

    @Option(help: ArgumentHelp("The language of the subject, as a tag; else the first of our own party.", valueName: "tag"))
    var lang: String?

    @Option(help: ArgumentHelp("The post that asks; else the counterpart of the other.", valueName: "post"))
    var from: String?

    @Option(help: ArgumentHelp("The channel; else the first on which one officer may send this precedence.", valueName: "code"))
    var channel: String?

    @Flag(help: "Mark it EXERCISE wherever it is shown.")
    var exercise = false

    @Flag(help: "Draft it for release by two: hotline draft list.")
    var draft = false

    @Option(name: .customLong("ref"), help: ArgumentHelp("The serial of an entry it speaks of. May be repeated.", valueName: "serial"))
    var references: [String] = []

    func run() async throws {
        let order = ContactOrder(
            letter: LetterOrder(
                to: with, from: from, channel: channel, precedence: precedence, language: lang, exercise: exercise, references: references, replyBy: replyBy,
                text: subject
            ), medium: medium, windows: windows
        )
        if draft { return try await DraftPage.make(.request(order), station, output) }
        try await station.withDesk { desk in
            let sent = try await desk.request(order)
            if output.json { return Terminal.standard.say(json: sent) }
            Terminal.standard.say("\(Plain.line(sent.serial))  durable here: contact requested")
        }
    }
}

struct ContactAccept: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "accept", abstract: "Accept a window of the other side's last offer: the contact is agreed.")

    @OptionGroup var step: StepOptions

    @Option(help: "The window, as 'contact show' counts them.")
    var window = 1

    func run() async throws { try await step.state(.accept(window: window)) }
}

struct ContactPropose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose", abstract: "Propose other windows, before a contact is agreed or to move it.",
        discussion: "What is agreed stands until the other side accepts another."
    )

    @OptionGroup var step: StepOptions

    @Option(name: .customLong("window"), help: ArgumentHelp("When it may be held. One to eight, in the order of preference.", valueName: "from/to"))
    var windows: [String] = []

    @OptionGroup var words: WordsOptions

    func run() async throws { try await step.state(.propose(windows: windows, try words.read()), language: words.lang) }
}

struct ContactOpen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Say that our post is at the machine for an agreed text session.", discussion: "The session is open once both sides have said so."
    )

    @OptionGroup var step: StepOptions

    func run() async throws { try await step.state(.open) }
}

struct ContactSay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "say", abstract: "Say something in an open text session.")

    @OptionGroup var step: StepOptions
    @OptionGroup var words: WordsOptions

    func validate() throws {
        if words.text == nil, words.file == nil { throw ValidationError("there is no text: give it, or --file FILE, or - for standard input") }
    }

    func run() async throws { try await step.state(.say(try words.read()), language: words.lang) }
}

struct ContactClose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "close", abstract: "Close a text session: the contact is over.")

    @OptionGroup var step: StepOptions

    func run() async throws { try await step.state(.close) }
}

struct ContactHeld: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "held", abstract: "Say that a contact was held, and when.", discussion: "It is our word; the other side says its own."
    )

    @OptionGroup var step: StepOptions

    @Option(help: ArgumentHelp("When it was held.", valueName: "from/to"))
    var window: String

    func run() async throws { try await step.state(.held(window: window)) }
}

struct ContactMissed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "missed", abstract: "Say that an agreed contact was missed, and by whom.", discussion: "It is our word; the other side says its own."
    )

    @OptionGroup var step: StepOptions

    @Option(help: ArgumentHelp("The party that missed it: its name or its mark. Our own too.", valueName: "party"))
    var by: String

    func run() async throws { try await step.state(.missed(by: by)) }
}

struct ContactMinutes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "minutes", abstract: "Give the minutes of a contact.", discussion: "They are agreed minutes once the other side has confirmed them."
    )

    @OptionGroup var step: StepOptions
    @OptionGroup var words: WordsOptions

    func validate() throws {
        if words.text == nil, words.file == nil { throw ValidationError("there is no text: give it, or --file FILE, or - for standard input") }
    }

    func run() async throws { try await step.state(.minutes(try words.read()), language: words.lang) }
}

struct ContactConfirm: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "confirm", abstract: "Confirm the other side's last minutes: they are agreed.")

    @OptionGroup var step: StepOptions

    func run() async throws { try await step.state(.confirm) }
}

/// Which request, and how to answer.
struct StepOptions: ParsableArguments {
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Draft it for release by two, where it has a text that one officer may not say alone: hotline draft list.")
    var draft = false

    @Argument(help: "The request's serial, such as M-12, or 12 where one record alone has it.")
    var request: String

    /// States it, and says what is so now.
    func state(_ step: ContactStepOrder.Step, language: String? = nil) async throws {
        let order = ContactStepOrder(about: request, step: step, language: language)
        if draft { return try await DraftPage.make(.step(order), station, output) }
        try await station.withDesk { desk in
            let sent = try await desk.state(order)
            if output.json { return Terminal.standard.say(json: sent) }
            Terminal.standard.say("\(Plain.line(sent.serial))  durable here: \(Plain.line(request)) \(step.words)")
        }
    }
}

extension ContactStepOrder.Step {
    fileprivate var words: String {
        switch self {
        case .accept(let window): "window \(window) accepted: the contact is agreed"
        case .propose: "other windows proposed"
        case .open: "our post is at the machine"
        case .say: "said"
        case .close: "session closed"
        case .held: "held, by our word"
        case .missed(let party): "missed by \(Plain.line(party)), by our word"
        case .minutes: "minutes given"
        case .confirm: "minutes confirmed"
        }
    }
}
