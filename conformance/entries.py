"""Entries, blinds and leaves (docs/spec/entries.md)."""

import hashlib
import hmac
from dataclasses import dataclass

from .encoding import CONTENT_MAX, EntryName, Generation, Head, Reader, field, integer, sha256, u64
from .errors import Malformed

REFERENCES_MAX = 16
SEEN_MAX = 14
HELD_MAX = 56
LOST_MAX = 64
VERSION_MAX = 1_000_000
OPENING, LETTER, DECLARATION, RECOVERED, IN_FORCE, ROSTER = range(6)


@dataclass(frozen=True)
class Entry:
    """One statement in a party's record (ENT-1)."""

    agreement: bytes
    name: EntryName
    kind: int
    precedence: int
    exercise: bool
    channel: int
    from_post: int
    to_post: int
    language: int
    time: int
    references: tuple[EntryName, ...]
    seen: tuple[tuple[Generation, int], ...]
    content: bytes

    @property
    def generation(self) -> Generation:
        return self.name.generation

    @property
    def number(self) -> int:
        return self.name.number

    @property
    def handling(self) -> int:
        return self.precedence << 6 | self.exercise << 5 | self.channel

    def encode(self) -> bytes:
        return b"".join((
            self.agreement, self.name.encode(),
            bytes((self.kind, self.handling, self.from_post, self.to_post, self.language)), integer(self.time),
            integer(len(self.references)), *(each.encode() for each in self.references),
            integer(len(self.seen)), *(generation.encode() + integer(size) for generation, size in self.seen),
            field(self.content),
        ))

    @classmethod
    def decode(cls, data: bytes) -> "Entry":
        reader = Reader(data)
        agreement, name = reader.hash(), reader.entry_name()
        kind, handling, from_post, to_post, language = reader.take(5)
        time = reader.integer()
        references = tuple(reader.entry_name() for _ in range(reader.integer(REFERENCES_MAX)))
        seen = tuple((reader.generation(), reader.integer()) for _ in range(reader.integer(SEEN_MAX)))
        content = reader.field(CONTENT_MAX)
        reader.end()
        check_seen(seen)
        return cls(agreement, name, kind, handling >> 6, bool(handling & 0x20), handling & 0x1F,
                   from_post, to_post, language, time, references, seen, content)


def check_seen(seen) -> None:
    """ENT-3: in rising order of station, each at most once."""
    stations = [generation.station for generation, _ in seen]
    if any(b <= a for a, b in zip(stations, stations[1:])):
        raise Malformed("the heads seen are not in rising order of station")


def check_holdable(entry: "Entry") -> None:
    """ENT-6 and ENT-10: what a receiver takes for a violation, and does not hold."""
    if entry.number == 0 or entry.kind == OPENING:
        Opening.of(entry)
    if any(name.generation == entry.generation and name.number >= entry.number for name in entry.references):
        raise Malformed("it refers to itself or to a later entry")
    if any(generation.station == entry.generation.station for generation, _ in entry.seen):
        raise Malformed("it has seen its own station")


def check_in_force(entry: "Entry", opening: "Opening", line: bytes) -> None:
    """ENT-10: what an entry of kind 4 says to people is what the opening of its generation says to machines."""
    if entry.kind != IN_FORCE:
        return
    if InForce.decode(entry.content).basis != (opening.basis or Basis(line)):
        raise Malformed("another basis than its generation's is said to be in force")


def blind(secret: bytes, number: int) -> bytes:
    """ENT-5."""
    return hmac.digest(secret, b"hotline/1 blind\n" + u64(number), hashlib.sha256)[:16]


def leaf(line: bytes, entry: bytes, blind: bytes) -> bytes:
    """ENT-4, over the canonical bytes of an entry."""
    return sha256(b"\x00hotline/1 entry\n" + line + entry + blind)


@dataclass(frozen=True)
class Basis:
    """What a generation stands on (ENT-30): an agreement, and a key statement where its author's keys are others."""

    agreement: bytes
    statement: bytes | None = None

    def encode(self) -> bytes:
        return self.agreement + (integer(1) + self.statement if self.statement else integer(0))

    @classmethod
    def read(cls, reader: Reader) -> "Basis":
        return cls(reader.hash(), reader.hash() if reader.integer(1) else None)


