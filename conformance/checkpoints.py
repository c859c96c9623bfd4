"""Checkpoints: the signed heads of a record (docs/spec/record.md)."""

import re
from dataclasses import dataclass

from .encoding import CHECKPOINT_TEXT_MAX, Generation, Head, Reader, base64, decimal, field, sha256, unbase64, unhex, utf8
from .errors import Malformed
from .keys import COMPOSITE_SIGNATURE, LIGHT_SIGNATURE

LIGHT, FULL = 0, 1
STRENGTHS = ("light", "full")
SIGNATURE_LENGTH = (LIGHT_SIGNATURE, COMPOSITE_SIGNATURE)


@dataclass(frozen=True)
class Statement:
    """What a checkpoint says: these are all my entries so far, and I durably hold these of yours (REC-4)."""

    line: bytes
    head: Head
    agreement: bytes
    holds: tuple[Head, ...]

    @property
    def signer(self) -> int:
        return self.head.generation.station

    def encode(self) -> bytes:
        lines = [f"hotline/1/{self.line.hex()}/{self.head.generation}", str(self.head.size), base64(self.head.root),
                 f"agreement {self.agreement.hex()}"]
        lines += [f"holds {held.generation} {held.size} {base64(held.root)}" for held in self.holds]
        return "".join(line + "\n" for line in lines).encode()

    @classmethod
    def decode(cls, text: bytes) -> "Statement":
        if len(text) > CHECKPOINT_TEXT_MAX:
            raise Malformed(f"the text of a checkpoint has {len(text)} bytes")
        lines = utf8(text).split("\n")
        if len(lines) < 5 or lines.pop() != "":
            raise Malformed("a checkpoint has four lines or more, each ended by a line feed")
        origin = re.fullmatch(r"hotline/1/([0-9a-f]{64})/([^/]+/[^/]+)", lines[0])
        agreement = re.fullmatch(r"agreement ([0-9a-f]{64})", lines[3])
        if not origin or not agreement:
            raise Malformed("the first or the fourth line of the checkpoint is another")
        head = Head(Generation.parse(origin[2]), decimal(lines[1]), root(lines[2]))
        holds = []
        for line in lines[4:]:
            words = line.split(" ")
            if len(words) != 4 or words[0] != "holds":
                raise Malformed(f"{line!r} is no line of heads held")
            holds.append(Head(Generation.parse(words[1]), decimal(words[2]), root(words[3])))
        if any(b.generation <= a.generation for a, b in zip(holds, holds[1:])):
            raise Malformed("the heads held are not in rising order of generation")
        if any(held.generation.station == head.generation.station for held in holds):
            raise Malformed("a checkpoint holds heads of its own signer")
        statement = cls(unhex(origin[1], 32), head, unhex(agreement[1], 32), tuple(holds))
        if any(head.size == 0 and head.root != sha256(b"") for head in (statement.head, *holds)):
            raise Malformed("a head of size 0 has the root of the empty tree")
        if statement.encode() != text:
            raise Malformed("the text of the checkpoint is not in its one form")
        return statement


def root(text: str) -> bytes:
    data = unbase64(text)
    if len(data) != 32:
        raise Malformed(f"a root has 32 bytes, this one {len(data)}")
    return data


@dataclass(frozen=True)
class Checkpoint:
    """A statement and its signature, not yet verified."""

    strength: int
    text: bytes
    signature: bytes

    @property
    def statement(self) -> Statement:
        return Statement.decode(self.text)

    def encode(self) -> bytes:
        """As stored (REC-5)."""
        return bytes([self.strength]) + field(self.text) + self.signature

    @classmethod
    def read(cls, reader: Reader) -> "Checkpoint":
        strength = reader.byte()
        if strength not in (LIGHT, FULL):
            raise Malformed(f"{strength} is no strength of a checkpoint")
        text = reader.field(CHECKPOINT_TEXT_MAX)
        checkpoint = cls(strength, text, reader.take(SIGNATURE_LENGTH[strength]))
        Statement.decode(text)
        return checkpoint

    @classmethod
    def decode(cls, data: bytes) -> "Checkpoint":
        reader = Reader(data)
        checkpoint = cls.read(reader)
        reader.end()
        return checkpoint

    def verify(self, keys) -> Statement:
        """`keys` are the signer's in the agreement that the text names; what they belong to is the caller's to check."""
        (keys.light if self.strength == LIGHT else keys.station).verify(self.signature, self.text)
        return self.statement
