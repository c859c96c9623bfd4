"""Texts that prove: disclosures of one entry, and evidence of a fork (REC-30 to REC-33, REC-40)."""

from dataclasses import dataclass

from . import entries, trees
from .chain import Chain
from .checkpoints import SIGNATURE_LENGTH, STRENGTHS, Checkpoint, Statement
from .encoding import EntryName, base64, unbase64, utf8
from .entries import Entry
from .errors import Malformed, Unverified
from .export_checks import check_fork

WIDTH = 72


def line(name: str, data: bytes) -> str:
    text = base64(data)
    return f"{name} " + "\n ".join(text[at:at + WIDTH] for at in range(0, len(text), WIDTH)) + "\n"


def checkpoint_lines(checkpoint: Checkpoint) -> str:
    bars = "".join(f"| {each}\n" for each in checkpoint.text.decode().split("\n")[:-1])
    return f"checkpoint {STRENGTHS[checkpoint.strength]}\n{bars}{line('signature', checkpoint.signature)}"


class Lines:
    """A title, then lines of a name, one space and a value. Whoever has read writes again and compares (REC-33)."""

    def __init__(self, data: bytes, title: str):
        self.lines = utf8(data).split("\n")
        if self.lines.pop() != "" or not self.lines or self.lines.pop(0) != title:
            raise Malformed(f"a text that begins with another line than {title!r}, or ends in no line feed")

    def next_is(self, name: str) -> bool:
        return bool(self.lines) and self.lines[0].startswith(name + " ")

    def word(self, name: str) -> str:
        if not self.next_is(name):
            raise Malformed(f"the line {name!r} is expected")
        return self.lines.pop(0)[len(name) + 1:]

    def data(self, name: str) -> bytes:
        text = self.word(name)
        while self.lines and self.lines[0].startswith(" "):
            text += self.lines.pop(0)[1:]
        return unbase64(text)

    def all(self, name: str) -> list[bytes]:
        found = []
        while self.next_is(name):
            found.append(self.data(name))
        return found

    def checkpoint(self) -> Checkpoint:
        strength = self.word("checkpoint")
        if strength not in STRENGTHS:
            raise Malformed(f"{strength!r} is no strength")
        text = ""
        while self.next_is("|"):
            text += self.word("|") + "\n"
        checkpoint = Checkpoint(STRENGTHS.index(strength), text.encode(), self.data("signature"))
        if len(checkpoint.signature) != SIGNATURE_LENGTH[checkpoint.strength]:
            raise Malformed("a signature of another length")
        Statement.decode(checkpoint.text)
        return checkpoint


@dataclass(frozen=True)
class Disclosure:
    agreements: tuple[bytes, ...]
    name: EntryName
    canonical: bytes
    blind: bytes
    path: tuple[bytes, ...]
    checkpoint: Checkpoint

    def encode(self) -> bytes:
        return "".join(("hotline/1 disclosure\n", *(line("agreement", each) for each in self.agreements), f"entry {self.name}\n",
                        line("bytes", self.canonical), line("blind", self.blind), *(line("path", each) for each in self.path),
                        checkpoint_lines(self.checkpoint))).encode()

    @classmethod
    def decode(cls, data: bytes) -> "Disclosure":
        lines = Lines(data, "hotline/1 disclosure")
        disclosure = cls(tuple(lines.all("agreement")), EntryName.parse(lines.word("entry")), lines.data("bytes"), lines.data("blind"),
                         tuple(lines.all("path")), lines.checkpoint())
        if not disclosure.agreements or len(disclosure.blind) != 16 or any(len(each) != 32 for each in disclosure.path):
            raise Malformed("an agreement or more, 16 bytes of blind, 32 of each hash")
        if disclosure.encode() != data:
            raise Malformed("the disclosure is not in its one form")
        entry = disclosure.entry
        if entry.number == 0 or entry.kind == entries.OPENING:                  # REC-31
            raise Malformed("an opening is never disclosed")
        if entry.name != disclosure.name:
            raise Malformed(f"its bytes say {entry.name}")
        return disclosure

    @property
    def entry(self) -> Entry:
        return Entry.decode(self.canonical)

    def verify(self) -> Entry:
        chain = Chain(self.agreements)
        statement = chain.verify(self.checkpoint)
        head, entry = statement.head, self.entry
        if head.generation != entry.generation:
            raise Unverified("the checkpoint is of another generation")
        if statement.agreement != entry.agreement:
            raise Unverified("the checkpoint names another agreement than the entry")
        leaf = entries.leaf(chain.line, self.canonical, self.blind)
        trees.check_inclusion(leaf, entry.number, head.size, self.path, head.root)
        return entry


@dataclass(frozen=True)
class Evidence:
    agreements: tuple[bytes, ...]
    pair: tuple[Checkpoint, Checkpoint]

    def encode(self) -> bytes:
        return "".join(("hotline/1 evidence\n", *(line("agreement", each) for each in self.agreements), *map(checkpoint_lines, self.pair))).encode()

    @classmethod
    def decode(cls, data: bytes) -> "Evidence":
        lines = Lines(data, "hotline/1 evidence")
        evidence = cls(tuple(lines.all("agreement")), (lines.checkpoint(), lines.checkpoint()))
        if not evidence.agreements or evidence.encode() != data:
            raise Malformed("the evidence is not in its one form")
        if evidence.pair[0].statement.head.root >= evidence.pair[1].statement.head.root:
            raise Malformed("the one with the lower root stands first")
        return evidence

    def verify(self) -> Statement:
        return check_fork(Chain(self.agreements), self.pair)
