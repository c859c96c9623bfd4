import ArgumentParser

struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions", abstract: "Print the completions for a shell.",
        discussion: """
            bash:  hotline completions bash > ~/.local/share/bash-completion/completions/hotline
            zsh:   hotline completions zsh > a directory of $fpath, as _hotline
            fish:  hotline completions fish > ~/.config/fish/completions/hotline.fish
            """
    )

    @Argument(help: "bash, zsh or fish.", completion: .list(["bash", "zsh", "fish"]))
    var shell: String

    func validate() throws {
        guard CompletionShell(rawValue: shell) != nil else { throw ValidationError("'\(shell)' is no shell with completions: bash, zsh or fish") }
    }

    func run() throws {
        guard let shell = CompletionShell(rawValue: shell) else { return }
        Terminal.standard.say(Hotline.completionScript(for: shell))
    }
}
