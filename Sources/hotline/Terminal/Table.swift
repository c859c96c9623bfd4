/// Rows under headings. The last column takes what is left of the line.
struct Table {
    struct Column {
        let title: String
        var isNumber = false
        /// Whether it gives way on a narrow screen.
        var gives = false
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
        let widths = widths(within: terminal.width)
        return ([columns.map { Cell($0.title) }] + rows).map { row in
            let cells = zip(row, zip(columns, widths)).enumerated().map { place, cell in
                let (cell, (column, width)) = cell
                let text = Cells.cut(cell.text, to: width)
                let isLast = place == columns.count - 1
                let painted = cell.isAlarm ? terminal.alarm(text) : text
                let blanks = String(repeating: " ", count: isLast && !column.isNumber ? 0 : max(0, width - Cells.count(text)))
                return column.isNumber ? blanks + painted : painted + blanks
            }
            return cells.joined(separator: Table.gap)
        }
    }

    private static let gap = "  "
    /// A name cut shorter than this says nothing.
    private static let narrowest = 8
    private static let lastNarrowest = 16

    /// As wide as what stands in them; beyond the line first the last column gives way, then the widest of those that may.
    private func widths(within width: Int?) -> [Int] {
        var widths = columns.indices.map { place in
            rows.map { Cells.count($0[place].text) }.reduce(Cells.count(columns[place].title), max)
        }
        guard let width, let last = widths.indices.last else { return widths }
        let gaps = Table.gap.count * (columns.count - 1)
        func excess() -> Int { widths.reduce(0, +) + gaps - width }
        widths[last] = max(min(widths[last], Table.lastNarrowest), widths[last] - max(0, excess()))
        while excess() > 0 {
            let candidates = widths.indices.filter { columns[$0].gives && widths[$0] > Table.narrowest }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
        }
        return widths
    }
}
