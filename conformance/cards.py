"""Identity cards: what a party gives the others before there is an agreement (AGR-39 to AGR-41)."""

from dataclasses import dataclass

from .agreement_values import MARK, NAME_MAX, TAG, Keys, binary, date, matching, not_zero, number, words, wrap
from .encoding import base64, sha256
from .errors import Malformed
from .keyed_text import KeyedText, check_once, each_value, key_blocks, key_rows, row
from .keys import COMPOSITE_SIGNATURE

LABEL = b"hotline/1 identity card\n"
TITLE = "HOTLINE IDENTITY CARD 1"


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
        quoted = [(tag, name.replace("\\", "\\\\").replace('"', '\\"')) for tag, name in self.names]
        text = TITLE + "\n\n" + "".join(row("name", f'{tag} "{name}"') for tag, name in quoted)
        text += row("mark", self.mark) + row("languages", " ".join(self.languages)) + row("created", self.created) + row("suite", "1")
        text += "\n" + row("nonce", base64(self.nonce)) + key_rows(self.keys)
        return text.encode() + key_blocks(self.keys)

    @property
    def hash(self) -> bytes:
        return sha256(self.text)

    def encode(self) -> bytes:
        return self.text + b"signature\n" + wrap(self.signature, "  ")

    def verify(self) -> None:
        self.keys.root.verify(self.signature, LABEL + self.text)

    @classmethod
    def decode(cls, data: bytes) -> "Card":
        card = cls._read(KeyedText(data, TITLE))
        if card.encode() != data:
            raise Malformed("the card is not in its one form")
        return card

    @classmethod
    def _read(cls, text: KeyedText) -> "Card":
        names = text.values.get("name", [])
        if not names or any(len(each) != 2 for each in names):
            raise Malformed("a card has a name or more")
        tags = [matching(tag, TAG, "language tag") for tag, _ in names]
        languages = [matching(tag, TAG, "language tag") for tag in (text.values.get("languages") or [[]])[0]]
        if len(set(tags)) != len(tags) or len(set(languages)) != len(languages) or tags[:1] != languages[:1]:
            raise Malformed("names and languages stand once each, the party's own first")
        date(text.only("created"))
        number(text.only("suite"), 1, 1)
        keys, nonce = text.keys(), not_zero(binary(text.only("nonce"), 32))
        check_once((nonce, *each_value(keys)))                                   # AGR-7
        return cls(tuple((tag, words(name, NAME_MAX)) for tag, (_, name) in zip(tags, names)), matching(text.only("mark"), MARK, "mark"),
                   tuple(languages), text.only("created"), nonce, keys, *text.blocks("signature", COMPOSITE_SIGNATURE, (1,)))
