"""The agreement: what its statements mean, whether they hold, its hash and its signatures (docs/spec/agreement.md)."""

import datetime
import re
from dataclasses import dataclass

from .agreement_text import SPACE, Block, Notebook, Quoted, Section, Statement, read_lines, read_sections
from .encoding import AGREEMENT_MAX, base64, sha256, unbase64
from .errors import Malformed, Refused, Unverified
from .keys import COMPOSITE_KEY, COMPOSITE_SIGNATURE, ML_KEY, CompositeKey, LightKey

LABEL = b"hotline/1 agreement\n"
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
    nonces: dict[int, bytes]

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
        return Parser(data).agreement()

    def verify(self) -> None:
        """AGR-34."""
        for party, keys in self.keys.items():
            if party not in self.signatures:
                raise Unverified(f"party {party} has not signed")
            keys.root.verify(self.signatures[party], LABEL + self.text)

    def check_succession(self, before: "Agreement") -> None:
        """AGR-36: whether this one may take the place of the other."""
        first = before.first or (before.date, before.hash)
        if self.version != before.version + 1 or self.first != first or self.amends != before.hash or self.date < before.date:
            raise Refused("version, first, amends or date do not follow from the agreement before")
        if self.keys.keys() != before.keys.keys():
            raise Refused("the parties are others")
        for party, keys in self.keys.items():
            old = before.keys[party]
            same = (keys.root, keys.station, keys.light) == (old.root, old.station, old.light)
            if not same and keys.identity != old.next:
                raise Refused(f"the keys of party {party} are neither those of before nor those announced")


