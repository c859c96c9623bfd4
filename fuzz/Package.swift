// swift-tools-version: 5.4
// Not later: from 5.5 on the main function of an executable is renamed, and this one is libFuzzer's.
import PackageDescription

// A package of its own: the program has no main function but libFuzzer's, which a plain build does not link.
// scripts/fuzz builds it with `-sanitize=fuzzer,address`, the sources of the parent package included.
let package = Package(
    name: "hotline-fuzz",
    dependencies: [.package(name: "hotline", path: "..")],
    targets: [
        .executableTarget(name: "hotline-fuzz", dependencies: [.product(name: "HotlineFuzz", package: "hotline")], path: "runner")
    ]
)
