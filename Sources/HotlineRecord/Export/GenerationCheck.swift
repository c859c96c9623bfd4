import HotlineSeal
import HotlineWire

/// One generation of an export while its entries pass by: its opening, its growing tree, and the heads it must give.
struct GenerationCheck {
    private let id: GenerationID
    /// How many entries the export says that it holds.
    private let announced: RecordSize?
    let opening: Opening?
    private let openingLeaf: Hash?
    private(set) var hasBegun = false
    /// What was found of heads that openings state of this generation as their predecessor, by the generation opened.
    private(set) var settled: [GenerationID: GenerationReport.Predecessor] = [:]

    private var frontier = Frontier()
    /// True where a leaf is missing, so that no root can be told any more.
    private var isBroken = false
    private var next = EntryNumber(1)
    private var found: UInt64 = 0
    private var stated: [RecordSize: [StatedHead]] = [:]
    /// What the generation stands on; nil where its opening is missing or damaged.
    private(set) var basis: Basis?
    private var seen = SeenSoFar()
    private var signed: [CheckpointStrength: RecordSize] = [:]
    private var cosigned: [StationNumber: [CheckpointStrength: RecordSize]] = [:]

    /// Reads the opening entry.
    init(_ id: GenerationID, size: RecordSize, leaf: Hash, opening bytes: [UInt8], keys: LineKeys, report: inout ExportReport) {
        self.id = id
        announced = size
        openingLeaf = leaf
        let place = ExportPlace.entry(EntryID(id, EntryNumber(0)))
        do throws(WireError) {
            let entry = try Entry(bytes)
            guard entry.id == EntryID(id, EntryNumber(0)), entry.header.kind == Opening.kind else {
                report.add(place, .openingInvalid(.notAnOpening))
                opening = nil
                return
            }
            let opening: Opening
            do throws(WireError) {
                opening = try Opening(entry.content)
            } catch {
                report.add(place, .openingInvalid(.malformed(error)))
                self.opening = nil
                return
            }
            guard entry.leafHash(line: keys.line, blind: opening.blinds.blind(of: entry.id.number)) == leaf else {
                report.add(place, .leafDiffers)
                self.opening = nil
                return
            }
            self.opening = opening
            seen.take(entry.seen)
            if let fault = opening.fault(of: id) { report.add(place, .openingInvalid(fault)) }
            for fault in entry.referenceFaults { report.add(place, fault) }
            checkBasis(of: opening, entry, keys, &report)
        } catch {
            report.add(place, .entryMalformed(error))
            opening = nil
        }
    }

    /// A generation whose opening the export lacks: its entries are read, and no root can be told.
    init(withoutOpening id: GenerationID) {
        self.id = id
        announced = nil
        opening = nil
        openingLeaf = nil
        isBroken = true
    }

    /// The entries begin; `stated` are the heads that they must give.
    mutating func begin(_ stated: [RecordSize: [StatedHead]], report: inout ExportReport) {
        guard !hasBegun else {
            isBroken = true
            return
        }
        hasBegun = true
        self.stated = stated
        if opening == nil { report.note(.generation(id), .leavesTakenAsStated) }
        settle(.zero, &report)
        guard let openingLeaf else { return }
        found = 1
        _ = frontier.append(leaf: openingLeaf)
        settle(frontier.size, &report)
    }

    /// Reads the next entry.
    ///
    /// - Parameter sizes: how many entries the export holds of each generation that it holds.
    mutating func take(_ body: [UInt8], keys: LineKeys, sizes: [GenerationID: RecordSize], report: inout ExportReport) {
        let id = EntryID(self.id, next)
        let place = ExportPlace.entry(id)
        if let announced, next >= announced.next {
            report.add(place, .entryUnannounced)
            isBroken = true
        }
        var decoder = Decoder(body)
        let leaf: Hash
        let entry: Entry
        do throws(WireError) {
            leaf = try decoder.hash()
        } catch {
            report.add(place, .entryMalformed(error))
            isBroken = true
            next = EntryNumber(next.value + 1)
            return
        }
        do throws(WireError) {
            entry = try Entry(&decoder)
            try decoder.finish()
        } catch {
            report.add(place, .entryMalformed(error))
            append(leaf, &report)
            return
        }
        // Where the bytes were changed, the leaf that stands beside them keeps the rest of the tree whole.
        if let opening, entry.leafHash(line: keys.line, blind: opening.blinds.blind(of: entry.id.number)) != leaf {
            report.add(place, .leafDiffers)
            append(leaf, &report)
            return
        }
        guard entry.id.generation == self.id, entry.id.number >= next else {
            report.add(place, .misplaced(found: entry.id))
            append(leaf, &report)
            return
        }
        if entry.id.number > next {
            report.add(place, .entriesMissing(entry.id.number.value - next.value))
            isBroken = true
            next = entry.id.number
        }
        check(entry, keys, sizes, &report)
        append(leaf, &report)
    }

