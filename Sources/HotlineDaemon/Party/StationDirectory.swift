import Glibc
public import HotlineDesk

/// A party's directory: everything that one station is, of mode 0700, every file in it 0600.
///
///     root.key         signs agreements; may lie elsewhere, offline, and better does
///     next.key         the identity that comes after this one; the same
///     station.key      signs full checkpoints and epochs
///     light.key        signs light checkpoints
///     tls.key tls.crt  what the TLS bearer proves itself with
///     new-*.key        keys that wait for their statement to be installed
///     identity.card    what the other side gets
///     agreement.txt    signed by all; once it is installed
///     agreement-2.txt  its amendments, in order; the same
///     keys-w-1.txt     key statements of either side; the same
///     officers.txt     which of our officers is who; never leaves the station
///     officer-w-1.key  the release key of one of them, under its passphrase
///     roster-1         our officers as the root key has signed them, as long as it is to be stated
///     hotline.yaml     where to listen and whom to dial
///     record.sqlite    what was said, for ever
///     secrets.sqlite   epochs; never in a backup
///     watch.log        who did what at this station; never sent
///     line.log         how the line has been, as this station saw it; never sent
///     control.sock     how the other commands reach the running station
public struct StationDirectory: Hashable, Sendable, CustomStringConvertible {
    /// Absolute; symbolic links in what exists of it are resolved.
    public let path: String

    public init(_ given: String) {
        path = StationDirectory.absolute(given)
    }

    public var rootKey: String { file("root.key") }
    public var nextKey: String { file("next.key") }
    public var stationKey: String { file("station.key") }
    public var lightKey: String { file("light.key") }
    public var tlsKey: String { file("tls.key") }
    public var tlsCertificate: String { file("tls.crt") }
    public var card: String { file("identity.card") }
    public var agreement: String { file("agreement.txt") }
    /// Where one of three recovery keys is made, counted from 1.
    public func recoveryKey(_ number: Int) -> String { file("recovery-\(number).key") }
    /// Where the amendment that makes this version lies; version 1 is `agreement`.
    public func agreement(version: Int) -> String { version == 1 ? agreement : file("agreement-\(version).txt") }
    /// Which of our officers is who: a code and a name a line.
    public var officers: String { file("officers.txt") }
    public func officerKey(_ code: String) -> String { file("officer-\(code).key") }
    public func roster(version: UInt64) -> String { file("roster-\(version)") }
    public var configuration: String { file("hotline.yaml") }
    public var record: String { file("record.sqlite") }
    public var secrets: String { file("secrets.sqlite") }
    /// The local log of who did what.
    public var log: String { file("watch.log") }
    var lineLog: String { file("line.log") }
    public var socket: String { file("control.sock") }

    public var description: String { path }

    /// The path of the Unix socket.
    ///
    /// - Throws: `refused` where it is longer than such a path can be.
    public func checkSocketPath() throws(DeskError) {
        guard socket.utf8.count <= PartyLimits.socketPathBytesMax else {
            throw DeskError(
                .refused,
                "the path of the station's socket, \(socket), has \(socket.utf8.count) bytes; the system allows \(PartyLimits.socketPathBytesMax)",
                hint: "put the directory at a shorter path, such as /var/lib/hotline or ~/hotline"
            )
        }
    }

    /// - Throws: `notFound` where there is no such directory or no party in it, `refused` where others may look into it.
    public func check() throws(DeskError) {
        guard let mode = try LocalFile(path).mode() else {
            throw DeskError(.notFound, "there is no directory \(path)", hint: "hotline init makes one; name another with --dir or HOTLINE_DIR")
        }
        guard mode & S_IFMT == S_IFDIR else {
            throw DeskError(.malformed, "\(path) is not a directory", hint: "name the directory that hotline init has made")
        }
        guard LocalFile(card).exists else {
            throw DeskError(.notFound, "\(path) holds no party: there is no identity.card", hint: "hotline init makes one; name another directory with --dir or HOTLINE_DIR")
        }
        guard mode & 0o077 == 0 else {
            throw DeskError(
                .refused, "others than its owner may look into \(path) (mode \(String(mode & 0o777, radix: 8)))", hint: "chmod 700 \(path)"
            )
        }
    }

    // MARK: -

    /// Makes the directory, or takes an empty one.
    func make() throws(DeskError) {
        try checkSocketPath()
        if mkdir(path, 0o700) != 0 {
            if errno == ENOENT { throw LocalFile.homeless(path) }
            guard errno == EEXIST else { throw LocalFile(path).failure("make the directory") }
            guard try isEmpty() else {
                if LocalFile(card).exists {
                    throw DeskError(.refused, "\(path) holds a party already", hint: "keys are never written over: name a directory that does not exist yet")
                }
                throw DeskError(.refused, "\(path) is not empty", hint: "name a directory that does not exist yet")
            }
        }
        guard chmod(path, 0o700) == 0 else { throw LocalFile(path).failure("set the mode of") }
        try LocalFile(path).syncDirectory()
    }

    private func isEmpty() throws(DeskError) -> Bool { try names().isEmpty }

    /// The names of everything in it, in order.
    func names() throws(DeskError) -> [String] {
        guard let stream = opendir(path) else { throw LocalFile(path).failure("open") }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    func file(_ name: String) -> String { path == "/" ? "/\(name)" : "\(path)/\(name)" }

    /// The deepest part of the path that exists is resolved; the rest is taken as it is.
    private static func absolute(_ given: String) -> String {
        var trimmed = given
        while trimmed.utf8.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
        if let resolved = realpath(trimmed.isEmpty ? "." : trimmed, nil) {
            defer { free(resolved) }
            return String(cString: resolved)
        }
        guard let slash = trimmed.lastIndex(of: "/") else { return join(absolute("."), trimmed) }
        let parent = slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
        return parent == trimmed ? trimmed : join(absolute(parent), String(trimmed[trimmed.index(after: slash)...]))
    }

    private static func join(_ directory: String, _ name: String) -> String { directory == "/" ? "/\(name)" : "\(directory)/\(name)" }
}
