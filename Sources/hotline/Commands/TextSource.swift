import Foundation
import HotlineDesk

/// Where a text comes from: an argument, a file, or standard input.
struct TextSource {
    let text: String?
    let file: String?

    /// Beyond this no letter can be, and a file that never ends is not read to its end.
    private static let bytesMax = 1024 * 1024

    func read() throws(DeskError) -> String {
        if let text, text != "-" { return text }
        let name = file ?? "-"
        let bytes = try bytes(name)
        guard bytes.count <= TextSource.bytesMax else {
            throw DeskError(.refused, "\(shown(name)) has more than \(TextSource.bytesMax) bytes", hint: "a letter has at most 255 KiB")
        }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw DeskError(.malformed, "\(shown(name)) is not UTF-8", hint: "convert it first, for example with: iconv -t UTF-8")
        }
        if text.unicodeScalars.last == "\n" { text.unicodeScalars.removeLast() }
        return text
    }

    private func bytes(_ name: String) throws(DeskError) -> Data {
        let handle: FileHandle
        if name == "-" {
            handle = .standardInput
        } else {
            guard let opened = FileHandle(forReadingAtPath: name) else {
                throw DeskError(.notFound, "\(name) cannot be opened", hint: "name a file that this user may read, or - for standard input")
            }
            handle = opened
        }
        do {
            var bytes = Data()
            while bytes.count <= TextSource.bytesMax, let more = try handle.read(upToCount: 64 * 1024), !more.isEmpty { bytes.append(more) }
            return bytes
        } catch {
            throw DeskError(.unavailable, "\(shown(name)) cannot be read", hint: "name a file, or - for standard input")
        }
    }

    private func shown(_ name: String) -> String { name == "-" ? "standard input" : name }
}
