public import HotlineWire

/// How two posts meet.
public enum Medium: UInt8, Sendable, CaseIterable {
    /// A session on the line itself.
    case text = 1
    case voice = 2
    case visit = 3
    case other = 4
}

/// A stretch of time in which a contact may be held, in claimed time.
public struct Window: Hashable, Sendable {
    public let from: UInt64
    /// In seconds, at least 1.
    public let length: UInt64

    public init?(from: UInt64, length: UInt64) {
        guard length > 0, from <= Window.timeMax, length <= Window.timeMax else { return nil }
        self.from = from
        self.length = length
    }

    public var to: UInt64 { from + length }

    /// 2^40 seconds: beyond all calendars, and far from the end of the numbers.
    public static let timeMax: UInt64 = 1 << 40
}

/// What kind 11 states: that the author's post asks for a contact with a post of another party (docs/spec/watch.md). The posts stand in
/// the entry's header.
public struct ContactRequest: Hashable, Sendable {
    public let medium: Medium
    /// Claimed time by which an answer is asked for; nil for the time that the agreement gives.
    public let replyBy: UInt64?
    /// One to `WatchLimits.windowsMax`, in the order of preference.
    public let windows: [Window]
    /// UTF-8 as it was typed.
    public let subject: [UInt8]

    public init(medium: Medium, replyBy: UInt64?, windows: [Window], subject: [UInt8]) {
        self.medium = medium
        self.replyBy = replyBy
        self.windows = windows
        self.subject = subject
    }

    public var content: [UInt8] {
        var encoder = Encoder()
        encoder.put(byte: medium.rawValue)
        encoder.put(varint: replyBy ?? 0)
        encoder.put(windows)
        encoder.put(raw: subject)
        return encoder.bytes
    }

    /// - Throws: where the content is not of its kind. The entry is kept all the same, and asks for nothing.
    public init(content: [UInt8]) throws(WireError) {
        var decoder = Decoder(content)
        let byte = try decoder.byte()
        guard let medium = Medium(rawValue: byte) else { throw .invalid(what: "medium of a contact", found: UInt64(byte)) }
        let replyBy = try decoder.varint()
        self.init(
            medium: medium, replyBy: replyBy == 0 ? nil : replyBy, windows: try decoder.windows(), subject: try decoder.text()
        )
    }

    /// What the watch keeps in memory.
    var withoutText: ContactRequest { ContactRequest(medium: medium, replyBy: replyBy, windows: windows, subject: []) }
}

extension Encoder {
    /// Their count (1 byte), then each as two integers: from, length.
    mutating func put(_ windows: [Window]) {
        put(byte: UInt8(windows.count))
        for window in windows {
            put(varint: window.from)
            put(varint: window.length)
        }
    }
}

extension Decoder {
    mutating func window() throws(WireError) -> Window {
        let from = try varint()
        let length = try varint()
        guard let window = Window(from: from, length: length) else { throw .invalid(what: "window of a contact", found: length) }
        return window
    }

    mutating func windows() throws(WireError) -> [Window] {
        let count = try byte()
        guard (1...WatchLimits.windowsMax).contains(Int(count)) else { throw .invalid(what: "number of windows", found: UInt64(count)) }
        var windows: [Window] = []
        for _ in 0..<count { windows.append(try window()) }
        return windows
    }

    /// UTF-8 that runs to the end.
    mutating func text() throws(WireError) -> [UInt8] {
        let text = rest()
        guard String(validating: text, as: UTF8.self) != nil else { throw .notUTF8 }
        return text
    }
}
