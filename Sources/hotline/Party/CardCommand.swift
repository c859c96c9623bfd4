import ArgumentParser
import HotlineDaemon

struct CardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card", abstract: "Show an identity card: our own, or one that was carried here, with the words to read aloud."
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "A card in a file; else our own.", completion: .file())
    var file: String?

    func run() throws {
        let directory = station.directory
        if file == nil { try directory.check() }
        let card = try CardFile(file ?? directory.card).show()
        if output.json { Terminal.standard.say(json: card) } else { Terminal.standard.say(CardPage(card: card).lines) }
    }
}

/// A card as a page.
struct CardPage {
    let card: CardView

    var lines: [String] {
        let names = card.names.map { "\($0.text) (\($0.language))" }.joined(separator: ", ")
        return [
            field("party", "\(card.name) (\(card.mark))"), field("names", names), field("languages", card.languages.joined(separator: ", ")),
            field("made", Times(isLocal: false).full(card.created)), field("hash", card.hash),
        ] + WordsPage.lines(card.words)
    }

    private func field(_ name: String, _ value: String) -> String { Cells.pad(name, to: 11) + Plain.line(value) }
}

/// Sixteen words to be read aloud, four a line.
enum WordsPage {
    static func lines(_ groups: [[String]]) -> [String] {
        groups.enumerated().map { Cells.pad($0 == 0 ? "words" : "", to: 11) + Plain.line($1.joined(separator: " ")) }
    }
}
