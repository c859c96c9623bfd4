import ArgumentParser
import HotlineDesk

struct TakeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "take", abstract: "Say that a letter is in the hands of the watch.",
        discussion: "The other side sees it at once. To take a letter is to agree to nothing."
    )

    @OptionGroup var act: ActOptions

    func run() async throws { try await act.state(.take) }
}

struct LayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lay", abstract: "Say that a letter is before the principal.",
        discussion: "The other side sees it at once. Whoever is the principal is not said."
    )

    @OptionGroup var act: ActOptions

    func run() async throws { try await act.state(.lay) }
}

struct HoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold", abstract: "Give a holding reply that the agreement authorises in advance.",
        discussion: """
            The other side sees that it is one. It needs no second officer and no principal, and commits to nothing; the letter \
            stays open. 'hotline agreement show' lists the replies.
            """
    )

    @OptionGroup var act: ActOptions

    @Argument(help: "The number of the reply in the agreement.")
    var reply: UInt8 = 1

    func run() async throws { try await act.state(.hold(reply)) }
}

/// Which letter, and how to answer.
struct ActOptions: ParsableArguments {
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The letter's serial, such as M-12, or 12 where one record alone has it.")
    var letter: String

    /// States it, and says what is so now.
    func state(_ act: ActOrder.Act, language: String? = nil) async throws {
        try await station.withDesk { desk in
            let sent = try await desk.state(ActOrder(about: letter, act: act, language: language))
            if output.json { return Terminal.standard.say(json: sent) }
            Terminal.standard.say("\(Plain.line(sent.serial))  durable here: \(Plain.line(letter)) \(act.words)")
        }
    }
}

extension ActOrder.Act {
    fileprivate var words: String {
        switch self {
        case .take: "taken by the watch"
        case .lay: "before the principal"
        case .hold(let number): "holding reply \(number)"
        case .answer: "answered"
        case .decline(let reason, _): "declined, \(Plain.line(reason))"
        case .notYet: "not yet"
        case .withdraw: "withdrawn"
        case .lapse: "lapsed"
        }
    }
}
