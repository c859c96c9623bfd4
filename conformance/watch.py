"""What entries mean: how far a letter has got, what became of it, and which channels are suspended (docs/spec/watch.md)."""

from dataclasses import dataclass

from .agreement_values import PRECEDENCES
from .encoding import EntryName, Generation, Reader, integer, utf8
from .entries import LETTER, Entry, Opening
from .errors import Malformed

LETTER_BY, RECEIPT, HOLDING, OUTCOME, CHANNEL = range(6, 11)
STAGES = (1, 2)                                                 # taken by the watch, before the principal
OUTCOMES = ("answered", "declined", "not-yet", "withdrawn", "lapsed")
FINAL = ("answered", "declined", "withdrawn", "lapsed")         # WAT-5
ASKERS = ("withdrawn", "lapsed")
CHANNELS = ("suspended", "resumed")                             # WAT-13


@dataclass(frozen=True)
class Said:
    """What the content of a letter or of a statement says (WAT-1, WAT-3, WAT-13). `number` is the stage, the holding reply or the reason."""

    says: str
    number: int | None = None
    until: int | None = None
    post: int | None = None
    text: str | None = None

    def encode(self) -> tuple[int, bytes]:
        """Kind and content."""
        text = (self.text or "").encode()
        until = b"" if self.until is None else integer(self.until)
        if self.says == "letter":
            return (LETTER if self.until is None else LETTER_BY), until + text
        if self.says in ("receipt", "holding-reply"):
            return (RECEIPT if self.says == "receipt" else HOLDING), bytes([self.number])
        if self.says in CHANNELS:
            return CHANNEL, bytes([1 + CHANNELS.index(self.says)]) + text
        numbers = b"".join(bytes([value]) for value in (self.number, self.post) if value is not None)
        return OUTCOME, bytes([1 + OUTCOMES.index(self.says)]) + until + numbers + text

    @classmethod
    def decode(cls, kind: int, content: bytes) -> "Said":
        reader = Reader(content)
        if kind in (LETTER, LETTER_BY):
            until = reader.integer() if kind == LETTER_BY else None
            return cls("letter", until=until, text=utf8(reader.rest()))
        if kind == CHANNEL:
            return cls.channel(reader.byte(), utf8(reader.rest()))
        if kind not in (RECEIPT, HOLDING, OUTCOME):
            raise Malformed(f"an entry of kind {kind} is neither a letter nor a statement about a letter or a channel")
        said = cls.outcome(reader) if kind == OUTCOME else cls("receipt" if kind == RECEIPT else "holding-reply", reader.byte())
        reader.end()
        if kind == RECEIPT and said.number not in STAGES:
            raise Malformed(f"{said.number} is no stage")
        if said.says == "answered" and not said.text:
            raise Malformed("an answer has a text")
        return said

    @classmethod
    def outcome(cls, reader: Reader) -> "Said":
        code = reader.byte()
        if not 1 <= code <= len(OUTCOMES):
            raise Malformed(f"{code} is no outcome")
        says = OUTCOMES[code - 1]
        number = reader.byte() if says == "declined" else None
        until, post = (reader.integer(), reader.byte()) if says == "not-yet" else (None, None)
        return cls(says, number, until, post, None if says == "lapsed" else utf8(reader.rest()))

    @classmethod
    def channel(cls, code: int, reason: str) -> "Said":
        if not 1 <= code <= len(CHANNELS):
            raise Malformed(f"{code} neither suspends nor resumes")
        if CHANNELS[code - 1] == "suspended" and not reason:
            raise Malformed("a suspension says why")
        return cls(CHANNELS[code - 1], text=reason)


@dataclass(frozen=True)
class Course:
    """What became of a letter. `until` is that of the last 'not yet'; `breaches` are names and reasons, in order of name."""

    standing: str
    stages: tuple[int, ...]
    until: int | None
    breaches: tuple[tuple[EntryName, str], ...]


