"""The records that a station holds, its own and its peer's: append-only, in one SQLite file, durable before anybody is told."""

import os
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from . import entries, exports, trees
from .checkpoints import FULL, LIGHT, Checkpoint, Statement
from .encoding import EntryName, Generation, Head
from .entries import Basis, Entry, InForce, Opening
from .errors import Malformed, Violation
from .forks import Forks, covers_more
from .seen import SeenSoFar
from .watch import CHANNEL, Records

BEYOND_ENTRIES, BEYOND_BYTES = 320, 2 << 20                     # LINE-13
CONFLICTS_MAX = 64
HEADS_MAX = 128                                                 # as many as the text of a checkpoint has room for

SCHEMA = """
create table if not exists entry (place integer primary key, station integer, generation blob, number integer, leaf blob, bytes blob,
    unique (station, generation, number));
create table if not exists checkpoint (place integer primary key, signer integer, generation blob, size integer, stored blob);
create index if not exists checkpoint_head on checkpoint (generation, size);
create table if not exists conflict (place integer primary key, bytes blob);
create table if not exists violation (place integer primary key, what text);
create table if not exists opened (place integer primary key, name blob);
"""


@dataclass
class Held:
    """What is held of one generation."""

    opening: Opening
    leaves: dict[int, bytes] = field(default_factory=dict)
    entries: dict[int, Entry] = field(default_factory=dict)
    frontier: trees.Frontier = field(default_factory=trees.Frontier)
    roots: list[bytes] = field(default_factory=lambda: [trees.root([])])
    beyond: dict[int, int] = field(default_factory=dict)        # numbers behind a gap, and how long their contents are
    letters: int = 0
    seen: SeenSoFar = field(default_factory=SeenSoFar)

    @property
    def size(self) -> int:
        """Entries from the start without a gap."""
        return self.frontier.size

    def add(self, entry: Entry, leaf: bytes) -> None:
        self.leaves[entry.number], self.entries[entry.number] = leaf, entry
        if entry.number > self.size:
            self.beyond[entry.number] = len(entry.content)
        while self.size in self.leaves:
            self.beyond.pop(self.size, None)
            self.letters += self.entries[self.size].kind == entries.LETTER
            self.seen.take(self.entries[self.size].seen)
            self.frontier.append(self.leaves[self.size])
            self.roots.append(self.frontier.root)

    def check_seen(self, entry: Entry) -> None:
        """ENT-10: with it among those held, what the author has seen never falls."""
        if entry.number in self.leaves:
            return
        seen = self.seen.copy()
        beyond = {number: self.entries[number] for number in self.leaves if number > self.size} | {entry.number: entry}
        for number in sorted(beyond):
            seen.take(beyond[number].seen)

    def ranges(self) -> tuple[tuple[int, int], ...]:
        """LINE-8: gaps and runs beyond the size."""
        found, at = [], self.size
        for number in sorted(self.beyond):
            if found and number == at:
                found[-1][1] += 1
            else:
                found.append([number - at, 1])
            at = number + 1
        return tuple((gap, run) for gap, run in found[:16])


