import Glibc
import HotlineAgreement
public import HotlineDesk
import HotlineSeal
import HotlineWire

/// The text of an agreement in a file: drafted, checked, shown, signed, put together with other copies, installed.
public struct AgreementFile: Sendable {
    public let path: String
    public init(_ path: String) { self.path = path }

    // MARK: Draft

    /// The text of a complete agreement between defence staffs, to be edited and then signed. Parties are numbered in the order
    /// of their cards.
    ///
    /// - Parameters:
    ///   - cards: paths of the identity cards.
    ///   - line: the name of the line; the parties' names where there is none.
    public static func draft(cards: [String], line: String? = nil) throws(DeskError) -> String {
        var loaded: [IdentityCard] = []
        for path in cards { loaded.append(try CardFile(path).load()) }
        do throws(AgreementError) {
            let date = WallTime(milliseconds: Int64(time(nil)) * 1000)
            return String(decoding: try AgreementDraft.defenceStaffs(cards: loaded, date: date, line: line).file, as: UTF8.self)
        } catch .malformed(let problems) {
            let first = problems.first
            throw DeskError(
                .refused, "these cards do not make an agreement: expected \(first?.expected ?? "other cards"), found \(first?.found ?? "these")",
                hint: first?.hint ?? "Ask the parties for new identity cards."
            )
        } catch {
            throw DeskError(error, file: "the draft")
        }
    }

    /// Writes a draft.
    ///
    /// - Throws: `refused` where the file exists.
    public func write(draft: String) throws(DeskError) -> AgreementView {
        try LocalFile(path).checkIsNotInstalled()
        try LocalFile(path).create(Array(draft.utf8), mode: 0o644)
        return AgreementView(try parse())
    }

    /// Languages of a draft in which nothing is written here: what stands there is English.
    public static func languagesToBeWritten(_ agreement: AgreementView) -> [String] {
        agreement.languages.filter { tag in LanguageTag(tag).map { !AgreementDraft.hasWords(in: $0) } ?? false }
    }

    // MARK: Amend

    /// The text of the version that comes after the agreement in force here, to be edited and then signed: date, version,
    /// first and amends are filled in.
    public static func amendment(in directory: StationDirectory) throws(DeskError) -> String {
        let installed = try directory.loadAgreement()
        let draft = installed.agreements.amendment(date: WallTime(milliseconds: Int64(time(nil)) * 1000))
        return String(decoding: draft.file, as: UTF8.self)
    }

    // MARK: Check and show

    /// Every mistake in the text, with its line, what belongs there, what stands there, and what to do.
    ///
    /// - Parameter directory: an amendment is compared with the agreement in force there; nil where there is none.
    /// - Throws: `notFound`, `unavailable`.
    public func check(in directory: StationDirectory? = nil) throws(DeskError) -> AgreementCheck {
        let bytes = try read()
        let parsed: ParsedAgreement
        do throws(AgreementError) {
            parsed = try Agreement.parse(bytes)
        } catch .malformed(let problems) {
            return .faulty(problems.map(ProblemView.init))
        } catch {
            throw DeskError(error, file: path)
        }
        let problems = try directory.map { (directory) throws(DeskError) in try amendmentProblems(parsed, in: directory) } ?? []
        return problems.isEmpty ? .sound(AgreementView(parsed)) : .faulty(problems.map(ProblemView.init))
    }

    private func amendmentProblems(_ parsed: ParsedAgreement, in directory: StationDirectory) throws(DeskError) -> [Problem] {
        // The first text of a line amends nothing: it may be that of another line.
        guard parsed.terms.edition.version > 1, LocalFile(directory.agreement).exists else { return [] }
        let installed = try directory.loadAgreement().agreements
        guard installed.agreement(parsed.hash) == nil else { return [] }
        return parsed.problems(amending: installed)
    }

    /// What it says and who has signed it.
    public func show() throws(DeskError) -> AgreementView { AgreementView(try parse()) }

    /// The one in force in a directory.
    public static func installed(in directory: StationDirectory) throws(DeskError) -> AgreementView {
        AgreementView(try directory.loadAgreement().agreement.parsed)
    }

    // MARK: Sign

