public import HotlineWire

/// One label per use: what is made for one use is never accepted for another. Every one is unique ASCII and ends in a
/// newline, so that none is the beginning of another.
public enum Label {
    public static let entry = bytes("hotline/1 entry")
    public static let blind = bytes("hotline/1 blind")
    public static let offers = bytes("hotline/1 epoch offers")
    public static let accepts = bytes("hotline/1 epoch accepts")
    public static let offer = bytes("hotline/1 epoch offer")
    public static let accept = bytes("hotline/1 epoch accept")
    public static let encapsulation = bytes("hotline/1 epoch encapsulation")
    public static let epochSecret = bytes("hotline/1 epoch secret")
    public static let stale = bytes("hotline/1 epoch stale")
    public static let acceptProof = bytes("hotline/1 epoch accept proof")
    public static let confirmation = bytes("hotline/1 epoch confirmation")
    public static let frame = bytes("hotline/1 frame")
    public static let agreement = bytes("hotline/1 agreement")
    public static let card = bytes("hotline/1 identity card")
    public static let identity = bytes("hotline/1 identity")
    public static let roster = bytes("hotline/1 roster")
    public static let release = bytes("hotline/1 release")
    public static let keyStatement = bytes("hotline/1 key statement")
    public static let start = bytes("hotline/1 start")

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) + [0x0A] }

    /// The beginning of every signed body: the label, the line, the signer.
    public static func body(_ label: [UInt8], line: Hash, signer: StationNumber) -> Encoder {
        var encoder = Encoder()
        encoder.put(raw: label)
        encoder.put(line)
        encoder.put(signer)
        return encoder
    }
}
