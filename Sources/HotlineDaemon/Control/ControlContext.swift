import Hummingbird
import NIOCore

/// What a request of the control socket comes with.
struct ControlContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The connection, to be closed under a listener that does not read.
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    var maxUploadSize: Int { ControlLimits.requestBytesMax }
}
