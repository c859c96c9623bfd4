"""What a frame's plaintext holds (docs/spec/frames.md). Aliases are resolved by the line, which knows the names."""

from dataclasses import dataclass

from .encoding import CHECKPOINT_TEXT_MAX, CONTENT_MAX, ENTRY_NUMBER_MAX, INTEGER_MAX, OBJECT_MAX, Generation, Reader, field, integer
from .entries import REFERENCES_MAX, SEEN_MAX
from .errors import Malformed, Violation
from .keys import COMPOSITE_SIGNATURE, LIGHT_SIGNATURE

ITEMS_MAX = 512
RANGES_MAX = 16
HOLDINGS_MAX = 16
NAMES_MAX = 256
HEADS_MAX = 255
RETURNED_MAX = OBJECT_MAX - 8


@dataclass(frozen=True)
class Name:
    alias: int
    generation: Generation

    def encode(self) -> bytes:
        return bytes((0x01, self.alias)) + self.generation.encode()

    @classmethod
    def read(cls, reader: Reader) -> "Name":
        return cls(reader.byte(), reader.generation())


@dataclass(frozen=True)
class Probe:
    challenge: bytes

    def encode(self) -> bytes:
        return b"\x02" + self.challenge

    @classmethod
    def read(cls, reader: Reader) -> "Probe":
        return cls(reader.take(4))


@dataclass(frozen=True)
class Echo:
    challenge: bytes
    current: int

    def encode(self) -> bytes:
        return b"\x03" + self.challenge + bytes([self.current])

    @classmethod
    def read(cls, reader: Reader) -> "Echo":
        return cls(reader.take(4), reader.byte())


@dataclass(frozen=True)
class Acknowledgement:
    """LINE-8: what is held from the start without a gap, and ranges beyond as (gap, run)."""

    receiver: int
    author: int
    size: int
    chain: bool
    ranges: tuple[tuple[int, int], ...] = ()

    def encode(self) -> bytes:
        return b"".join((bytes((0x04, self.receiver, self.author)), integer(self.size),
                         integer(len(self.ranges) * 2 + self.chain), *(integer(n) for each in self.ranges for n in each)))

    @classmethod
    def read(cls, reader: Reader) -> "Acknowledgement":
        receiver, author, size, count = reader.byte(), reader.byte(), reader.integer(), reader.integer()
        if count >> 1 > RANGES_MAX:
            raise Malformed(f"{count >> 1} ranges")
        ranges = tuple((reader.integer(), reader.integer()) for _ in range(count >> 1))
        if any(gap < 1 or run < 1 for gap, run in ranges) or size + sum(map(sum, ranges)) > INTEGER_MAX:
            raise Malformed("a gap or a run of nothing, or a range beyond every record")
        return cls(receiver, author, size, bool(count & 1), ranges)


@dataclass(frozen=True)
class Known:
    salt: bytes
    alias: int
    names: int

    def encode(self) -> bytes:
        return b"\x05" + self.salt + bytes([self.alias]) + integer(self.names)

    @classmethod
    def read(cls, reader: Reader) -> "Known":
        return cls(reader.take(6), reader.byte(), reader.integer(NAMES_MAX))


@dataclass(frozen=True)
class Signed:
    """A light or a full checkpoint: only sizes travel, the receiver rebuilds the text (LINE-17)."""

    strength: int
    alias: int
    size: int
    holds: tuple[tuple[int, int], ...]
    signature: bytes

    def encode(self) -> bytes:
        return b"".join((bytes((0x06 + self.strength, self.alias)), integer(self.size), integer(len(self.holds)),
                         *(bytes([alias]) + integer(size) for alias, size in self.holds), self.signature))

    @classmethod
    def read(cls, reader: Reader, strength: int) -> "Signed":
        alias, size, count = reader.byte(), reader.integer(), reader.integer(HEADS_MAX)
        holds = tuple((reader.byte(), reader.integer()) for _ in range(count))
        return cls(strength, alias, size, holds, reader.take((LIGHT_SIGNATURE, COMPOSITE_SIGNATURE)[strength]))


