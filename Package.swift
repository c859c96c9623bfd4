// swift-tools-version: 6.2
import PackageDescription

/// Without `MemberImportVisibility`: `struct stat` belongs to whichever C module a compilation loads first (Foundation's or
/// NIO's), so a file that uses it cannot name the module that it needs.
let strictWithSystemCalls: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]
let strict = strictWithSystemCalls + [.enableUpcomingFeature("MemberImportVisibility")]

extension Target.Dependency {
    static let crypto = product(name: "Crypto", package: "swift-crypto")
    static let cryptoExtras = product(name: "CryptoExtras", package: "swift-crypto")
    static let grdb = product(name: "GRDB", package: "GRDB.swift")
    static let nioCore = product(name: "NIOCore", package: "swift-nio")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
    static let nioTLS = product(name: "NIOTLS", package: "swift-nio")
    static let nioSSL = product(name: "NIOSSL", package: "swift-nio-ssl")
    static let x509 = product(name: "X509", package: "swift-certificates")
    static let asn1 = product(name: "SwiftASN1", package: "swift-asn1")
    static let log = product(name: "Logging", package: "swift-log")
    static let lifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let lifecycleSignals = product(name: "UnixSignals", package: "swift-service-lifecycle")
    static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
    static let httpClient = product(name: "AsyncHTTPClient", package: "async-http-client")
    static let arguments = product(name: "ArgumentParser", package: "swift-argument-parser")
    static let yams = product(name: "Yams", package: "Yams")
}

