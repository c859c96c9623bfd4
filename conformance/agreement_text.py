"""The form of an agreement: characters, lines, sections, blocks, statements (AGR-1 to AGR-6). It knows no meanings."""

import re
from dataclasses import dataclass, field

from .errors import Malformed

TITLE = "HOTLINE AGREEMENT 1"
SECTIONS = ("PREAMBLE", "PARTIES", "LANGUAGES", "POSTS", "CHANNELS", "PRECEDENCES", "LINE TESTS", "CONTACTS", "HOLDING REPLIES",
            "DECLINE REASONS", "GLOSSARY", "PHRASEBOOK", "FORMS", "BEARERS", "KEYS", "SIGNATURES")
MAY_BE_NONE = ("CONTACTS", "DECLINE REASONS", "GLOSSARY", "PHRASEBOOK", "FORMS")
LINE_MAX = 2_000

# AGR-2: controls, what turns the order of reading, what nobody can see.
FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\ufdd0-\ufdef"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)) + "]")

# Unicode White_Space.
SPACE = frozenset("\t\n\v\f\r \x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000")

TOKEN = re.compile(r'"((?:[^"\\]|\\["\\])*)"|([!#-~]+)')


@dataclass(frozen=True)
class Mistake:
    line: int
    rule: str
    what: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what} ({self.rule})"


class Mistakes(Malformed):
    """Every mistake of one text (AGR-37)."""

    def __init__(self, mistakes):
        self.mistakes = sorted(mistakes, key=lambda each: each.line)
        super().__init__("; ".join(map(str, self.mistakes[:20])))


class Notebook:
    """Collects mistakes; the text is refused at the end, where there are any."""

    def __init__(self):
        self.mistakes: list[Mistake] = []

    def note(self, line: int, rule: str, what: str) -> None:
        self.mistakes.append(Mistake(line, rule, what))

    def close(self) -> None:
        if self.mistakes:
            raise Mistakes(self.mistakes)


class Quoted(str):
    """A value that stood in quotation marks; any other is a word."""


@dataclass
class Statement:
    line: int
    key: str
    values: list[str]
    wrapped: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Block:
    head: Statement
    body: list[Statement] = field(default_factory=list)

    @property
    def line(self) -> int:
        return self.head.line


@dataclass
class Section:
    line: int
    blocks: list[Block]
    none: bool = False


def read_lines(data: bytes, notes: Notebook, limit: int) -> list[str]:
    """AGR-1 to AGR-3."""
    if len(data) > limit:
        raise Mistakes([Mistake(1, "AGR-1", f"{len(data)} bytes, where {limit} are the limit")])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Mistakes([Mistake(data.count(b"\n", 0, error.start) + 1, "AGR-1", "bytes that are not UTF-8")]) from None
    lines = text.split("\n")
    if lines[-1] != "":
        notes.note(len(lines), "AGR-1", "the last line does not end in a line feed")
    else:
        lines.pop()
    before = None
    for number, line in enumerate(lines, 1):
        found = FORBIDDEN.search(line)
        if found:
            notes.note(number, "AGR-2", f"U+{ord(found[0]):04X} may not stand in an agreement")
        if line and line[-1] in SPACE:
            notes.note(number, "AGR-3", "the line ends in white space")
        if len(line.encode()) > LINE_MAX:
            notes.note(number, "AGR-3", f"the line has more than {LINE_MAX} bytes")
        if line == "" and before in ("", None):
            notes.note(number, "AGR-3", "a blank line at the start, or two that follow each other")
        before = line
    return lines


def read_statement(number: int, text: str, notes: Notebook) -> Statement | None:
    """AGR-5: a key, then values, all parted by one or more blanks."""
    key = re.match(r"[!#-~]+", text)
    if not key:
        notes.note(number, "AGR-5", "no statement")
        return None
    at, values = key.end(), []
    while at < len(text):
        blanks = re.compile(" +").match(text, at)
        token = blanks and TOKEN.match(text, blanks.end())
        if not token:
            notes.note(number, "AGR-5", "neither a word nor a text in quotation marks")
            return None
        quoted, word = token[1], token[2]
        values.append(Quoted(re.sub(r"\\(.)", r"\1", quoted)) if quoted is not None else word)
        at = token.end()
    return Statement(number, key[0], values)


def read_blocks(first: int, lines: list[str], notes: Notebook) -> list[Block]:
    """The statements of one section, where `first` is the number of its first line."""
    blocks: list[Block] = []
    apart = True                                                # a blank line, or nothing, stands above
    for number, line in enumerate(lines, first):
        if line == "":
            apart = True
            continue
        indent = len(line) - len(line.lstrip(" "))
        if indent == 4 and not apart and blocks:
            last = (blocks[-1].body or [blocks[-1].head])[-1]
            last.wrapped.append((number, line[4:]))
            continue
        statement = read_statement(number, line[indent:], notes) if indent in (0, 2) else None
        if indent not in (0, 2):
            notes.note(number, "AGR-5", f"{indent} blanks at the margin, where none or two belong")
        elif statement and indent == 0:
            blocks.append(Block(statement))
        elif statement and (apart or not blocks):
            notes.note(number, "AGR-5", "a statement that belongs to no block")
        elif statement:
            blocks[-1].body.append(statement)
        apart = False
    return blocks


def read_sections(lines: list[str], notes: Notebook) -> tuple[Section, dict[str, Section], int]:
    """AGR-4: the header, the sections but for PREAMBLE and SIGNATURES, and the line of SIGNATURES (0 where it is missing)."""
    if not lines or lines[0] != TITLE:
        notes.note(1, "AGR-4", f"the first line is not {TITLE}")
    at = {}
    for index, line in enumerate(lines):
        if line not in SECTIONS or "SIGNATURES" in at:
            continue
        if line in at:
            notes.note(index + 1, "AGR-4", f"{line} stands twice")
        elif at and SECTIONS.index(line) < SECTIONS.index(list(at)[-1]):
            notes.note(index + 1, "AGR-4", f"{line} stands out of its order")
        at.setdefault(line, index)
        if lines[index - 1] != "" or (lines[index + 1:] or ["" if line == "SIGNATURES" else "?"])[0] != "":
            notes.note(index + 1, "AGR-4", f"{line} has no blank line above it or none below")
    for name in SECTIONS:
        if name not in at:
            notes.note(len(lines), "AGR-4", f"{name} is missing")
    starts = sorted(at.values()) + [len(lines)]
    header = Section(1, read_blocks(2, lines[1:starts[0]], notes))
    sections = {}
    for name, index in at.items():
        end = starts[starts.index(index) + 1]
        body = lines[index + 1:end]
        if name == "PREAMBLE":
            continue
        if name == "SIGNATURES":
            continue
        filled = [line for line in body if line]
        if filled == ["none"] and name in MAY_BE_NONE:
            sections[name] = Section(index + 1, [], none=True)
            continue
        if not filled:
            notes.note(index + 1, "AGR-4", f"{name} is empty")
        sections[name] = Section(index + 1, read_blocks(index + 2, body, notes))
    return header, sections, at.get("SIGNATURES", -1) + 1
