import Glibc
import HotlineAgreement
public import HotlineDesk
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWatch
import HotlineWire

/// A party's releasing officers: their keys in its directory, and the rosters by which its root key enrols and revokes them. The station
/// may run meanwhile; it states a roster when it is told to.
public struct Officers: Sendable {
    let directory: StationDirectory
    /// The logarithm of scrypt's N, for tests.
    var cost = PartyLimits.scryptCost

    public init(_ directory: StationDirectory) { self.directory = directory }

    /// A new officer: makes its release keys under its passphrase, and the roster that enrols it.
    ///
    /// - Parameters:
    ///   - output: where the roster is written; nil for the directory.
    /// - Throws: `usage` for roles that do not exist; `notFound` where the root key is offline; `refused`.
    public func add(
        name: String, roles: [String], passphrase: PassphraseSource, root: RootKeySource, output: String? = nil
    ) throws(DeskError) -> RosterFileView {
        let roles = try Officers.roles(roles)
        let installed = try directory.loadAgreement()
        let before = try latest(installed)
        guard (before?.officers.count ?? 0) < PartyLimits.officersMax else {
            throw DeskError(.refused, "the roster has \(PartyLimits.officersMax) officers already", hint: "revoke those who release no more: hotline officer revoke")
        }
        var names = try OfficerNames(directory)
        let mark = installed.agreement.party(installed.me)?.mark ?? ""
        let code = names.nextCode(mark: mark, before)
        try names.add(code, name)
        let light = LightPrivateKey()
        let composite: CompositePrivateKey
        let officer: Roster.Officer
        do throws(SealError) {
            composite = try CompositePrivateKey()
            officer = Roster.Officer(code: code, roles: roles, light: try light.publicKey, composite: try composite.publicKey)
        } catch {
            throw DeskError(error, file: "a new release key")
        }
        let phrase = try passphrase.passphrase(for: "the release key of \(name)", isNew: true)
        let key = try KeyFile(
            .release, mark: mark, name: code, created: WallTime(milliseconds: Int64(time(nil)) * 1000), seed: light.seed + composite.seed, passphrase: phrase,
            cost: cost
        )
        let roster = try sign((before?.officers ?? []) + [officer], after: before, installed, root)
        let path = directory.officerKey(code)
        try LocalFile(path).create(key.bytes)
        do throws(DeskError) {
            let view = try write(roster, to: output, installed)
            try names.save(directory)
            return view
        } catch {
            unlink(path)
            throw error
        }
    }

    /// The roster in which an officer stands no more. Its key file stays, and releases nothing.
    public func revoke(_ officer: String, root: RootKeySource, output: String? = nil) throws(DeskError) -> RosterFileView {
        let installed = try directory.loadAgreement()
        let code = try OfficerNames(directory).code(officer)
        guard let before = try latest(installed), before.officer(code) != nil else {
            throw DeskError(.refused, "officer \(code) is not in our roster", hint: "hotline officer list shows who is")
        }
        return try write(try sign(before.officers.filter { $0.code != code }, after: before, installed, root), to: output, installed)
    }

    /// Everybody who is or was enrolled here, in order of enrolment.
    public func list() throws(DeskError) -> [OfficerView] {
        let installed = try directory.loadAgreement()
        let stated = try self.stated(installed)
        let waiting = try latest(installed)
        let names = try OfficerNames(directory)
        let codes = names.all.map(\.code) + (waiting?.officers.map(\.code).filter { names.name($0) == nil } ?? [])
        return codes.map { code in
            let officer = waiting?.officer(code) ?? stated?.officer(code)
            let state =
                switch (stated?.officer(code) != nil, waiting?.officer(code) != nil) {
                case (true, true): "in force"
                case (false, true): "waits to be stated"
                case (true, false): "in force until its revocation is stated"
                case (false, false): "revoked"
                }
            return OfficerView(code: code, name: names.name(code), roles: officer?.roles.map(\.rawValue) ?? [], state: state)
        }
    }

    /// What the station is told, to state a roster.
    public func order(_ path: String) throws(DeskError) -> RosterOrder {
        RosterOrder(content: Base64.string(try LocalFile(path).read(bytesMax: Limits.entryBytesMax)))
    }

