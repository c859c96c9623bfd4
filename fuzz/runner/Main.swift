import Glibc
import HotlineFuzz

/// The target that `HOTLINE_FUZZ` names: one program for all of them, because linking it takes longer than most of them run.
/// `list` and `seeds` stand for what scripts/fuzz asks besides.
private let target: FuzzTarget = {
    let name = environment("HOTLINE_FUZZ")
    if name == "list" {
        for target in FuzzTarget.allCases { print(target.rawValue) }
        exit(0)
    }
    if name == "seeds" { writeSeeds(into: environment("HOTLINE_FUZZ_CORPUS")) }
    guard let target = FuzzTarget(rawValue: name) else {
        print("HOTLINE_FUZZ must name one of: \(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))")
        exit(64)
    }
    if !environment("HOTLINE_FUZZ_LENGTH").isEmpty {
        print(target.bytesMax)
        exit(0)
    }
    return target
}()

@_cdecl("LLVMFuzzerInitialize")
public func begin(_ count: UnsafeMutablePointer<CInt>?, _ arguments: UnsafeMutableRawPointer?) -> CInt {
    _ = target
    return 0
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

private func environment(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }

private func writeSeeds(into folder: String) -> Never {
    do {
        for target in FuzzTarget.allCases {
            mkdir("\(folder)/\(target.rawValue)", 0o755)
            for seed in try Seeds.make(for: target) {
                guard let file = fopen("\(folder)/\(target.rawValue)/\(seed.name)", "w") else { exit(73) }
                fwrite(seed.bytes, 1, seed.bytes.count, file)
                fclose(file)
            }
        }
        exit(0)
    } catch {
        print("the seeds cannot be made: \(error)")
        exit(70)
    }
}
