/// A notice to be filled in, whose labels exist in every language of the line.
public struct Form: Hashable, Sendable {
    /// Counted from 1.
    public var number: UInt8
    /// A short name to type, unique among the forms.
    public var code: String
    public var title: Wording
    public var fields: [FormField]

    public init(number: UInt8, code: String, title: Wording, fields: [FormField]) {
        self.number = number
        self.code = code
        self.title = title
        self.fields = fields
    }
}

public struct FormField: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case text, number, time, place, choice
    }
    /// Counted from 1 in its form.
    public var number: UInt8
    public var code: String
    public var kind: Kind
    public var required: Bool
    public var label: Wording
    /// What can be chosen, numbered from 1; empty unless the kind is `choice`.
    public var choices: [Wording]

    public init(number: UInt8, code: String, kind: Kind, required: Bool, label: Wording, choices: [Wording] = []) {
        self.number = number
        self.code = code
        self.kind = kind
        self.required = required
        self.label = label
        self.choices = choices
    }
}
