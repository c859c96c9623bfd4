import HotlineAgreement
import HotlineDesk
import HotlineRecord
import HotlineStation
import HotlineWatch
import HotlineWire

/// Releases, in words.
enum ReleaseWords {
    /// Stands before everything else that is shown of a statement whose release is not proved.
    static let stationOnly = "STATION ONLY: two-officer proof not received"

    /// What an attestation says, whether it counts or not.
    static func entry(_ entry: Entry) -> String {
        guard let strength = Attestation.Strength(entry.header.kind), let attestation = try? Attestation(strength, content: entry.content) else {
            return "an unreadable release"
        }
        let officers = attestation.signatures.map(\.officer).joined(separator: " and ")
        let keys = strength == .light ? "light keys" : "composite keys"
        return "released by \(officers), with their \(keys) of roster \(attestation.roster)"
    }

    /// Nil where one officer's word is enough.
    static func view(_ release: Release?) -> ReleaseView? {
        guard let release, release.isNeeded else { return nil }
        return ReleaseView(
            warning: release.isStationOnly ? stationOnly : nil, officers: officers(release.proof, release.roles),
            signed: release.composite != nil ? "in full" : release.light != nil ? "provisionally" : nil, faults: release.faults.map { words($0.fault) }
        )
    }

    static func officers(_ proof: Release.Proof?, _ roles: [OfficerRole]) -> [String] {
        zip(proof?.officers ?? [], roles).map { "\($0) (\($1.rawValue))" }
    }

    static func words(_ fault: ReleaseFault) -> String {
        switch fault {
        case .unreadable: "the release cannot be read"
        case .notItsAuthor: "the release is by another party than the statement"
        case .otherHandling: "the release carries another precedence, channel, mark or post than the statement"
        case .noRoster: "its author had no roster of releasing officers in force"
        case .otherRoster(let found, let inForce): "the release names roster \(found), and roster \(inForce) was in force"
        case .officers(let found, let needed): "\(found) signatures, and \(needed) are needed"
        case .sameOfficer(let code): "officer \(code) stands twice"
        case .unknownOfficer(let code): "officer \(code) is not in the roster"
        case .wrongRole(let code, let role): "officer \(code) has not the role \(role.rawValue)"
        case .notSigned(let code): "the signature of officer \(code) does not verify over this statement"
        case .usedBefore: "the release id was used before, for another statement"
        }
    }
}

/// What an event says of releases, found on the loop's thread.
struct ReleaseNote: Sendable {
    private let warning: String?
    private let detail: String?

    /// Nil where there is nothing to say.
    init?(_ event: Event, _ core: StationCore) {
        let entry: Entry
        switch event {
        case .entry(let found, _), .early(let found): entry = found
        case .acknowledged, .signed, .path, .epoch, .current, .restored, .recovered, .provisional, .violation, .conflict, .fork, .stranger: return nil
        }
        guard Attestation.Strength(entry.header.kind) != nil else {
            guard let release = try? core.releases.release(of: entry, core), release.isStationOnly else { return nil }
            (warning, detail) = (ReleaseWords.stationOnly, nil)
            return
        }
        guard let id = entry.references.first, let (statement, _) = try? core.history.entry(id), let release = try? core.releases.release(of: statement, core) else {
            (warning, detail) = (nil, "\(ReleaseWords.entry(entry)); it needs none")
            return
        }
        warning = release.isStationOnly ? ReleaseWords.stationOnly : nil
        let proof = [release.light, release.composite].compactMap(\.self).first { $0.attestation == entry.id }
        if let proof {
            let strength = proof == release.composite ? "in full" : "provisionally"
            detail = "released by \(ReleaseWords.officers(proof, release.roles).joined(separator: " and ")), signed \(strength)"
        } else {
            let fault = release.faults.first { $0.attestation == entry.id }.map { ReleaseWords.words($0.fault) } ?? "it says nothing new"
            detail = "a release that does not count: \(fault)"
        }
    }

    func told(_ view: EventView) -> EventView {
        EventView(
            kind: view.kind, at: view.at, party: view.party, serial: view.serial, precedence: view.precedence, exercise: view.exercise, from: view.from,
            to: view.to, fromPost: view.fromPost, toPost: view.toPost, release: warning, detail: detail ?? view.detail
        )
    }
}

extension EventWords {
    func released(_ entry: Entry, serial: String?, at: String) -> EventView {
        EventView(
            kind: .released, at: at, party: party(entry.id.author), serial: serial, precedence: entry.header.precedence.description,
            exercise: entry.header.exercise, detail: ReleaseWords.entry(entry)
        )
    }
}
