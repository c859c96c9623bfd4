import HotlineAgreement
import HotlineRecord
import HotlineWire

/// The words for what a verifier finds.
struct FindingWords {
    let parties: [Party]

    func mark(_ station: StationNumber) -> String { parties.first { $0.number == station }?.mark ?? "\(station)" }

    func finding(_ problem: ExportProblem) -> FindingView { FindingView(place: place(problem.place), what: text(problem.fault)) }

    func finding(_ note: ExportNote) -> FindingView { FindingView(place: place(note.place), what: text(note.remark)) }

    func finding(_ misstatement: Misstatement) -> FindingView {
        let author = mark(misstatement.opening.author)
        let what =
            switch misstatement.what {
            case .head(let head, let found):
                "\(author) states another head of \(name(head.generation)) at size \(head.size) than the entries give: \(head.root), not \(found)"
            case .agreement(let hash): "\(author) names an agreement that does not stand here: \(hash); no signature under these entries counts"
            case .keyStatement(let hash): "\(author) names a key statement that does not stand here: \(hash); no signature under these entries counts"
            }
        return FindingView(place: "the opening \(name(misstatement.opening))", what: what)
    }

    func place(_ place: ExportPlace) -> String {
        switch place {
        case .file: "the file"
        case .byte(let offset): "byte \(offset)"
        case .generation(let id): "generation \(name(id))"
        case .entry(let id): "entry \(name(id))"
        case .head(let head, let source): "head \(name(head.generation)) of size \(head.size), as \(name(source)) says"
        }
    }

    /// `W 1/0123456789abcdef/12`: the party's mark, then what the entry is called for ever.
    private func name(_ id: EntryID) -> String { "\(mark(id.author)) \(id)" }
    private func name(_ id: GenerationID) -> String { "\(mark(id.station)) \(id)" }

    private func name(_ source: HeadSource) -> String {
        switch source {
        case .checkpoint(let station, .light): "\(mark(station))'s light checkpoint"
        case .checkpoint(let station, .full): "\(mark(station))'s full checkpoint"
        case .opening(let id): "the opening \(name(id))"
        }
    }

    private func text(_ fault: ExportProblem.Fault) -> String {
        switch fault {
        case .notAnExport: "it does not begin as an export does"
        case .unknownSection(let number): "no section has the number \(number)"
        case .sectionOutOfOrder(let section): "a section '\(section)' does not belong here"
        case .malformed(let error): "the bytes are not in their one form (\(WireWords.text(error)))"
        case .tooMany(let section): "more sections '\(section)' than an export may hold"
        case .agreementsRefused: "its agreements were not accepted"
        case .digestDiffers: "bytes were changed after the export was written: its digest is another"
        case .trailingBytes(let count): "\(count) bytes follow the end"
        case .generationRepeated: "it stands twice"
        case .openingMissing: "its entries come without its opening"
        case .openingInvalid(let fault): text(fault)
        case .entriesMissing(let count): "\(count) entries are missing from here on"
        case .entryUnannounced: "it is one more than was announced"
        case .entryMalformed(let error): "its bytes are not an entry in its one form (\(WireWords.text(error)))"
        case .leafDiffers: "its bytes do not give its leaf hash: it was changed"
        case .misplaced(let found): "entry \(name(found)) stands in its place"
        case .openingMisplaced: "it is an opening, which only the first entry of a generation is"
        case .authorIsNoParty: "the agreement that it names lists no such party as its author"
        case .otherAgreement(let hash): "it names another agreement than the opening of its generation: \(hash)"
        case .inForceDiffers: "it says that another agreement is in force than the one its generation stands on"
        case .referenceNotEarlier(let id): "it refers to \(name(id)), which is not earlier"
        case .seenFalls: "it says to have seen less than an entry of its generation before it"
        case .seenItself: "it says to have seen its own author's record"
        case .checkpointRefused(let refusal): CheckpointWords.text(refusal)
        case .headDiffers(let found): "the entries give another root: \(found)"
        case .fork(let other): "its signer has signed another root for the same size, \(other): it has rewritten its record"
        case .noContradiction: "the two checkpoints given as evidence do not contradict each other"
        case .signedOnOtherBasis: "it is signed under another agreement, or with other keys, than its generation stands on"
        }
    }

    private func text(_ fault: ExportProblem.OpeningFault) -> String {
        switch fault {
        case .notAnOpening: "its first entry is not an opening"
        case .malformed(let error): "its opening is not in its one form (\(WireWords.text(error)))"
        case .foreignPredecessor: "its opening names a predecessor of another station, or itself"
        case .holdsItself: "its opening says to hold a head of its own station"
        case .otherAgreement: "its opening does not name the agreement that it is under in the one form"
        }
    }

    private func text(_ remark: ExportNote.Remark) -> String {
        switch remark {
        case .seenBeyondExport(let seen): "its author had seen \(name(seen.generation)) up to \(seen.size), more than stands here"
        case .referenceOutsideExport(let id): "it refers to \(name(id)), which does not stand here"
        case .headOutsideExport: "its entries do not stand here"
        case .basisWentBack: "it stands on an earlier agreement, or on earlier keys, than the one before it: its station was restored"
        case .notContinuedAfterTheft:
            "its keys were stolen later, and nothing that its station has written since goes on from it: a thief may have written it"
        case .leavesTakenAsStated: "its opening is damaged, so the leaves of its entries are taken as stated"
        }
    }
}

enum CheckpointWords {
    static func text(_ refusal: CheckpointRefusal) -> String {
        switch refusal {
        case .wrongLine: "the checkpoint is of another line"
        case .unknownAgreement: "the checkpoint names an agreement that does not stand here"
        case .unknownSigner(let station): "the agreement lists no station \(station), which is said to have signed"
        case .signatureInvalid: "the signature is not by its signer over this text"
        }
    }
}

enum DisclosureWords {
    static func text(_ error: DisclosureError) -> String {
        switch error {
        case .malformed: "the text is not a disclosure in its one form"
        case .opening: "an opening entry is never disclosed"
        case .notIncluded: "the path does not lead from the entry to the signed head: entry, path or head was changed"
        case .refused(let refusal): CheckpointWords.text(refusal)
        case .signedUnderOtherAgreement: "the head is signed under another agreement than the entry names"
        }
    }
}

enum EvidenceWords {
    static func text(_ error: EvidenceError) -> String {
        switch error {
        case .malformed: "the text is not evidence in its one form"
        case .refused(let refusal): CheckpointWords.text(refusal)
        case .noContradiction: "the two checkpoints do not contradict each other"
        }
    }
}

enum WireWords {
    static func text(_ error: WireError) -> String {
        switch error {
        case .truncated: "cut short"
        case .trailing: "more bytes than belong to it"
        case .nonCanonical: "another form of the same value"
        case .tooLarge(let what, let found, let max): "\(what): \(found), at most \(max)"
        case .invalid(let what, let found): "\(what): \(found)"
        case .notUTF8: "text that is not UTF-8"
        }
    }
}
