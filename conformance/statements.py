"""Key statements: how a party replaces its keys, with nobody's leave (AGR-49 to AGR-57)."""

from dataclasses import dataclass, replace

from .agreement_values import Keys, date, lower_hash, number, one_of, wrap
from .encoding import sha256
from .errors import Malformed, Refused
from .keyed_text import KeyedText, brought, check_once, each_value, key_blocks, key_rows, row
from .keys import COMPOSITE_KEY, COMPOSITE_SIGNATURE, CompositeKey

TITLE = "HOTLINE KEY STATEMENT 1"
LABEL = b"hotline/1 key statement\n"
REASONS, AUTHORITIES = ("replaced", "stolen"), ("root", "next", "recovery")
VERSION_AHEAD_MAX, VERSION_MAX = 1_000, 1_000_000


@dataclass(frozen=True)
class KeyStatement:
    line: bytes
    agreement: bytes
    party: int
    version: int
    date: str
    reason: str
    authority: str
    keys: Keys
    recovery_keys: tuple[CompositeKey, ...] = ()
    signatures: tuple[bytes, ...] = ()

    @property
    def text(self) -> bytes:
        """AGR-50: every byte above the first line `signature`."""
        text = (TITLE + "\n\n" + row("line", self.line.hex()) + row("agreement", self.agreement.hex()) + row("party", str(self.party))
                + row("version", str(self.version)) + row("date", self.date) + row("reason", self.reason) + row("authority", self.authority)
                + "\n" + key_rows(self.keys))
        return text.encode() + key_blocks(self.keys, self.recovery_keys)

    @property
    def body(self) -> bytes:
        return LABEL + self.line + bytes([self.party]) + self.text

    @property
    def hash(self) -> bytes:
        return sha256(self.text)

    @property
    def stolen(self) -> bool:
        return self.reason == "stolen"

    def encode(self) -> bytes:
        return self.text + b"\n".join(b"signature\n" + wrap(each, "  ") for each in self.signatures)

    def sign(self, *signers) -> "KeyStatement":
        return replace(self, signatures=tuple(each.sign(self.body) for each in signers))

    @classmethod
    def decode(cls, data: bytes) -> "KeyStatement":
        text = KeyedText(data, TITLE)
        authority = one_of(text.only("authority"), AUTHORITIES)
        count = 2 if authority == "recovery" else 1
        date(text.only("date"))
        statement = cls(lower_hash(text.only("line")), lower_hash(text.only("agreement")), number(text.only("party"), 1, 15),
                        number(text.only("version"), 1, VERSION_MAX), text.only("date"), one_of(text.only("reason"), REASONS), authority, text.keys(),
                        tuple(map(CompositeKey, text.blocks("recovery-key", COMPOSITE_KEY, (count if count == 2 else 0,)))),
                        tuple(text.blocks("signature", COMPOSITE_SIGNATURE, (count,))))
        if statement.encode() != data:
            raise Malformed("the statement is not in its one form")
        check_once(each_value(statement.keys))                                  # AGR-7
        return statement

    def check(self, line: bytes, agreement: bytes, version: int, before: Keys, stood: set[bytes]) -> None:
        """AGR-51 to AGR-54: `version` is that of the party's last statement, `before` are its keys in force, `stood` what has stood on the line."""
        if self.line != line or self.agreement != agreement:
            raise Refused("it is of another line, or its agreement is not the last one")
        if not version < self.version <= version + VERSION_AHEAD_MAX:
            raise Refused(f"version {self.version} follows {version}")
        self.check_authority(before)
        changed = (self.keys.station != before.station, self.keys.light != before.light, self.keys.pin != before.pin)
        if not any(changed) or self.stolen and not all(changed):
            raise Refused("it replaces nothing, or not all after a theft")
        if any(value in stood for value in brought(self.keys, before)):
            raise Refused("what it brings in has stood on the line before")
        for key, signature in zip(self.signers(before), self.signatures):
            key.verify(signature, self.body)

    def check_authority(self, before: Keys) -> None:
        """AGR-53."""
        keys = self.keys
        if keys.recovery != before.recovery:
            raise Refused("only an amendment changes the recovery keys")
        if self.authority == "root" and (keys.root, keys.next) != (before.root, before.next):
            raise Refused("root and next stay as they were")
        if self.authority != "root" and keys.next == before.next:
            raise Refused("next is a new one")
        if self.authority == "next" and keys.identity != before.next:
            raise Refused("these are not the keys announced as next")
        if self.authority == "recovery":
            places = [before.recovery.index(each) if each in before.recovery else -1 for each in (sha256(key.raw) for key in self.recovery_keys)]
            if -1 in places or places != sorted(set(places)):
                raise Refused("two recovery keys that are in force, the one listed first first")

    def signers(self, before: Keys) -> tuple[CompositeKey, ...]:
        return {"root": (before.root,), "next": (self.keys.root,), "recovery": self.recovery_keys}[self.authority]
