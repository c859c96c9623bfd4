extension TermsReader {
    mutating func readForms() -> [Form] {
        var found: [Form] = []
        for entry in numbered(.forms, "form", 1...Limits.numberedMax, code: true, mayBeEmpty: true) {
            let block = entry.block
            allow(["title", "field", "label", "choice"], in: block)
            let title = wording("title", in: block, bytesMax: Limits.titleBytesMax)
            let fields = readFormFields(block)
            guard let title else { continue }
            found.append(Form(number: UInt8(clamping: entry.number), code: entry.code, title: title, fields: fields))
        }
        return found
    }

    /// `field 1 what choice required`, then `label 1 en "What"` and, for a choice, `choice 1 1 en "Aircraft"`.
    private mutating func readFormFields(_ block: Block) -> [FormField] {
        var found: [FormField] = []
        let kinds = FormField.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        let statements = block.fields.filter { $0.key == "field" }
        if statements.isEmpty {
            problems.report(block.line, expected: "a line 'field' below 'form'", found: "none", hint: "A form has at least one field.")
        }
        for (place, statement) in statements.enumerated() {
            let number = place + 1
            guard let words = statement.values.words, words.count == 4, words[0] == String(number), number <= Limits.fieldsMax,
                Code(words[1]) != nil,
                let kind = FormField.Kind(rawValue: words[2]), words[3] == "required" || words[3] == "optional",
                !found.contains(where: { $0.code == words[1] })
            else {
                problems.report(
                    statement.line, expected: "'field \(number)', a code of its own, a kind (\(kinds)) and 'required' or 'optional'",
                    found: statement.values.shown, hint: "For example: field  1 what choice required"
                )
                continue
            }
            guard let label = wording(statements: "label", [String(number)], in: block, line: statement.line) else { continue }
            found.append(
                FormField(
                    number: UInt8(clamping: number), code: words[1], kind: kind, required: words[3] == "required", label: label,
                    choices: readChoices(of: number, kind, in: block, line: statement.line)
                )
            )
        }
        reportStrays(block, fields: statements.count)
        return found
    }

    private mutating func readChoices(of field: Int, _ kind: FormField.Kind, in block: Block, line: Int) -> [Wording] {
        let own = block.fields.filter { $0.key == "choice" && $0.values.first == .word(String(field)) }
        let numbers = own.compactMap { statement -> Int? in
            guard statement.values.count > 1, case .word(let word) = statement.values[1] else { return nil }
            return WholeNumber.value(word)
        }
        let count = numbers.max() ?? 0
        if (kind == .choice) == own.isEmpty || count > Limits.choicesMax || !own.isEmpty && Set(numbers) != Set(1...max(count, 1)) {
            problems.report(
                own.first?.line ?? line,
                expected: kind == .choice ? "choices numbered 1, 2, 3, …, at most \(Limits.choicesMax)" : "no choices",
                found: own.isEmpty ? "none" : "other lines 'choice \(field)'", hint: "Only a field of the kind 'choice' has choices."
            )
            return []
        }
        var choices: [Wording] = []
        for number in 0..<count {
            guard let text = wording(statements: "choice", [String(field), String(number + 1)], in: block, line: line) else { continue }
            choices.append(text)
        }
        return choices
    }

    private mutating func wording(statements key: String, _ prefix: [String], in block: Block, line: Int) -> Wording? {
        let words = prefix.map { Statement.Value.word($0) }
        let own = block.fields.filter { $0.key == key && Array($0.values.prefix(prefix.count)) == words }
        return wording(own, key: ([key] + prefix).joined(separator: " "), prefix: prefix.count, bytesMax: Limits.titleBytesMax, line: line)
    }

    /// Labels and choices of a field that the form does not have.
    private mutating func reportStrays(_ block: Block, fields: Int) {
        let numbers = Set((1...max(fields, 1)).map { Statement.Value.word(String($0)) })
        for statement in block.fields where statement.key == "label" || statement.key == "choice" {
            guard let first = statement.values.first, numbers.contains(first) else {
                problems.report(
                    statement.line, expected: "'\(statement.key)' with the number of a field of this form", found: statement.values.shown,
                    hint: "Correct the number, or add the field."
                )
                continue
            }
        }
    }
}
