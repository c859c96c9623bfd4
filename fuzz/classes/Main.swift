import Foundation

/// Reads cases from standard input and prints how each ends, one a line: what conformance/differ.py compares with its own.
/// A case is the length of the kind (1 byte), the kind, the length of the bytes (4 bytes, most significant first), the bytes.
@main
enum Main {
    static func main() throws {
        let input = [UInt8](try FileHandle.standardInput.readToEnd() ?? Data())
        var output = ""
        var at = 0
        func take(_ count: Int) -> ArraySlice<UInt8> {
            precondition(at + count <= input.count, "a case breaks off")
            defer { at += count }
            return input[at..<at + count]
        }
        while at < input.count {
            let kind = String(decoding: take(Int(take(1).first ?? 0)), as: UTF8.self)
            let length = take(4).reduce(0) { $0 << 8 | Int($1) }
            output += Classes.of(Array(take(length)), as: kind) + "\n"
        }
        try FileHandle.standardOutput.write(contentsOf: Data(output.utf8))
    }
}
