import HotlineAgreement
import HotlineDesk
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire

extension RecordReader {
    /// The rosters that entries of these stations hold, as they stand in section 2 of an export: the author's number, then the
    /// entry's content. Of each station the oldest first; of more than an export may hold the latest.
    func rosters(of stations: [StationNumber]) throws(DeskError) -> [[UInt8]] {
        var all: [[UInt8]] = []
        let bytesMax = ExportLimits.rostersBytesMax / max(1, stations.count)
        for station in stations {
            var found: [[UInt8]] = []
            var bytes = 0
            try forEach(tag: FactTag.entries(of: station, kind: Roster.kind)) { row throws(DeskError) in
                guard case .entry(let entry, at: _)? = try? Fact(row.row.value) else { throw RecordReader.unreadable("Row \(row.sequence)") }
                bytes += entry.content.count + 1
                guard bytes <= bytesMax else { return false }
                found.append([station.value] + entry.content)
                return true
            }
            all += found.reversed()
        }
        return all
    }
}

/// The rosters of an export, read and verified.
struct RosterReading {
    private(set) var rosters = Rosters()
    private(set) var problems: [FindingView] = []

    init(_ sections: [[UInt8]], _ agreements: LineAgreements) {
        for (place, section) in sections.enumerated() {
            let name = "roster \(place + 1)"
            guard let number = section.first.flatMap(StationNumber.init), let party = agreements.last.party(number) else {
                problems.append(FindingView(place: name, what: "it is of no party of the line"))
                continue
            }
            do throws(RosterFault) {
                try rosters.take(RosterReading.verified(Array(section.dropFirst()), of: number, agreements))
            } catch {
                problems.append(FindingView(place: "\(name), of \(party.mark)", what: RosterWords.text(error)))
            }
        }
    }

    /// - Throws: `notVerified` unless a root key that the party has had on this line signed it.
    static func verified(_ content: [UInt8], of party: StationNumber, _ agreements: LineAgreements) throws(RosterFault) -> Roster {
        let unverified = try UnverifiedRoster(content, of: party)
        for root in agreements.roots(of: party) { if let roster = try? unverified.verified(by: root, on: agreements.line) { return roster } }
        throw .notVerified(party)
    }
}

enum RosterWords {
    static func text(_ fault: RosterFault) -> String {
        switch fault {
        case .malformed(let error): "its bytes are not a roster in its one form (\(WireWords.text(error)))"
        case .code(let code): "'\(code)' is no code of an officer, or stands out of order"
        case .noRole(let code): "officer \(code) has no role"
        case .sharedKey(let code): "a key of officer \(code) stands twice"
        case .notVerified: "it is not signed by the root key of its party"
        case .stale(let found, let inForce): "its version \(found) is not above \(inForce), which was in force"
        case .seal: "a key of it could not be used"
        }
    }

    /// `version 3: w-duty (watch, translator), w-chief (principal)`.
    static func text(_ roster: Roster) -> String {
        let officers = roster.officers.map { "\($0.code) (\($0.roles.map(\.rawValue).joined(separator: ", ")))" }
        return "version \(roster.version): " + (officers.isEmpty ? "no officers" : officers.joined(separator: ", "))
    }

    /// What an entry of the kind `Roster.kind` says.
    static func entry(_ content: [UInt8], of party: StationNumber, _ agreements: LineAgreements) -> String {
        do throws(RosterFault) {
            return "Release keys, \(text(try RosterReading.verified(content, of: party, agreements)))"
        } catch {
            return "A roster that does not count: \(text(error))"
        }
    }
}

/// One roster in force.
public struct RosterView: Codable, Hashable, Sendable {
    public let mark: String
    public let version: UInt64
    public let officers: [OfficerView]

    public struct OfficerView: Codable, Hashable, Sendable {
        public let code: String
        public let roles: [String]
    }

    static func all(_ rosters: Rosters, _ agreements: LineAgreements) -> [RosterView] {
        agreements.last.terms.parties.compactMap { party in
            rosters.roster(of: party.number).map { roster in
                RosterView(
                    mark: party.mark, version: roster.version,
                    officers: roster.officers.map { OfficerView(code: $0.code, roles: $0.roles.map(\.rawValue)) }
                )
            }
        }
    }
}