class Records:
    """The generations of the records, by the one that each opening states before it (ENT-7)."""

    def __init__(self, before: dict[Generation, Generation | None]):
        self.before = before

    def path(self, generation: Generation) -> list[Generation]:
        """From the first generation to this one; a ring of predecessors is cut before its lowest name."""
        steps = []
        while generation is not None and generation not in steps:
            steps.append(generation)
            generation = self.before.get(generation)
        if generation is not None:
            first = min(steps[steps.index(generation):])
            steps = steps[:steps.index(first) + 1]
        return steps[::-1]

    def order(self, name: EntryName) -> tuple[list[Generation], int]:
        """WAT-6: the place of an entry in its record."""
        return self.path(name.generation), name.number

    def had_seen(self, entry: Entry, other: EntryName) -> bool:
        """WAT-7."""
        return self.reaches(entry.seen, other)

    def reaches(self, heads, other: EntryName) -> bool:
        return any(size > other.number if generation == other.generation else self.goes_on(generation, other.generation) for generation, size in heads)

    def had_shown(self, word: Entry, other: EntryName, letter: EntryName, record: dict[EntryName, Entry]) -> bool:
        """WAT-7: whether what the asker's record has between the letter and this word shows that it had seen the other's."""
        generation, size, passed = word.generation, word.name.number, set()
        while generation not in passed:
            passed.add(generation)
            first = letter.number + 1 if generation == letter.generation else 0
            between = [entry for name, entry in record.items() if name.generation == generation and first <= name.number < size]
            if any(self.had_seen(entry, other) for entry in between):
                return True
            if first or EntryName(generation, 0) not in record:
                return False
            opening = Opening.decode(record[EntryName(generation, 0)].content)
            if self.reaches([(head.generation, head.size) for head in opening.held], other):
                return True
            if opening.predecessor is None:
                return False
            generation, size = opening.predecessor.generation, opening.predecessor.size
        return False

    def goes_on(self, later: Generation, earlier: Generation) -> bool:
        return earlier in self.path(later)[:-1]

    def contradicts(self, entry: Entry, word: Entry) -> bool:
        """WAT-6: whether neither's generation goes on from the other's, as after a restore."""
        a, b = entry.generation, word.generation
        return a != b and not self.goes_on(a, b) and not self.goes_on(b, a)


def addressee(letter: Entry, agreements: dict) -> int | None:
    """WAT-2, by the agreement that the letter names."""
    post = agreements[letter.agreement].posts.get(letter.to_post)
    return post["party"] if post and post["party"] != letter.generation.station else None


def check(letter: Entry, entry: Entry, agreements: dict) -> tuple[Said | None, str | None]:
    """WAT-8, of one statement alone: what it says, or why it does not count."""
    try:
        said = Said.decode(entry.kind, entry.content)
    except Malformed:
        return None, "unreadable"
    to, asker = addressee(letter, agreements), said.says in ASKERS
    if to is None:
        return None, "no-addressee"
    if entry.generation.station != (letter.generation.station if asker else to):
        return None, "other-side"
    posts = (letter.from_post, letter.to_post) if asker else (letter.to_post, letter.from_post)
    if entry.handling != letter.handling or (entry.from_post, entry.to_post) != posts:
        return None, "other-handling"
    agreement = agreements[entry.agreement]
    if said.says == "holding-reply" and said.number not in agreement.replies:
        return None, "unknown-reply"
    if said.says == "declined" and said.number not in agreement.reasons:
        return None, "unknown-reason"
    return said, None


