"""Exports: one file that somebody who holds nothing else can verify (REC-20 to REC-29)."""

from dataclasses import dataclass, field as attribute

from . import entries, trees
from .chain import Chain
from .checkpoints import Checkpoint, Statement
from .encoding import EntryName, Generation, Head, Reader, field, integer, sha256
from .entries import Basis, Entry, InForce, Opening
from .errors import Failure, Malformed
from .export_checks import check_fork, check_roster
from .rosters import Roster
from .seen import SeenSoFar

MAGIC = b"hotline/1 export\n"
AGREEMENT, ROSTER, CHECKPOINT, EVIDENCE, OPENING, GENERATION, ENTRY, END = range(1, 9)
LIMITS = {AGREEMENT: 1 << 20, ROSTER: 1 << 20, CHECKPOINT: 1 << 16, EVIDENCE: 1 << 17, OPENING: 1 << 19, GENERATION: 9, ENTRY: 1 << 19, END: 32}
AGREEMENTS_MAX, ROSTERS_MAX, EVIDENCE_MAX = 16 << 20, 4 << 20, 100


def section(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + field(body)


@dataclass
class GenerationReport:
    generation: Generation
    announced: int
    opening: Opening | None
    leaf: bytes
    size: int = 0
    root: bytes = b""
    signed: list[int] = attribute(default_factory=lambda: [0, 0])       # provisionally, in full
    held: dict[int, list[int]] = attribute(default_factory=dict)        # the same of every other station that holds it
    predecessor: str = "none"


@dataclass
class Report:
    line: bytes = b""
    agreements: int = 0
    generations: list[GenerationReport] = attribute(default_factory=list)
    problems: list[str] = attribute(default_factory=list)
    misstatements: list[str] = attribute(default_factory=list)          # of the authors of openings, not of the export
    notes: list[str] = attribute(default_factory=list)
    restored: list[str] = attribute(default_factory=list)       # REC-12: shown, and no note
    forks: list[str] = attribute(default_factory=list)

    @property
    def good(self) -> bool:
        return not self.problems and not self.forks


class Verifier:
    """One pass over the sections: claims first, then the entries that must bear them out."""

    def __init__(self, data: bytes):
        self.data, self.report = data, Report()
        self.texts: list[bytes] = []
        self.chain: Chain | None = None
        self.checkpoints: list[tuple[Checkpoint, Statement]] = []
        self.signed: dict[tuple, Head] = {}
        self.generations: dict[Generation, GenerationReport] = {}
        self.stated: list[tuple[str, Head]] = []
        self.roots: dict[tuple[Generation, int], bytes] = {}
        self.agreement_at: dict[Generation, bytes] = {}
        self.basis_at: dict[Generation, Basis] = {}
        self.rosters: dict[int, int] = {}                                   # the version in force, by party
        self.seen: dict[Generation, SeenSoFar] = {}
        self.current: GenerationReport | None = None
        self.frontier: trees.Frontier | None = None
        self.named = 0

    def problem(self, text: str) -> None:
        self.report.problems.append(text)

    def verify(self) -> Report:
        reader = Reader(self.data)
        if self.data[:len(MAGIC)] != MAGIC:
            raise Malformed("this is no export")
        reader.take(len(MAGIC))
        try:
            self.sections(reader)
        except Malformed as error:
            self.problem(f"the file breaks off: {error}")
        self.close()
        return self.report

    def sections(self, reader: Reader) -> None:
        last, counts, lengths = 0, {}, {}
        while True:
            if not reader.left:
                self.problem("the file has no end section")
                return
            at = reader.at
            kind = reader.byte()
            if kind not in LIMITS:
                self.problem(f"a section of the unknown type {kind}")
                return
            body = reader.field(LIMITS[kind])
            alternates = kind == GENERATION and last == ENTRY
            if kind < last and not alternates or kind == ENTRY and last not in (GENERATION, ENTRY):
                self.problem(f"a section of type {kind} stands after one of type {last}")
                return
            last = kind
            counts[kind] = counts.get(kind, 0) + 1
            lengths[kind] = lengths.get(kind, 0) + len(body)
            if lengths.get(AGREEMENT, 0) > AGREEMENTS_MAX or lengths.get(ROSTER, 0) > ROSTERS_MAX or counts.get(EVIDENCE, 0) > EVIDENCE_MAX:
                self.problem(f"more sections of type {kind} than the limit")
                return
            if kind == AGREEMENT:
                self.texts.append(body)
                continue
            if kind == END:
                digest_at = reader.at - len(body)
                if len(body) != 32 or sha256(self.data[:digest_at]) != body:
                    self.problem("the digest of the file is another: it was damaged")
                if reader.left:
                    self.problem(f"{reader.left} bytes follow the end")
                return
            if self.chain is None and not self.agree():
                return
            {ROSTER: self.roster, CHECKPOINT: self.checkpoint, EVIDENCE: self.evidence, OPENING: self.opening,
             GENERATION: self.generation, ENTRY: self.entry}[kind](body)

    def agree(self) -> bool:
        try:
            self.chain = Chain(self.texts)
        except Failure as error:
            self.problem(f"the agreements do not hold, so that nothing is verified: {error}")
            return False
        self.report.line, self.report.agreements = self.chain.line, len(self.texts)
        return True

    def roster(self, body: bytes) -> None:
        """REC-28."""
        try:
            party, roster = Reader(body[:1]).station(), Roster.decode(body[1:])
            check_roster(self.chain, party, roster)
            roster.check_version(self.rosters.get(party, 0))
            self.rosters[party] = roster.version
        except Failure as error:
            self.problem(f"a roster does not hold: {error}")

    def checkpoint(self, body: bytes) -> None:
        try:
            checkpoint = Checkpoint.decode(body)
            statement = self.chain.verify(checkpoint)
        except Failure as error:
            self.problem(f"a checkpoint does not hold: {error}")
            return
        self.checkpoints.append((checkpoint, statement))
        head = statement.head
        before = self.signed.setdefault((head.generation, head.size), head)
        if before.root != head.root:
            self.report.forks.append(f"station {statement.signer} has signed two roots of {head.generation} at size {head.size}")
        self.stated.append((f"the checkpoint of station {statement.signer} at size {head.size}", head))
        self.stated += [(f"the checkpoint of station {statement.signer}, as held,", held) for held in statement.holds]

    def evidence(self, body: bytes) -> None:
        try:
            reader = Reader(body)
            pair = [Checkpoint.read(reader), Checkpoint.read(reader)]
            reader.end()
            statement = check_fork(self.chain, pair)
        except Failure as error:
            self.problem(f"evidence that proves nothing: {error}")
            return
        self.report.forks.append(f"station {statement.signer} has signed two roots of {statement.head.generation} at size {statement.head.size}")

    def opening(self, body: bytes) -> None:
        try:
            reader = Reader(body)
            generation, size, leaf = reader.generation(), reader.integer(), reader.hash()
            canonical = reader.rest()
        except Malformed as error:
            self.problem(f"an opening section does not decode: {error}")
            return
        if generation in self.generations or size < 1:
            self.problem(f"generation {generation} is announced twice, or with no entry")
            return
        report = GenerationReport(generation, size, None, leaf)
        self.generations[generation] = report
        self.report.generations.append(report)
        name = EntryName(generation, 0)
        try:
            entry = self.check(name, canonical)
            opening = Opening.of(entry)
            opening.check_basis(entry, self.chain.line)
            self.check_leaf(canonical, opening.secret, 0, leaf)
            report.opening = opening                            # REC-22: of one that fails nothing is used
            self.agreement_at[generation], self.basis_at[generation] = entry.agreement, opening.basis or Basis(self.chain.line)
            self.seen_of(entry).take(entry.seen)
            self.look_up(generation)
        except Failure as error:
            self.problem(f"entry {name}: {error}")
        if report.opening:
            predecessor = report.opening.predecessor
            self.stated += [(f"the opening of {generation}", head) for head in (*([predecessor] if predecessor else []), *report.opening.held)]

    def seen_of(self, entry: Entry) -> SeenSoFar:
        return self.seen.setdefault(entry.generation, SeenSoFar())

    def look_up(self, generation: Generation) -> None:
        """REC-25: what it stands on that is not here is its author's misstatement."""
        if not self.chain.is_known(generation.station, self.basis_at[generation]):
            self.report.misstatements.append(f"the opening of {generation} stands on what is not of this line")

    def check(self, name: EntryName, canonical: bytes) -> Entry:
        entry = Entry.decode(canonical)
        if entry.name != name:
            raise Malformed(f"its bytes say {entry.name}")
        if name.generation.station not in self.chain.history:                           # REC-27
            raise Malformed("its author is no party")
        if entry.agreement != self.agreement_at.get(name.generation, entry.agreement):     # REC-25
            raise Malformed("it names another agreement than the opening of its generation")
        entries.check_holdable(entry)
        if entry.kind == entries.IN_FORCE:
            stated = InForce.decode(entry.content).basis
            if stated != self.basis_at.get(name.generation, stated):
                raise Malformed("it states another basis than that of its generation")
        return entry

    def check_leaf(self, canonical: bytes, secret: bytes, number: int, leaf: bytes) -> None:
        if entries.leaf(self.chain.line, canonical, entries.blind(secret, number)) != leaf:
            raise Malformed("its bytes do not give the leaf hash beside them")

    def generation(self, body: bytes) -> None:
        self.finish()
        reports = self.report.generations
        expected = reports[self.named].generation if self.named < len(reports) else None
        if len(body) != 9 or expected is None or body != expected.encode():
            self.problem("a section names another generation than the next that was announced")
            self.current = None
            return
        self.current = reports[self.named]
        self.named += 1
        self.frontier = trees.Frontier()
        self.append(self.current.leaf)

    def append(self, leaf: bytes) -> None:
        self.frontier.append(leaf)
        self.current.size, self.current.root = self.frontier.size, self.frontier.root
        self.roots[self.current.generation, self.frontier.size] = self.frontier.root

    def entry(self, body: bytes) -> None:
        if self.current is None:
            return
        name = EntryName(self.current.generation, self.frontier.size)
        if self.frontier.size >= self.current.announced:
            self.problem(f"entry {name} was not announced")
            return
        try:
            reader = Reader(body)
            leaf = reader.hash()
            canonical = reader.rest()
        except Malformed:
            self.problem(f"entry {name} has no leaf hash")
            return
        try:
            entry = self.check(name, canonical)
            if self.current.opening:
                self.check_leaf(canonical, self.current.opening.secret, name.number, leaf)
            self.look_beyond(entry)
            self.seen_of(entry).take(entry.seen)
        except Failure as error:
            self.problem(f"entry {name}: {error}")
        self.append(leaf)

    def look_beyond(self, entry: Entry) -> None:
        """REC-26: what lies beyond the export is a note."""
        for reference in entry.references:
            known = self.generations.get(reference.generation)
            if known is None or reference.number >= known.announced:
                self.report.notes.append(f"entry {entry.name} refers to {reference}, which is not here")
        for generation, size in entry.seen:
            known = self.generations.get(generation)
            if known is None or size > known.announced:
                self.report.notes.append(f"entry {entry.name} had seen {size} of {generation}, which are not here")

    def finish(self) -> None:
        if self.current and self.current.size < self.current.announced:
            self.problem(f"entry {EntryName(self.current.generation, self.current.size)} is missing")
        self.current = None

    def close(self) -> None:
        self.finish()
        if self.chain is None:
            if not self.report.problems:
                self.agree()
            return
        for report in self.report.generations[self.named:]:
            self.problem(f"entry {EntryName(report.generation, 1)} is missing" if report.announced > 1
                         else f"the generation {report.generation} was announced and is not here")
        heads_right = {head for _, head in self.stated if self.root_at(head) == head.root}
        for who, head in self.stated:
            root = self.root_at(head)
            if root is None:
                self.report.notes.append(f"{who} states a head of {head.generation} at {head.size}, which is beyond the export")
            elif root != head.root:
                found = self.report.misstatements if who.startswith("the opening") else self.report.problems
                found.append(f"{who} states another root of {head.generation} at {head.size} than the entries give")
        for checkpoint, statement in self.checkpoints:
            self.count(checkpoint, statement, heads_right)
        for report in self.report.generations:
            before = report.opening and report.opening.predecessor
            if before:
                report.predecessor = "beyond the export" if self.root_at(before) is None else "agrees" if before in heads_right else "differs"
        self.look_at_bases()
        self.look_at_starts()

    def look_at_starts(self) -> None:
        """REC-12: never evidence of lying."""
        signed, first, followed = {}, set(), set()
        for _, head in self.stated:
            signed[head.generation] = max(signed.get(head.generation, 0), head.size)
        for generation, report in self.generations.items():
            if report.opening:
                before, station = report.opening.predecessor, generation.station
                again = station in first if before is None else before.generation in followed
                below = before and before.size < max(signed.get(before.generation, 0), self.sizes(before.generation))
                if again or below:
                    self.report.restored.append(f"{generation} was opened by a station that was restored or cloned")
                first.add(station) if before is None else followed.add(before.generation)

    def sizes(self, generation: Generation) -> int:
        return self.generations[generation].announced if generation in self.generations else 0

    def look_at_bases(self) -> None:
        """REC-25: a station that was restored; REC-29: what stands on keys from before a theft and is gone on from by none of those since."""
        ranks = {generation: self.chain.rank(generation.station, basis) for generation, basis in self.basis_at.items()
                 if self.chain.is_known(generation.station, basis)}
        gone_on_from = set()
        for generation, rank in ranks.items():
            opening = self.generations[generation].opening
            before = opening and opening.predecessor
            if before and ranks.get(before.generation, 0) > rank:
                self.report.notes.append(f"{generation} stands on an earlier basis than its predecessor: its station was restored")
            while before and rank >= self.chain.theft(generation.station) and before.generation not in gone_on_from:
                gone_on_from.add(before.generation)
                known = self.generations.get(before.generation)
                before = known and known.opening and known.opening.predecessor
        for station, theft in ((station, self.chain.theft(station)) for station in self.chain.history):
            since = any(rank >= theft for generation, rank in ranks.items() if generation.station == station)
            self.report.notes += [f"{generation} stands on keys that were stolen, and nothing since goes on from it" for generation, rank in ranks.items()
                                  if generation.station == station and rank < theft and since and generation not in gone_on_from]

    def root_at(self, head: Head) -> bytes | None:
        return sha256(b"") if head.size == 0 else self.roots.get((head.generation, head.size))

    def count(self, checkpoint: Checkpoint, statement: Statement, right: set[Head]) -> None:
        """REC-24."""
        head = statement.head
        if statement.agreement != self.agreement_at.get(head.generation, statement.agreement):
            self.problem(f"a checkpoint of {head.generation} names another agreement than its generation stands on")
            return
        try:
            self.chain.verify(checkpoint, self.basis_at.get(head.generation))
        except Failure as error:
            self.problem(f"a checkpoint of {head.generation} is not signed on its basis: {error}")
            return
        if head in right and head.generation in self.generations:
            signed = self.generations[head.generation].signed
            signed[checkpoint.strength] = max(signed[checkpoint.strength], head.size)
        for held in statement.holds:
            if held in right and held.generation in self.generations:
                signed = self.generations[held.generation].held.setdefault(statement.signer, [0, 0])
                signed[checkpoint.strength] = max(signed[checkpoint.strength], held.size)


def verify(data: bytes) -> Report:
    return Verifier(data).verify()


def write(agreements, checkpoints, evidence, generations, rosters=()) -> bytes:
    """`generations` are (generation, [(leaf, canonical), …]), a station's oldest first; `rosters` (party, content)."""
    parts = [MAGIC]
    parts += [section(AGREEMENT, text) for text in agreements]
    parts += [section(ROSTER, bytes([party]) + content) for party, content in rosters]
    parts += [section(CHECKPOINT, each.encode()) for each in checkpoints]
    parts += [section(EVIDENCE, a.encode() + b.encode()) for a, b in evidence]
    for generation, rows in generations:
        leaf, canonical = rows[0]
        parts.append(section(OPENING, generation.encode() + integer(len(rows)) + leaf + canonical))
    for generation, rows in generations:
        parts.append(section(GENERATION, generation.encode()))
        parts += [section(ENTRY, leaf + canonical) for leaf, canonical in rows[1:]]
    body = b"".join(parts) + bytes([END]) + integer(32)
    return body + sha256(body)
