public import HotlineWire

/// The end-to-end secret of one epoch. It lives in its own store, is never in a backup, and is erased when its last
/// entry is covered by a full checkpoint.
public struct EpochSecret: Hashable, Sendable, CustomStringConvertible {
    public let epoch: EpochNumber
    public let bytes: [UInt8]

    public init(epoch: EpochNumber, bytes: [UInt8]) {
        self.epoch = epoch
        self.bytes = bytes
    }

    /// Without the secret: it may stand in a log.
    public var description: String { "secret of epoch \(epoch)" }
}
