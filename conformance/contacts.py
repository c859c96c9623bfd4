"""Contacts of two posts: asked for, agreed, moved, held on the line or missed, and minuted (docs/spec/watch.md, WAT-16 to WAT-19)."""

from dataclasses import dataclass, field

from .encoding import EntryName, Reader, integer, utf8
from .entries import Entry
from .errors import Malformed
from .watch import ASKERS, HOLDING, OUTCOME, RECEIPT, Records, Said, addressee

REQUEST, CONTACT = 11, 12
MEDIA = ("text", "voice", "visit", "other")
STEPS = ("accepted", "proposed", "opened", "said", "closed", "held", "missed", "minutes", "confirmed")
WINDOWS_MAX, TIME_MAX, MINUTES_MAX = 8, 1 << 40, 16

Window = tuple[int, int]


def read_window(reader: Reader) -> Window:
    first, length = reader.integer(TIME_MAX), reader.integer(TIME_MAX)
    if length == 0:
        raise Malformed("a window has a length")
    return first, length


def read_windows(reader: Reader) -> tuple[Window, ...]:
    count = reader.byte()
    if not 1 <= count <= WINDOWS_MAX:
        raise Malformed(f"{count} windows")
    return tuple(read_window(reader) for _ in range(count))


def write_window(window: Window) -> bytes:
    return integer(window[0]) + integer(window[1])


def write_windows(windows: tuple[Window, ...]) -> bytes:
    return bytes([len(windows)]) + b"".join(map(write_window, windows))


@dataclass(frozen=True)
class Request:
    """WAT-16. `by` is 0 where the agreement's reply deadline counts."""

    medium: str
    by: int
    windows: tuple[Window, ...]
    subject: str

    def encode(self) -> tuple[int, bytes]:
        return REQUEST, bytes([1 + MEDIA.index(self.medium)]) + integer(self.by) + write_windows(self.windows) + self.subject.encode()

    @classmethod
    def decode(cls, content: bytes) -> "Request":
        reader = Reader(content)
        medium = reader.byte()
        if not 1 <= medium <= len(MEDIA):
            raise Malformed(f"{medium} is no medium")
        return cls(MEDIA[medium - 1], reader.integer(), read_windows(reader), utf8(reader.rest()))


@dataclass(frozen=True)
class Step:
    """What kind 12 states (WAT-17). `place` is that of a window in an offer."""

    says: str
    place: int | None = None
    windows: tuple[Window, ...] = ()
    party: int | None = None
    text: str | None = None

    def encode(self) -> tuple[int, bytes]:
        body = {"accepted": lambda: bytes([self.place]), "proposed": lambda: write_windows(self.windows),
                "held": lambda: write_window(self.windows[0]), "missed": lambda: bytes([self.party])}.get(self.says, bytes)()
        return CONTACT, bytes([1 + STEPS.index(self.says)]) + body + (self.text or "").encode()

    @classmethod
    def decode(cls, content: bytes) -> "Step":
        reader = Reader(content)
        code = reader.byte()
        if not 1 <= code <= len(STEPS):
            raise Malformed(f"{code} states nothing about a contact")
        says = STEPS[code - 1]
        place = reader.byte() if says == "accepted" else None
        windows = read_windows(reader) if says == "proposed" else (read_window(reader),) if says == "held" else ()
        party = reader.station() if says == "missed" else None
        text = utf8(reader.rest()) if says in ("proposed", "said", "minutes") else None
        reader.end()
        return cls(says, place, windows, party, text)


