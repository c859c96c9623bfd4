"""The form that identity cards and key statements share (AGR-39, AGR-49): keys with values in column 15, wrapped values two blanks in."""

from dataclasses import replace

from .agreement_text import Notebook, read_lines, read_statement
from .agreement_values import Keys, binary, not_zero, unwrap, wrap
from .encoding import base64
from .errors import Malformed
from .keys import COMPOSITE_KEY, ML_KEY, CompositeKey, LightKey

TEXT_MAX = 65_536
WRAPPED = ("root", "station", "recovery-key", "signature")


def row(key: str, value: str) -> str:
    return f"{key:<14}{value}\n"


def key_rows(keys: Keys) -> str:
    return (row("light", base64(keys.light.raw)) + row("tls-pin", base64(keys.pin)) + row("next", base64(keys.next))
            + ("".join(row("recovery", base64(each)) for each in keys.recovery) or row("recovery", "none")))


def key_blocks(keys: Keys, recovery=()) -> bytes:
    return b"".join(f"\n{key}\n".encode() + wrap(value.raw, "  ")
                    for key, value in (("root", keys.root), ("station", keys.station), *(("recovery-key", each) for each in recovery))) + b"\n"


class KeyedText:
    """What stands where, to be written again and compared by whoever reads it."""

    def __init__(self, data: bytes, title: str):
        notes = Notebook()
        lines = read_lines(data, notes, TEXT_MAX)
        notes.close()
        if lines[:1] != [title]:
            raise Malformed(f"its first line is not {title!r}")
        self.values: dict[str, list[list[str]]] = {}
        self.wrapped: dict[str, list[list[tuple[int, str]]]] = {}
        block = None
        for number, line in enumerate(lines[1:], 2):
            if line.startswith("  ") and block is not None:
                block.append((number, line[2:]))
            elif line in WRAPPED:
                block = []
                self.wrapped.setdefault(line, []).append(block)
            elif line:
                statement = read_statement(number, line, notes)
                notes.close()
                self.values.setdefault(statement.key, []).append(statement.values)

    def only(self, key: str) -> str:
        found = self.values.get(key, [])
        if len(found) != 1 or len(found[0]) != 1:
            raise Malformed(f"one {key} is expected")
        return found[0][0]

    def blocks(self, key: str, length: int, counts: tuple[int, ...]) -> list[bytes]:
        found = self.wrapped.get(key, [])
        if len(found) not in counts:
            raise Malformed(f"{len(found)} blocks {key}")
        return [unwrap(each, length) for each in found]

    def keys(self) -> Keys:
        recovery = self.values.get("recovery", [])
        if recovery != [["none"]] and (len(recovery) != 3 or any(len(each) != 1 for each in recovery)):
            raise Malformed("recovery is none, or three lines")
        hashes = () if recovery == [["none"]] else tuple(not_zero(binary(each[0], 32)) for each in recovery)
        return Keys(LightKey(binary(self.only("light"), 32)), not_zero(binary(self.only("tls-pin"), 32)), not_zero(binary(self.only("next"), 32)), hashes,
                    *(CompositeKey(self.blocks(key, COMPOSITE_KEY, (1,))[0]) for key in ("root", "station")))


def each_value(keys: Keys) -> tuple[bytes, ...]:
    """The values of AGR-7, a composite key as its halves."""
    return (keys.light.raw, keys.pin, keys.next, *keys.recovery,
            *(part for key in (keys.root.raw, keys.station.raw) for part in (key[:ML_KEY], key[ML_KEY:])))


def brought(keys: Keys, before: Keys) -> list[bytes]:
    """AGR-54: what stands here and was not in the same place before, a composite key as its halves; the recovery keys aside."""
    return [new for new, was in zip(standing_values(keys), standing_values(before)) if new != was]


def standing_values(keys: Keys) -> tuple[bytes, ...]:
    return each_value(replace(keys, recovery=()))


def check_once(values) -> None:
    if len(set(values)) != len(values):
        raise Malformed("a value stands twice")
