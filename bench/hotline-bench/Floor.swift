import Foundation

/// What the machine itself takes for one message that is durable on both sides: a write and an fdatasync here, a round trip
/// over loopback TCP, a write and an fdatasync there. No cryptography, no database.
final class Floor: @unchecked Sendable {
    private let client: Int32
    private let server: Int32
    private let here: Int32
    private let there: Int32
    private let size: Int

    /// The server's thread owns `server` and `there`; everything else is the caller's. Hence unchecked.
    init(folder: String, size: Int) {
        self.size = size
        here = open(folder + "/floor-here", O_RDWR | O_CREAT, 0o600)
        there = open(folder + "/floor-there", O_RDWR | O_CREAT, 0o600)
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(listener, $0, length)
                _ = listen(listener, 1)
                _ = getsockname(listener, $0, &length)
            }
        }
        let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        _ = withUnsafePointer(to: &address) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(client, $0, length) } }
        let accepted = accept(listener, nil, nil)
        close(listener)
        let server = accepted
        self.server = accepted
        self.client = client
        var on: Int32 = 1
        for end in [client, server] { setsockopt(end, Int32(IPPROTO_TCP), TCP_NODELAY, &on, 4) }
        Thread { [self] in serve() }.start()
    }

    deinit {
        for descriptor in [client, server, here, there] { close(descriptor) }
    }

    /// Sends `count` messages as one and waits for the answer: durable here before they leave, there before they are answered.
    func exchange(_ count: Int) {
        let bytes = [UInt8](repeating: 7, count: count * size)
        _ = pwrite(here, bytes, bytes.count, 0)
        fdatasync(here)
        var header = UInt32(bytes.count)
        _ = write(client, &header, 4)
        _ = write(client, bytes, bytes.count)
        var answer: UInt8 = 0
        _ = read(client, &answer, 1)
    }

    private func serve() {
        var header: UInt32 = 0
        while recv(server, &header, 4, Int32(MSG_WAITALL)) == 4 {
            var bytes = [UInt8](repeating: 0, count: Int(header))
            guard recv(server, &bytes, bytes.count, Int32(MSG_WAITALL)) == bytes.count else { return }
            _ = pwrite(there, bytes, bytes.count, 0)
            fdatasync(there)
            var answer: UInt8 = 1
            _ = write(server, &answer, 1)
        }
    }

    func stop() { shutdown(client, Int32(SHUT_RDWR)) }
}
