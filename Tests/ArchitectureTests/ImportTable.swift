/// What each target may import, from ARCHITECTURE.md: the floors of the house. The standard library's own modules are
/// listed where a target uses them.
enum ImportTable {
    struct Row {
        let target: String
        let floor: Int
        let may: Set<String>
    }

    private static let system: Set<String> = ["Foundation", "FoundationEssentials", "Glibc", "Dispatch", "Synchronization"]
    private static let nio: Set<String> = ["NIOCore", "NIOPosix", "NIOTLS", "NIOSSL", "NIOHTTP1"]

    static let rows: [Row] = [
        Row(target: "HotlineWire", floor: 0, may: []),
        Row(target: "HotlineSeal", floor: 1, may: ["HotlineWire", "Crypto", "CryptoExtras", "Foundation", "FoundationEssentials"]),
        Row(target: "HotlineStore", floor: 1, may: ["HotlineWire", "GRDB", "GRDBSQLite", "Foundation", "Glibc", "Synchronization"]),
        Row(target: "HotlineBearers", floor: 1, may: Set(["HotlineWire", "Crypto", "Logging", "Synchronization", "Foundation"]).union(nio)),
        Row(target: "HotlineRecord", floor: 2, may: ["HotlineWire", "HotlineSeal", "Crypto"]),
        Row(target: "HotlineAgreement", floor: 3, may: ["HotlineWire", "HotlineSeal", "HotlineRecord", "Crypto"]),
        Row(target: "HotlineLine", floor: 4, may: ["HotlineWire", "HotlineSeal", "HotlineRecord"]),
        Row(target: "HotlineWatch", floor: 4, may: ["HotlineWire", "HotlineSeal", "HotlineRecord", "HotlineAgreement"]),
        Row(
            target: "HotlineStation", floor: 5,
            may: ["HotlineWire", "HotlineSeal", "HotlineRecord", "HotlineAgreement", "HotlineLine", "HotlineWatch"]
        ),
        Row(target: "HotlineDesk", floor: 5, may: ["HotlineWire", "HotlineRecord", "HotlineAgreement", "HotlineWatch", "Foundation"]),
        Row(
            target: "HotlineSimulator", floor: 6,
            may: ["HotlineWire", "HotlineSeal", "HotlineRecord", "HotlineAgreement", "HotlineLine", "HotlineWatch", "HotlineStation"]
        ),
        Row(
            target: "HotlineDaemon", floor: 7,
            may: Set([
                "HotlineWire", "HotlineSeal", "HotlineStore", "HotlineBearers", "HotlineRecord", "HotlineAgreement", "HotlineLine",
                "HotlineWatch", "HotlineStation", "HotlineDesk", "Crypto", "CryptoExtras", "X509", "SwiftASN1", "Logging", "ServiceLifecycle",
                "UnixSignals", "Hummingbird", "HummingbirdCore", "HTTPTypes", "AsyncHTTPClient", "Yams", "NIOFoundationCompat",
            ]).union(nio).union(system)
        ),
        Row(target: "hotline-simulator", floor: 8, may: ["HotlineSimulator", "ArgumentParser", "Glibc"]),
        Row(target: "hotline", floor: 8, may: Set(["HotlineDaemon", "HotlineDesk", "ArgumentParser"]).union(system)),
    ]
}
