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
        try LocalFile(path).create(Array(draft.utf8), mode: 0o644)
        return AgreementView(try parse())
    }

    /// Languages of a draft in which nothing is written here: what stands there is English.
    public static func languagesToBeWritten(_ agreement: AgreementView) -> [String] {
        agreement.languages.filter { tag in LanguageTag(tag).map { !AgreementDraft.hasWords(in: $0) } ?? false }
    }

    // MARK: Check and show

    /// Every mistake in the text, with its line, what belongs there, what stands there, and what to do.
    ///
    /// - Throws: `notFound`, `unavailable`.
    public func check() throws(DeskError) -> AgreementCheck {
        let bytes = try read()
        do throws(AgreementError) {
            return .sound(AgreementView(try Agreement.parse(bytes)))
        } catch .malformed(let problems) {
            return .faulty(problems.map(ProblemView.init))
        } catch {
            throw DeskError(error, file: path)
        }
    }

    /// What it says and who has signed it.
    public func show() throws(DeskError) -> AgreementView { AgreementView(try parse()) }

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
        let card = try directory.loadCard()
        let parsed = try parse()
        guard let me = parsed.station(of: card) else { throw DeskError.otherKeys(parsed, card: card, file: path) }
        try parsed.checkSignatures(file: path)
        let hadSigned = parsed.signatures.contains { $0.signer == me }
        let target = LocalFile(output ?? path)
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

    /// Makes it the agreement of this station, when all have signed. Does nothing where the same one is installed already.
    ///
    /// - Parameter copies: other copies of the text, whose signatures are taken too.
    /// - Throws: `refused` where a signature is missing, where it does not list our keys, or where the station has another
    ///   agreement; `notVerified`.
    public func install(in directory: StationDirectory, copies: [String] = []) throws(DeskError) -> AgreementView {
        let card = try directory.loadCard()
        let agreement = try merged(with: copies).verified(file: path)
        guard agreement.parsed.station(of: card) != nil else { throw DeskError.otherKeys(agreement.parsed, card: card, file: path) }
        let target = LocalFile(directory.agreement)
        if target.exists {
            let installed = try directory.loadAgreement().agreement
            guard installed.hash == agreement.hash else {
                throw DeskError(
                    .refused, "\(directory.path) has another agreement: '\(installed.terms.line)', of \(Timestamp.text(installed.terms.date))",
                    hint: "a station keeps the agreement that its record names. For another line, make another party with hotline init"
                )
            }
        } else {
            try target.create(agreement.file)
        }
        return AgreementView(agreement.parsed)
    }

    // MARK: -

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
