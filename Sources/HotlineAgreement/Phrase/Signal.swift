/// A code word and a number that stand for an agreed text.
public struct Signal: Hashable, Sendable {
    /// Counted from 1.
    public var number: UInt8
    /// Latin capitals, unique in the phrasebook.
    public var codeWord: String
    /// May hold parameters, `{name:low-high}`; the same ones in every language.
    public var text: Wording

    public init(number: UInt8, codeWord: String, text: Wording) {
        self.number = number
        self.codeWord = codeWord
        self.text = text
    }

    /// In the order of the text that was written first: the order in which their values travel.
    public var parameters: [SignalParameter] {
        ((try? SignalText(text.first)) ?? SignalText(pieces: [])).parameters
    }

    /// The text with its parameters filled in. Nil where a value is missing, too many or out of its range.
    public func text(in language: LanguageTag, values: [Int]) -> String? {
        let parameters = parameters
        guard values.count == parameters.count, zip(parameters, values).allSatisfy({ $0.range.contains($1) }),
            let written = try? SignalText(text.text(in: language))
        else { return nil }
        var text = ""
        for piece in written.pieces {
            switch piece {
            case .words(let words): text += words
            case .parameter(let parameter):
                guard let place = parameters.firstIndex(where: { $0.name == parameter.name }) else { return nil }
                text += parameter.text(of: values[place])
            }
        }
        return text
    }
}
