"""Release by two: what officers sign, and what their signatures prove (docs/spec/watch.md, WAT-30 to WAT-34)."""

from dataclasses import dataclass, replace

from .agreement_values import ROLES
from .encoding import EntryName, Reader, field, integer
from .entries import LETTER, ROSTER, Basis, Entry
from .errors import Failure, Malformed
from .keys import COMPOSITE_SIGNATURE, LIGHT_SIGNATURE
from .rosters import CODE_MAX, Roster
from .watch import LETTER_BY, OUTCOME, Records, Said

LABEL = b"hotline/1 release\n"
REQUEST, STEP = 11, 12
LIGHT, COMPOSITE = 13, 14                                       # the kinds of attestations, WAT-32
SIZES = {LIGHT: LIGHT_SIGNATURE, COMPOSITE: COMPOSITE_SIGNATURE}
ID = 16


@dataclass(frozen=True)
class Attestation:
    release: bytes
    roster: int
    signatures: tuple[tuple[str, bytes], ...]

    def encode(self) -> bytes:
        return self.release + integer(self.roster) + bytes([len(self.signatures)]) + b"".join(field(code.encode()) + raw for code, raw in self.signatures)

    @classmethod
    def decode(cls, kind: int, content: bytes) -> "Attestation":
        """WAT-32."""
        reader = Reader(content)
        release, roster, count = reader.take(ID), reader.integer(), reader.byte()
        if roster < 1 or not 1 <= count <= 4:
            raise Malformed(f"roster {roster}, {count} signatures")
        signatures = tuple((reader.field(CODE_MAX).decode("utf-8", "replace"), reader.take(SIZES[kind])) for _ in range(count))
        reader.end()
        return cls(release, roster, signatures)


@dataclass(frozen=True)
class Release:
    """What is proved of one statement. `breaches` are names of attestations and reasons, in order of name."""

    light: tuple[str, ...] | None
    composite: tuple[str, ...] | None
    breaches: tuple[tuple[EntryName, str], ...]


def signed(statement: Entry, release: bytes, line: bytes) -> bytes:
    """WAT-31: of the canonical bytes of an entry what stands between its name and what it had seen, and its content."""
    bare = replace(statement, time=0, seen=())
    encoded = bare.encode()[len(bare.agreement) + len(bare.name.encode()):]
    seen = integer(0) + field(bare.content)
    assert encoded.endswith(seen)
    return LABEL + line + bytes([statement.generation.station]) + release + bare.agreement + encoded[:-len(seen)] + field(bare.content)


def roles(statement: Entry, agreements: dict) -> list[str]:
    """WAT-30, of a letter and of what is stated about one."""
    channel = agreements[statement.agreement].channels.get(statement.channel)
    if not channel or not channel["roles"]:
        return []
    if statement.kind in (LETTER, LETTER_BY, REQUEST):
        return channel["roles"]
    if statement.kind != OUTCOME:
        return []
    try:
        said = Said.decode(statement.kind, statement.content)
    except Malformed:
        return channel["roles"]
    return channel["roles"] if said.says in ("answered", "declined") or said.text else []


def roster(at: EntryName, entries: list[Entry], chain, records: Records) -> Roster | None:
    """WAT-33: the roster in force where an entry stands."""
    found = None
    mine = [entry for entry in entries if entry.kind == ROSTER and entry.generation.station == at.generation.station]
    for entry in sorted(mine, key=lambda entry: records.order(entry.name)):
        if records.order(entry.name) >= records.order(at):
            break
        try:
            each = Roster.decode(entry.content)
            each.verify(chain.keys(at.generation.station, Basis(entry.agreement)).root, chain.line, at.generation.station)
            each.check_version(found.version if found else 0)
        except Failure:
            continue
        found = each
    return found


def breach(statement: Entry, entry: Entry, needed: list[str], entries: list[Entry], chain, records: Records) -> tuple[str | None, tuple[str, ...]]:
    """WAT-33 and WAT-34: why an attestation does not count, or whose it is."""
    try:
        attestation = Attestation.decode(entry.kind, entry.content)
    except Malformed:
        return "unreadable", ()
    if entry.generation.station != statement.generation.station:
        return "other-side", ()
    if (entry.handling, entry.from_post, entry.to_post) != (statement.handling, statement.from_post, statement.to_post):
        return "other-handling", ()
    uses = [each for each in entries if each.kind in SIZES and each.generation.station == entry.generation.station and each.references
            and each.content[:ID] == attestation.release]
    if min(uses, key=lambda each: records.order(each.name)).references[0] != statement.name:
        return "used-before", ()
    in_force = roster(statement.name, entries, chain, records)
    if in_force is None:
        return "no-roster", ()
    if attestation.roster != in_force.version:
        return "other-roster", ()
    if len(attestation.signatures) != len(needed):
        return "officers", ()
    officers, codes = {officer.code: officer for officer in in_force.officers}, tuple(code for code, _ in attestation.signatures)
    for place, (role, (code, raw)) in enumerate(zip(needed, attestation.signatures)):
        if code in codes[:place]:
            return "same-officer", ()
        if code not in officers:
            return "unknown-officer", ()
        if not officers[code].roles >> ROLES.index(role) & 1:
            return "wrong-role", ()
        key = officers[code].light if entry.kind == LIGHT else officers[code].composite
        try:
            key.verify(raw, signed(statement, attestation.release, chain.line))
        except Failure:
            return "not-signed", ()
    return None, codes


def released(statement: Entry, entries: list[Entry], agreements: dict, chain, records: Records) -> Release:
    """`entries` are of any kind and author and may come in any order."""
    needed, proofs, breaches = roles(statement, agreements), {}, {}
    about = [entry for entry in entries if entry.kind in SIZES and entry.references[:1] == (statement.name,)] if needed else []
    for entry in sorted(about, key=lambda entry: records.order(entry.name)):
        reason, codes = breach(statement, entry, needed, entries, chain, records)
        if reason:
            breaches[entry.name] = reason
        else:
            proofs.setdefault(entry.kind, codes)
    return Release(proofs.get(LIGHT), proofs.get(COMPOSITE), tuple(sorted(breaches.items())))
