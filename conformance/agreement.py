"""The agreement: its text, its hash, its signatures, and what may take its place (docs/spec/agreement.md)."""

from dataclasses import dataclass

from .agreement_parser import Parser
from .agreement_values import IDENTITY, Keys, wrap
from .encoding import sha256
from .keyed_text import brought
from .errors import Refused, Unverified

__all__ = ["IDENTITY", "LABEL", "Agreement", "Keys", "sign", "wrap"]

LABEL = b"hotline/1 agreement\n"


@dataclass
class Agreement:
    text: bytes
    signatures: dict[int, bytes]
    keys: dict[int, Keys]
    version: int
    date: int
    first: tuple[int, bytes] | None
    amends: bytes | None
    languages: dict[int, str]
    posts: dict[int, dict]
    channels: dict[int, dict]
    nonces: dict[int, bytes]
    replies: list[int]
    reasons: list[int]

    @property
    def hash(self) -> bytes:
        """AGR-35."""
        return sha256(self.text)

    @property
    def line(self) -> bytes:
        """LH."""
        return self.first[1] if self.first else self.hash

    @classmethod
    def decode(cls, data: bytes) -> "Agreement":
        return cls(**Parser(data).fields())

    def verify(self) -> None:
        """AGR-34."""
        for party, keys in self.keys.items():
            if party not in self.signatures:
                raise Unverified(f"party {party} has not signed")
            keys.root.verify(self.signatures[party], LABEL + self.text)

    def check_succession(self, before: "Agreement", in_force: dict[int, Keys] | None = None, stood: set[bytes] = frozenset()) -> None:
        """AGR-36: whether this one may take the place of the other; `in_force` are the keys before it where statements have changed them, `stood` what has
        stood on the line."""
        first = before.first or (before.date, before.hash)
        if self.version != before.version + 1 or self.first != first or self.amends != before.hash or self.date < before.date:
            raise Refused("version, first, amends or date do not follow from the agreement before")
        if self.keys.keys() != before.keys.keys():
            raise Refused("the parties are others")
        for party, keys in self.keys.items():
            old = (in_force or before.keys)[party]
            same = (keys.root, keys.station, keys.light) == (old.root, old.station, old.light)
            if not same and keys.identity != old.next:
                raise Refused(f"the keys of party {party} are neither those of before nor those announced")
            if not same and keys.next == old.next:
                raise Refused(f"party {party} takes the keys that it had announced, and announces no others")
            if any(new in stood for new in brought(keys, old)):
                raise Refused(f"party {party} brings back what has stood on the line")


def sign(text: bytes, signers: dict) -> bytes:
    """The text and the signatures below it; `signers` are the root keys by party."""
    result = text + b"SIGNATURES\n"
    for party in sorted(signers):
        result += b"\nsignature %d\n" % party + wrap(signers[party].sign(LABEL + text), "  ")
    return result
