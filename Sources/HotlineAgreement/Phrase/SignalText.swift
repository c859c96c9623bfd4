/// A signal's text, taken apart. Braces mean nothing but parameters.
struct SignalText: Hashable {
    enum Piece: Hashable {
        case words(String)
        case parameter(SignalParameter)
    }
    /// What is wrong with a text, in words that follow 'found'.
    struct Fault: Error {
        let found: String
    }

    let pieces: [Piece]

    init(pieces: [Piece]) { self.pieces = pieces }

    var parameters: [SignalParameter] {
        pieces.compactMap { piece in
            switch piece {
            case .words: nil
            case .parameter(let parameter): parameter
            }
        }
    }

    init(_ text: String) throws(Fault) {
        var pieces: [Piece] = []
        var rest = text[...].unicodeScalars
        while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            if brace != rest.startIndex { pieces.append(.words(String(rest[..<brace]))) }
            guard rest[brace] == "{", let end = rest[brace...].firstIndex(of: "}") else { throw Fault(found: "a brace without its pair") }
            let inside = String(rest[rest.index(after: brace)..<end])
            guard let parameter = SignalParameter(inside) else { throw Fault(found: Excerpt.of("{\(inside)}")) }
            pieces.append(.parameter(parameter))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { pieces.append(.words(String(rest))) }
        self.pieces = pieces
        let names = parameters.map(\.name)
        guard Set(names).count == names.count else { throw Fault(found: "one parameter twice") }
        guard names.count <= Limits.parametersMax else { throw Fault(found: "\(names.count) parameters") }
    }
}
