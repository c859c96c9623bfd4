import Glibc
import HotlineBearers
public import HotlineDesk
import Logging
import Yams

extension Configuration {
    /// The defaults, changed as a command line says.
    ///
    /// - Parameters:
    ///   - listen: `host:port` or `none`.
    ///   - peers: `M=host:port` for each that this station dials.
    ///   - healthPort: a number or `none`.
    /// - Throws: `usage`.
    public init(listen: String?, peers: [String] = [], healthPort: String? = nil) throws(DeskError) {
        self.init()
        if let listen { tls.listen = listen == "none" ? nil : try Configuration.address(listen, ports: 0...65535) }
        for peer in peers {
            let halves = peer.split(separator: "=", maxSplits: 1).map(String.init)
            guard halves.count == 2, halves[0].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
                throw DeskError(.usage, "'\(peer)' is not a peer", hint: "its mark and its address, such as M=line.example.org:\(Configuration.tlsPort)")
            }
            tls.peers.append(Peer(name: halves[0], address: try Configuration.address(halves[1], ports: 1...65535)))
        }
        if let healthPort, healthPort != "none" {
            guard let port = Int(healthPort), (0...65535).contains(port) else {
                throw DeskError(.usage, "'\(healthPort)' is not a port", hint: "a number from 0 to 65535, or none; 0 takes any free one")
            }
            self.healthPort = port
        } else if healthPort != nil {
            self.healthPort = nil
        }
    }

    private static func address(_ text: String, ports: ClosedRange<Int>) throws(DeskError) -> TLSAddress {
        guard let address = TLSAddress(text, ports: ports) else {
            throw DeskError(.usage, "'\(text)' is not host:port", hint: "such as line.example.org:1963, 192.0.2.1:1963 or [2001:db8::1]:1963")
        }
        return address
    }

    /// The file that `hotline init` writes.
    var file: [UInt8] {
        let peers = tls.peers.map { "    \($0.name): \"\($0.address)\"\n" }.joined()
        return Array(
            """
            # The configuration of this station. A key that is not known is refused, so that a slip of the pen is found.

            tls:
              # Where the other stations reach this one, host:port; 'none' where they never dial.
              listen: \(tls.listen.map { "\"\($0)\"" } ?? "none")

              # Where this station dials the others: their mark or station number, then host:port. It is enough that one
              # of two dials; both may. For example:
              #   M: line.example.org:\(Configuration.tlsPort)
              #   3: "[2001:db8::1]:\(Configuration.tlsPort)"
              peers:
            \(peers)
            health:
              # Health and Prometheus metrics, on 127.0.0.1 alone; 'none' for none.
              port: \(healthPort.map(String.init) ?? "none")

            notify:
              # A program that is run for each alarm, with the alarm as one line of JSON on its standard input; or none.
              program: none

              # An e-mail for each, through a mail server; its password in a file that nobody else may read. For example:
              #   mail:
              #     server: mail.example.org:465        # TLS from the first byte; :587 says STARTTLS first
              #     from: hotline@example.org
              #     to: [watch@example.org]
              #     credentials: /etc/hotline/mail.netrc  # machine mail.example.org login hotline password …
              mail: none

            log:
              # \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))
              level: \(logLevel)

            """.utf8
        )
    }

    /// - Throws: `malformed` with the line and the key.
    init(_ bytes: [UInt8], file: String) throws(DeskError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DeskError(.malformed, "\(file) is not text in UTF-8", hint: "save it as UTF-8")
        }
        var configuration = Configuration()
        if let root = try Section.compose(text, file: file) {
            try root.read { (key, entry) throws(DeskError) in
                switch key {
                case "tls": try configuration.tls.read(entry.section("tls"))
                case "health":
                    try entry.section("health").read { (key, entry) throws(DeskError) in
                        switch key {
                        case "port": configuration.healthPort = try entry.none(or: { () throws(DeskError) in try entry.port(0...65535) })
                        default: throw entry.unknown("health", ["port"])
                        }
                    }
                case "log":
                    try entry.section("log").read { (key, entry) throws(DeskError) in
                        switch key {
                        case "level": configuration.logLevel = try entry.level()
                        default: throw entry.unknown("log", ["level"])
                        }
                    }
                case "notify":
                    try entry.section("notify").read { (key, entry) throws(DeskError) in
                        switch key {
                        case "program": configuration.notifyProgram = try entry.none(or: { () throws(DeskError) in try entry.program() })
                        case "mail": configuration.mail = try entry.none(or: { () throws(DeskError) in try entry.mail() })
                        default: throw entry.unknown("notify", ["program", "mail"])
                        }
                    }
                default: throw entry.unknown("the configuration", ["tls", "health", "log", "notify"])
                }
            }
        }
        self = configuration
    }
}

