import Testing

/// How a vector ended other than well.
struct Ending: Error {
    enum Kind: String {
        case good, malformed, unverified, refused, dropped, violation, problem, fork
    }
    let kind: Kind
    let reason: String

    init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }

    /// Runs one step; whatever it throws ends the vector so.
    static func on<T, Failure: Error>(_ kind: Kind, _ step: () throws(Failure) -> T) throws(Ending) -> T {
        do throws(Failure) { return try step() } catch { throw Ending(kind, "\(error)") }
    }

    static func unless(_ holds: Bool, _ kind: Kind, _ reason: String) throws(Ending) {
        guard holds else { throw Ending(kind, reason) }
    }
}

extension Vector {
    /// Runs the vector and compares how it ends, and where that is well, each outcome that its header gives.
    func expect(_ run: () throws -> [String: String]) throws {
        do {
            let outcome = try run()
            #expect(ending == .good, "\(name): \(ending) is expected, and it was accepted")
            for (outcomeName, found) in outcome.sorted(by: { $0.key < $1.key }) {
                guard let expected = all(outcomeName).first else { continue }
                #expect(found == expected, "\(name): \(outcomeName)")
            }
        } catch let end as Ending {
            #expect(end.kind == ending, "\(name): \(ending) is expected, \(end.kind) came: \(end.reason)")
        }
    }
}
