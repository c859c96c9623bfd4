import HotlineSeal

/// What a refused key looks like in a problem.
struct KeyFault {
    let expected: String
    let found: String
    let hint: String

    init(_ error: SealError) {
        switch error {
        case .wrongLength(let what, let found, let expected):
            self.expected = "a \(what) of \(expected) bytes"
            self.found = "\(found) bytes"
            hint = "Copy the key again from the party's identity card."
        case .weakKey:
            expected = "a key of full order"
            found = "an Ed25519 key of small order"
            hint = "Its holder could deny what it signs. Do not sign; ask the party for another key and how this one came about."
        case .invalidKey(let what):
            expected = "a valid \(what)"
            found = "bytes that are none"
            hint = "Copy the key again from the party's identity card."
        case .notVerified, .notOpened, .unavailable:
            expected = "a key that can be used"
            found = "one that cannot"
            hint = "Copy the key again from the party's identity card."
        }
    }
}
