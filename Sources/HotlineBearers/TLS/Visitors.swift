import NIOCore

/// Who has not finished the handshake yet, and from where.
struct Visitors {
    private var present: [ObjectIdentifier: (channel: any Channel, source: String)] = [:]
    private var perSource: [String: Int] = [:]

    var count: Int { present.count }
    var channels: [any Channel] { present.values.map(\.channel) }

    /// False if there are `max` already, or half of them from the same source.
    mutating func admit(_ channel: any Channel, max: Int) -> Bool {
        let source = Visitors.source(of: channel.remoteAddress?.ipAddress ?? "")
        guard count < max, perSource[source, default: 0] < (max + 1) / 2 else { return false }
        present[ObjectIdentifier(channel)] = (channel, source)
        perSource[source, default: 0] += 1
        return true
    }

    mutating func dismiss(_ channel: any Channel) {
        guard let (_, source) = present.removeValue(forKey: ObjectIdentifier(channel)), let others = perSource[source] else { return }
        perSource[source] = others == 1 ? nil : others - 1
    }

    /// An IPv4 address whole; of an IPv6 address the first 64 bits, for a host has all addresses of those.
    static func source(of address: String) -> String {
        guard address.contains(":"), !address.contains(".") else { return address }
        let halves = address.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
        var groups = halves[0].split(separator: ":").map(String.init)
        if halves.count == 2 {
            let last = halves[1].split(separator: ":").map(String.init)
            groups += Array(repeating: "0", count: max(0, 8 - groups.count - last.count)) + last
        }
        return groups.prefix(4).joined(separator: ":")
    }
}
