import HotlineDesk

extension CoverView {
    /// How far a record is signed, in the words that every surface uses.
    var sentence: String { "signed in full up to \(inFullUpTo), provisionally up to \(provisionallyUpTo), unsigned \(unsigned)" }
}
