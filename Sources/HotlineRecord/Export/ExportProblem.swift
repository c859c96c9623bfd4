public import HotlineWire

/// Something in an export that is not as it must be.
public struct ExportProblem: Hashable, Sendable {
    public let place: ExportPlace
    public let fault: Fault

    public init(_ place: ExportPlace, _ fault: Fault) {
        self.place = place
        self.fault = fault
    }

    public enum Fault: Hashable, Sendable {
        // The file.

        /// It does not begin as an export does.
        case notAnExport
        case unknownSection(UInt8)
        case sectionOutOfOrder(ExportSection)
        /// The bytes are not a section of this format.
        case malformed(WireError)
        /// More than an export may hold of it.
        case tooMany(ExportSection)
        /// Whoever read the agreements did not accept them.
        case agreementsRefused
        /// Bytes were changed after the export was written. Finds accidents; a forger writes a new digest.
        case digestDiffers
        case trailingBytes(UInt64)

        // A generation.

        case generationRepeated
        /// Its entries come without its opening, or not where its opening says.
        case openingMissing
        case openingInvalid(OpeningFault)
        /// Fewer entries than announced: so many are missing from here on.
        case entriesMissing(UInt64)
        /// More entries than announced.
        case entryUnannounced

        // An entry.

        case entryMalformed(WireError)
        /// The entry's bytes do not give its leaf hash.
        case leafDiffers
        /// Another entry stands where this one should.
        case misplaced(found: EntryID)
        /// Kind 0 under another number than 0.
        case openingMisplaced
        /// The agreement that it names lists no such party.
        case authorIsNoParty
        /// It names another agreement than the opening of its generation.
        case otherAgreement(Hash)
        /// It says that another agreement is in force than the one its generation stands on, or it is not in its one form.
        case inForceDiffers
        /// It refers to itself or to an entry after it.
        case referenceNotEarlier(EntryID)
        /// It states to have seen its own author's record.
        case seenItself
        /// It states to have seen less than an entry of its generation before it.
        case seenFalls

        // A head.

        case checkpointRefused(CheckpointRefusal)
        /// The entries give another root.
        case headDiffers(found: Hash)
        /// The same signer has signed another root for the same size: it has rewritten its record.
        case fork(other: Hash)
        /// Two checkpoints given as evidence that do not contradict each other.
        case noContradiction
        /// It is signed under another agreement, or with other keys, than its generation stands on.
        case signedOnOtherBasis
    }

    public enum OpeningFault: Error, Hashable, Sendable {
        /// Its number is not 0, its kind is not that of an opening, or it is of another generation.
        case notAnOpening
        case malformed(WireError)
        /// Its predecessor is of another station, or is itself.
        case foreignPredecessor
        /// It states a head of its own station as held.
        case holdsItself
        /// It stands on another agreement than it names itself, or names the first one where that goes without saying.
        case otherAgreement
    }
}

/// Where in an export something was found.
public enum ExportPlace: Hashable, Sendable {
    case file
    /// A section, by the offset of its first byte.
    case byte(UInt64)
    case generation(GenerationID)
    case entry(EntryID)
    case head(Head, by: HeadSource)
}

/// Who says that a head is so.
public enum HeadSource: Hashable, Sendable {
    /// A checkpoint of this signer; of its own record, or of one that it holds.
    case checkpoint(StationNumber, CheckpointStrength)
    /// An opening entry, of its predecessor or of what it holds.
    case opening(EntryID)
}

/// An opening states what the export does not bear out. Its author has said so, for ever; the export that shows it is whole.
public struct Misstatement: Hashable, Sendable {
    /// The opening, by its author.
    public let opening: EntryID
    public let what: What

    public enum What: Hashable, Sendable {
        /// A head; the entries give another root at that size.
        case head(Head, found: Hash)
        /// It stands on an agreement that does not stand here.
        case agreement(Hash)
        /// It stands on a key statement that does not stand here, or is not of its author under that agreement.
        case keyStatement(Hash)
    }
}

/// Something in an export that may be as it should, but cannot be checked from the export alone.
public struct ExportNote: Hashable, Sendable {
    public let place: ExportPlace
    public let remark: Remark

    public init(_ place: ExportPlace, _ remark: Remark) {
        self.place = place
        self.remark = remark
    }

    public enum Remark: Hashable, Sendable {
        /// The entry's author states to have seen more of this generation than the export holds.
        case seenBeyondExport(Entry.Seen)
        /// The entry refers to one that the export does not hold.
        case referenceOutsideExport(EntryID)
        /// The head is of a generation or a size that the export does not hold.
        case headOutsideExport
        /// The generation stands on an earlier agreement, or on earlier keys, than its predecessor: its station was restored from a backup.
        case basisWentBack
        /// The keys of this generation were stolen later, and no generation that its station has written since goes on from it: a thief
        /// may have written it.
        case notContinuedAfterTheft
        /// The opening of this generation is damaged, so the leaves of its entries are taken as stated.
        case leavesTakenAsStated
    }
}
