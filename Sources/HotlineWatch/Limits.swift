/// What the watch keeps of one letter, and of all letters that are open.
public enum WatchLimits {
    /// Statements of one party about one letter from which its course is told; more than any letter needs. All of them stay in the record.
    public static let statementsMax = 512
    /// Statements that break a rule, of one letter: enough to see what is going on. All of them stay in the record.
    static let breachesMax = 16
    /// Holding replies to one letter that are shown.
    static let repliesMax = 16
    /// Generations of a party whose last word about one channel or post is kept: those in between came from starts that said nothing else of it.
    static let wordGenerations = 64
    /// Open letters of one party that are watched at once: more than a centre gets in a month.
    public static let openMax = 1_024
    /// Windows of one request or proposal: more than anybody offers.
    public static let windowsMax = 8
    /// Minutes of one contact that are shown.
    static let minutesMax = 16
    /// Open contacts of one party that are watched at once, and what is kept of one party's statements about one. All of them stay in the record.
    public static let contactsMax = 64
    static let stepsMax = 64
    /// Officers who release one statement: the agreement names at most so many roles (AGR-20).
    static let releasersMax = 4
    /// An officer's code (AGR-6).
    static let officerCodeMax = 32
    /// Statements for which one release id is named that are looked at: an honest author names each id once for each strength.
    public static let releaseUsesMax = 16
}
