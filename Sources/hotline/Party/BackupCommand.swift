import ArgumentParser
import HotlineDaemon

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Write everything that the station is into one file, under a passphrase.",
        discussion: """
            The station may run meanwhile. In it are its keys, its card, the agreement, the configuration and the whole record; \
            never in it are the epochs, and the root key and the next identity, which you keep offline by themselves. \
            What comes after the backup is not lost with the disk: the other side gives it back, as far as it is signed.
            """
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var passphrase: PassphraseOptions

    @Argument(help: "A file that does not exist yet.", completion: .file())
    var file: String

    func run() throws {
        let backup = try StationBackup(station.directory).write(to: file, passphrase: passphrase.source)
        if output.json { return Terminal.standard.say(json: backup) }
        Terminal.standard.say(
            "\(Plain.line(backup.path))  \(backup.bytes) bytes: \(backup.files.joined(separator: ", "))",
            "not in it: root.key and next.key; restore it with: hotline restore \(Plain.line(backup.path)) --dir DIR"
        )
    }
}

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Make a station's directory anew from a backup.",
        discussion: """
            The directory must not exist yet, or be empty. At its next start the station declares in its record what may be lost, agrees on a \
            new epoch, and takes back from the other side what it has signed since. Make sure that the old station never runs again.
            """
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var passphrase: PassphraseOptions

    @Argument(help: "A file that hotline backup has written.", completion: .file())
    var file: String

    func run() throws {
        let directory = station.directory
        let backup = try StationBackup(directory).restore(from: file, passphrase: passphrase.source)
        if output.json { return Terminal.standard.say(json: backup) }
        Terminal.standard.say(
            "\(directory.path) is the station of \(Plain.line(backup.party)) again: \(backup.files.joined(separator: ", "))",
            "start it with: hotline run --dir \(directory.path)"
        )
    }
}
