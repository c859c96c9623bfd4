/// A report as one page to print: no script, nothing from elsewhere.
struct PrintedPage {
    let title: String
    /// What stands below the title, a sentence or two.
    let about: String
    let tables: [Section]

    struct Section {
        /// Above the table; empty for none.
        let heading: String
        let titles: [String]
        let rows: [[String]]
        /// In the place of a table without rows.
        var nothing = "none"
    }

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>\(PrintedPage.escaped(title))</title>
        <style>
        body { font: 11pt/1.4 Georgia, serif; color: #111; background: #fff; margin: 2em auto; max-width: 60em; padding: 0 1em }
        h1 { font-size: 16pt; margin: 0 } h2 { font-size: 12pt; margin: 2em 0 .5em }
        p.made { color: #555; margin: .2em 0 1.5em }
        table { border-collapse: collapse; width: 100%; font-size: 9.5pt }
        th, td { text-align: left; vertical-align: top; padding: .35em .6em .35em 0; border-bottom: 1px solid #ccc }
        th { border-bottom: 2px solid #111; font-weight: bold } td { overflow-wrap: anywhere }
        tr { break-inside: avoid } thead { display: table-header-group }
        @page { size: A4 landscape; margin: 15mm }
        @media print { body { margin: 0; max-width: none } }
        </style>
        </head>
        <body>
        <h1>\(PrintedPage.escaped(title))</h1>
        <p class="made">\(PrintedPage.escaped(about))</p>
        \(tables.map(PrintedPage.section).joined(separator: "\n"))
        </body>
        </html>

        """
    }

    private static func section(_ section: Section) -> String {
        let heading = section.heading.isEmpty ? "" : "<h2>\(escaped(section.heading))</h2>\n"
        guard !section.rows.isEmpty else { return heading + "<p>\(escaped(section.nothing))</p>" }
        let head = section.titles.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined()
        let body = section.rows.map { "<tr>" + $0.map { "<td>\(escaped($0))</td>" }.joined() + "</tr>" }.joined(separator: "\n")
        return heading + "<table>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n\(body)\n</tbody>\n</table>"
    }

    /// What the other side has written is text, and nothing else.
    private static func escaped(_ text: String) -> String {
        Plain.line(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }
}