    /// An officer signs a draft: the keys are opened here, and never come to the station.
    public func sign(_ draft: DraftView, by officer: String, passphrase: PassphraseSource) throws(DeskError) -> SignatureOrder {
        let installed = try directory.loadAgreement()
        let code = try OfficerNames(directory).code(officer)
        var decoder = Decoder(Base64.bytes(draft.statement) ?? [])
        guard let statement = try? ReleasedStatement(&decoder), decoder.isAtEnd else {
            throw DeskError(.malformed, "draft \(draft.number) cannot be read", hint: "is this the station's own version of hotline?")
        }
        let seed = try directory.seed(.release, at: directory.officerKey(code), passphrase: passphrase)
        do throws(SealError) {
            let light = try LightPrivateKey(seed: Array(seed[..<LightPrivateKey.seedSize]))
            let composite = try CompositePrivateKey(seed: Array(seed[LightPrivateKey.seedSize...]))
            let bytes = statement.signedBytes(line: installed.agreement.line, party: installed.me)
            let signature = try OfficerSignature(officer: code, light: light, composite: composite, over: bytes)
            return SignatureOrder(
                draft: draft.number, officer: code, light: Base64.string(signature.light), composite: Base64.string(signature.composite)
            )
        } catch {
            throw DeskError(error, file: directory.officerKey(code))
        }
    }

    // MARK: -

    private static func roles(_ names: [String]) throws(DeskError) -> [OfficerRole] {
        var roles: [OfficerRole] = []
        for name in names {
            guard let role = OfficerRole(rawValue: name.lowercased()) else {
                throw DeskError(.usage, "'\(name)' is no role", hint: "one of \(OfficerRole.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            roles.append(role)
        }
        guard !roles.isEmpty else { throw DeskError(.usage, "an officer has a role", hint: "for example: --role watch") }
        return roles
    }

    /// Our last roster on the record.
    private func stated(_ installed: InstalledAgreement) throws(DeskError) -> Roster? {
        guard LocalFile(directory.record).exists else { return nil }
        var rosters = Rosters()
        for content in try RecordReader(directory).rosters(of: [installed.me]) {
            if let roster = try? RosterReading.verified(Array(content.dropFirst()), of: installed.me, installed.agreements) { try? rosters.take(roster) }
        }
        return rosters.roster(of: installed.me)
    }

    /// The last one that the root key has signed, stated or not, as far as it is here.
    private func latest(_ installed: InstalledAgreement) throws(DeskError) -> Roster? {
        var rosters = Rosters()
        if let stated = try stated(installed) { try? rosters.take(stated) }
        let waiting = try directory.names().compactMap { name in name.hasPrefix("roster-") ? UInt64(name.dropFirst("roster-".count)) : nil }
        for version in waiting.sorted() {
            let content = try LocalFile(directory.roster(version: version)).read(bytesMax: Limits.entryBytesMax)
            if let roster = try? RosterReading.verified(content, of: installed.me, installed.agreements) { try? rosters.take(roster) }
        }
        return rosters.roster(of: installed.me)
    }

    private func sign(
        _ officers: [Roster.Officer], after before: Roster?, _ installed: InstalledAgreement, _ root: RootKeySource
    ) throws(DeskError) -> UnverifiedRoster {
        let key = try directory.loadRootKey(from: root.path, passphrase: root.passphrase)
        do throws(RosterFault) {
            return try UnverifiedRoster.signed(
                by: key, party: installed.me, version: (before?.version ?? 0) + 1, officers: officers, on: installed.agreement.line
            )
        } catch {
            throw DeskError(.refused, "no roster can be made: \(RosterWords.text(error))", hint: "hotline officer list shows who is in it")
        }
    }

    private func write(_ roster: UnverifiedRoster, to output: String?, _ installed: InstalledAgreement) throws(DeskError) -> RosterFileView {
        let path = output ?? directory.roster(version: roster.version)
        try LocalFile(path).create(roster.content)
        return RosterFileView(
            path: path, version: roster.version,
            officers: roster.officers.map { RosterView.OfficerView(code: $0.code, roles: $0.roles.map(\.rawValue)) }
        )
    }
}

/// Where the root key lies, and what opens it.
public struct RootKeySource: Sendable {
    public var path: String?
    public var passphrase: PassphraseSource
    public init(path: String?, passphrase: PassphraseSource) {
        self.path = path
        self.passphrase = passphrase
    }
}

/// A roster that the root key has signed, in a file.
public struct RosterFileView: Codable, Hashable, Sendable {
    public let path: String
    public let version: UInt64
    public let officers: [RosterView.OfficerView]
}

/// An officer as the station knows it.
public struct OfficerView: Codable, Hashable, Sendable {
    public let code: String
    /// Nil for one who was enrolled elsewhere.
    public let name: String?
    public let roles: [String]
    /// 'in force', 'waits to be stated', 'in force until its revocation is stated' or 'revoked'.
    public let state: String
}