class Record:
    """`basis` is what a generation that is opened now stands on, `versions` what its entry of kind 4 says of it."""

    def __init__(self, path: Path, line: bytes, own: int, basis: Basis | None = None, versions=(1, 0)):
        self.line, self.own, self.new_basis, self.versions = line, own, basis or Basis(line), versions
        self.store = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.store.execute("pragma journal_mode = wal")
        self.store.execute("pragma synchronous = full")
        self.store.executescript(SCHEMA)
        self.held: dict[Generation, Held] = {}
        self.of_channels: list[Entry] = []
        self.latest: dict[tuple[int, int], Checkpoint] = {}     # by signer and strength
        self.signed: dict[tuple[Generation, int], Checkpoint] = {}     # the latest by generation and strength
        self.chain = [Generation(own, name) for (name,) in self.store.execute("select name from opened order by place")]
        for (data, leaf) in self.store.execute("select bytes, leaf from entry order by place"):
            self._take(Entry.decode(data), leaf)
        for (data,) in self.store.execute("select stored from checkpoint order by place"):
            self._latest(Checkpoint.decode(data))
        self.forks = Forks(self)

    # Our own

    def open(self, name: bytes | None = None, lost: list | None = None) -> None:
        """REC-10, REC-11: every start opens a new generation; ENT-32, ENT-20: what it has to say at once. `lost` where the record was restored."""
        before = self.head(self.chain[-1]) if self.chain else None
        serial = sum(held.size for generation, held in self.held.items() if generation.station == self.own)
        basis = None if self.new_basis == Basis(self.line) else self.new_basis
        opening = Opening(os.urandom(32), serial, before, tuple(self.heads_of_others(entries.HELD_MAX)), basis)
        self.current = Generation(self.own, name or os.urandom(8))
        self.begin()
        self.store.execute("insert into opened (name) values (?)", (self.current.name,))
        self.chain.append(self.current)
        self._append(Entry(self.new_basis.agreement, EntryName(self.current, 0), entries.OPENING, 3, False, 0, 0, 0, 0, 0, (), (), opening.encode()))
        self.commit()
        if before and self.basis(before.generation) != self.new_basis:
            self.state(entries.IN_FORCE, InForce(self.new_basis, *self.versions).encode())
        if lost is not None:
            self.declare(0, before, lost)

    def declare(self, cause: int, restored_from: Head | None, lost: list) -> None:
        """ENT-20: in several declarations where one is too small."""
        for at in range(0, max(1, len(lost)), entries.LOST_MAX):
            self.state(entries.DECLARATION, entries.Declaration(cause, restored_from, tuple(lost[at:at + entries.LOST_MAX])).encode())

    def basis(self, generation: Generation) -> Basis:
        """ENT-30."""
        return self.held[generation].opening.basis or Basis(self.line)

    def state(self, kind: int, content: bytes) -> Entry:
        """An entry that is addressed to no post."""
        return self.write(kind=kind, precedence=3, exercise=False, channel=0, from_post=0, to_post=0, language=0, time=0, references=(), content=content)

    def own_entries(self, kind: int) -> list[Entry]:
        return [held.entries[number] for generation, held in self.held.items() if generation.station == self.own
                for number in range(held.size) if held.entries[number].kind == kind]

    def take_back(self, entry: Entry) -> None:
        """An entry of our own that came back (REC-15)."""
        nested = self.store.in_transaction
        if not nested:
            self.begin()
        self._append(entry)
        if not nested:
            self.commit()

    def write(self, **fields) -> Entry:
        """One entry of our own; durable when this returns."""
        seen = {}
        for head in self.heads_of_others():
            newest = self.newest(head.generation.station)
            if head.generation == newest:
                seen[head.generation.station] = (head.generation, head.size)
        name = EntryName(self.current, self.held[self.current].size)
        seen = self.held[self.current].seen.forward(tuple(seen[key] for key in sorted(seen)))
        entry = Entry(self.basis(self.current).agreement, name, seen=seen, **fields)
        nested = self.store.in_transaction
        if not nested:
            self.begin()
        self._append(entry)
        if not nested:
            self.commit()
        return entry

    def _append(self, entry: Entry) -> None:
        secret = Opening.of(entry).secret if entry.number == 0 else self.held[entry.generation].opening.secret
        canonical = entry.encode()
        leaf = entries.leaf(self.line, canonical, entries.blind(secret, entry.number))
        self._insert(entry, canonical, leaf)

    # The peer's

    def hold(self, entry: Entry) -> bool:
        """True where it is held now; False where it is ignored and must come again."""
        held = self.held.get(entry.generation)
        if held is None and entry.number != 0:
            return False
        try:
            entries.check_holdable(entry)
            if held:
                entries.check_in_force(entry, held.opening, self.line)
                held.check_seen(entry)
            else:
                Opening.of(entry).check_basis(entry, self.line)
        except Malformed as error:
            raise Violation(str(error)) from None
        secret = held.opening.secret if held else Opening.of(entry).secret
        canonical = entry.encode()
        leaf = entries.leaf(self.line, canonical, entries.blind(secret, entry.number))
        if held and entry.number in held.leaves:
            if held.leaves[entry.number] != leaf:
                self._conflict(canonical)
            return True
        if held and entry.number > held.size and not self._room_beyond(entry):
            return False
        self._insert(entry, canonical, leaf)
        return True

    def _room_beyond(self, entry: Entry) -> bool:
        """LINE-13, of all generations of the author together."""
        of = [held for generation, held in self.held.items() if generation.station == entry.generation.station]
        beyond = [length for held in of for length in held.beyond.values()]
        return len(beyond) < BEYOND_ENTRIES and sum(beyond) + len(entry.content) <= BEYOND_BYTES

    def _conflict(self, canonical: bytes) -> None:
        """LINE-14: the first stands, the second is kept."""
        (count,) = self.store.execute("select count(*) from conflict").fetchone()
        known = self.store.execute("select 1 from conflict where bytes = ?", (canonical,)).fetchone()
        if count < CONFLICTS_MAX and not known:
            self.store.execute("insert into conflict (bytes) values (?)", (canonical,))

    def violation(self, what: str) -> None:
        self.store.execute("insert into violation (what) values (?)", (what,))

    def _insert(self, entry: Entry, canonical: bytes, leaf: bytes) -> None:
        self.store.execute("insert into entry (station, generation, number, leaf, bytes) values (?, ?, ?, ?, ?)",
                           (entry.generation.station, entry.generation.name, entry.number, leaf, canonical))
        self._take(entry, leaf)

    def _take(self, entry: Entry, leaf: bytes) -> None:
        if entry.number == 0:
            self.held[entry.generation] = Held(Opening.of(entry))
        self.held[entry.generation].add(entry, leaf)
        if entry.kind == CHANNEL:
            self.of_channels.append(entry)

    # Durability: a failed commit ends the process, for it is never caught.

    def begin(self) -> None:
        self.store.execute("begin immediate")

    def commit(self) -> None:
        self.store.execute("commit")

    # Heads

    def head(self, generation: Generation, size: int | None = None) -> Head:
        held = self.held[generation]
        size = held.size if size is None else size
        return Head(generation, size, held.roots[size])

    def holds(self, head: Head) -> bool:
        """Whether the entries that are here give the head."""
        return self.root(head.generation, head.size) == head.root

    def root(self, generation: Generation, size: int) -> bytes | None:
        """None where it is beyond what is held."""
        held = self.held.get(generation)
        return held.roots[size] if held and size <= held.size else None

    def heads_of_others(self, count: int = HEADS_MAX) -> list[Head]:
        """In rising order; where there are more, the generations that were opened last (REC-4, ENT-8)."""
        return [self.head(generation) for generation in sorted([each for each in self.held if each.station != self.own][-count:])]

    def newest(self, station: int) -> Generation | None:
        """The generation of a station that none of its others names as its predecessor; the latest held where there are several."""
        mine = [generation for generation in self.held if generation.station == station]
        before = {self.held[generation].opening.predecessor.generation for generation in mine if self.held[generation].opening.predecessor}
        return ([generation for generation in mine if generation not in before] or [None])[-1]

    def complete_before(self, generation: Generation) -> bool:
        """The chain bit of LINE-8: every earlier generation is complete, as its successor's opening states."""
        passed = set()
        while generation not in passed:
            passed.add(generation)
            before = self.held[generation].opening.predecessor
            if before is None:
                return True
            held = self.held.get(before.generation)
            if held is None or held.size < before.size:
                return False
            generation = before.generation
        return False

    def channel_statements(self) -> tuple[list[Entry], Records]:
        """Those about channels, without what lies beyond a gap, and the order of the records."""
        return [entry for entry in self.of_channels if entry.number < self.held[entry.generation].size], self.order()

    def order(self) -> Records:
        """WAT-6."""
        return Records({generation: held.opening.predecessor and held.opening.predecessor.generation for generation, held in self.held.items()})

    def letter_count(self, station: int) -> int:
        return sum(held.letters for generation, held in self.held.items() if generation.station == station)

    def letters(self, station: int) -> list[Entry]:
        return [held.entries[number] for generation, held in self.held.items() if generation.station == station
                for number in range(held.size) if held.entries[number].kind == 1]

    # Checkpoints

    def sign(self, party, strength: int) -> Checkpoint:
        """Durable before it is sent (LINE-16)."""
        statement = Statement(self.line, self.head(self.current), self.basis(self.current).agreement, tuple(self.heads_of_others()))
        text = statement.encode()
        checkpoint = Checkpoint(strength, text, (party.light, party.station)[strength].sign(text))
        self.begin()
        self.keep(checkpoint)
        self.commit()
        return checkpoint

    def keep(self, checkpoint: Checkpoint) -> None:
        head = checkpoint.statement.head
        self.store.execute("insert into checkpoint (signer, generation, size, stored) values (?, ?, ?, ?)",
                           (checkpoint.statement.signer, head.generation.encode(), head.size, checkpoint.encode()))
        self._latest(checkpoint)

    def _latest(self, checkpoint: Checkpoint) -> None:
        """One of a generation that lies before that of the latest does not take its place."""
        self.signed[checkpoint.statement.head.generation, checkpoint.strength] = checkpoint
        statement, before = checkpoint.statement, self.latest.get((checkpoint.statement.signer, checkpoint.strength))
        if before is None or statement.head.generation not in [head.generation for head in self.ancestors(before.statement.head.generation)]:
            self.latest[statement.signer, checkpoint.strength] = checkpoint

    def signed_at(self, generation: Generation, size: int) -> list[Checkpoint]:
        """All that are kept of one head."""
        rows = self.store.execute("select stored from checkpoint where generation = ? and size = ?", (generation.encode(), size))
        return [Checkpoint.decode(data) for (data,) in rows.fetchall()]

    def covered(self, checkpoint: Checkpoint) -> bool:
        """LINE-17: whether its signer's latest of that strength and generation here covers as much already, also of what it holds."""
        before = self.checkpoints_of(checkpoint.statement.head.generation).get(checkpoint.strength)
        return before is not None and not covers_more(checkpoint.statement, before.statement)

    def all_checkpoints(self) -> list[Checkpoint]:
        """Of every signer the latest light and full one of each generation."""
        return list(self.signed.values())

    def checkpoints_of(self, generation: Generation) -> dict[int, Checkpoint]:
        """Its author's latest ones, by strength."""
        return {strength: self.signed[generation, strength] for strength in (LIGHT, FULL) if (generation, strength) in self.signed}

    def ancestors(self, generation: Generation) -> list[Head]:
        """Each as its successor states it, the nearest first; never more steps than there are generations."""
        found = []
        while len(found) < len(self.held) and generation in self.held and self.held[generation].opening.predecessor:
            found.append(self.held[generation].opening.predecessor)
            generation = found[-1].generation
        return found

    def rows(self, generation: Generation) -> list[tuple[bytes, bytes]]:
        held = self.held[generation]
        return [(held.leaves[number], held.entries[number].encode()) for number in range(held.size)]

    def export(self, texts, rosters=()) -> bytes:
        """`texts` are the agreements and key statements, `rosters` (party, content)."""
        order = self.order()
        generations = [(generation, self.rows(generation)) for generation in sorted(self.held, key=lambda each: (each.station, order.path(each)))]
        return exports.write(texts, self.all_checkpoints(), self.forks.proofs[:exports.EVIDENCE_MAX], generations, rosters)
