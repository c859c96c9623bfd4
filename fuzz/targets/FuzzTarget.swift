/// What is fuzzed: each target takes any bytes and must not stop the process.
///
/// A target checks besides that what it accepted is written back as the same bytes: a decoder that accepts two forms of one
/// value is wrong, and is stopped here.
public enum FuzzTarget: String, CaseIterable, Sendable {
    // What a peer or a bearer sends.
    case frame, items, handshake, entry, opening, tls
    // What lies in our own files, or in those of somebody who hands them to us.
    case fact, snapshot, secrets, checkpoint, export, disclosure, evidence, agreement, card, configuration, key
    // What comes over the control socket.
    case control
    // Sequences of inputs into two real stations.
    case sequence

    /// Longer inputs find nothing that shorter ones do not, and cost time.
    public var bytesMax: Int {
        switch self {
        case .frame, .items, .entry, .opening, .checkpoint, .configuration, .key, .control, .sequence: 2048
        case .handshake, .tls, .fact, .snapshot, .secrets: 8192
        case .disclosure, .evidence, .card, .export: 32 * 1024
        case .agreement: 64 * 1024
        }
    }

    /// Runs one input. Returning is success.
    public func run(_ bytes: [UInt8]) {
        switch self {
        case .frame: WireFuzz.frame(bytes)
        case .items: WireFuzz.items(bytes)
        case .tls: WireFuzz.tls(bytes)
        case .handshake: LineFuzz.handshake(bytes)
        case .secrets: LineFuzz.secrets(bytes)
        case .fact: LineFuzz.fact(bytes)
        case .snapshot: LineFuzz.snapshot(bytes)
        case .entry: RecordFuzz.entry(bytes)
        case .opening: RecordFuzz.opening(bytes)
        case .checkpoint: RecordFuzz.checkpoint(bytes)
        case .export: RecordFuzz.export(bytes)
        case .disclosure: RecordFuzz.disclosure(bytes)
        case .evidence: RecordFuzz.evidence(bytes)
        case .agreement: PartyFuzz.agreement(bytes)
        case .card: PartyFuzz.card(bytes)
        case .configuration: PartyFuzz.configuration(bytes)
        case .key: PartyFuzz.key(bytes)
        case .control: PartyFuzz.control(bytes)
        case .sequence: SequenceFuzz.run(bytes)
        }
    }
}