def course(letter: Entry, entries: list[Entry], agreements: dict, records: Records) -> Course:
    """WAT-5 to WAT-8. `entries` may come in any order; those that are not about the letter say nothing of it. `agreements` are by hash."""
    if letter.kind not in (LETTER, LETTER_BY):
        raise Malformed("this is no letter")
    about = [entry for entry in entries if entry.kind in (RECEIPT, HOLDING, OUTCOME) and entry.references[:1] == (letter.name,)]
    record = {entry.name: entry for entry in entries}
    breaches, sides = {}, {False: [], True: []}
    for entry in sorted(about, key=lambda entry: records.order(entry.name)):
        said, breach = check(letter, entry, agreements)
        if breach:
            breaches[entry.name] = breach
        else:
            sides[said.says in ASKERS].append((entry, said))
    answer, answers, stages, until = None, [], [], None
    for entry, said in sides[False]:
        if answer and said.says in FINAL and records.contradicts(entry, answer[0]):
            answers.append(entry.name)
            breaches[entry.name] = "contradicts"
        elif answer:
            breaches[entry.name] = "after-final"
        elif said.says in FINAL:
            answer = entry, said
            answers.append(entry.name)
        elif said.says == "receipt" and said.number in stages:
            breaches[entry.name] = "stage-again"
        elif said.says == "receipt":
            stages.append(said.number)
        elif said.says == "not-yet":
            until = said.until
    end = None
    for entry, said in sides[True]:
        if end:
            breaches[entry.name] = "contradicts" if records.contradicts(entry, end[0]) else "after-final"
        elif any(records.had_seen(entry, name) or records.had_shown(entry, name, letter.name, record) for name in answers):
            breaches[entry.name] = "had-seen"
        else:
            end = entry, said
    return Course(standing(end and end[1], answer and answer[1], until), tuple(stages), until, tuple(sorted(breaches.items())))


def standing(end: Said | None, answer: Said | None, until: int | None) -> str:
    """WAT-7: the asker's word stands, and the addressee's is shown beside it as late."""
    if end and answer:
        return f"{end.says} {answer.says}-late"
    word = end or answer
    return word.says if word else "open" if until is None else "not-yet"


def suspensions(entries: list[Entry], agreements: dict, records: Records) -> list[tuple[int, int]]:
    """WAT-14: which channels are suspended and by whom, as (channel, party). `entries` may come in any order and be of any kind."""
    latest = {}
    for entry in sorted(entries, key=lambda entry: records.order(entry.name)):
        said = channel_statement(entry, agreements[entry.agreement])
        if said:
            latest[entry.channel, entry.generation.station] = said.says
    return sorted(each for each, says in latest.items() if says == "suspended")


def channel_statement(entry: Entry, agreement) -> Said | None:
    """WAT-13 and WAT-14: what an entry states about its channel, if that counts."""
    if entry.kind != CHANNEL or (entry.precedence, entry.exercise, entry.from_post, entry.to_post) != (1, False, 0, 0):
        return None
    channel = agreement.channels.get(entry.channel)
    if channel is None or channel["passes"] is None:
        return None
    try:
        return Said.decode(entry.kind, entry.content)
    except Malformed:
        return None


def passing(agreement, channel: int) -> list[str]:
    """WAT-15: of which precedences letters are sent while the channel is suspended, by their agreement."""
    terms = agreement.channels[channel]
    if terms["passes"] is None:
        return terms["precedence"]
    always = ["FLASH"] if terms["code"] == "safety" else []
    return [each for each in PRECEDENCES if each in terms["passes"] or each in always and each in terms["precedence"]]


def may_send(agreements: dict, own: bytes, channel: int, precedence: int, entries: list[Entry], records: Records) -> bool:
    """WAT-10, WAT-15, AGR-19: whether a letter that names the agreement `own` may be sent without a release, by all that is stated about channels."""
    terms = agreements[own].channels.get(channel)
    if terms is None or PRECEDENCES[precedence] not in terms["precedence"] or terms["roles"]:
        return False
    suspended = suspensions([entry for entry in entries if entry.agreement in agreements], agreements, records)
    return all(each != channel for each, _ in suspended) or PRECEDENCES[precedence] in passing(agreements[own], channel)
