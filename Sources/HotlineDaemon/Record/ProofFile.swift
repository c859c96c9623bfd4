import HotlineAgreement
public import HotlineDesk
import HotlineRecord
import HotlineWire

/// A file that proves something: an export, a disclosure, or evidence. Which it is, its first line says.
public struct ProofFile: Sendable {
    public let path: String
    public init(_ path: String) { self.path = path }

    /// Verifies it offline, with nothing but the file and, where the reader has one, an agreement of the line.
    ///
    /// - Parameter agreement: a file with an agreement of the line; without one the line's words are to be compared by telephone.
    /// - Returns: what was found in an export; a disclosure or evidence that is returned at all is sound.
    /// - Throws: `malformed` for another kind of file; `notVerified` where the agreement in it does not hold or is of another
    ///   line, and for a disclosure or evidence that proves nothing; `notFound`.
    public func verify(against agreement: String? = nil) throws(DeskError) -> VerificationView {
        let beginning = try FileChunks(LocalFile(path)).next()
        for (title, kind) in ProofFile.kinds where beginning.starts(with: Array(title.utf8)) {
            switch kind {
            case .disclosure: return try verifyDisclosure(against: agreement)
            case .evidence: return try verifyEvidence(against: agreement)
            case .export, .record: return try verifyExport(against: agreement)
            }
        }
        throw DeskError(
            .malformed, "\(path) is neither an export nor a disclosure nor evidence",
            hint: "hotline record export and hotline record prove write such files"
        )
    }

    private static let kinds: [(title: String, kind: VerificationView.Subject)] = [
        ("hotline/1 export\n", .export), ("hotline/1 disclosure\n", .disclosure), ("hotline/1 evidence\n", .evidence),
    ]

    private func verifyExport(against agreement: String?) throws(DeskError) -> VerificationView {
        let chunks = try FileChunks(LocalFile(path))
        var parties: Result<LineAgreements, DeskError>?
        let report = try ExportVerifier.verify(
            parties: { texts in
                let read = ProofFile.agreements(texts, file: path)
                parties = read
                return (try? read.get())?.keys
            },
            { () throws(DeskError) in try chunks.next() }
        )
        let agreements = try parties?.get()
        let isConfirmed = try agreements?.check(against: agreement, file: path) ?? false
        return VerificationView(.export, path: path, report, agreements, isLineConfirmed: isConfirmed)
    }

    private static func agreements(_ texts: [[UInt8]], file: String) -> Result<LineAgreements, DeskError> {
        do throws(DeskError) { return .success(try LineAgreements(texts, file: file)) } catch { return .failure(error) }
    }

    private func verifyDisclosure(against agreement: String?) throws(DeskError) -> VerificationView {
        let bytes = try LocalFile(path).read(bytesMax: RecordLimits.proofBytesMax)
        let disclosure: Disclosure
        do throws(DisclosureError) { disclosure = try Disclosure(text: bytes) } catch { throw unproved(DisclosureWords.text(error)) }
        let agreements = try LineAgreements(disclosure.agreements, file: path)
        let isConfirmed = try agreements.check(against: agreement, file: path)
        let proved: DisclosedEntry
        do throws(DisclosureError) { proved = try disclosure.verify(agreements.keys) } catch { throw unproved(DisclosureWords.text(error)) }
        return VerificationView(proved, path: path, agreements, isLineConfirmed: isConfirmed)
    }

    private func verifyEvidence(against agreement: String?) throws(DeskError) -> VerificationView {
        let bytes = try LocalFile(path).read(bytesMax: RecordLimits.proofBytesMax)
        do {
            let (texts, evidence) = try Evidence.read(bytes)
            let agreements = try ProofFile.agreements(texts, file: path).get()
            let isConfirmed = try agreements.check(against: agreement, file: path)
            return VerificationView(try evidence.verify(agreements.keys), path: path, agreements, isLineConfirmed: isConfirmed)
        } catch {
            switch error {
            case let error as EvidenceError: throw unproved(EvidenceWords.text(error))
            case let error as DeskError: throw error
            default: preconditionFailure("evidence throws its own errors")
            }
        }
    }

    private func unproved(_ why: String) -> DeskError {
        DeskError(.notVerified, "\(path) proves nothing: \(why)", hint: "get the file again from whoever made it; a single changed bit is enough")
    }
}
