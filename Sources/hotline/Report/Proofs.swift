import Foundation
import HotlineDaemon
import HotlineDesk

/// A folder with a report and, for each entry that states one of its facts, a file that proves it and shows nothing else.
struct Proofs {
    let folder: String
    let station: StationDirectory

    func write(_ report: ContactsReport, _ text: String, _ format: ReportFormat, _ terminal: Terminal) async throws {
        guard mkdir(folder, 0o700) == 0 else {
            guard errno == EEXIST else {
                throw DeskError(.unavailable, "\(folder) cannot be made: \(String(cString: strerror(errno)))", hint: "name a folder in one that this user may write to")
            }
            throw DeskError(.refused, "\(folder) exists", hint: "name a folder that does not exist yet")
        }
        let record = try StationRecord(station)
        var proved = 0
        var unproved: [String] = []
        for name in report.attempts.flatMap(\.view.entries) {
            let path = "\(folder)/\(name.replacing("/", with: "-")).proof"
            do throws(DeskError) {
                try NewFile(path).write(try record.prove(name).text)
                // As whoever gets it will.
                _ = try ProofFile(path).verify()
                proved += 1
            } catch {
                guard error.class == .refused || error.class == .notFound else { throw error }
                unproved.append("\(name): \(error.what)")
            }
        }
        try NewFile("\(folder)/report.\(format == .text ? "txt" : format.rawValue)").write(text)
        if !unproved.isEmpty { try NewFile("\(folder)/unproved.txt").write(unproved.joined(separator: "\n") + "\n") }
        terminal.say("\(Plain.line(folder))  \(ContactsText.count(report)); \(proved) entries proved, \(unproved.count) not")
        if !unproved.isEmpty { terminal.say("not proved: see \(Plain.line(folder))/unproved.txt; 'hotline checkpoint' signs what is not signed yet") }
        terminal.say("verify each with: hotline record verify FILE")
    }
}
