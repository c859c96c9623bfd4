/// Rows under headings. The last column takes what is left of the line.
struct Table {
    struct Column {
        let title: String
        var isNumber = false
        /// Whether it gives way on a narrow screen.
        var gives = false
        /// Its place among those that are left out, one after the other, where they would take the last column's room; and
        /// where nothing stands in it.
        var goes: Int?
    }

    struct Cell {
        let text: String
        let isAlarm: Bool
        /// The same in fewer letters, for a screen on which the columns do not fit beside each other.
        let short: String?

        /// - Parameters:
        ///   - text: from anywhere; it is made harmless here.
        ///   - short: the same.
        init(_ text: String, isAlarm: Bool = false, short: String? = nil) {
            self.text = Plain.line(text)
            self.isAlarm = isAlarm
            self.short = short.map(Plain.line)
        }

        fileprivate var shortened: Cell { short.map { Cell($0, isAlarm: isAlarm) } ?? self }
    }

    let columns: [Column]
    private(set) var rows: [[Cell]] = []

    init(_ columns: Column...) { self.columns = columns }

    mutating func add(_ cells: Cell...) {
        precondition(cells.count == columns.count, "a row has a cell for each column")
        rows.append(cells)
    }

    func lines(_ terminal: Terminal) -> [String] {
        guard let width = terminal.width else { return lines(terminal, within: nil) }
        return (least(width, gives: false) > width ? shortened : self).lines(terminal, within: width)
    }

    private func lines(_ terminal: Terminal, within width: Int?) -> [String] {
        let places = places(within: width)
        let widths = widths(of: places, within: width)
        return ([columns.map { Cell($0.title) }] + rows).map { row in
            let cells = zip(places, widths).map { place, width in
                let text = Cells.cut(row[place].text, to: width)
                let painted = row[place].isAlarm ? terminal.alarm(text) : text
                let isLast = place == places.last
                let blanks = String(repeating: " ", count: isLast && !columns[place].isNumber ? 0 : max(0, width - Cells.count(text)))
                return columns[place].isNumber ? blanks + painted : painted + blanks
            }
            return cells.joined(separator: Table.gap)
        }
    }

    private static let gap = "  "
    private static let nothing = "-"
    /// A name cut shorter than this says nothing.
    private static let narrowest = 8
    /// What the last column has before names take more: a quarter of the line.
    private static func lastNarrowest(_ width: Int) -> Int { max(16, width / 4) }

    private var shortened: Table {
        var table = self
        table.rows = rows.map { $0.map(\.shortened) }
        return table
    }

    /// The columns that are shown.
    private func places(within width: Int?) -> [Int] {
        var places = columns.indices.filter { place in
            columns[place].goes == nil || rows.isEmpty || rows.contains { $0[place].text != Table.nothing }
        }
        guard let width else { return places }
        for place in columns.indices.filter({ columns[$0].goes != nil }).sorted(by: { columns[$0].goes ?? 0 < columns[$1].goes ?? 0 }) {
            guard least(width, of: places, gives: true) > width else { break }
            places.removeAll { $0 == place }
        }
        return places
    }

    /// What these columns take at least.
    ///
    /// - Parameter gives: whether names give way.
    private func least(_ width: Int, of places: [Int]? = nil, gives: Bool) -> Int {
        let places = places ?? Array(columns.indices)
        let cells = places.map { place in
            let full = fullWidth(place)
            if place == columns.count - 1 { return min(full, Table.lastNarrowest(width)) }
            return gives && columns[place].gives ? min(full, Table.narrowest) : full
        }
        return cells.reduce(0, +) + Table.gap.count * (places.count - 1)
    }

    /// As wide as what stands in them. Beyond the line the last column gives way first, then the widest of those that may,
    /// then the last one again.
    private func widths(of places: [Int], within width: Int?) -> [Int] {
        var widths = places.map(fullWidth)
        guard let width, let last = widths.indices.last else { return widths }
        let gaps = Table.gap.count * (places.count - 1)
        func excess() -> Int { max(0, widths.reduce(0, +) + gaps - width) }
        widths[last] = max(min(widths[last], Table.lastNarrowest(width)), widths[last] - excess())
        while excess() > 0 {
            let candidates = widths.indices.filter { columns[places[$0]].gives && widths[$0] > Table.narrowest }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
        }
        widths[last] = max(min(widths[last], Table.narrowest), widths[last] - excess())
        return widths
    }

    private func fullWidth(_ place: Int) -> Int {
        rows.map { Cells.count($0[place].text) }.reduce(Cells.count(columns[place].title), max)
    }
}