let package = Package(
    name: "hotline",
    products: [
        .executable(name: "hotline", targets: ["hotline"]),
        // What the package in fuzz/ links.
        .library(name: "HotlineFuzz", targets: ["HotlineFuzz"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // Floor 0 … 8: a target imports only from floors below its own. Tests/ArchitectureTests holds the table.
        .target(name: "HotlineWire", swiftSettings: strict),

        .target(name: "HotlineSeal", dependencies: ["HotlineWire", .crypto, .cryptoExtras], swiftSettings: strict),
        .target(name: "HotlineStore", dependencies: ["HotlineWire", .grdb], swiftSettings: strict),
        .target(name: "HotlineBearers", dependencies: ["HotlineWire", .nioCore, .nioPosix, .nioTLS, .nioSSL, .crypto, .log], swiftSettings: strict),

        .target(name: "HotlineRecord", dependencies: ["HotlineWire", "HotlineSeal", .crypto], swiftSettings: strict),

        .target(name: "HotlineAgreement", dependencies: ["HotlineWire", "HotlineSeal", "HotlineRecord", .crypto], swiftSettings: strict),

        .target(name: "HotlineLine", dependencies: ["HotlineWire", "HotlineSeal", "HotlineRecord"], swiftSettings: strict),
        .target(name: "HotlineWatch", dependencies: ["HotlineWire", "HotlineSeal", "HotlineRecord", "HotlineAgreement"], swiftSettings: strict),

        .target(name: "HotlineStation", dependencies: ["HotlineWire", "HotlineSeal", "HotlineRecord", "HotlineAgreement", "HotlineLine", "HotlineWatch"], swiftSettings: strict),
        .target(name: "HotlineDesk", dependencies: ["HotlineWire", "HotlineRecord", "HotlineAgreement", "HotlineWatch"], swiftSettings: strict),

        .target(
            name: "HotlineSimulator",
            dependencies: ["HotlineWire", "HotlineSeal", "HotlineRecord", "HotlineAgreement", "HotlineLine", "HotlineWatch", "HotlineStation"],
            swiftSettings: strict
        ),

        .target(
            name: "HotlineDaemon",
            dependencies: [
                "HotlineWire", "HotlineSeal", "HotlineStore", "HotlineBearers", "HotlineRecord", "HotlineAgreement",
                "HotlineLine", "HotlineWatch", "HotlineStation", "HotlineDesk",
                .crypto, .cryptoExtras, .x509, .asn1, .nioCore, .nioPosix, .log, .lifecycle, .lifecycleSignals, .hummingbird, .httpClient, .yams,
            ],
            swiftSettings: strictWithSystemCalls
        ),

        .executableTarget(name: "hotline", dependencies: ["HotlineDaemon", "HotlineDesk", .arguments], swiftSettings: strict),

        .executableTarget(name: "hotline-simulator", dependencies: ["HotlineSimulator", .arguments], swiftSettings: strict),

        .executableTarget(
            name: "hotline-bench", dependencies: ["HotlineDaemon", "HotlineDesk", .lifecycle, .log], path: "bench/hotline-bench",
            swiftSettings: strictWithSystemCalls
        ),

        .target(
            name: "HotlineFuzz",
            dependencies: [
                "HotlineDaemon", "HotlineDesk", "HotlineStation", "HotlineWatch", "HotlineLine", "HotlineBearers", "HotlineAgreement",
                "HotlineRecord", "HotlineSeal", "HotlineWire", .nioCore,
            ],
            path: "fuzz/targets", swiftSettings: strict
        ),

        .executableTarget(
            name: "hotline-classes", dependencies: ["HotlineLine", "HotlineAgreement", "HotlineRecord", "HotlineSeal", "HotlineWire"], path: "fuzz/classes",
            swiftSettings: strict
        ),

        .testTarget(name: "ArchitectureTests", swiftSettings: strict),
        .testTarget(name: "hotlineTests", dependencies: ["hotline"], swiftSettings: strict),
        .testTarget(name: "FuzzTests", dependencies: ["HotlineFuzz"], path: "Tests/FuzzTests", swiftSettings: strict),
        .testTarget(name: "HotlineWireTests", dependencies: ["HotlineWire"], swiftSettings: strict),
        .testTarget(name: "HotlineSealTests", dependencies: ["HotlineSeal", "HotlineWire"], swiftSettings: strict),
        .testTarget(name: "HotlineStoreTests", dependencies: ["HotlineStore", "HotlineWire", .grdb], swiftSettings: strict),
        .testTarget(name: "HotlineBearersTests", dependencies: ["HotlineBearers", "HotlineWire", .nioCore, .nioPosix, .nioSSL, .x509, .asn1, .crypto], swiftSettings: strict),
        .testTarget(name: "HotlineRecordTests", dependencies: ["HotlineRecord", "HotlineSeal", "HotlineWire"], swiftSettings: strict),
        .testTarget(name: "HotlineAgreementTests", dependencies: ["HotlineAgreement", "HotlineSeal", "HotlineWire"], swiftSettings: strict),
        .testTarget(
            name: "HotlineWatchTests", dependencies: ["HotlineWatch", "HotlineAgreement", "HotlineRecord", "HotlineSeal", "HotlineWire"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "VectorTests", dependencies: ["HotlineWatch", "HotlineLine", "HotlineAgreement", "HotlineRecord", "HotlineSeal", "HotlineWire"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "HotlineStationTests",
            dependencies: ["HotlineStation", "HotlineWatch", "HotlineLine", "HotlineAgreement", "HotlineRecord", "HotlineSeal", "HotlineWire"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "HotlineSimulatorTests",
            dependencies: ["HotlineSimulator", "hotline-simulator", "HotlineStation", "HotlineLine", "HotlineRecord", "HotlineSeal", "HotlineWire"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "HotlineDaemonTests",
            dependencies: [
                "HotlineDaemon", "HotlineDesk", "HotlineStation", "HotlineLine", "HotlineStore", "HotlineBearers", "HotlineAgreement",
                "HotlineRecord", "HotlineSeal", "HotlineWire", .log, .lifecycle, .httpClient, .nioCore, .nioPosix, .x509, .asn1, .crypto,
            ],
            swiftSettings: strict
        ),
    ]
)
