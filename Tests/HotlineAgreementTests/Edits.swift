import HotlineAgreement
import Testing

/// The default agreement as text, to be broken in one place.
struct Edits {
    let text: String

    init() throws { text = try Edits.original.get() }

    private static let original = Result { String(decoding: try Parties().draft().file, as: UTF8.self) }

    /// The problems that are told when `found` is put in the place of the first `wanted`.
    func problems(replacing wanted: String, with found: String) throws -> [Problem] {
        let place = try #require(text.firstRange(of: wanted), "the default agreement has '\(wanted)'")
        return Edits.problems(of: Array(text.replacingCharacters(in: place, with: found).utf8))
    }

    /// The line, counted from 1, on which `wanted` first stands.
    func line(of wanted: String) throws -> Int {
        let place = try #require(text.firstRange(of: wanted))
        return text[..<place.lowerBound].utf8.count { $0 == 0x0A } + 1
    }

    static func problems(of bytes: [UInt8]) -> [Problem] {
        do throws(AgreementError) {
            _ = try Agreement.parse(bytes)
            return []
        } catch {
            guard case .malformed(let problems) = error else { return [] }
            return problems
        }
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