extension Configuration.TLS {
    fileprivate mutating func read(_ section: Section) throws(DeskError) {
        var tls = self
        try section.read { (key, entry) throws(DeskError) in
            switch key {
            case "listen": tls.listen = try entry.none(or: { () throws(DeskError) in try entry.address(ports: 0...65535) })
            case "peers":
                try entry.section("peers").read { (name, entry) throws(DeskError) in
                    var peer = Configuration.Peer(name: name, address: try entry.address(ports: 1...65535))
                    peer.line = entry.line
                    tls.peers.append(peer)
                }
            default: throw entry.unknown("tls", ["listen", "peers"])
            }
        }
        self = tls
    }
}

/// A mapping of the file.
private struct Section {
    let file: String
    let pairs: [(key: Node, value: Node)]

    /// Nil for a file of comments alone.
    static func compose(_ text: String, file: String) throws(DeskError) -> Section? {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw DeskError(.malformed, "\(file): \(Section.words(error))", hint: "the file is YAML: keys and values, indented by two blanks")
        } catch {
            throw DeskError(.malformed, "\(file) is not YAML", hint: "the file is YAML: keys and values, indented by two blanks")
        }
        guard let node, !Section.isNothing(node) else { return nil }
        return try Entry(file: file, key: "the configuration", line: node.mark?.line ?? 1, node: node).section("the configuration")
    }

    func read(_ body: (String, Entry) throws(DeskError) -> Void) throws(DeskError) {
        for (key, value) in pairs {
            let line = key.mark?.line ?? 0
            guard let name = key.scalar?.string else {
                throw DeskError(.malformed, "\(file), line \(line): a key must be a word", hint: "keys and values, such as 'port: 1964'")
            }
            try body(name, Entry(file: file, key: name, line: line, node: value))
        }
    }

    static func isNothing(_ node: Node) -> Bool { node.scalar.map { $0.style == .plain && ($0.string.isEmpty || $0.string == "~" || $0.string == "null") } ?? false }

    private static func words(_ error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            "line \(mark.line): \(problem)."
        case .duplicatedKeysInMapping(let duplicates, let context):
            "line \(context.mark.line): the key '\(duplicates.first.map { String(describing: $0) } ?? "?")' stands twice."
        case .reader(let problem, _, _, _): "\(problem)."
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded: "it cannot be read as YAML."
        }
    }
}

/// A key and what stands behind it.
private struct Entry {
    let file: String
    let key: String
    let line: Int
    let node: Node

    func section(_ name: String) throws(DeskError) -> Section {
        if Section.isNothing(node) { return Section(file: file, pairs: []) }
        guard let mapping = node.mapping else { throw wrong("keys and values below it", hint: "Indent what belongs to \(name) by two blanks more.") }
        return Section(file: file, pairs: mapping.map { ($0.key, $0.value) })
    }

    func none<T>(or body: () throws(DeskError) -> T) throws(DeskError) -> T? { node.scalar?.string == "none" ? nil : try body() }

    func address(ports: ClosedRange<Int>) throws(DeskError) -> TLSAddress {
        guard let text = node.scalar?.string, let address = TLSAddress(text, ports: ports) else {
            throw wrong("host:port", hint: "Such as line.example.org:1963, 192.0.2.1:1963 or, in quotes, \"[2001:db8::1]:1963\".")
        }
        return address
    }

    func port(_ range: ClosedRange<Int>) throws(DeskError) -> Int {
        guard let text = node.scalar?.string, let port = Int(text), range.contains(port) else {
            throw wrong("a port from \(range.lowerBound) to \(range.upperBound), or none", hint: "Such as 1964; 0 takes any free one.")
        }
        return port
    }