    /// Adds our signature to the file. Does nothing where we have signed already.
    ///
    /// - Parameters:
    ///   - rootKey: where the root key lies if it has been moved away.
    ///   - output: another file for the signed text; nil for this one.
    /// - Throws: `refused` where the text does not list exactly our keys; `notVerified` where another's signature in it does not
    ///   hold; `notFound` where the root key is offline.
    public func sign(
        in directory: StationDirectory, rootKey: String? = nil, passphrase: PassphraseSource, output: String? = nil
    ) throws(DeskError) -> SigningView {
        let parsed = try parse()
        let me = try signer(of: parsed, in: directory)
        try parsed.checkSignatures(file: path)
        let hadSigned = parsed.signatures.contains { $0.signer == me }
        let target = LocalFile(output ?? path)
        if output != nil { try target.checkIsNotInstalled() }
        let signed: ParsedAgreement
        if hadSigned {
            signed = parsed
        } else {
            let root = try directory.loadRootKey(from: rootKey, passphrase: passphrase)
            do throws(AgreementError) {
                signed = try parsed.adding(parsed.sign(with: root, as: me))
            } catch {
                throw DeskError(error, file: path, parties: parsed.terms.parties)
            }
        }
        if let output, output != path {
            try target.create(signed.file, mode: 0o644)
        } else if !hadSigned {
            try target.replace(signed.file, mode: 0o644)
        }
        return SigningView(path: target.path, hadSigned: hadSigned, agreement: AgreementView(signed))
    }

    /// Puts the signatures of other copies of the same text into this one.
    ///
    /// - Throws: `refused` for a copy of another text, `notVerified` for a signature that does not hold.
    public func merge(_ copies: [String]) throws(DeskError) -> AgreementView {
        let merged = try merged(with: copies)
        try LocalFile(path).replace(merged.file, mode: 0o644)
        return AgreementView(merged)
    }

    // MARK: Install

    /// Makes it the agreement of this station, when all have signed; an amendment beside those before it. Does nothing where the
    /// same one is installed already. A running station takes it at its next start.
    ///
    /// - Parameter copies: other copies of the text, whose signatures are taken too.
    /// - Throws: `refused` where a signature is missing, where it does not list our keys, or where it cannot take the place of the
    ///   agreement in force; `notVerified`.
    public func install(in directory: StationDirectory, copies: [String] = []) throws(DeskError) -> AgreementView {
        let agreement = try merged(with: copies).verified(file: path)
        _ = try signer(of: agreement.parsed, in: directory)
        let version = agreement.terms.edition.version
        let target = LocalFile(directory.agreement(version: version))
        if target.exists {
            let installed = try directory.loadAgreement().agreements
            guard installed.agreement(agreement.hash) != nil else { throw DeskError.another(installed, version: version, directory: directory) }
        } else {
            try target.create(agreement.file)
        }
        return AgreementView(agreement.parsed)
    }

    // MARK: -

    /// Which of the text's parties we are: it lists exactly our keys, and an amendment takes the place of what is installed here.
    private func signer(of parsed: ParsedAgreement, in directory: StationDirectory) throws(DeskError) -> StationNumber {
        let card = try directory.loadCard()
        guard parsed.terms.edition.version > 1 else {
            guard let me = parsed.station(of: card) else { throw DeskError.otherKeys(parsed, card: card, file: path) }
            return me
        }
        let installed = try directory.loadAgreement()
        guard installed.agreements.agreement(parsed.hash) == nil else { return installed.me }
        if let fault = parsed.faults(amending: installed.agreements).first { throw DeskError(fault, file: path) }
        // An adversary who writes the next text must not change a value of ours that we do not look at.
        guard let party = parsed.party(installed.me), let keys = installed.agreements.keys(of: installed.me), party.keys == keys,
            party.nonce == card.identity.nonce
        else { throw DeskError.otherKeys(parsed, of: installed, card: card, file: path) }
        return installed.me
    }

    func parse() throws(DeskError) -> ParsedAgreement {
        let bytes = try read()
        do throws(AgreementError) { return try Agreement.parse(bytes) } catch { throw DeskError(error, file: path) }
    }

    private func read() throws(DeskError) -> [UInt8] { try LocalFile(path).read(bytesMax: PartyLimits.agreementBytesMax) }

    private func merged(with copies: [String]) throws(DeskError) -> ParsedAgreement {
        var merged = try parse()
        for copy in copies {
            let other = try AgreementFile(copy).parse()
            do throws(AgreementError) {
                merged = try merged.merging(other)
            } catch {
                throw DeskError(error, file: copy, parties: merged.terms.parties)
            }
        }
        return merged
    }
}

extension ParsedAgreement {
    func verified(file: String) throws(DeskError) -> Agreement {
        do throws(AgreementError) { return try verified() } catch { throw DeskError(error, file: file, parties: terms.parties) }
    }

    /// Checks those that are there.
    func checkSignatures(file: String) throws(DeskError) {
        for signature in signatures where !isSound(signature) {
            throw DeskError(AgreementError.notVerified(signature.signer), file: file, parties: terms.parties)
        }
    }

    func isSound(_ signature: AgreementSignature) -> Bool {
        party(signature.signer)?.keys.root.verifies(signature.bytes, over: signedBytes) ?? false
    }
}
