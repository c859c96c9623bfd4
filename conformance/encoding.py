"""Bytes to values and back (docs/spec/encoding.md). One form for each value; every other form is refused."""

import base64 as b64
import binascii
import hashlib
import re
from dataclasses import dataclass

from .errors import Malformed

INTEGER_MAX = 2**62 - 1
ENTRY_NUMBER_MAX = INTEGER_MAX - 1          # ENC-7: the size one above it is an integer too
STATIONS_MAX = 15
CONTENT_MAX = 262_144
AGREEMENT_MAX = 1_048_576
OBJECT_MAX = 263_168
CHECKPOINT_TEXT_MAX = 16_384


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def integer(value: int) -> bytes:
    """ENC-1, RFC 9000 §16 in its shortest form."""
    for tag, width in enumerate((1, 2, 4, 8)):
        if 0 <= value < 1 << (8 * width - 2):
            return (value | tag << (8 * width - 2)).to_bytes(width, "big")
    raise ValueError(f"{value} is no integer of this encoding")


def field(data: bytes) -> bytes:
    """ENC-2."""
    return integer(len(data)) + data


def u16(value: int) -> bytes:
    return value.to_bytes(2, "big")


def u64(value: int) -> bytes:
    return value.to_bytes(8, "big")


class Reader:
    """Takes values from the front of bytes. Whoever has read a whole value calls `end` (ENC-4)."""

    def __init__(self, data: bytes):
        self.data, self.at = bytes(data), 0

    @property
    def left(self) -> int:
        return len(self.data) - self.at

    def take(self, count: int) -> bytes:
        if count > self.left:
            raise Malformed(f"{count} bytes are expected at byte {self.at}, {self.left} are there")
        self.at += count
        return self.data[self.at - count:self.at]

    def rest(self) -> bytes:
        return self.take(self.left)

    def end(self) -> None:
        if self.left:
            raise Malformed(f"{self.left} bytes are left over")

    def byte(self) -> int:
        return self.take(1)[0]

    def u16(self) -> int:
        return int.from_bytes(self.take(2), "big")

    def u64(self) -> int:
        return int.from_bytes(self.take(8), "big")

    def integer(self, limit: int = INTEGER_MAX) -> int:
        first = self.byte()
        width = 1 << (first >> 6)
        value = int.from_bytes(bytes([first & 0x3F]) + self.take(width - 1), "big")
        if len(integer(value)) != width:
            raise Malformed(f"{value} stands in {width} bytes, which is not its shortest form")
        if value > limit:
            raise Malformed(f"{value} is above the limit, {limit}")
        return value

    def field(self, limit: int) -> bytes:
        return self.take(self.integer(limit))

    def text(self, limit: int) -> str:
        return utf8(self.field(limit))

    def hash(self) -> bytes:
        return self.take(32)

    def station(self) -> int:
        return station(self.byte())

    def generation(self) -> "Generation":
        return Generation(self.station(), self.take(8))

    def entry_number(self) -> int:
        return self.integer(ENTRY_NUMBER_MAX)

    def entry_name(self) -> "EntryName":
        return EntryName(self.generation(), self.entry_number())

    def head(self) -> "Head":
        return Head(self.generation(), self.integer(), self.hash())


def utf8(data: bytes) -> str:
    """ENC-3. Python's decoder is that of table 3-7: no surrogates, no longer forms."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("bytes that are not UTF-8") from None


def station(number: int) -> int:
    if not 1 <= number <= STATIONS_MAX:                       # ENC-5
        raise Malformed(f"{number} is no station")
    return number


@dataclass(frozen=True, order=True)
class Generation:
    """Ordered by station, then by name as bytes."""

    station: int
    name: bytes

    def encode(self) -> bytes:
        return bytes([self.station]) + self.name

    def __str__(self) -> str:
        return f"{self.station}/{self.name.hex()}"

    @classmethod
    def parse(cls, text: str) -> "Generation":
        match = re.fullmatch(r"([1-9][0-9]?)/([0-9a-f]{16})", text, re.ASCII)   # ENC-6, ENC-9
        if not match:
            raise Malformed(f"{text!r} is no generation")
        return cls(station(int(match[1])), bytes.fromhex(match[2]))


@dataclass(frozen=True, order=True)
class EntryName:
    generation: Generation
    number: int

    def encode(self) -> bytes:
        return self.generation.encode() + integer(self.number)

    def __str__(self) -> str:
        return f"{self.generation}/{self.number}"

    @classmethod
    def parse(cls, text: str) -> "EntryName":
        generation, _, number = text.rpartition("/")
        return cls(Generation.parse(generation), decimal(number, ENTRY_NUMBER_MAX))


@dataclass(frozen=True, order=True)
class Head:
    generation: Generation
    size: int
    root: bytes

    def encode(self) -> bytes:
        return self.generation.encode() + integer(self.size) + self.root


def decimal(text: str, limit: int = INTEGER_MAX) -> int:
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", text, re.ASCII) or int(text) > limit:
        raise Malformed(f"{text!r} is no number up to {limit}")
    return int(text)


def unhex(text: str, length: int) -> bytes:
    """ENC-9."""
    if not re.fullmatch(r"[0-9a-f]*", text, re.ASCII) or len(text) != 2 * length:
        raise Malformed(f"{text!r} is not {length} bytes in lower-case hexadecimal")
    return bytes.fromhex(text)


def base64(data: bytes) -> str:
    return b64.b64encode(data).decode()


def unbase64(text: str) -> bytes:
    """ENC-10: whatever does not come out again as it went in is another form."""
    try:
        data = b64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, ValueError):
        raise Malformed("text that is not base64") from None
    if base64(data) != text:
        raise Malformed("base64 in another than its one form")
    return data
