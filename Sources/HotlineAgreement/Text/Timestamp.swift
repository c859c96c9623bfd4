public import HotlineWire

/// Points in time as RFC 3339 §5.6 writes them, in the one form `2026-03-01T00:00:00Z`: UTC, whole seconds, capitals.
public enum Timestamp {
    /// Nil for another form, and for a date or a time that does not exist; a leap second is none here (POSIX counts none).
    public static func time(_ text: some StringProtocol) -> WallTime? {
        let bytes = Array(text.utf8)
        guard bytes.count == 20, separators.allSatisfy({ bytes[$0.place] == $0.byte }) else { return nil }
        let numbers = [0..<4, 5..<7, 8..<10, 11..<13, 14..<16, 17..<19].compactMap {
            WholeNumber.value(String(decoding: bytes[$0], as: UTF8.self), leadingZeros: true)
        }
        guard numbers.count == 6 else { return nil }
        let (year, month, day) = (numbers[0], numbers[1], numbers[2])
        guard (1970...9999).contains(year), (1...12).contains(month), (1...days(in: month, of: year)).contains(day),
            numbers[3] < 24, numbers[4] < 60, numbers[5] < 60
        else { return nil }
        let seconds = Int64(dayNumber(year: year, month: month, day: day)) * 86_400
        return WallTime(milliseconds: (seconds + Int64(numbers[3] * 3600 + numbers[4] * 60 + numbers[5])) * 1000)
    }

    /// The second in which `time` lies.
    ///
    /// - Precondition: the year is 1970 to 9999.
    public static func text(_ time: WallTime) -> String {
        let seconds = time.milliseconds / 1000
        precondition((0..<253_402_300_800).contains(seconds), "a timestamp has a year of four digits, from 1970")
        let (year, month, day) = date(of: Int(seconds / 86_400))
        let rest = Int(seconds % 86_400)
        let date = "\(WholeNumber.text(year, digits: 4))-\(two(month))-\(two(day))"
        return "\(date)T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
    }

    private static let separators: [(place: Int, byte: UInt8)] = [
        (4, UInt8(ascii: "-")), (7, UInt8(ascii: "-")), (10, UInt8(ascii: "T")), (13, UInt8(ascii: ":")), (16, UInt8(ascii: ":")),
        (19, UInt8(ascii: "Z")),
    ]

    private static func two(_ value: Int) -> String { WholeNumber.text(value, digits: 2) }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01, counted in years that begin with March so that the leap day comes last.
    private static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }

    private static func date(of dayNumber: Int) -> (year: Int, month: Int, day: Int) {
        let days = dayNumber + 719_468
        let era = days / 146_097
        let dayOfEra = days % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}
