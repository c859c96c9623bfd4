import ArgumentParser
import HotlineDesk

struct AnswerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer", abstract: "Answer a letter of the other side. It is its final word.",
        discussion: "From the post it was addressed to, to the post it came from, with its precedence, on its channel."
    )

    @OptionGroup var act: ActOptions
    @OptionGroup var words: WordsOptions

    func validate() throws {
        if words.text == nil, words.file == nil { throw ValidationError("there is no text: give it, or --file FILE, or - for standard input") }
    }

    func run() async throws { try await act.state(.answer(try words.read()), language: words.lang) }
}

struct DeclineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decline", abstract: "Decline to answer a letter, with a reason of the agreement, on the record of both.",
        discussion: "It is the letter's final word. 'hotline agreement show' lists the reasons."
    )

    @OptionGroup var act: ActOptions

    @Option(help: ArgumentHelp("The reason's code or number.", valueName: "code"))
    var reason: String

    @OptionGroup var words: WordsOptions

    func run() async throws { try await act.state(.decline(reason: reason, try words.read()), language: words.lang) }
}

struct NotYetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "not-yet", abstract: "Say that a letter waits for authority.", discussion: "It stays open; an answer may follow."
    )

    @OptionGroup var act: ActOptions

    @Option(help: ArgumentHelp("Until when, such as 2026-03-01T09:00Z.", valueName: "time"))
    var until: String?

    @Option(help: ArgumentHelp("The post of ours whose authority is awaited.", valueName: "post"))
    var awaiting: String?

    @OptionGroup var words: WordsOptions

    func run() async throws {
        try await act.state(.notYet(until: until, awaiting: awaiting, try words.read()), language: words.lang)
    }
}

struct WithdrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: "Withdraw a letter of ours that has no answer.",
        discussion: "It stays on the record of both. An answer that crosses the withdrawal is shown as late."
    )

    @OptionGroup var act: ActOptions
    @OptionGroup var words: WordsOptions

    func run() async throws { try await act.state(.withdraw(try words.read()), language: words.lang) }
}

struct LapseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lapse", abstract: "State that a letter of ours had no answer in its time.",
        discussion: "Not before that time. An answer that crosses it is shown as late."
    )

    @OptionGroup var act: ActOptions

    func run() async throws { try await act.state(.lapse) }
}

/// The text of an outcome, where it has one.
struct WordsOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The language of the text, as a tag; else the first of our own party.", valueName: "tag"))
    var lang: String?

    @Option(help: ArgumentHelp("Take the text from a file; - is standard input.", valueName: "file"), completion: .file())
    var file: String?

    @Argument(help: "The text; - takes it from standard input.")
    var text: String?

    func validate() throws {
        if text != nil, file != nil { throw ValidationError("there are two texts: give it, or --file FILE, and not both") }
    }

    /// Empty where there is none.
    func read() throws(DeskError) -> String {
        guard text != nil || file != nil else { return "" }
        return try TextSource(text: text, file: file).read()
    }
}
