"""The values that statements of an agreement have, each in its one form."""

import datetime
import re
import unicodedata
from dataclasses import dataclass

from .agreement_text import SPACE, Quoted
from .encoding import base64, sha256, unbase64
from .errors import Malformed
from .keys import CompositeKey, LightKey

IDENTITY = b"hotline/1 identity\n"
PRECEDENCES = ("FLASH", "IMMEDIATE", "PRIORITY", "ROUTINE")
ROLES = ("watch", "translator", "releaser", "principal", "custodian", "auditor")
BEARERS = ("tls", "radio", "courier", "relay")
FIELD_KINDS = ("text", "number", "time", "place", "choice")
UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
TIME_MAX = 366 * 86_400
NAME_MAX, TEXT_MAX = 200, 1_200
DAY = 86_400

CODE = re.compile(r"(?=.{1,32}\Z)[a-z][a-z0-9]*(-[a-z0-9]+)*")
TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
MARK = re.compile(r"[A-Z]{1,4}")
DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z", re.ASCII)


@dataclass(frozen=True)
class Keys:
    """What the agreement lists for one party."""

    light: LightKey
    pin: bytes
    next: bytes
    recovery: tuple[bytes, ...]
    root: CompositeKey
    station: CompositeKey

    @property
    def identity(self) -> bytes:
        """AGR-38."""
        return sha256(IDENTITY + self.root.raw + self.station.raw + self.light.raw)


def date(text: str) -> int:
    """AGR-10, as seconds since 1970."""
    match = DATE.fullmatch(text)
    try:
        when = datetime.datetime(*map(int, match.groups()), tzinfo=datetime.timezone.utc)
    except (AttributeError, ValueError):
        raise Malformed(f"{text!r} is no date of the form YYYY-MM-DDThh:mm:ssZ") from None
    if when.year < 1970:
        raise Malformed(f"{text!r} is before 1970")
    return int(when.timestamp())


def number(text: str, low: int, high: int) -> int:
    if isinstance(text, Quoted) or not re.fullmatch(r"0|[1-9]\d{0,17}", text, re.ASCII) or not low <= int(text) <= high:
        raise Malformed(f"{text!r} is no number from {low} to {high}")
    return int(text)


def length_of_time(text: str) -> int:
    match = re.fullmatch(r"([1-9]\d{0,8})([smhd])", text, re.ASCII)
    if not match or int(match[1]) * UNITS[match[2]] > TIME_MAX:
        raise Malformed(f"{text!r} is no length of time up to 366 days")
    return int(match[1]) * UNITS[match[2]]


def one_of(text: str, choices) -> str:
    if isinstance(text, Quoted) or text not in choices:
        raise Malformed(f"{text!r} is none of {' '.join(map(str, choices))}")
    return text


def matching(text: str, pattern: re.Pattern, what: str) -> str:
    if isinstance(text, Quoted) or not pattern.fullmatch(text):
        raise Malformed(f"{text!r} is no {what}")
    return text


def words(text: str, limit: int) -> str:
    if not isinstance(text, Quoted):
        raise Malformed(f"{text!r} does not stand in quotation marks")
    if not 1 <= len(text.encode()) <= limit or text[0] in SPACE or text[-1] in SPACE:
        raise Malformed(f"a text has 1 to {limit} bytes and no white space at either end")
    return str(text)


def alike(text: str) -> str:
    """AGR-18: the same of texts that differ in capitals alone, or in how an accent is written."""
    upper = "".join(each.upper() for each in text)
    return unicodedata.normalize("NFC", "".join(each.lower() for each in upper))


def binary(text: str, length: int) -> bytes:
    if isinstance(text, Quoted):
        raise Malformed("base64 stands in no quotation marks")
    data = unbase64(text)
    if len(data) != length:
        raise Malformed(f"{len(data)} bytes, where {length} are expected")
    return data


def not_zero(data: bytes) -> bytes:
    if not any(data):
        raise Malformed("all zeros")
    return data


def unwrap(lines: list[tuple[int, str]], length: int) -> bytes:
    """AGR-9: lines of exactly 72 characters, the last one of 1 to 72."""
    texts = [text for _, text in lines]
    if not texts or any(len(text) != 72 for text in texts[:-1]) or not 1 <= len(texts[-1]) <= 72:
        raise Malformed("base64 is wrapped in lines of 72 characters, the last one of 1 to 72")
    return binary("".join(texts), length)


def lower_hash(text: str) -> bytes:
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise Malformed(f"{text!r} is no hash in lower-case hexadecimal")
    return not_zero(bytes.fromhex(text))


def parameters_of(text: str) -> list[tuple[str, str, str]]:
    """AGR-28."""
    found = re.findall(r"\{([^{}:]*):(\d+)-(0|[1-9]\d{0,8})\}", text, re.ASCII)
    bare = re.sub(r"\{[^{}:]*:\d+-(0|[1-9]\d{0,8})\}", "", text, flags=re.ASCII)
    if "{" in bare or "}" in bare or len(found) > 8 or len({name for name, _, _ in found}) != len(found):
        raise Malformed("up to 8 parameters {name:low-high}, each once, and no other brace")
    for name, low, high in found:
        matching(name, CODE, "name of a parameter")
        padded = len(low) > 1 and low[0] == "0"
        if int(low) >= int(high) or padded and len(low) != len(high):
            raise Malformed(f"the bounds of {{{name}:{low}-{high}}}")
    return found


def wrap(data: bytes, indent: str) -> bytes:
    text = base64(data)
    return "".join(indent + text[at:at + 72] + "\n" for at in range(0, len(text), 72)).encode()
