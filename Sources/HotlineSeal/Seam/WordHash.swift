/// A hash of 64 bits for the tables of the simulator and the tags of its transparent suite; no cryptography.
package enum WordHash {
    @inline(__always)
    package static func mix(_ word: UInt64) -> UInt64 {
        var z = word
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    @inline(__always)
    static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = (a ^ 0x2D35_8DCC_AA6C_78A5).multipliedFullWidth(by: b ^ 0x8BB8_4B93_962E_ACC9)
        return product.high ^ product.low
    }

    package static func of(_ bytes: some Collection<UInt8>, seed: UInt64 = 0) -> UInt64 {
        bytes.withContiguousStorageIfAvailable { of($0, seed: seed) } ?? Array(bytes).withUnsafeBufferPointer { of($0, seed: seed) }
    }

    private static func of(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64) -> UInt64 {
        let raw = UnsafeRawBufferPointer(bytes)
        var state = mix(seed ^ UInt64(raw.count))
        var offset = 0
        while offset + 8 <= raw.count {
            state = fold(state, UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            offset += 8
        }
        var last: UInt64 = 0
        while offset < raw.count {
            last = last << 8 | UInt64(raw[offset])
            offset += 1
        }
        return mix(fold(state, last))
    }
}