class Parser:
    def __init__(self, data: bytes):
        self.data, self.notes = data, Notebook()

    def agreement(self) -> Agreement:
        lines = read_lines(self.data, self.notes, AGREEMENT_MAX)
        header, self.sections, signatures = read_sections(lines, self.notes)
        self.header(header)
        self.languages()
        self.parties()
        self.posts()
        self.channels()
        self.precedences()
        self.tests()
        self.contacts()
        self.replies()
        self.glossary()
        self.phrasebook()
        self.forms()
        self.bearers()
        self.key_section()
        text = "".join(line + "\n" for line in lines[:signatures - 1]).encode() if signatures else b""
        signed = self.signature_section(lines, signatures) if signatures else {}
        self.notes.close()
        return Agreement(text, signed, self.keys, self.version, self.date, self.first, self.amends, self.tags, self.post_of, self.nonces)

    # What the sections have in common.

    def try_(self, line: int, rule: str, function, *arguments):
        """A value, or None and a mistake."""
        try:
            return function(*arguments)
        except Malformed as error:
            self.notes.note(line, rule, str(error))
            return None

    def blocks(self, name: str) -> list[Block]:
        return self.sections[name].blocks if name in self.sections else []

    def numbered(self, name: str, key: str, low: int, high: int, extra: int = 0, rule: str = "AGR-6", gaps: bool = True):
        """The blocks of a section whose heads are `key number`, with `extra` values more; numbers rise (AGR-6)."""
        last = low - 1
        for block in self.blocks(name):
            head = block.head
            if head.key != key or len(head.values) != 1 + extra or head.wrapped:
                self.notes.note(block.line, "AGR-5", f"expected: {key}, a number and {extra} more; found {head.key!r}")
                continue
            value = self.try_(block.line, rule, number, head.values[0], low, high)
            if value is None:
                continue
            if value <= last or not gaps and value != last + 1:
                self.notes.note(block.line, rule, f"the number {value} does not follow {last}")
            last = max(last, value)
            yield value, block

    def statements(self, block: Block, required=(), optional=(), many=(), wrapped=()) -> dict[str, Statement | list[Statement]]:
        """AGR-5: keys that a block does not have, keys that stand twice, keys that are missing."""
        found: dict = {key: [] for key in many}
        for statement in block.body:
            key = statement.key
            if key in many:
                found[key].append(statement)
            elif key not in required and key not in optional:
                self.notes.note(statement.line, "AGR-5", f"{block.head.key} has no {key!r}")
            elif key in found:
                self.notes.note(statement.line, "AGR-5", f"{key!r} stands twice")
            else:
                found[key] = statement
            if statement.wrapped and key not in wrapped:
                self.notes.note(statement.wrapped[0][0], "AGR-5", "a line that is four blanks in")
        for key in required:
            if key not in found:
                self.notes.note(block.line, "AGR-5", f"{key!r} is missing")
        return found

    def value(self, statement: Statement | None, rule: str, function, *arguments):
        """The one value of a statement."""
        if statement is None:
            return None
        if len(statement.values) != 1:
            self.notes.note(statement.line, "AGR-5", f"{statement.key!r} has one value, not {len(statement.values)}")
            return None
        return self.try_(statement.line, rule, function, statement.values[0], *arguments)

    def list_of(self, statement: Statement | None, rule: str, function, *arguments, none: bool = False) -> list | None:
        """The values of a statement, none twice; `none` alone for no value, where that is allowed."""
        if statement is None:
            return None
        if none and statement.values == ["none"] and not isinstance(statement.values[0], Quoted):
            return []
        if not statement.values:
            self.notes.note(statement.line, "AGR-5", f"{statement.key!r} has no value")
            return None
        values = [self.try_(statement.line, rule, function, value, *arguments) for value in statement.values]
        if len(set(values)) != len(values):
            self.notes.note(statement.line, rule, "a value stands twice")
        return None if None in values else values

    def localized(self, line: int, statements: list[Statement], limit: int, leading: int = 0) -> dict[str, str]:
        """AGR-14: exactly once in every language of the line, and in no other."""
        found: dict[str, str] = {}
        for statement in statements:
            values = statement.values[leading:]
            if len(values) != 2:
                self.notes.note(statement.line, "AGR-5", f"{statement.key!r} has a language and a text")
                continue
            tag = self.try_(statement.line, "AGR-14", one_of, values[0], tuple(self.tags.values()))
            text = self.try_(statement.line, "AGR-5", words, values[1], limit)
            if tag in found:
                self.notes.note(statement.line, "AGR-14", f"{statement.key!r} stands twice in {tag}")
            if tag and text is not None:
                found[tag] = text
        missing = set(self.tags.values()) - {statement.values[leading] for statement in statements if len(statement.values) > leading}
        if missing:
            self.notes.note(line, "AGR-14", f"not in every language: {' '.join(sorted(missing))} is missing")
        return found

    def code(self, line: int, text: str, taken: set[str]) -> str | None:
        code = self.try_(line, "AGR-6", matching, text, CODE, "code")
        if code in taken:
            self.notes.note(line, "AGR-6", f"{code} stands twice")
        taken.add(code)
        return code

    # The sections, in their order.

    def header(self, section: Section) -> None:
        for block in section.blocks:
            for statement in block.body:
                self.notes.note(statement.line, "AGR-5", "a statement of the header stands at the margin")
        found = self.statements(Block(Statement(1, "the header", []), [block.head for block in section.blocks]),
                                required=("line", "date", "version", "suite"), optional=("first", "amends"))
        self.value(found.get("line"), "AGR-10", words, NAME_MAX)
        self.date = self.value(found.get("date"), "AGR-10", date)
        self.version = self.value(found.get("version"), "AGR-10", number, 1, 1_000_000)
        if self.value(found.get("suite"), "AGR-11", number, 1, 1) is None and "suite" in found:
            self.notes.note(found["suite"].line, "AGR-11", "this station has suite 1 alone")
        self.first = self.amends = None
        first, amends = found.get("first"), found.get("amends")
        later = self.version is not None and self.version > 1
        if (first is not None) != later or (amends is not None) != later:
            if self.version is not None:
                self.notes.note(1, "AGR-12", "from version 2 on, and only then, first and amends are named")
            return
        if not later:
            return
        if len(first.values) != 2:
            self.notes.note(first.line, "AGR-12", "first has a date and a hash")
            return
        when = self.try_(first.line, "AGR-12", date, first.values[0])
        hash = self.try_(first.line, "AGR-12", lower_hash, first.values[1])
        self.amends = self.value(amends, "AGR-12", lower_hash)
        if None in (when, hash, self.amends):
            return
        self.first = (when, hash)
        if (self.version == 2) != (hash == self.amends):
            self.notes.note(amends.line, "AGR-12", "first and amends are the same in version 2, and differ later")
        if self.date is not None and self.date < when:
            self.notes.note(1, "AGR-12", "the date is before that of the first")

    def languages(self) -> None:
        self.tags: dict[int, str] = {}
        for value, block in self.numbered("LANGUAGES", "language", 1, 32, extra=2, rule="AGR-14"):
            tag = self.try_(block.line, "AGR-14", matching, block.head.values[1], TAG, "language tag")
            self.try_(block.line, "AGR-5", words, block.head.values[2], NAME_MAX)
            self.statements(block)
            if tag in self.tags.values():
                self.notes.note(block.line, "AGR-14", f"{tag} stands twice")
            if tag:
                self.tags[value] = tag

    def parties(self) -> None:
        self.numbers: list[int] = []
        self.nonces: dict[int, bytes] = {}
        names, marks = set(), set()
        for value, block in self.numbered("PARTIES", "party", 1, 15, rule="AGR-13"):
            self.numbers.append(value)
            found = self.statements(block, required=("mark", "languages", "nonce"), many=("name",))
            for tag, name in self.localized(block.line, found["name"], NAME_MAX).items():
                if (tag, name) in names:
                    self.notes.note(block.line, "AGR-13", f"two parties share the name {name!r}")
                names.add((tag, name))
            mark = self.value(found.get("mark"), "AGR-13", matching, MARK, "mark")
            if mark and mark in marks:
                self.notes.note(block.line, "AGR-13", f"the mark {mark} stands twice")
            marks.add(mark)
            self.list_of(found.get("languages"), "AGR-13", one_of, tuple(self.tags.values()))
            nonce = self.value(found.get("nonce"), "AGR-13", lambda text: not_zero(binary(text, 32)))
            if nonce:
                self.nonces[value] = nonce
        if len(self.numbers) < 2:
            self.notes.note(self.line_of("PARTIES"), "AGR-13", "there are 2 to 15 parties")

    def line_of(self, name: str) -> int:
        return self.sections[name].line if name in self.sections else 1

    def party(self, text: str) -> int:
        value = number(text, 1, 15)
        if value not in self.numbers:
            raise Malformed(f"party {value} is not listed")
        return value

    def posts(self) -> None:
        codes, titles = set(), set()
        self.post_of: dict[int, dict] = {}
        lines = {}
        for value, block in self.numbered("POSTS", "post", 1, 255, extra=1, rule="AGR-15"):
            code = self.code(block.line, block.head.values[1], codes)
            found = self.statements(block, required=("party", "counterparts", "succession"), optional=("rank",), many=("title", "address"))
            lines[value] = block.line
            self.post_of[value] = {
                "code": code,
                "party": self.value(found.get("party"), "AGR-15", self.party),
                "counterparts": self.list_of(found.get("counterparts"), "AGR-16", number, 1, 255, none=True),
                "succession": self.list_of(found.get("succession"), "AGR-17", number, 1, 255, none=True),
                "title": self.localized(block.line, found["title"], NAME_MAX),
                "address": self.localized(block.line, found["address"], NAME_MAX),
            }
            self.value(found.get("rank"), "AGR-15", number, 1, 99)
            for tag, title in self.post_of[value]["title"].items():
                if (tag, title.casefold()) in titles:
                    self.notes.note(block.line, "AGR-18", f"two posts share the title {title!r}")
                titles.add((tag, title.casefold()))
        for value, post in self.post_of.items():
            self.check_post(value, post, lines[value])
        for party in self.numbers:
            if not any(post["party"] == party for post in self.post_of.values()):
                self.notes.note(self.line_of("POSTS"), "AGR-15", f"party {party} has no post")

    def check_post(self, value: int, post: dict, line: int) -> None:
        opposite = set()
        for other in post["counterparts"] or ():
            theirs = self.post_of.get(other)
            if theirs is None or theirs["party"] == post["party"]:
                self.notes.note(line, "AGR-16", f"post {other} is no post of another party")
            elif theirs["party"] in opposite or value not in (theirs["counterparts"] or (value,)):
                self.notes.note(line, "AGR-16", f"post {other} does not name {value} in turn, or is the second of its party")
            opposite.add(theirs and theirs["party"])
        for other in post["succession"] or ():
            theirs = self.post_of.get(other)
            if other == value or theirs is None or theirs["party"] != post["party"]:
                self.notes.note(line, "AGR-17", f"post {other} is no other post of the same party")

    def channels(self) -> None:
        codes = set()
        self.channel_numbers = []
        for value, block in self.numbered("CHANNELS", "channel", 0, 31, extra=1, rule="AGR-19"):
            self.channel_numbers.append(value)
            self.code(block.line, block.head.values[1], codes)
            found = self.statements(block, required=("precedence", "release", "suspension"), optional=("proof", "passes"), many=("title",))
            self.localized(block.line, found["title"], NAME_MAX)
            allowed = self.urgent(found.get("precedence"), "AGR-19")
            roles = self.roles(found.get("release"))
            if roles is not None and bool(roles) != ("proof" in found):
                self.notes.note(block.line, "AGR-20", "proof stands where there are roles, and only there")
            self.value(found.get("proof"), "AGR-20", one_of, ("first", "may-follow"))
            suspension = self.value(found.get("suspension"), "AGR-21", one_of, ("never", "allowed"))
            if suspension is not None and (suspension == "allowed") != ("passes" in found):
                self.notes.note(block.line, "AGR-21", "passes stands where suspension is allowed, and only there")
            passes = self.urgent(found.get("passes"), "AGR-21", none=True)
            if set(passes or ()) - set(allowed or PRECEDENCES):
                self.notes.note(found["passes"].line, "AGR-21", "passes what the channel does not allow")

    def urgent(self, statement: Statement | None, rule: str, none: bool = False) -> list[str] | None:
        values = self.list_of(statement, rule, one_of, PRECEDENCES, none=none)
        if values and sorted(values, key=PRECEDENCES.index) != values:
            self.notes.note(statement.line, rule, "the most urgent stands first")
        return values

    def roles(self, statement: Statement | None) -> list[str] | None:
        """AGR-20; a role may stand twice: as many different officers sign."""
        if statement is None or statement.values == ["none"]:
            return None if statement is None else []
        if not 1 <= len(statement.values) <= 4:
            self.notes.note(statement.line, "AGR-20", "one to four roles, or none")
        return [self.try_(statement.line, "AGR-20", one_of, value, ROLES) for value in statement.values] or None

    def precedences(self) -> None:
        names, before = [], (0, 0)
        for block in self.blocks("PRECEDENCES"):
            if block.head.key != "precedence" or len(block.head.values) != 1:
                self.notes.note(block.line, "AGR-5", "expected: precedence and its name")
                continue
            name = block.head.values[0]
            names.append(name)
            flash = name == "FLASH"
            found = self.statements(block, ("receipt", "reply") + (("words", "bytes", "quota") if flash else ()))
            receipt = self.value(found.get("receipt"), "AGR-22", length_of_time)
            reply = self.value(found.get("reply"), "AGR-22", length_of_time)
            self.value(found.get("words"), "AGR-23", number, 1, 200)
            self.value(found.get("bytes"), "AGR-23", number, 1, 4_096)
            self.quota(found.get("quota"))
            if None in (receipt, reply):
                continue
            if reply < receipt or receipt < before[0] or reply < before[1]:
                self.notes.note(block.line, "AGR-22", "a deadline shorter than the one before it")
            before = (receipt, reply)
        if tuple(names) != PRECEDENCES and "PRECEDENCES" in self.sections:
            self.notes.note(self.line_of("PRECEDENCES"), "AGR-22", "FLASH, IMMEDIATE, PRIORITY, ROUTINE stand once each, in this order")

    def quota(self, statement: Statement | None) -> None:
        if statement is None:
            return
        values = statement.values
        if len(values) != 5 or values[1:4] != ["then", "1", "per"]:
            self.notes.note(statement.line, "AGR-23", "a quota is: a number, then 1 per, a length of time")
            return
        self.try_(statement.line, "AGR-23", number, values[0], 1, 100)
        self.try_(statement.line, "AGR-23", length_of_time, values[4])

    def tests(self) -> None:
        found: dict[str, int] = {}
        rest = []
        for block in self.blocks("LINE TESTS"):
            key, values = block.head.key, block.head.values
            if key not in ("probe", "silence"):
                rest.append(block)
                continue
            self.statements(block)
            if key in found or len(values) != 2 or values[0] != ("every" if key == "probe" else "after"):
                self.notes.note(block.line, "AGR-24", f"{key} stands once, as in: probe every 10s, silence after 2m")
                continue
            found[key] = self.try_(block.line, "AGR-24", length_of_time, values[1]) or 0
        if set(found) != {"probe", "silence"}:
            self.notes.note(self.line_of("LINE TESTS"), "AGR-24", "probe and silence stand once each")
        elif not 1 <= found["probe"] <= 3_600 or found["silence"] <= found["probe"]:
            self.notes.note(self.line_of("LINE TESTS"), "AGR-24", "probe is 1 s to 1 h, and silence is longer")
        if "LINE TESTS" in self.sections:
            self.sections["LINE TESTS"].blocks = rest
        for _, block in self.numbered("LINE TESTS", "test", 1, 10_000, rule="AGR-24", gaps=False):
            test = self.statements(block, ("party", "every", "from", "answer"))
            self.value(test.get("party"), "AGR-24", self.party)
            every = self.value(test.get("every"), "AGR-24", length_of_time)
            self.value(test.get("answer"), "AGR-24", length_of_time)
            start = self.time_of_day(test.get("from"))
            if every and (DAY % every or start is not None and start >= every):
                self.notes.note(block.line, "AGR-24", "every divides a day, and from is less than it")

    def time_of_day(self, statement: Statement | None) -> int | None:
        if statement is None:
            return None
        match = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d) UTC", " ".join(statement.values), re.ASCII)
        if not match or any(isinstance(value, Quoted) for value in statement.values):
            self.notes.note(statement.line, "AGR-24", "from is a time of day: hh:mm UTC")
            return None
        return int(match[1]) * 3_600 + int(match[2]) * 60

    def contacts(self) -> None:
        for _, block in self.numbered("CONTACTS", "contact", 1, 255, rule="AGR-25"):
            found = self.statements(block, ("posts", "kind", "every", "from"))
            pair = self.list_of(found.get("posts"), "AGR-25", number, 1, 255)
            if pair is not None and (len(pair) != 2 or pair[1] not in ((self.post_of.get(pair[0]) or {}).get("counterparts") or ())):
                self.notes.note(block.line, "AGR-25", "a contact is of two counterparts")
            self.value(found.get("kind"), "AGR-25", one_of, ("session", "call", "visit"))
            self.value(found.get("every"), "AGR-25", length_of_time)
            self.value(found.get("from"), "AGR-25", date)

    def replies(self) -> None:
        for _, block in self.numbered("HOLDING REPLIES", "reply", 1, 255, rule="AGR-26"):
            self.localized(block.line, self.statements(block, many=("text",))["text"], TEXT_MAX)
        codes = set()
        for _, block in self.numbered("DECLINE REASONS", "reason", 1, 255, extra=1, rule="AGR-26"):
            self.code(block.line, block.head.values[1], codes)
            self.localized(block.line, self.statements(block, many=("text",))["text"], TEXT_MAX)

    def glossary(self) -> None:
        codes = set()
        for _, block in self.numbered("GLOSSARY", "term", 1, 255, extra=1, rule="AGR-27"):
            self.code(block.line, block.head.values[1], codes)
            owners = set()
            for statement in self.statements(block, many=("word",))["word"]:
                if len(statement.values) != 3:
                    self.notes.note(statement.line, "AGR-27", "word has a party, a language and a text")
                    continue
                party = self.try_(statement.line, "AGR-27", self.party, statement.values[0])
                tag = self.try_(statement.line, "AGR-27", one_of, statement.values[1], tuple(self.tags.values()))
                self.try_(statement.line, "AGR-5", words, statement.values[2], NAME_MAX)
                if (party, tag) in owners:
                    self.notes.note(statement.line, "AGR-27", "one word for each party and language")
                owners.add((party, tag))
            if set(self.numbers) - {party for party, _ in owners}:
                self.notes.note(block.line, "AGR-27", "at least one word of every party")

    def phrasebook(self) -> None:
        taken = set()
        for _, block in self.numbered("PHRASEBOOK", "signal", 1, 255, extra=1, rule="AGR-28"):
            name = self.try_(block.line, "AGR-28", matching, block.head.values[1], re.compile("[A-Z]{1,32}"), "code word")
            if name in taken:
                self.notes.note(block.line, "AGR-28", f"{name} stands twice")
            taken.add(name)
            texts = self.localized(block.line, self.statements(block, many=("text",))["text"], TEXT_MAX)
            parameters = [self.try_(block.line, "AGR-28", parameters_of, text) for text in texts.values()]
            if None not in parameters and any(sorted(each) != sorted(parameters[0]) for each in parameters):
                self.notes.note(block.line, "AGR-28", "the languages have different parameters")

    def forms(self) -> None:
        codes = set()
        for _, block in self.numbered("FORMS", "form", 1, 255, extra=1, rule="AGR-29"):
            self.code(block.line, block.head.values[1], codes)
            found = self.statements(block, many=("title", "field", "label", "choice"))
            self.localized(block.line, found["title"], NAME_MAX)
            field_codes, kinds = set(), {}
            for statement in found["field"]:
                if len(statement.values) != 4:
                    self.notes.note(statement.line, "AGR-29", "field has a number, a code, a kind, and required or optional")
                    continue
                value = self.try_(statement.line, "AGR-29", number, statement.values[0], 1, 64)
                self.code(statement.line, statement.values[1], field_codes)
                kind = self.try_(statement.line, "AGR-29", one_of, statement.values[2], FIELD_KINDS)
                self.try_(statement.line, "AGR-29", one_of, statement.values[3], ("required", "optional"))
                if value != len(kinds) + 1:
                    self.notes.note(statement.line, "AGR-29", "fields are numbered 1, 2, 3, …")
                kinds[value] = kind
            if not kinds:
                self.notes.note(block.line, "AGR-29", "a form has 1 to 64 fields")
            self.labels(block, found, kinds)

    def labels(self, block: Block, found: dict, kinds: dict) -> None:
        labels = {value: [] for value in kinds}
        choices: dict[int, dict[int, list]] = {value: {} for value in kinds}
        for statement in found["label"] + found["choice"]:
            choice = statement.key == "choice"
            values = [self.try_(statement.line, "AGR-29", number, text, 1, 64) for text in statement.values[:1 + choice]]
            if len(statement.values) != 3 + choice or None in values or values[0] not in kinds:
                self.notes.note(statement.line, "AGR-29", "a label or a choice of no field")
            elif choice:
                choices[values[0]].setdefault(values[1], []).append(statement)
            else:
                labels[values[0]].append(statement)
        for value, kind in kinds.items():
            self.localized(block.line, labels[value], NAME_MAX, leading=1)
            numbers = sorted(choices[value])
            if (kind == "choice") != bool(numbers) or numbers != list(range(1, len(numbers) + 1)):
                self.notes.note(block.line, "AGR-29", "choices 1, 2, 3, … of a field of the kind choice, and of no other")
            for each in choices[value].values():
                self.localized(block.line, each, NAME_MAX, leading=2)

    def bearers(self) -> None:
        numbers = []
        for block in self.blocks("BEARERS"):
            head = block.head
            self.statements(block)
            if head.key != "channel" or len(head.values) < 2:
                self.notes.note(block.line, "AGR-30", "expected: channel, its number and its bearers")
                continue
            numbers.append(self.try_(block.line, "AGR-30", number, head.values[0], 0, 31))
            self.list_of(Statement(block.line, "channel", head.values[1:]), "AGR-30", one_of, BEARERS)
        if numbers != self.channel_numbers and "BEARERS" in self.sections:
            self.notes.note(self.line_of("BEARERS"), "AGR-30", "one line for each channel, in order")

    def key_section(self) -> None:
        self.keys: dict[int, Keys] = {}
        seen = {nonce: 0 for nonce in self.nonces.values()}
        for value, block in self.numbered("KEYS", "keys", 1, 15, rule="AGR-31"):
            found = self.statements(block, ("light", "tls-pin", "next", "root", "station"), many=("recovery",), wrapped=("root", "station"))
            light = self.value(found.get("light"), "AGR-8", lambda text: LightKey(binary(text, 32)))
            pin = self.value(found.get("tls-pin"), "AGR-8", lambda text: not_zero(binary(text, 32)))
            next = self.value(found.get("next"), "AGR-8", lambda text: not_zero(binary(text, 32)))
            root, station = (self.composite(found.get(key)) for key in ("root", "station"))
            recovery = self.recovery(block, found["recovery"])
            if value not in self.numbers:
                self.notes.note(block.line, "AGR-31", f"party {value} is not listed")
            if None in (light, pin, next, root, station):
                continue
            self.keys[value] = Keys(light, pin, next, tuple(recovery), root, station)
            for data in (light.raw, pin, next, *recovery, root.raw[:ML_KEY], root.raw[ML_KEY:], station.raw[:ML_KEY], station.raw[ML_KEY:]):
                if data in seen:
                    self.notes.note(block.line, "AGR-7", "a value stands twice")
                seen[data] = value
        if len(set(self.nonces.values())) != len(self.nonces):
            self.notes.note(self.line_of("PARTIES"), "AGR-7", "a nonce stands twice")
        if set(self.numbers) - {block.head.values and block.head.values[0].isdigit() and int(block.head.values[0]) for block in self.blocks("KEYS")}:
            self.notes.note(self.line_of("KEYS"), "AGR-31", "a party has no keys")

    def composite(self, statement: Statement | None) -> CompositeKey | None:
        if statement is None:
            return None
        if statement.values:
            self.notes.note(statement.line, "AGR-9", "a composite key stands on the lines below")
            return None
        return self.try_(statement.line, "AGR-9", lambda: CompositeKey(unwrap(statement.wrapped, COMPOSITE_KEY)))

    def recovery(self, block: Block, statements: list[Statement]) -> list[bytes]:
        if len(statements) == 1 and statements[0].values == ["none"]:
            return []
        if len(statements) != 3:
            self.notes.note(block.line, "AGR-31", "recovery is none, or three lines")
        hashes = [self.value(each, "AGR-31", lambda text: not_zero(binary(text, 32))) for each in statements]
        return [each for each in hashes if each]

    def signature_section(self, lines: list[str], heading: int) -> dict[int, bytes]:
        """AGR-33. `heading` is the number of the line SIGNATURES."""
        signatures: dict[int, bytes] = {}
        at = heading
        while at < len(lines):
            if lines[at] != "" or at + 1 == len(lines):
                self.notes.note(at + 1, "AGR-33", "expected: a blank line, then a signature")
                return signatures
            match = re.fullmatch(r"signature ([1-9]\d?)", lines[at + 1], re.ASCII)
            if not match or int(match[1]) not in self.numbers or int(match[1]) <= max(signatures, default=0):
                self.notes.note(at + 2, "AGR-33", "expected: signature and the number of a party, each once, in their order")
                return signatures
            first = at = at + 2
            while at < len(lines) and lines[at] != "":
                at += 1
            body = [(number + 1, lines[number]) for number in range(first, at)]
            if any(not line.startswith("  ") for _, line in body):
                self.notes.note(first + 1, "AGR-33", "the signature is two blanks in")
                return signatures
            signature = self.try_(first + 1, "AGR-33", unwrap, [(number, line[2:]) for number, line in body], COMPOSITE_SIGNATURE)
            signatures[int(match[1])] = signature or b""
        return signatures


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


def sign(text: bytes, signers: dict) -> bytes:
    """The text and the signatures below it; `signers` are the root keys by party."""
    result = text + b"SIGNATURES\n"
    for party in sorted(signers):
        result += b"\nsignature %d\n" % party + wrap(signers[party].sign(LABEL + text), "  ")
    return result


def wrap(data: bytes, indent: str) -> bytes:
    text = base64(data)
    return "".join(indent + text[at:at + 72] + "\n" for at in range(0, len(text), 72)).encode()