    func program() throws(DeskError) -> String {
        guard let path = node.scalar?.string, path.hasPrefix("/"), access(path, X_OK) == 0 else {
            throw wrong("the absolute path of a program that can be run, or none", hint: "Such as /usr/local/bin/ring-the-bell.")
        }
        return path
    }

    func mail() throws(DeskError) -> Configuration.Mail {
        var (server, isImplicit, from, to): (TLSAddress?, Bool?, String?, [String]) = (nil, nil, nil, [])
        var (credentials, authority): (String?, String?) = (nil, nil)
        try section("mail").read { (key, entry) throws(DeskError) in
            switch key {
            case "server": server = try entry.address(ports: 1...65535)
            case "tls": isImplicit = try entry.isImplicit()
            case "from": from = try entry.mailAddress(entry.node)
            case "to": to = try (entry.node.sequence.map(Array.init) ?? [entry.node]).map { node throws(DeskError) in try entry.mailAddress(node) }
            case "credentials": credentials = try entry.secretFile()
            case "authority": authority = try entry.readableFile()
            default: throw entry.unknown("mail", ["server", "tls", "from", "to", "credentials", "authority"])
            }
        }
        guard let server, let from, (1...Configuration.Mail.toMax).contains(to.count) else {
            throw wrong("server, from and to, at most \(Configuration.Mail.toMax) of these", hint: "Or none.")
        }
        guard access(MailNotifier.program, X_OK) == 0 else {
            throw DeskError(.unavailable, "\(file), line \(line): mail is sent by \(MailNotifier.program), which is not there", hint: "install the package curl")
        }
        return Configuration.Mail(server: server, isImplicit: isImplicit ?? (server.port == 465), from: from, to: to, credentials: credentials, authority: authority)
    }

    private func isImplicit() throws(DeskError) -> Bool {
        switch node.scalar?.string {
        case "implicit": return true
        case "starttls": return false
        default: throw wrong("implicit or starttls", hint: "On port 465 it is implicit, on any other starttls, unless told.")
        }
    }

    private func mailAddress(_ node: Node) throws(DeskError) -> String {
        guard let text = node.scalar?.string, Configuration.Mail.isAddress(text) else {
            throw wrong("an e-mail address", hint: "Such as watch@example.org, without a name beside it.")
        }
        return text
    }

    private func readableFile() throws(DeskError) -> String {
        guard let path = node.scalar?.string, path.hasPrefix("/"), access(path, R_OK) == 0 else {
            throw wrong("the absolute path of a file that can be read", hint: "Such as /etc/hotline/authority.pem.")
        }
        return path
    }

    /// Whoever reads the password writes mail in our name.
    private func secretFile() throws(DeskError) -> String {
        let path = try readableFile()
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & 0o077 == 0 else {
            throw DeskError(.refused, "\(file), line \(line): others may read '\(path)'", hint: "chmod 600 \(path)")
        }
        return path
    }

    func level() throws(DeskError) -> Logger.Level {
        guard let level = node.scalar.flatMap({ Logger.Level(rawValue: $0.string) }) else {
            throw wrong("a level", hint: "One of \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return level
    }

    func unknown(_ section: String, _ keys: [String]) -> DeskError {
        DeskError(.malformed, "\(file), line \(line): '\(key)' is not a key of \(section)", hint: "it has: \(keys.joined(separator: ", "))")
    }

    private func wrong(_ expected: String, hint: String) -> DeskError {
        let found = node.scalar.map { "'\($0.string.prefix(60))'" } ?? (node.sequence == nil ? "keys and values" : "a list")
        return DeskError(.malformed, "\(file), line \(line): '\(key)' must be \(expected); it is \(found).", hint: hint)
    }
}

extension TLSAddress {
    /// `host:port`, with the host in brackets where it is an IPv6 address. Nil for anything else.
    init?(_ text: some StringProtocol, ports: ClosedRange<Int>) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), ports.contains(port) else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard host.contains(":") else { return nil }
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x5B && $0 != 0x5D && $0 != 0x2F }) else { return nil }
        self.init(host: String(host), port: port)
    }
}