    /// No more entries come.
    mutating func end(report: inout ExportReport) {
        if let announced, next < announced.next {
            report.add(.entry(EntryID(id, next)), .entriesMissing(announced.value - next.value))
        }
        for size in stated.keys.sorted() {
            for head in stated[size] ?? [] {
                report.note(.head(head.head, by: head.source), .headOutsideExport)
                settle(head, as: .notInExport(head.head))
            }
        }
        stated = [:]
    }

    /// - Parameter predecessor: what was found where the predecessor's entries are; nil where they are not.
    func report(_ predecessor: GenerationReport.Predecessor?) -> GenerationReport {
        var report = GenerationReport(id: id, size: RecordSize(found), root: isBroken ? nil : frontier.root)
        report.signedFull = signed[.full] ?? .zero
        report.signedProvisionally = max(signed[.light] ?? .zero, report.signedFull)
        report.cosigned = cosigned.keys.sorted().map { station in
            let full = cosigned[station]?[.full] ?? .zero
            return .init(by: station, full: full, provisionally: max(full, cosigned[station]?[.light] ?? .zero))
        }
        if let opening {
            report.predecessor = opening.predecessor.map { predecessor ?? .notInExport($0) } ?? .first
        }
        return report
    }

    /// The opening names the agreement of every entry that follows, for none of them brings its own.
    private mutating func checkBasis(of opening: Opening, _ entry: Entry, _ keys: LineKeys, _ report: inout ExportReport) {
        let place = ExportPlace.entry(entry.id)
        let found = opening.basis(on: keys.line)
        basis = found
        if !opening.isCanonical(on: keys.line) || entry.agreement != found.agreement { report.add(place, .openingInvalid(.otherAgreement)) }
        if !keys.stations.contains(id.station) { report.add(place, .authorIsNoParty) }
        // Nobody could refuse it: what it names may have been installed later.
        if !keys.isKnown(agreement: found.agreement) {
            report.add(Misstatement(opening: entry.id, what: .agreement(found.agreement)))
        } else if let statement = found.statement, keys.keys(of: id.station, on: found) == nil {
            report.add(Misstatement(opening: entry.id, what: .keyStatement(statement)))
        }
    }

    // MARK: Entries

    private mutating func check(_ entry: Entry, _ keys: LineKeys, _ sizes: [GenerationID: RecordSize], _ report: inout ExportReport) {
        let place = ExportPlace.entry(entry.id)
        if let basis, entry.agreement != basis.agreement { report.add(place, .otherAgreement(entry.agreement)) }
        if entry.header.kind == InForce.kind, let basis, (try? InForce(entry.content))?.basis != basis { report.add(place, .inForceDiffers) }
        if !keys.stations.contains(entry.id.author) { report.add(place, .authorIsNoParty) }
        for fault in entry.faults { report.add(place, fault) }
        if seen.falls(to: entry.seen) { report.add(place, .seenFalls) } else { seen.take(entry.seen) }
        for reference in entry.references where reference.generation != id || reference.number < entry.id.number {
            if sizes[reference.generation].map({ reference.number >= $0.next }) ?? true {
                report.note(place, .referenceOutsideExport(reference))
            }
        }
        for seen in entry.seen where seen.generation.station != id.station {
            if sizes[seen.generation].map({ seen.size > $0 }) ?? true { report.note(place, .seenBeyondExport(seen)) }
        }
    }

    private mutating func append(_ leaf: Hash, _ report: inout ExportReport) {
        found += 1
        next = EntryNumber(next.value + 1)
        guard !isBroken else { return }
        _ = frontier.append(leaf: leaf)
        settle(frontier.size, &report)
    }

    // MARK: Heads

    /// Compares every head stated of this size with the one that the entries give.
    private mutating func settle(_ size: RecordSize, _ report: inout ExportReport) {
        guard !isBroken, let heads = stated.removeValue(forKey: size) else { return }
        let root = frontier.root
        for head in heads {
            let place = ExportPlace.head(head.head, by: head.source)
            guard head.head.root == root else {
                switch head.source {
                case .checkpoint: report.add(place, .headDiffers(found: root))
                case .opening(let opening): report.add(Misstatement(opening: opening, what: .head(head.head, found: root)))
                }
                settle(head, as: .differs(head.head))
                continue
            }
            settle(head, as: .agrees(head.head))
            guard case .checkpoint(let signer, let strength) = head.source else { continue }
            if signer != id.station {
                cosigned[signer, default: [:]][strength] = size
            } else if let found = head.basis {
                guard found == basis ?? found else {
                    report.add(place, .signedOnOtherBasis)
                    continue
                }
                signed[strength] = size
            }
        }
    }

    private mutating func settle(_ head: StatedHead, as outcome: GenerationReport.Predecessor) {
        guard case .opening(let opening) = head.source, opening.author == id.station else { return }
        settled[opening.generation] = outcome
    }
}
