import ArgumentParser
import HotlineDesk

struct PostCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "post", abstract: "Say whether a post is manned, ask about one of the other side, and list them.",
        discussion: "Whoever holds a post, or stands in, is never named.", subcommands: [PostList.self, PostSet.self, PostAsk.self]
    )
}

struct PostList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the posts of both sides, whether each is manned, and where its messages ring.")

    @OptionGroup var station: StationOptions
    @OptionGroup var output: TimedOutputOptions

    func run() async throws {
        let terminal = Terminal.standard
        try await station.withDesk { desk in
            let posts = try await desk.posts()
            if output.json { return terminal.say(json: posts) }
            try await Evidence.show(desk, terminal)
            terminal.say(page(posts.filter(\.isOwn), "OUR POSTS", terminal) + [""] + page(posts.filter { !$0.isOwn }, "THEIR POSTS", terminal))
        }
    }

    private func page(_ posts: [PostView], _ title: String, _ terminal: Terminal) -> [String] {
        var table = Table(
            .init(title: "POST"), .init(title: "PRESENCE", gives: true), .init(title: "SINCE", goes: 2), .init(title: "RINGS AT"), .init(title: "ASKED BY", goes: 3),
            .init(title: "OPPOSITE", goes: 4), .init(title: "TITLE", gives: true, goes: 1)
        )
        for post in posts {
            table.add(
                .init(post.code), .init(post.presence + (post.standIn.map { ", \($0)" } ?? "")), .init(post.since.map(output.times.minute) ?? "-"), .init(post.rings),
                .init(post.asked.isEmpty ? "-" : post.asked.map { "\($0.party) \(output.times.minute($0.at))" }.joined(separator: ", ")),
                .init(post.counterparts.joined(separator: " ")), .init(post.title)
            )
        }
        return [title] + table.lines(terminal)
    }
}

struct PostSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "set", abstract: "Say whether a post of ours is manned. The other side sees it at once.")

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The post: its code or its title.")
    var post: String

    @Argument(help: "manned, unmanned, stand-in or standing-by.", completion: .list(["manned", "unmanned", "stand-in", "standing-by"]))
    var presence: String

    @Option(help: ArgumentHelp("With stand-in: the post of its succession that stands in, where that is to be said.", valueName: "post"))
    var by: String?

    func validate() throws {
        if by != nil, presence != "stand-in" { throw ValidationError("--by only means something with stand-in") }
        guard ["manned", "unmanned", "stand-in", "standing-by"].contains(presence) else {
            throw ValidationError("'\(presence)' is no presence: it is manned, unmanned, stand-in or standing-by")
        }
    }

    func run() async throws {
        let statement: PresenceOrder.Statement =
            switch presence {
            case "manned": .manned
            case "unmanned": .unmanned
            case "stand-in": .standIn(by: by)
            default: .standingBy
            }
        try await station.withDesk { desk in
            let sent = try await desk.state(PresenceOrder(post: post, statement: statement))
            if output.json { return Terminal.standard.say(json: sent) }
            Terminal.standard.say("\(Plain.line(sent.serial))  durable here: \(Plain.line(post)) \(Plain.line(presence))")
        }
    }
}

struct PostAsk: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "ask", abstract: "Ask the other side whether a post of theirs is manned.")

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The post: its code or its title.")
    var post: String

    func run() async throws {
        try await station.withDesk { desk in
            let sent = try await desk.state(PresenceOrder(post: post, statement: .ask))
            if output.json { return Terminal.standard.say(json: sent) }
            Terminal.standard.say("\(Plain.line(sent.serial))  durable here: asked whether \(Plain.line(post)) is manned")
        }
    }
}
