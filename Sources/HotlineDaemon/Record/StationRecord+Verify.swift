import HotlineAgreement
public import HotlineDesk
import HotlineRecord
import HotlineStation
import HotlineStore
import HotlineWire

extension StationRecord {
    /// Verifies the store where it lies, while the station runs or rests: the file as a file, every row, every entry hashed
    /// again, every hash stored, every head and signature.
    ///
    /// - Throws: `unavailable` where the file cannot be read at all.
    public func verify() throws(DeskError) -> VerificationView {
        var problems: [FindingView] = []
        func note<T>(_ body: () throws(DeskError) -> T) throws(DeskError) -> T? {
            do throws(DeskError) { return try body() } catch {
                guard error.class != .bug else { throw error }
                problems.append(FindingView(place: directory.record, what: error.what))
                return nil
            }
        }
        _ = try note { () throws(DeskError) in try reader.perform { reader throws(JournalError) in try reader.check() } }
        let swept = try note { () throws(DeskError) in try sweep(&problems) }
        let agreements = agreed.agreements
        let report = try note { () throws(DeskError) in
            let source = try ExportSource(reader, stations: stations, agreements: agreed.files)
            let report = try ExportVerifier.verify(parties: { _ in agreements.keys }, { () throws(DeskError) in try source.next() })
            let words = FindingWords(parties: agreed.agreement.terms.parties)
            problems += source.nodeFaults.map {
                FindingView(place: words.place(.entry($0)), what: "the hashes stored with it are not those that the entries give")
            }
            if let swept, report.entryCount < swept {
                problems.append(FindingView(place: directory.record, what: "\(swept - report.entryCount) entries belong to no generation that was opened"))
            }
            return report
        }
        return VerificationView(.record, path: directory.record, report ?? ExportReport(), agreements, isLineConfirmed: true, problems: problems)
    }

    /// Reads every row and writes it again: it must come out as it stands, its key and its tag too.
    ///
    /// - Returns: how many entries there are.
    private func sweep(_ problems: inout [FindingView]) throws(DeskError) -> UInt64 {
        var sequence: Int64 = 0
        var entries: UInt64 = 0
        while true {
            let rows = try reader.perform { reader throws(JournalError) in try reader.rows(after: sequence, limit: RecordReader.rowsAtOnce) }
            guard let last = rows.last else { return entries }
            for row in rows {
                if case .entry? = try? Fact(row.row.value) { entries += 1 }
                guard !StationRecord.isWhole(row.row), problems.count < RecordLimits.findingsMax else { continue }
                problems.append(FindingView(place: "row \(row.sequence)", what: "it does not stand as it was written"))
            }
            sequence = last.sequence
        }
    }

    private static func isWhole(_ row: JournalRow.New) -> Bool {
        guard let fact = try? Fact(row.value), fact.row(nodes: row.nodes) == row else { return false }
        switch fact {
        case .entry, .returned: return row.nodes != nil
        case .early, .checkpoint, .current, .acknowledged, .conflict, .fork, .violation, .reopened, .claimed, .verified, .stated: return row.nodes == nil
        }
    }
}
