import Foundation
import Glibc
import HotlineDesk

/// A file that is open for reading, in pieces.
final class FileChunks {
    private static let size = 64 * 1024
    private let file: LocalFile
    private let descriptor: Int32

    /// - Throws: `notFound`, `unavailable`; `malformed` for what is not a regular file; `refused` for a private one that is not.
    init(_ file: LocalFile, isPrivate: Bool = false) throws(DeskError) {
        self.file = file
        // Never waits for the other end of a pipe; a regular file does not care.
        descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw file.failure("read") }
        var found = stat()
        guard fstat(descriptor, &found) == 0 else { throw file.failure("read") }
        guard found.st_mode & S_IFMT == S_IFREG else {
            throw DeskError(.malformed, "\(file.path) is not a regular file", hint: "name a file")
        }
        if isPrivate, found.st_mode & 0o077 != 0 {
            throw DeskError(
                .refused, "others than its owner may use \(file.path) (mode \(String(found.st_mode & 0o777, radix: 8)))",
                hint: "chmod 600 \(file.path) - and if others may have read it, its secret is none any more: make a new identity"
            )
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The next bytes; none at the end.
    func next() throws(DeskError) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: FileChunks.size)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw file.failure("read") }
            return Array(buffer.prefix(count))
        }
    }
}
