import HotlineAgreement
import HotlineWire
import Testing

@Suite("Dates, lengths of time and schedules")
struct ScheduleTests {
    @Test(
        "AGR-10: a date is read and written in its one form",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2000-02-29T12:00:00Z", 951_825_600), ("2026-03-01T00:00:00Z", 1_772_323_200),
            ("2100-02-28T23:59:59Z", 4_107_542_399), ("9999-12-31T23:59:59Z", 253_402_300_799),
        ])
    func timestamp(text: String, seconds: Int64) {
        let time = WallTime(milliseconds: seconds * 1000)
        #expect(Timestamp.time(text) == time)
        #expect(Timestamp.text(time) == text)
    }

    @Test("AGR-10: every day of a century and a half is read back")
    func everyDay() {
        for day in 0..<(365 * 150) {
            let time = WallTime(milliseconds: Int64(day) * 86_400_000)
            let text = Timestamp.text(time)
            if Timestamp.time(text) != time { Issue.record("\(text)") }
        }
    }

    @Test(
        "AGR-10: a date that does not exist is none",
        arguments: [
            "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-00-10T00:00:00Z", "2026-01-00T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "2026-01-01T00:00:60Z", "2026-01-01 00:00:00Z", "2026-01-01T00:00Z", "+026-01-01T00:00:00Z", "2026-01-01T00:00:00.0Z", "",
        ])
    func noDate(text: String) {
        #expect(Timestamp.time(text) == nil)
    }

    @Test("AGR-24: a line test falls on its hours of the day")
    func lineTest() throws {
        let second = try Parties().draft().terms.tests.tests[1]
        func next(_ text: String) throws -> String { Timestamp.text(second.next(after: try #require(Timestamp.time(text)))) }
        #expect(try next("2026-03-01T00:00:00Z") == "2026-03-01T01:00:00Z")
        #expect(try next("2026-03-01T01:00:00Z") == "2026-03-01T03:00:00Z")
        #expect(try next("2026-03-01T23:30:00Z") == "2026-03-02T01:00:00Z")
    }

    @Test("AGR-25: a regular contact falls on its days, the first one first")
    func contact() throws {
        let weekly = try #require(Parties().draft().terms.contacts.first)
        func next(_ text: String) throws -> String { Timestamp.text(weekly.next(after: try #require(Timestamp.time(text)))) }
        #expect(try next("2026-03-01T00:00:00Z") == "2026-03-08T12:00:00Z")
        #expect(try next("2026-03-08T12:00:00Z") == "2026-03-15T12:00:00Z")
        #expect(try next("2026-04-01T00:00:00Z") == "2026-04-05T12:00:00Z")
    }

    @Test("AGR-14: language tags have one form", arguments: ["en", "ru", "zh-Hant", "pt-BR", "sr-Cyrl-RS", "es-419", "yue"])
    func tags(text: String) {
        #expect(LanguageTag(text)?.text == text)
    }

    @Test(
        "AGR-14: other tags are refused",
        arguments: ["", "e", "EN", "en_GB", "en-gb", "zh-hant", "english", "en-", "-en", "en-GB-x", "en-GB-Latn"])
    func noTags(text: String) {
        #expect(LanguageTag(text) == nil)
    }
}
