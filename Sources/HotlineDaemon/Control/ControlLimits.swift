/// The limits of the control socket. Whoever can open it is of our own side and may still be a script with a mistake.
enum ControlLimits {
    /// Body of one request. A text has at most 255 KiB, and JSON that escapes everything beyond ASCII makes three times as much of it.
    static let requestBytesMax = 1024 * 1024
    /// All header fields of one request. Ours take 200 bytes.
    static let headerBytesMax = 16 * 1024
    static let headerFieldsMax = 64
    /// Connections at once: a screen for each officer and the scripts of a day, and well below the files that a process may open.
    static let connectionsMax = 64
    /// A connection on which nothing has been asked for this long is closed.
    static let idleSecondsMax: Int64 = 60
    /// The name of an entry in a path.
    static let nameBytesMax = 200
    /// Events that wait for one listener here, before the desk's own buffer holds them.
    static let eventsBuffered = 64
    /// Between two heartbeats of the event stream. A client that hears none for `silenceSecondsMax` gives up.
    static let heartbeat = Duration.seconds(5)
    static let silenceSecondsMax: Int64 = 30
    /// How long a listener that does not read may keep a shutdown waiting.
    static let goodbye = Duration.milliseconds(500)
    /// One answer, as a client takes it: a thousand letters of ordinary length, or sixty of the longest.
    static let answerBytesMax = 64 * 1024 * 1024
    /// One line of the event stream, as a client takes it. An event holds the first words of a letter and not all of it.
    static let eventBytesMax = 64 * 1024
    /// Bytes of a Unix socket's path: `sun_path` has 108, and a zero ends it.
    static let socketPathBytesMax = 107
}
