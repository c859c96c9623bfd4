import Glibc
import HotlineAgreement
public import HotlineDesk
import HotlineSeal
import HotlineWire

/// A key statement in a file: shown, and installed by either side.
public struct KeyStatementFile: Sendable {
    public let path: String
    public init(_ path: String) { self.path = path }

    /// What it says, and whether it would count here.
    public func show(in directory: StationDirectory) throws(DeskError) -> KeyStatementView {
        let statement = try parse()
        let agreements = try directory.loadAgreement().agreements
        var fault: DeskError?
        if agreements.statement(statement.hash) == nil {
            do throws(KeyStatementFault) { _ = try agreements.check(statement) } catch { fault = DeskError(error, file: path) }
        }
        return KeyStatementView(statement, path: path, agreements, fault: fault)
    }

    /// Makes it count here. Of another party: its old keys are still known until its record has changed over, or no more where they
    /// were stolen. Of our own: the new keys take the place of the old ones. Does nothing where it is installed already. A running
    /// station takes it at its next start.
    ///
    /// - Throws: `refused`, `notVerified` where it does not count; `notFound` where it is ours and its keys are not here.
    public func install(in directory: StationDirectory) throws(DeskError) -> KeyStatementView {
        let statement = try parse()
        let installed = try directory.loadAgreement()
        let change = statement.change
        if installed.agreements.statement(statement.hash) == nil {
            do throws(KeyStatementFault) { _ = try installed.agreements.check(statement) } catch { throw DeskError(error, file: path) }
            if change.party == installed.me { try directory.checkNewKeys(change.keys, statement: path) }
            guard let mark = installed.agreement.party(change.party)?.mark else { preconditionFailure("a statement that counts is of a party") }
            try LocalFile(directory.statement(mark: mark, version: change.version)).create(statement.file)
        }
        if change.party == installed.me { try directory.takeNewKeys(change.keys) }
        return KeyStatementView(statement, path: path, try directory.loadAgreement().agreements)
    }

    func parse() throws(DeskError) -> UnverifiedKeyStatement {
        let bytes = try LocalFile(path).read(bytesMax: PartyLimits.cardBytesMax)
        do throws(AgreementError) { return try UnverifiedKeyStatement(bytes) } catch { throw DeskError(error, file: path, kind: .statement) }
    }
}

extension StationDirectory {
    /// Where a statement lies once it is installed.
    func statement(mark: String, version: Int) -> String { file("keys-\(mark.lowercased())-\(version).txt") }

    /// Where a new key lies until its statement is installed.
    func new(_ key: NewKeyFile) -> String { file("new-\(key.rawValue)") }

    /// All statements that are installed, in no order.
    func installedStatements() throws(DeskError) -> [(path: String, UnverifiedKeyStatement)] {
        var found: [(String, UnverifiedKeyStatement)] = []
        for name in try names() where name.hasPrefix("keys-") && name.hasSuffix(".txt") {
            found.append((file(name), try KeyStatementFile(file(name)).parse()))
        }
        return found
    }

    /// The keys that a statement of ours names are here, in the place of the old ones or beside them.
    func checkNewKeys(_ keys: PartyKeys, statement: String) throws(DeskError) {
        do throws(DeskError) {
            _ = try stationKeys(listed: keys)
            _ = try tlsIdentity(pin: keys.tlsPin)
        } catch {
            throw DeskError(
                .notFound, "the keys that \(statement) names are not in \(path)",
                hint: "hotline keys replace makes them together with the statement, in this directory: was it run elsewhere?"
            )
        }
    }

    /// Puts the new keys in the place of the old ones, as far as that has not been done.
    func takeNewKeys(_ keys: PartyKeys) throws(DeskError) {
        try checkNewKeys(keys, statement: "the statement")
        for key in NewKeyFile.allCases where LocalFile(new(key)).exists {
            guard rename(new(key), file(key.rawValue)) == 0 else { throw LocalFile(new(key)).failure("rename") }
        }
        try LocalFile(file("station.key")).syncDirectory()
    }
}
