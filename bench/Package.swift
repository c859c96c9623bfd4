// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "hotline-bench",
    dependencies: [
        .package(name: "hotline", path: ".."),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .executableTarget(
            name: "hotline-bench",
            dependencies: [
                .product(name: "HotlineDaemon", package: "hotline"), .product(name: "HotlineDesk", package: "hotline"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"), .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6)]
        )
    ]
)
