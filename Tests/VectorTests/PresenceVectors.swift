import HotlineAgreement
import HotlineRecord
import HotlineWatch
import HotlineWire
import Testing

@Suite("Vectors of posts that are manned or not")
struct PresenceVectors {
    /// What a content of kind 15 says; nil for any other kind.
    static func told(_ kind: UInt8, _ content: [UInt8]) throws -> [String: String]? {
        guard EntryKind(rawValue: kind) == .presence else { return nil }
        let statement = try Ending.on(.malformed) { () throws(WireError) in try PresenceStatement(content: content) }
        #expect(statement.content == content, "written again as it was read")
        switch statement {
        case .asked: return ["says": "asked"]
        case .said(.standIn(let post)): return ["says": "stand-in", "post": "\(post?.value ?? 0)"]
        case .said(let presence): return ["says": word(presence)]
        }
    }

    private static func word(_ presence: Presence) -> String {
        switch presence {
        case .manned: "manned"
        case .unmanned: "unmanned"
        case .standIn(let post): "stand-in \(post?.value ?? 0)"
        case .standingBy: "standing-by"
        }
    }

    @Test("presence", arguments: try Vector.all(.presence))
    func presence(_ vector: Vector) throws {
        let agreements = try vector.agreements().map { try Agreement.parse($0).verified() }
        let order = RecordOrder(try WatchVectors.predecessors(vector))
        let last = try #require(agreements.last)
        try vector.expect {
            var presences = Presences()
            for (second, entry) in try WatchVectors.entries(vector).enumerated() {
                let agreement = try #require(agreements.first { $0.hash == entry.agreement })
                presences.apply(entry, at: WallTime(milliseconds: 1_000 * Int64(second)), agreement)
            }
            let standings = presences.standings { order }
            let posts = standings.sorted { $0.key < $1.key }
            func list(_ words: [String]) -> String { words.isEmpty ? "none" : words.joined(separator: ", ") }
            return [
                "posts": list(posts.compactMap { post, standing in standing.presence.map { "\(post.value) \(Self.word($0))" } }),
                "asked": list(posts.flatMap { post, standing in standing.asked.keys.sorted().map { "\(post.value) by \($0.value)" } }),
                "rings": list(
                    last.terms.posts.sorted { $0.number < $1.number }.compactMap { post in
                        let ringing = Presences.Standing.ringing(post, standings)
                        return ringing == post.number ? nil : "\(post.number.value) at \(ringing.value)"
                    }),
            ]
        }
    }
}
