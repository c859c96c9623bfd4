import HotlineSeal
import HotlineWire

/// Two stations on one line, with keys made from seeds: the same keys in every run.
struct Fixture {
    let line: Hash
    let one: StationNumber
    let two: StationNumber
    let keysOfOne: StationPrivateKeys
    let keysOfTwo: StationPrivateKeys

    init() throws {
        line = Digest.sha256(Array("a line".utf8))
        guard let one = StationNumber(1), let two = StationNumber(2) else { preconditionFailure("1 and 2 are stations") }
        self.one = one
        self.two = two
        keysOfOne = try Fixture.keys(1)
        keysOfTwo = try Fixture.keys(2)
    }

    var parties: EpochParties { EpochParties(line: line, offerer: one, accepter: two) }

    static func keys(_ seed: UInt64) throws -> StationPrivateKeys {
        var random = SeededGenerator(seed: seed)
        return StationPrivateKeys(
            station: try CompositePrivateKey(seed: random.bytes(CompositePrivateKey.seedSize)),
            light: try LightPrivateKey(seed: random.bytes(LightPrivateKey.seedSize))
        )
    }

    func publicKeys(_ keys: StationPrivateKeys, number: StationNumber) throws -> StationPublicKeys {
        StationPublicKeys(number: number, station: try keys.station.publicKey, light: try keys.light.publicKey)
    }
}

extension Array where Element == UInt8 {
    func flipping(bit: Int) -> [UInt8] {
        var copy = self
        copy[bit / 8] ^= 1 << UInt8(bit % 8)
        return copy
    }
}