@dataclass(frozen=True)
class Opening:
    """The content of entry 0 (ENT-7)."""

    secret: bytes
    serial: int
    predecessor: Head | None
    held: tuple[Head, ...]
    basis: Basis | None = None

    def encode(self) -> bytes:
        before = integer(1) + self.predecessor.encode() if self.predecessor else integer(0)
        return b"".join((self.secret, integer(self.serial), before,
                         integer(len(self.held)), *(head.encode() for head in self.held),
                         self.basis.encode() if self.basis else b""))

    def agreement(self, line: bytes) -> bytes:
        """ENT-30: the agreement of every entry of the generation."""
        if self.basis == Basis(line):
            raise Malformed("the opening says that it stands on the first agreement, which goes without saying")
        return self.basis.agreement if self.basis else line

    def check_basis(self, entry: Entry, line: bytes) -> None:
        """ENT-10 and ENT-30."""
        if self.agreement(line) != entry.agreement:
            raise Malformed("its opening names another agreement than it is under")

    @classmethod
    def decode(cls, data: bytes) -> "Opening":
        reader = Reader(data)
        secret, serial = reader.take(32), reader.integer()
        predecessor = reader.head() if reader.integer(1) else None
        held = tuple(reader.head() for _ in range(reader.integer(HELD_MAX)))
        basis = None if reader.left == 0 else Basis.read(reader)
        reader.end()
        if any(b.generation <= a.generation for a, b in zip(held, held[1:])):     # ENT-8
            raise Malformed("the heads held are not in rising order of generation")
        return cls(secret, serial, predecessor, held, basis)

    @classmethod
    def of(cls, entry: Entry) -> "Opening":
        """ENT-6 to ENT-8, and what REC-22 asks of an opening."""
        if entry.number != 0 or entry.kind != OPENING:
            raise Malformed("entry 0 has kind 0, and no other entry has")
        opening = cls.decode(entry.content)
        before = opening.predecessor and opening.predecessor.generation
        if before and (before.station != entry.generation.station or before == entry.generation):
            raise Malformed("the opening has a predecessor of another station, or is its own")
        if any(head.generation.station == entry.generation.station for head in opening.held):
            raise Malformed("the opening holds heads of its own station")
        return opening


@dataclass(frozen=True)
class Declaration:
    """The content of kind 2 (ENT-20): `lost` is (generation, size, cover)."""

    cause: int
    restored_from: Head | None
    lost: tuple[tuple[Generation, int, int], ...]

    def encode(self) -> bytes:
        head = self.restored_from.encode() if self.restored_from else b""
        return b"".join((bytes((self.cause, bool(head))), head, integer(len(self.lost)),
                         *(generation.encode() + integer(size) + bytes([cover]) for generation, size, cover in self.lost)))

    @classmethod
    def decode(cls, data: bytes) -> "Declaration":
        reader = Reader(data)
        cause, flag = reader.take(2)
        if cause > 1 or flag > 1:
            raise Malformed("cause and flag are 0 or 1")
        head = reader.head() if flag else None
        lost = tuple((reader.generation(), reader.integer(), reader.byte()) for _ in range(reader.integer(LOST_MAX)))
        reader.end()
        if any(cover > (2 if cause else 0) for _, _, cover in lost):
            raise Malformed("a cover is 0, 1 or 2, and 0 where the cause is 0")
        return cls(cause, head, lost)


@dataclass(frozen=True)
class Recovered:
    """The content of kind 3 (ENT-21)."""

    station: int
    first: int
    head: Head

    def encode(self) -> bytes:
        return bytes([self.station]) + integer(self.first) + self.head.encode()

    @classmethod
    def decode(cls, data: bytes) -> "Recovered":
        reader = Reader(data)
        recovered = cls(reader.station(), reader.entry_number(), reader.head())
        reader.end()
        if recovered.first >= recovered.head.size:
            raise Malformed("the first number that came back lies below the head's size")
        return recovered


@dataclass(frozen=True)
class InForce:
    """The content of kind 4 (ENT-32)."""

    basis: Basis
    version: int
    keys_version: int

    def encode(self) -> bytes:
        return self.basis.encode() + integer(self.version) + integer(self.keys_version)

    @classmethod
    def decode(cls, data: bytes) -> "InForce":
        reader = Reader(data)
        found = cls(Basis.read(reader), reader.integer(), reader.integer())
        reader.end()
        if bool(found.keys_version) != bool(found.basis.statement):
            raise Malformed("the keys version is 0 where there is no key statement, and only there")
        if not 1 <= found.version <= VERSION_MAX or found.keys_version > VERSION_MAX:
            raise Malformed("a version is 1 to 1,000,000")
        return found
