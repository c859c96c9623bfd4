import ArgumentParser

/// In which form a report is given.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, csv, html

    /// `--json` is the same as `--format json`, and no other.
    func check(_ isJSON: Bool) throws {
        if isJSON, self != .text, self != .json { throw ValidationError("--json and --format \(rawValue) are two formats") }
    }
}
