public import HotlineWire

/// The public keys of one station, as the agreement in force lists them.
public struct StationPublicKeys: Hashable, Sendable {
    public let number: StationNumber
    public let station: CompositePublicKey
    public let light: LightPublicKey

    public init(number: StationNumber, station: CompositePublicKey, light: LightPublicKey) {
        self.number = number
        self.station = station
        self.light = light
    }

    /// Whether this station signed `text` with the strength given.
    public func verifies(_ signature: [UInt8], over text: [UInt8], strength: CheckpointStrength) -> Bool {
        switch strength {
        case .light: light.verifies(signature, over: text)
        case .full: station.verifies(signature, over: text)
        }
    }
}

/// The private keys that a running station holds in memory. The root key is not among them.
public struct StationPrivateKeys: Sendable {
    public let station: CompositePrivateKey
    public let light: LightPrivateKey

    public init(station: CompositePrivateKey, light: LightPrivateKey) {
        self.station = station
        self.light = light
    }

    public func sign(_ text: [UInt8], strength: CheckpointStrength) throws(SealError) -> [UInt8] {
        switch strength {
        case .light: try light.sign(text)
        case .full: try station.sign(text)
        }
    }
}
