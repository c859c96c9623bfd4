import HotlineAgreement
import HotlineRecord
import HotlineWatch

/// Releases, in words.
enum ReleaseWords {
    /// What an attestation says, whether it counts or not.
    static func entry(_ entry: Entry) -> String {
        guard let strength = Attestation.Strength(entry.header.kind), let attestation = try? Attestation(strength, content: entry.content) else {
            return "an unreadable release"
        }
        let officers = attestation.signatures.map(\.officer).joined(separator: " and ")
        let keys = strength == .light ? "light keys" : "composite keys"
        return "released by \(officers), with their \(keys) of roster \(attestation.roster)"
    }
}
