import ArgumentParser
import HotlineDesk

/// A letter as `send` and `draft new` take it.
struct LetterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The post addressed: its code or its title.", valueName: "post"))
    var to: String

    @Option(
        name: .shortAndLong, help: ArgumentHelp("FLASH, IMMEDIATE, PRIORITY or ROUTINE.", valueName: "precedence"),
        completion: .list(["FLASH", "IMMEDIATE", "PRIORITY", "ROUTINE"])
    )
    var precedence: String

    @Option(help: ArgumentHelp("The language of the text, as a tag; else the first of our own party.", valueName: "tag"))
    var lang: String?

    @Option(help: ArgumentHelp("The post it speaks for; else the counterpart of the addressee.", valueName: "post"))
    var from: String?

    @Option(help: ArgumentHelp("The channel; else the first on which one officer may send this precedence.", valueName: "code"))
    var channel: String?

    @Option(help: ArgumentHelp("By when an answer is asked for, such as 2026-03-01T09:00Z; else as the agreement says.", valueName: "time"))
    var replyBy: String?

    @Flag(help: "Mark it EXERCISE wherever it is shown.")
    var exercise = false

    @Option(name: .customLong("ref"), help: ArgumentHelp("The serial of an entry it speaks of. May be repeated.", valueName: "serial"))
    var references: [String] = []

    @Option(help: ArgumentHelp("Take the text from a file; - is standard input.", valueName: "file"), completion: .file())
    var file: String?

    @Argument(help: "The text; - takes it from standard input.")
    var text: String?

    func validate() throws {
        if text == nil, file == nil { throw ValidationError("there is no text: give it, or --file FILE, or - for standard input") }
        if text != nil, file != nil { throw ValidationError("there are two texts: give it, or --file FILE, and not both") }
    }

    func order() throws(DeskError) -> LetterOrder {
        LetterOrder(
            to: to, from: from, channel: channel, precedence: precedence, language: lang, exercise: exercise, references: references,
            replyBy: replyBy, text: try TextSource(text: text, file: file).read()
        )
    }
}
