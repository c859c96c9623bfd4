/// A statement at the margin and the indented ones that belong to it.
struct Block {
    let head: Statement
    var fields: [Statement] = []

    var line: Int { head.line }

    /// The line of the first field with this key, else that of the block.
    func line(of key: String) -> Int { fields.first { $0.key == key }?.line ?? head.line }
}

/// A value, and the block that states it.
struct Placed<Value> {
    let value: Value
    let block: Block
}
