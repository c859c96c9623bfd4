/// A way to carry frames, without addresses: those are each station's own business.
public enum BearerKind: String, Hashable, Sendable, CaseIterable {
    case tls, radio, courier, relay
}
