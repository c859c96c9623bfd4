import HotlineDesk

/// Who gives an order, by their own word: a name for the local log, and no more than that.
enum Officer {
    /// Nil where nobody has said.
    @TaskLocal static var name: String?

    static let bytesMax = 64

    /// - Throws: for a name that is none: empty, too long, or with controls.
    static func check(_ name: String) throws(DeskError) -> String {
        let isPlain = name.unicodeScalars.allSatisfy { !$0.properties.isDefaultIgnorableCodePoint && $0.properties.generalCategory != .control }
        guard !name.allSatisfy(\.isWhitespace), name.utf8.count <= bytesMax, isPlain else {
            throw DeskError(.usage, "that is no name of an officer", hint: "one to \(bytesMax) bytes, letters and blanks")
        }
        return name
    }
}