@dataclass(frozen=True)
class Stated:
    text: bytes
    signature: bytes

    def encode(self) -> bytes:
        return b"\x08" + field(self.text) + field(self.signature)

    @classmethod
    def read(cls, reader: Reader) -> "Stated":
        text, signature = reader.field(CHECKPOINT_TEXT_MAX), reader.field(COMPOSITE_SIGNATURE)
        if len(signature) not in (LIGHT_SIGNATURE, COMPOSITE_SIGNATURE):
            raise Malformed(f"a signature of {len(signature)} bytes")
        return cls(text, signature)


@dataclass(frozen=True)
class EpochObject:
    """Offers (1), accepts (2) or confirmations (3)."""

    kind: int
    data: bytes

    def encode(self) -> bytes:
        return bytes([0x08 + self.kind]) + field(self.data)

    @classmethod
    def read(cls, reader: Reader, kind: int) -> "EpochObject":
        return cls(kind, reader.field(OBJECT_MAX))


@dataclass(frozen=True)
class Fragment:
    object: int
    offset: int
    total: int
    data: bytes

    def encode(self) -> bytes:
        return b"\x0c" + integer(self.object) + integer(self.offset) + integer(self.total) + self.data

    @classmethod
    def read(cls, reader: Reader) -> "Fragment":
        fragment = cls(reader.integer(), reader.integer(), reader.integer(OBJECT_MAX), reader.rest())
        if not fragment.data or fragment.offset + len(fragment.data) > fragment.total:
            raise Malformed("a fragment of nothing, or beyond its object")
        return fragment


@dataclass(frozen=True)
class Held:
    object: int
    size: int

    def encode(self) -> bytes:
        return b"\x0d" + integer(self.object) + integer(self.size)

    @classmethod
    def read(cls, reader: Reader) -> "Held":
        return cls(reader.integer(), reader.integer(OBJECT_MAX))


@dataclass(frozen=True)
class Sent:
    """An entry as it travels: without author, line, agreement and blind (FRM-8)."""

    alias: int
    number: int
    kind: int
    handling: int
    from_post: int
    to_post: int
    language: int
    time: int
    seen: tuple[tuple[int, int], ...]
    references: tuple[tuple[int, int], ...]
    content: bytes

    def encode(self, last: bool = True) -> bytes:
        kind = 0x40 | len(self.seen) << 2 | last << 1 | bool(self.references)
        parts = [bytes((kind, self.alias)), integer(self.number),
                 bytes((self.kind, self.handling, self.from_post, self.to_post, self.language)), integer(self.time)]
        parts += [bytes([alias]) + integer(size) for alias, size in self.seen]
        if self.references:
            parts.append(integer(len(self.references)))
            parts += [bytes([alias]) + integer(number) for alias, number in self.references]
        return b"".join(parts) + (self.content if last else field(self.content))

    @classmethod
    def read(cls, reader: Reader, flags: int) -> "Sent":
        heads = flags >> 2
        if heads > SEEN_MAX:
            raise Malformed(f"{heads} heads seen")
        alias, number = reader.byte(), reader.integer(ENTRY_NUMBER_MAX)
        header, time = reader.take(5), reader.integer()
        seen = tuple((reader.byte(), reader.integer()) for _ in range(heads))
        references = ()
        if flags & 0x01:
            count = reader.integer(REFERENCES_MAX)
            if count == 0:
                raise Malformed("references follow, and there are none")
            references = tuple((reader.byte(), reader.integer(ENTRY_NUMBER_MAX)) for _ in range(count))
        if flags & 0x02:
            content = reader.rest()
            if len(content) > CONTENT_MAX:
                raise Malformed("a content above the limit")
        else:
            content = reader.field(CONTENT_MAX)
            if not reader.left:
                raise Malformed("an entry in last place that does not run to the end")
        return cls(alias, number, *header, time, seen, references, content)


@dataclass(frozen=True)
class Ask:
    """LINE-22: what do you hold of my record, of which I write this generation now? From a place in the answer on."""

    current: Generation
    place: int

    def encode(self) -> bytes:
        return b"\x0e" + self.current.encode() + integer(self.place)

    @classmethod
    def read(cls, reader: Reader) -> "Ask":
        return cls(reader.generation(), reader.integer())


