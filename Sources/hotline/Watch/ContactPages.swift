import ArgumentParser
import HotlineDesk

struct ContactList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the contacts that are not over, and how each stands.", discussion: "With --since also those that are."
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: TimedOutputOptions

    @Option(help: ArgumentHelp("Every contact asked for since then, such as 2026-03-01.", valueName: "time"))
    var since: String?

    func run() async throws {
        let terminal = Terminal.standard
        try await station.withDesk { desk in
            let contacts = try await desk.contacts(since: since)
            if output.json { return terminal.say(json: contacts) }
            try await Evidence.show(desk, terminal)
            guard !contacts.isEmpty else { return terminal.say([since == nil ? "no contact is open" : "no contact was asked for since then"]) }
            terminal.say(table(contacts).lines(terminal))
        }
    }

    private func table(_ contacts: [ContactView]) -> Table {
        var table = Table(
            .init(title: "SERIAL"), .init(title: "MEDIUM", goes: 2), .init(title: "FROM", gives: true, goes: 1), .init(title: "WITH", gives: true), .init(title: "STANDING"),
            .init(title: "AGREED FOR"), .init(title: "SUBJECT", gives: true, goes: 3)
        )
        for contact in contacts {
            table.add(
                .init(contact.serial), .init(contact.medium), .init(contact.from ?? "-", short: contact.fromPost), .init(contact.to ?? "-", short: contact.toPost),
                .init((contact.exercise ? "EXERCISE " : "") + contact.standing), .init(contact.agreed.map { output.times.minute($0.from) } ?? "-"),
                .init(Plain.line(contact.subject))
            )
        }
        return table
    }
}

struct ContactShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a contact: how it stands, what is offered, what was said.")

    @OptionGroup var station: StationOptions
    @OptionGroup var output: TimedOutputOptions

    @Argument(help: "The request's serial, such as M-12, or 12 where one record alone has it.")
    var request: String

    func run() async throws {
        let terminal = Terminal.standard
        try await station.withDesk { desk in
            let contact = try await desk.contact(request)
            if output.json { return terminal.say(json: contact) }
            try await Evidence.show(desk, terminal)
            terminal.say(contact.exercise ? [Terminal.exercise, ""] + page(contact, terminal) + ["", Terminal.exercise] : page(contact, terminal))
        }
    }

    private func page(_ contact: ContactView, _ terminal: Terminal) -> [String] {
        let detail = contact.detail.map { ": \(Plain.line($0))" } ?? ""
        var lines = [
            "\(Plain.line(contact.serial))  \(contact.precedence)  contact, \(contact.medium)", "from     \(Plain.line(contact.from ?? "-"))",
            "with     \(Plain.line(contact.to ?? "-"))", "subject  \(Plain.line(contact.subject))", "channel  \(Plain.line(contact.channel))",
            "asked    \(contact.claimedAt.map(output.times.minute) ?? "no clock"), an answer by \(contact.replyBy.map(output.times.minute) ?? "-")",
            "stands   \(Plain.line(contact.standing))\(detail)",
        ]
        if let agreed = contact.agreed {
            let moved = contact.movedFrom.map { ", moved from \(output.times.minute($0.from))" } ?? ""
            lines.append("agreed   \(window(agreed))\(moved)")
        }
        for offer in contact.offers {
            lines += ["", "\(offer.isOwn ? "we offer" : "\(Plain.line(offer.party)) offers") (\(Plain.line(offer.serial)))"]
            lines += offer.windows.enumerated().map { "  \($0.offset + 1)  \(window($0.element))" }
        }
        if !contact.stages.isEmpty { lines += [""] + contact.stages.map { "  \($0.at.map(output.times.minute) ?? "-")  \(Plain.line($0.stage))  (\(Plain.line($0.word)))" } }
        if !contact.session.isEmpty {
            lines += ["", "SESSION"]
            for said in contact.session {
                let speaker = said.isOwn ? "we" : Plain.line(said.party)
                lines.append("\(output.times.clock(said.at))  \(Plain.line(said.serial))  \(speaker), \(said.language ?? "no language")")
                lines += Plain.indented(said.text, width: terminal.width)
            }
        }
        for minutes in contact.minutes {
            let state = minutes.confirmedIn.map { "agreed, confirmed in \(Plain.line($0))" } ?? "not confirmed"
            lines += ["", "MINUTES by \(Plain.line(minutes.party)) (\(Plain.line(minutes.serial))), \(state)"] + Plain.indented(minutes.text, width: terminal.width)
        }
        if !contact.void.isEmpty { lines += [""] + contact.void.map { Plain.line($0) } }
        return lines
    }

    private func window(_ window: ContactView.WindowView) -> String { "\(output.times.minute(window.from)) to \(output.times.minute(window.to))" }
}
