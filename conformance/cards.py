"""Identity cards: what a party gives the others before there is an agreement (AGR-39 to AGR-41)."""

from dataclasses import dataclass

from .agreement_text import Notebook, read_lines, read_statement
from .agreement_values import MARK, NAME_MAX, TAG, Keys, binary, date, matching, not_zero, number, unwrap, words, wrap
from .encoding import base64, sha256
from .errors import Malformed
from .keys import COMPOSITE_KEY, COMPOSITE_SIGNATURE, ML_KEY, CompositeKey, LightKey

LABEL = b"hotline/1 identity card\n"
TITLE = "HOTLINE IDENTITY CARD 1"
CARD_MAX = 65_536


@dataclass(frozen=True)
class Card:
    names: tuple[tuple[str, str], ...]
    mark: str
    languages: tuple[str, ...]
    created: str
    nonce: bytes
    keys: Keys
    signature: bytes

    @property
    def text(self) -> bytes:
        """What the root key signs: every byte above the line `signature`."""
        def row(key: str, value: str) -> str:
            return f"{key:<14}{value}\n"
        quoted = [(tag, name.replace("\\", "\\\\").replace('"', '\\"')) for tag, name in self.names]
        keys = self.keys
        text = TITLE + "\n\n" + "".join(row("name", f'{tag} "{name}"') for tag, name in quoted)
        text += row("mark", self.mark) + row("languages", " ".join(self.languages)) + row("created", self.created) + row("suite", "1")
        text += "\n" + row("nonce", base64(self.nonce)) + row("light", base64(keys.light.raw))
        text += row("tls-pin", base64(keys.pin)) + row("next", base64(keys.next))
        text += "".join(row("recovery", base64(each)) for each in keys.recovery) or row("recovery", "none")
        result = text.encode()
        for key, value in (("root", keys.root), ("station", keys.station)):
            result += f"\n{key}\n".encode() + wrap(value.raw, "  ")
        return result + b"\n"

    @property
    def hash(self) -> bytes:
        return sha256(self.text)

    def encode(self) -> bytes:
        return self.text + b"signature\n" + wrap(self.signature, "  ")

    def verify(self) -> None:
        self.keys.root.verify(self.signature, LABEL + self.text)

    @classmethod
    def decode(cls, data: bytes) -> "Card":
        notes = Notebook()
        lines = read_lines(data, notes, CARD_MAX)
        notes.close()
        card = cls._read(lines)
        if card.encode() != data:
            raise Malformed("the card is not in its one form")
        return card

    @classmethod
    def _read(cls, lines: list[str]) -> "Card":
        values: dict[str, list[list[str]]] = {}
        wrapped: dict[str, list[tuple[int, str]]] = {}
        for line_number, line in enumerate(lines[1:], 2):
            notes = Notebook()
            if line.startswith("  ") and wrapped:
                list(wrapped.values())[-1].append((line_number, line[2:]))
            elif line in ("root", "station", "signature"):
                wrapped[line] = []
            elif line:
                statement = read_statement(line_number, line, notes)
                notes.close()
                values.setdefault(statement.key, []).append(statement.values)

        def only(key: str) -> str:
            found = values.get(key, [])
            if len(found) != 1 or len(found[0]) != 1:
                raise Malformed(f"a card has one {key}")
            return found[0][0]

        names = values.get("name", [])
        if lines[0] != TITLE or not names or any(len(each) != 2 for each in names):
            raise Malformed("a card has its title and a name or more")
        tags = [matching(tag, TAG, "language tag") for tag, _ in names]
        languages = [matching(tag, TAG, "language tag") for tag in (values.get("languages") or [[]])[0]]
        if len(set(tags)) != len(tags) or len(set(languages)) != len(languages) or tags[:1] != languages[:1]:
            raise Malformed("names and languages stand once each, the party's own first")
        date(only("created"))
        number(only("suite"), 1, 1)
        recovery = values.get("recovery", [])
        if recovery != [["none"]] and (len(recovery) != 3 or any(len(each) != 1 for each in recovery)):
            raise Malformed("recovery is none, or three lines")
        hashes = () if recovery == [["none"]] else tuple(not_zero(binary(each[0], 32)) for each in recovery)
        keys = Keys(LightKey(binary(only("light"), 32)), not_zero(binary(only("tls-pin"), 32)), not_zero(binary(only("next"), 32)), hashes,
                    *(CompositeKey(unwrap(wrapped.get(key, []), COMPOSITE_KEY)) for key in ("root", "station")))
        nonce = not_zero(binary(only("nonce"), 32))
        each = (nonce, keys.light.raw, keys.pin, keys.next, *hashes, *(part for key in (keys.root.raw, keys.station.raw)
                                                                         for part in (key[:ML_KEY], key[ML_KEY:])))
        if len(set(each)) != len(each):                                          # AGR-7
            raise Malformed("a value stands twice")
        return cls(tuple((tag, words(name, NAME_MAX)) for tag, (_, name) in zip(tags, names)), matching(only("mark"), MARK, "mark"),
                   tuple(languages), only("created"), nonce, keys, unwrap(wrapped.get("signature", []), COMPOSITE_SIGNATURE))
