/// Rows under headings. The last column takes what is left of the line.
struct Table {
    struct Column {
        let title: String
        var isNumber = false
        /// Whether it gives way on a narrow screen.
        var gives = false
        /// Whether it is left out where it would take the last column's room.
        var canGo = false
    }

    struct Cell {
        let text: String
        let isAlarm: Bool

        /// - Parameter text: from anywhere; it is made harmless here.
        init(_ text: String, isAlarm: Bool = false) {
            self.text = Plain.line(text)
            self.isAlarm = isAlarm
        }
    }

    let columns: [Column]
    private(set) var rows: [[Cell]] = []

    init(_ columns: Column...) { self.columns = columns }

    mutating func add(_ cells: Cell...) {
        precondition(cells.count == columns.count, "a row has a cell for each column")
        rows.append(cells)
    }

    func lines(_ terminal: Terminal) -> [String] {
        let places = places(within: terminal.width)
        let widths = widths(of: places, within: terminal.width)
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
    /// A name cut shorter than this says nothing.
    private static let narrowest = 8
    /// What the last column has before names take more: a quarter of the line.
    private static func lastNarrowest(_ width: Int) -> Int { max(16, width / 4) }

    /// The columns that are shown.
    private func places(within width: Int?) -> [Int] {
        guard let width else { return Array(columns.indices) }
        let least = columns.indices.map { place in
            let full = fullWidth(place)
            return place == columns.count - 1 ? min(full, Table.lastNarrowest(width)) : columns[place].gives ? min(full, Table.narrowest) : full
        }
        let isTooWide = least.reduce(0, +) + Table.gap.count * (columns.count - 1) > width
        return columns.indices.filter { !isTooWide || !columns[$0].canGo }
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
