import HotlineAgreement
import HotlineRecord
import HotlineWire

/// What a restored station states in its record, in words.
enum RestoreWords {
    static func declaration(_ content: [UInt8], _ agreement: Agreement) -> String {
        guard let declaration = try? Declaration(content) else { return "a declaration that cannot be read" }
        var text: String
        if let head = declaration.restoredFrom {
            text = "This record may lack what was written after entry \(head.generation)/\(head.size) and every generation opened from there."
        } else {
            text = "This record may lack everything that was written before it."
        }
        switch declaration.cause {
        case .restored: text += " The station was restored from a backup."
        case .shown: text += " Another station holds what is lacking here."
        }
        for lost in declaration.known {
            guard declaration.cause == .shown else {
                text += "\n\(lost.part.generation): written here, \(lost.part.size) entries or more"
                continue
            }
            let cover =
                switch lost.cover {
                case .full: "signed in full"
                case .light: "signed provisionally"
                case nil: "not signed"
                }
            text += "\n\(lost.part.generation): \(lost.part.size) entries, \(cover)"
        }
        return text
    }

    static func recovery(_ content: [UInt8], _ agreement: Agreement) -> String {
        guard let recovery = try? Recovered(content) else { return "a recovery that cannot be read" }
        let from = agreement.party(recovery.from)?.name ?? "station \(recovery.from)"
        let count = recovery.head.size.value - recovery.first.value
        return "\(count) entries of \(recovery.head.generation), from number \(recovery.first), came back from \(from); our own signature covers them."
    }
}