@dataclass
class Contact:
    """How it stands after some statements, in the order in which they count (WAT-18)."""

    entry: Entry
    asked: Request | None
    to: int | None
    stages: list[int] = field(default_factory=list)
    until: int | None = None
    offers: dict[int, tuple[EntryName, tuple[Window, ...]]] = field(default_factory=dict)
    agreed: Window | None = None
    moved: Window | None = None                                 # from where
    end: str | None = None
    late: str | None = None
    opened: list[int] = field(default_factory=list)
    closed: bool = False
    said: list[EntryName] = field(default_factory=list)
    words: dict[int, Step] = field(default_factory=dict)
    minutes: dict[EntryName, bool] = field(default_factory=dict)
    void: dict[EntryName, str] = field(default_factory=dict)    # what changes nothing, and why

    @classmethod
    def of(cls, entry: Entry, agreements: dict) -> "Contact":
        try:
            asked = Request.decode(entry.content)
        except Malformed:
            return cls(entry, None, None)
        contact = cls(entry, asked, addressee(entry, agreements))
        contact.offers[contact.asker] = entry.name, asked.windows
        return contact

    @property
    def asker(self) -> int:
        return self.entry.generation.station

    @property
    def is_over(self) -> bool:
        return self.closed or bool(self.words)

    @property
    def standing(self) -> str:
        if self.end:
            return self.end + (f" {self.late}-late" if self.late else "")
        if self.agreed is None:
            return "requested" if self.until is None else "not-yet"
        return "over" if self.is_over else "in-session" if len(self.opened) == 2 else "agreed"

    def other(self, party: int) -> int:
        return self.to if party == self.asker else self.asker

    def breach(self, statement: Entry, agreements: dict) -> str | None:
        """Why a statement of one of the two sides changes nothing as things stand."""
        said = read(statement)
        if said is None:
            return "unreadable"
        if self.to is None:
            return "no-addressee"
        author = statement.generation.station
        if author not in (self.asker, self.to):
            return "other-side"
        if isinstance(said, Said) and author != (self.asker if said.says in ASKERS else self.to):
            return "other-side"
        if isinstance(said, Step) and said.says == "missed" and said.party not in (self.asker, self.to):
            return "other-side"
        posts = (self.entry.from_post, self.entry.to_post)
        if statement.handling != self.entry.handling or (statement.from_post, statement.to_post) != (posts if author == self.asker else posts[::-1]):
            return "other-handling"
        agreement = agreements[statement.agreement]
        if said.says == "holding-reply" and said.number not in agreement.replies:
            return "unknown-reply"
        if said.says == "declined" and said.number not in agreement.reasons:
            return "unknown-reason"
        if said.says == "answered":
            return "answers-no-letter"
        if self.end:
            return "after-final"
        return self.fault(statement, said, author)

    def fault(self, statement: Entry, said: "Said | Step", author: int) -> str | None:
        """What would be wrong with it as things stand, were it the one of nobody else and of no other form."""
        object = statement.references[1] if len(statement.references) > 1 else None
        match said.says:
            case "receipt":
                return "again" if said.number in self.stages else None
            case "not-yet" | "lapsed":
                return None if self.agreed is None else "agreed-before"
            case "declined" | "withdrawn" | "proposed":
                return "after-final" if self.is_over else None
            case "accepted":
                name, windows = self.offers.get(self.other(author), (None, ()))
                return "after-final" if self.is_over else "stale-offer" if name is None or object != name else \
                    "no-window" if said.place >= len(windows) else None
            case "opened":
                return "after-final" if self.is_over else "not-agreed" if self.agreed is None else "no-text" if self.asked.medium != "text" else \
                    "again" if author in self.opened else None
            case "said":
                return "after-final" if self.closed else "no-session" if len(self.opened) < 2 else None
            case "closed":
                return "no-session" if not self.opened else "again" if self.closed else None
            case "held" | "missed":
                return "not-agreed" if self.agreed is None else "again" if author in self.words else None
            case "minutes":
                return "not-agreed" if self.agreed is None else "again" if len(self.minutes) == MINUTES_MAX else None
            case "confirmed":
                return "no-minutes" if object not in self.minutes or object.generation.station == author else \
                    "again" if self.minutes[object] else None
        return None

    def count(self, statement: Entry) -> None:
        """A statement that counts."""
        said, author, name = read(statement), statement.generation.station, statement.name
        match said.says:
            case "receipt":
                self.stages.append(said.number)
            case "not-yet":
                self.until = said.until
            case "declined" | "withdrawn" | "lapsed":
                self.end = said.says
            case "accepted":
                self.agreed, self.moved = self.offers[self.other(author)][1][said.place], self.agreed
                self.offers.clear()
            case "proposed":
                self.offers[author] = name, said.windows
            case "opened":
                self.opened.append(author)
            case "said":
                self.said.append(name)
            case "closed":
                self.closed = True
            case "held" | "missed":
                self.words[author] = said
            case "minutes":
                self.minutes[name] = False
            case "confirmed":
                self.minutes[statement.references[1]] = True

    def take_void(self, statement: Entry, reason: str, how: str) -> None:
        """WAT-19: a statement that changes nothing; what crossed an end may be shown with what it ended."""
        said = read(statement)
        if how == "crossed" and reason == "after-final":
            if said.says == "said":
                self.said.append(statement.name)
                return
            if self.end and not self.late and said.says in ("accepted", "declined") and statement.generation.station == self.to:
                self.late = said.says
                return
        self.void[statement.name] = "contradicts" if how == "contradicts" else f"{reason} crossed" if how == "crossed" else reason


def read(statement: Entry) -> "Said | Step | None":
    """None where it cannot be read."""
    try:
        return Step.decode(statement.content) if statement.kind == CONTACT else Said.decode(statement.kind, statement.content)
    except Malformed:
        return None


def one_order(asker: list[Entry], addressee: list[Entry], records: Records) -> list[Entry]:
    """WAT-18."""
    asker, addressee, found = asker[::-1], addressee[::-1], []
    while asker and addressee:
        found.append(addressee.pop() if records.had_seen(asker[-1], addressee[-1].name) else asker.pop())
    return found + asker[::-1] + addressee[::-1]


def course(request: Entry, entries: list[Entry], agreements: dict, records: Records) -> Contact:
    """`entries` may come in any order; those that are not about the request say nothing of it. `agreements` are by hash."""
    if request.kind != REQUEST:
        raise Malformed("this is no request for a contact")
    about = [each for each in entries if each.kind in (RECEIPT, HOLDING, OUTCOME, CONTACT) and each.references[:1] == (request.name,)]
    about.sort(key=lambda entry: records.order(entry.name))
    contact = Contact.of(request, agreements)
    sides = {party: [each for each in about if contact.to and each.generation.station == party] for party in (contact.asker, contact.to)}
    for each in about:
        if each not in sides.get(each.generation.station, ()):
            contact.take_void(each, contact.breach(each, agreements), "breach")
    both = one_order(sides[contact.asker], sides[contact.to], records)
    for place, statement in enumerate(both):
        reason = contact.breach(statement, agreements)
        if reason is None:
            contact.count(statement)
            continue

        def would_count(own) -> bool:
            """Had only those before it been stated that its author had seen, and of its own those that `own` lets stand."""
            before = [each for each in both[:place] if (own(each) if each.generation.station == statement.generation.station
                                                       else records.had_seen(statement, each.name))]
            alone = Contact.of(request, agreements)
            for each in before:
                if alone.breach(each, agreements) is None:
                    alone.count(each)
            return alone.breach(statement, agreements) is None
        how = "crossed" if would_count(lambda own: True) else "contradicts" if would_count(lambda own: not records.contradicts(statement, own)) else "breach"
        contact.take_void(statement, reason, how)
    return contact
