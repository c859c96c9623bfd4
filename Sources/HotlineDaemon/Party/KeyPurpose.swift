import HotlineSeal

/// What a key is for. One key has one purpose, and a file says which.
enum KeyPurpose: String, CaseIterable, Sendable {
    case root = "root key"
    case station = "station key"
    case light = "light key"
    case tls = "TLS key"
    /// The root, station and light keys that come after these, in this order.
    case next = "next identity"
    /// One of three, two of which replace a root key whose next identity is gone.
    case recovery = "recovery key"
    /// An officer's light key and its composite one, in this order, with which it releases what one officer may not say alone.
    case release = "release key"

    var seedSize: Int {
        switch self {
        case .root, .station, .recovery: CompositePrivateKey.seedSize
        case .light, .tls: LightPrivateKey.seedSize
        case .release: LightPrivateKey.seedSize + CompositePrivateKey.seedSize
        case .next: 2 * CompositePrivateKey.seedSize + LightPrivateKey.seedSize
        }
    }

    /// The first line of its file.
    var title: String { "hotline/1 \(rawValue)" }
}
