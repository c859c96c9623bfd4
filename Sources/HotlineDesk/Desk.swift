/// What an officer can do and see. The daemon implements it; the command line and the console call it.
///
/// Everything that crosses it is a value, and everything that is refused is a `DeskError`.
public protocol Desk: ReleaseDesk {
    /// Sends a letter. Returns when it is durable here; its further stages come as events.
    func send(_ order: LetterOrder) async throws(DeskError) -> SentView

    /// States something about a letter: a receipt, a holding reply, an outcome. Returns when it is durable here.
    func state(_ order: ActOrder) async throws(DeskError) -> SentView

    /// The letters and contacts that wait for something, ours and theirs, the most urgent letters first.
    func open() async throws(DeskError) -> [OpenView]

    /// Every letter since a time and what became of it, in the order of their times here.
    ///
    /// - Parameter since: RFC 3339; nil for all.
    func attempts(since: String?) async throws(DeskError) -> [AttemptView]

    /// How the line has been since a time: outages, probes, what waits.
    ///
    /// - Parameter since: as of `attempts`.
    func line(since: String?) async throws(DeskError) -> LineReportView

    /// Asks for a contact with a post. Returns when that is durable here.
    func request(_ order: ContactOrder) async throws(DeskError) -> SentView

    /// States something about a contact. Returns when it is durable here.
    func state(_ order: ContactStepOrder) async throws(DeskError) -> SentView

    /// The contacts that are not over; since a time, every one.
    ///
    /// - Parameter since: RFC 3339.
    func contacts(since: String?) async throws(DeskError) -> [ContactView]

    /// The contact that a request has come to, by what a person calls the request.
    func contact(_ name: String) async throws(DeskError) -> ContactView

    /// Says whether a post is manned, or asks. Returns when it is durable here.
    func state(_ order: PresenceOrder) async throws(DeskError) -> SentView

    /// The posts of the agreement, and which are manned.
    func posts() async throws(DeskError) -> [PostView]

    /// Suspends a channel on the record, or resumes it. Returns when that is durable here.
    func state(_ order: ChannelOrder) async throws(DeskError) -> SentView

    /// The channels of the agreement, and which of them are suspended.
    func channels() async throws(DeskError) -> [ChannelView]

    /// Letters, the latest first.
    func letters(_ query: LetterQuery) async throws(DeskError) -> [EntryView]

    /// One entry by what a person calls it: `W-12`, or `12` where only one record has it.
    func entry(_ name: String) async throws(DeskError) -> EntryView

    func status() async throws(DeskError) -> StatusView

    /// Signs the record as it stands, in full, and returns when that is durable.
    func checkpoint() async throws(DeskError) -> StatusView

    /// An officer vouches for a part of our record that came back from a peer under a light signature of ours alone: it is
    /// taken back into the record.
    ///
    /// - Parameter generation: `station/generation`, as the event gives it.
    func confirm(_ generation: String) async throws(DeskError) -> StatusView

    /// Makes epochs with a peer ahead, as many as are lacking. Returns when they are there.
    func bank(_ order: BankOrder) async throws(DeskError) -> StatusView

    /// Who has the watch at this station, and which alarms have rung.
    func duty() async throws(DeskError) -> DutyView

    /// Takes the watch or hands it over, acknowledges an alarm, or confirms the time: in the local log alone.
    func state(_ order: DutyOrder) async throws(DeskError) -> DutyView

    /// What happens from now on. Ends when the station stops or the caller goes; a caller that does not keep up loses
    /// events and is told how many.
    func events() async throws(DeskError) -> AsyncStream<EventView>
}
