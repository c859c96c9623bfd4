import HotlineAgreement
import HotlineDesk

/// Which officer of the roster is who: a code and a name a line, in order of enrolment. The roster has the codes alone; who they are never
/// leaves the station.
struct OfficerNames {
    private(set) var all: [(code: String, name: String)] = []

    private static let bytesMax = 256 * 1024
    private static let nameBytesMax = 200

    init(_ directory: StationDirectory) throws(DeskError) {
        let file = LocalFile(directory.officers)
        guard file.exists else { return }
        let text = String(decoding: try file.read(bytesMax: OfficerNames.bytesMax, isPrivate: true), as: UTF8.self)
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            guard words.count == 2, words[0].wholeMatch(of: /[a-z][a-z0-9-]{0,31}/) != nil else {
                throw DeskError(.malformed, "\(directory.officers) has a line that is not a code and a name", hint: "write 'w-1 NAME', or bring back the copy that you keep")
            }
            all.append((words[0], words[1]))
        }
    }

    mutating func add(_ code: String, _ name: String) throws(DeskError) {
        guard !name.isEmpty, name.utf8.count <= OfficerNames.nameBytesMax, !name.unicodeScalars.contains(where: { $0.value < 0x20 }), name.first != " " else {
            throw DeskError(.usage, "that is no name for an officer", hint: "1 to \(OfficerNames.nameBytesMax) bytes on one line; the other side never sees it")
        }
        guard !all.contains(where: { $0.name == name }) else {
            throw DeskError(.refused, "there is an officer '\(name)' already", hint: "hotline officer list; one key has one holder, and a name says whose it is")
        }
        all.append((code, name))
    }

    func save(_ directory: StationDirectory) throws(DeskError) {
        try LocalFile(directory.officers).replace(Array(all.map { "\($0.code) \($0.name)\n" }.joined().utf8))
    }

    func name(_ code: String) -> String? { all.first { $0.code == code }?.name }

    /// The code of an officer by its name or its code.
    func code(_ officer: String) throws(DeskError) -> String {
        if let found = all.last(where: { $0.name == officer }) ?? all.first(where: { $0.code == officer }) { return found.code }
        throw DeskError(.notFound, "there is no officer '\(officer)' here", hint: "hotline officer list shows names and codes")
    }

    /// A code that no officer of ours has had: a key that was revoked is never taken for a new one.
    func nextCode(mark: String, _ roster: Roster?) -> String {
        let prefix = mark.lowercased() + "-"
        let numbers = (all.map(\.code) + (roster?.officers.map(\.code) ?? [])).compactMap { $0.hasPrefix(prefix) ? Int($0.dropFirst(prefix.count)) : nil }
        return "\(prefix)\((numbers.max() ?? 0) + 1)"
    }
}