@dataclass(frozen=True)
class Holdings:
    """`each` is (generation, size, signed in full, signed provisionally)."""

    total: int
    first: int
    each: tuple[tuple[Generation, int, int, int], ...]

    def encode(self) -> bytes:
        return b"".join((b"\x0f", integer(self.total), integer(self.first), integer(len(self.each)),
                         *(generation.encode() + b"".join(map(integer, sizes)) for generation, *sizes in self.each)))

    @classmethod
    def read(cls, reader: Reader) -> "Holdings":
        total, first, count = reader.integer(), reader.integer(), reader.integer(HOLDINGS_MAX)
        return cls(total, first, tuple((reader.generation(), reader.integer(), reader.integer(), reader.integer()) for _ in range(count)))


@dataclass(frozen=True)
class FetchCheckpoints:
    generation: Generation

    def encode(self) -> bytes:
        return b"\x10" + self.generation.encode()

    @classmethod
    def read(cls, reader: Reader) -> "FetchCheckpoints":
        return cls(reader.generation())


@dataclass(frozen=True)
class FetchEntries:
    generation: Generation
    number: int

    def encode(self) -> bytes:
        return b"\x11" + self.generation.encode() + integer(self.number)

    @classmethod
    def read(cls, reader: Reader) -> "FetchEntries":
        return cls(reader.generation(), reader.integer(ENTRY_NUMBER_MAX))


@dataclass(frozen=True)
class Returned:
    """Canonical bytes of an entry of the receiver's own record; what they hold is looked at when they are taken."""

    data: bytes

    def encode(self) -> bytes:
        return b"\x12" + field(self.data)

    @classmethod
    def read(cls, reader: Reader) -> "Returned":
        return cls(reader.field(RETURNED_MAX))


@dataclass(frozen=True)
class More:
    """LINE-25: we hold more of your record than you have asked for."""

    def encode(self) -> bytes:
        return b"\x13"

    @classmethod
    def read(cls, reader: Reader) -> "More":
        return cls()


READERS = {
    0x01: Name.read, 0x02: Probe.read, 0x03: Echo.read, 0x04: Acknowledgement.read, 0x05: Known.read,
    0x06: lambda reader: Signed.read(reader, 0), 0x07: lambda reader: Signed.read(reader, 1), 0x08: Stated.read,
    0x09: lambda reader: EpochObject.read(reader, 1), 0x0A: lambda reader: EpochObject.read(reader, 2),
    0x0B: lambda reader: EpochObject.read(reader, 3), 0x0C: Fragment.read, 0x0D: Held.read,
    0x0E: Ask.read, 0x0F: Holdings.read, 0x10: FetchCheckpoints.read, 0x11: FetchEntries.read, 0x12: Returned.read, 0x13: More.read,
}


def read_item(reader: Reader):
    kind = reader.byte()
    if 0x40 <= kind <= 0x7F:
        return Sent.read(reader, kind & 0x3F)
    if kind not in READERS:
        raise Malformed(f"{kind:#04x} is no item")
    return READERS[kind](reader)


def decode(plaintext: bytes) -> list:
    """FRM-5: all of it, or a violation."""
    reader, items = Reader(plaintext), []
    try:
        while reader.left:
            if len(items) == ITEMS_MAX:
                raise Malformed(f"more than {ITEMS_MAX} items")
            items.append(read_item(reader))
    except Malformed as error:
        raise Violation(str(error)) from None
    return items


def encode(items) -> bytes:
    last = len(items) - 1
    return b"".join(each.encode(at == last) if isinstance(each, Sent) else each.encode() for at, each in enumerate(items))


def decode_object(data: bytes):
    """FRM-9: the bytes of fragments, put together, are one item, and no fragment."""
    items = decode(data)
    if len(items) != 1 or isinstance(items[0], Fragment):
        raise Violation("an object that is not one item, or a fragment in fragments")
    return items[0]
