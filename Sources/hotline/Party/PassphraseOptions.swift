import ArgumentParser
import HotlineDaemon

/// Where a passphrase comes from. It is never an argument: arguments are seen by every process of a machine.
struct PassphraseOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Take the passphrase from the first line of a file of mode 0600.", valueName: "file"), completion: .file())
    var passphraseFile: String?

    @Option(help: ArgumentHelp("Take the passphrase from the first line of an open descriptor.", valueName: "number"))
    var passphraseFd: Int32?

    func validate() throws {
        if passphraseFile != nil, passphraseFd != nil { throw ValidationError("--passphrase-file and --passphrase-fd exclude each other") }
    }

    /// Asked for at the terminal where nothing else is given.
    var source: PassphraseSource {
        if let passphraseFile { return .file(passphraseFile) }
        if let passphraseFd { return .descriptor(passphraseFd) }
        return .terminal
    }
}
