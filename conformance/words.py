"""Fingerprints read aloud, in the PGP word list (AGR-43)."""

import re
from pathlib import Path

from .errors import Malformed, Unverified

GROUP = 4


def load() -> tuple[list[str], list[str]]:
    """The two columns of docs/spec/words.md: two syllables, three syllables."""
    text = (Path(__file__).resolve().parent.parent / "docs/spec/words.md").read_text()
    rows = re.findall(r"^\| `([0-9a-f]{2})` \| (\w+) \| (\w+) \|$", text, re.MULTILINE)
    if [int(row[0], 16) for row in rows] != list(range(256)):
        raise ValueError("docs/spec/words.md does not hold the 256 rows")
    return [row[1] for row in rows], [row[2] for row in rows]


LISTS = load()
LOWER = [{word.lower() for word in each} for each in LISTS]


def fingerprint(hash: bytes) -> list[str]:
    return [LISTS[place % 2][byte] for place, byte in enumerate(hash[:16])]


def check(hash: bytes, read: str) -> None:
    """Whether what was read back is the fingerprint: capitals and whatever parts the words do not matter."""
    found = [word.lower() for word in re.findall(r"[A-Za-z]+", read)]
    if len(found) != 16 or any(word not in LOWER[place % 2] for place, word in enumerate(found)):
        raise Malformed("what was read is no fingerprint: a word was left out, said twice or swapped")
    if found != [word.lower() for word in fingerprint(hash)]:
        raise Unverified("what was read is another fingerprint")
