import ArgumentParser

/// In which form a command answers.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print values as JSON, one a line.")
    var json = false
}

/// The same for commands that show times.
struct TimedOutputOptions: ParsableArguments {
    @Flag(help: "Print values as JSON, one a line.")
    var json = false

    @Flag(help: "Show the time of this machine's zone, with its offset, in place of UTC.")
    var local = false

    var times: Times { Times(isLocal: local) }
}
