/// Ed25519 public keys of small order: the eight points of the torsion subgroup and the non-canonical encodings that
/// decode to them. Any signature by such a key can be made to verify over other messages, so its holder could
/// repudiate ("Taming the many EdDSAs", Chalkias, Garillot, Nikolaenko, 2020).
enum SmallOrder {
    /// The y coordinates of the torsion points, little-endian, sign bit cleared; the last three are the non-canonical
    /// forms of 0, 1 and -1 (p, p + 1, and p - 1 is canonical).
    private static let coordinates: Set<[UInt8]> = [
        // y = 0, order 4
        [UInt8](repeating: 0, count: 32),
        // y = 1, the identity
        [1] + [UInt8](repeating: 0, count: 31),
        // y = -1, order 2
        [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
        // order 8
        [
            0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98, 0xF0,
            0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53, 0xFC, 0x05,
        ],
        // order 8
        [
            0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10, 0x67, 0x0F,
            0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC, 0x03, 0x7A,
        ],
        // y = p, a second form of 0
        [0xED] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
        // y = p + 1, a second form of 1
        [0xEE] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
    ]

    static func contains(_ key: [UInt8]) -> Bool {
        var y = key
        y[31] &= 0x7F
        return coordinates.contains(y)
    }
}
