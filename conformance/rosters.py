"""Rosters: a party's officers and their release keys, in its own record (AGR-45 to AGR-48)."""

from dataclasses import dataclass, replace

from .agreement_values import CODE, ROLES
from .encoding import Reader, field, integer
from .entries import ROSTER, Basis
from .errors import Failure, Malformed, Refused
from .keys import COMPOSITE_KEY, COMPOSITE_SIGNATURE, LIGHT_KEY, ML_KEY, CompositeKey, LightKey

LABEL = b"hotline/1 roster\n"
OFFICERS_MAX, CODE_MAX = 64, 32


@dataclass(frozen=True)
class Officer:
    code: str
    roles: int
    light: LightKey
    composite: CompositeKey

    def encode(self) -> bytes:
        return field(self.code.encode()) + bytes([self.roles]) + self.light.raw + self.composite.raw

    @classmethod
    def read(cls, reader: Reader) -> "Officer":
        code = reader.field(CODE_MAX).decode("ascii", "replace")
        roles = reader.byte()
        if not CODE.fullmatch(code):
            raise Malformed(f"{code!r} is no code")
        if not 0 < roles < 1 << len(ROLES):
            raise Malformed(f"roles {roles:#04x}: at least one of six, and no other bit")
        return cls(code, roles, LightKey(reader.take(LIGHT_KEY)), CompositeKey(reader.take(COMPOSITE_KEY)))


@dataclass(frozen=True)
class Roster:
    version: int
    officers: tuple[Officer, ...]
    signature: bytes = b""

    @property
    def signed(self) -> bytes:
        return integer(self.version) + integer(len(self.officers)) + b"".join(each.encode() for each in self.officers)

    def encode(self) -> bytes:
        return self.signed + self.signature

    def body(self, line: bytes, party: int) -> bytes:
        """AGR-47."""
        return LABEL + line + bytes([party]) + self.signed

    def sign(self, root, line: bytes, party: int) -> "Roster":
        return replace(self, signature=root.sign(self.body(line, party)))

    def verify(self, root: CompositeKey, line: bytes, party: int) -> None:
        root.verify(self.signature, self.body(line, party))

    def check_version(self, before: int) -> None:
        """AGR-48: `before` is the version in force, 0 where there is none."""
        if self.version <= before:
            raise Refused(f"roster {self.version} is not above {before}, which is in force")

    @classmethod
    def decode(cls, content: bytes) -> "Roster":
        """AGR-46."""
        reader = Reader(content)
        version = reader.integer()
        if version < 1:
            raise Malformed("versions begin at 1")
        officers = tuple(Officer.read(reader) for _ in range(reader.integer(OFFICERS_MAX)))
        roster = cls(version, officers, reader.take(COMPOSITE_SIGNATURE))
        reader.end()
        codes = [each.code for each in officers]
        if any(b <= a for a, b in zip(codes, codes[1:])):
            raise Malformed("the officers are not in rising order of their codes")
        values = [part for each in officers for part in (each.light.raw, each.composite.raw[:ML_KEY], each.composite.raw[ML_KEY:])]
        if len(set(values)) != len(values):
            raise Malformed("a key stands twice")
        return roster


def rosters_of(record, chain) -> tuple[list[tuple[int, bytes]], list[str]]:
    """The rosters that count in the records held, of each party the oldest first, and why others do not (AGR-48: their entries are kept all the same)."""
    good, refused, versions = [], [], {}
    for generation, held in sorted(record.held.items(), key=lambda each: each[0].station):      # stable: a station's oldest first
        for number in range(held.size):
            entry = held.entries[number]
            if entry.kind != ROSTER:
                continue
            party = generation.station
            try:
                roster = Roster.decode(entry.content)
                roster.verify(chain.keys(party, held.opening.basis or Basis(chain.line)).root, chain.line, party)
                roster.check_version(versions.get(party, 0))
                versions[party] = roster.version
                good.append((party, entry.content))
            except Failure as failure:
                refused.append(f"{entry.name}: {failure}")
    return good, refused
