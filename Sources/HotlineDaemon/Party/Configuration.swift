import HotlineAgreement
public import HotlineBearers
public import HotlineDesk
public import HotlineWire
public import Logging

/// What of a station is nobody's business but its own side's: where it listens, whom it dials, what it logs.
public struct Configuration: Hashable, Sendable {
    public struct TLS: Hashable, Sendable {
        /// Where the other stations reach this one; nil where they never dial. Port 0 takes any free one.
        public var listen: TLSAddress?
        public var peers: [Peer]

        public init(listen: TLSAddress? = TLSAddress(host: "0.0.0.0", port: Configuration.tlsPort), peers: [Peer] = []) {
            self.listen = listen
            self.peers = peers
        }
    }

    /// Where another station is dialled.
    public struct Peer: Hashable, Sendable {
        /// Its mark, `M`, or its station number, `2`.
        public var name: String
        public var address: TLSAddress
        /// Where it stands in the file; 0 where it does not.
        var line = 0

        public init(name: String, address: TLSAddress) {
            self.name = name
            self.address = address
        }
    }

    public var tls: TLS
    /// Of health and metrics, on the loopback address alone; nil for none, 0 for any free one.
    public var healthPort: Int?
    public var logLevel: Logger.Level
    /// A program that is run for each alarm that rings; nil for none.
    public var notifyProgram: String?
    /// Who gets an e-mail for each; nil for nobody.
    public var mail: Mail?

    public init(
        tls: TLS = TLS(), healthPort: Int? = Configuration.healthPort, logLevel: Logger.Level = .info, notifyProgram: String? = nil, mail: Mail? = nil
    ) {
        self.tls = tls
        self.healthPort = healthPort
        self.logLevel = logLevel
        self.notifyProgram = notifyProgram
        self.mail = mail
    }

    /// 1963 is the year of the first hotline.
    public static let tlsPort = 1963
    public static let healthPort = 1964

    /// Where to dial each of the other parties; none for those that dial us.
    ///
    /// - Throws: `malformed` for a peer that the agreement does not list, for ourselves, and for one that stands twice.
    public func addresses(in agreed: InstalledAgreement, file: String) throws(DeskError) -> [StationNumber: TLSAddress] {
        let parties = agreed.agreement.terms.parties
        var addresses: [StationNumber: TLSAddress] = [:]
        for peer in tls.peers {
            guard let party = parties.first(where: { $0.mark == peer.name || $0.number.description == peer.name }), party.number != agreed.me else {
                let others = parties.filter { $0.number != agreed.me }.map { "\($0.mark) (\($0.name))" }.joined(separator: ", ")
                throw DeskError(.malformed, "\(file), line \(peer.line): '\(peer.name)' is no other party of the agreement", hint: "the others are: \(others)")
            }
            guard addresses[party.number] == nil else {
                throw DeskError(.malformed, "\(file), line \(peer.line): \(party.mark) stands twice", hint: "one address for each party, by its mark or its number")
            }
            addresses[party.number] = peer.address
        }
        return addresses
    }
}

extension StationDirectory {
    /// What `hotline.yaml` says; the defaults where there is none.
    ///
    /// - Throws: `malformed` with the key and the line.
    public func loadConfiguration() throws(DeskError) -> Configuration {
        let file = LocalFile(configuration)
        guard file.exists else { return Configuration() }
        return try Configuration(try file.read(bytesMax: PartyLimits.configurationBytesMax), file: configuration)
    }
}
