"""Which posts are manned, and where a message to one rings (docs/spec/watch.md, WAT-21 to WAT-23)."""

from dataclasses import dataclass, field

from .encoding import Reader
from .entries import Entry
from .errors import Malformed
from .watch import Records

PRESENCE = 15
SAYS = ("asked", "manned", "unmanned", "stand-in", "standing-by")


@dataclass(frozen=True)
class Presence:
    """WAT-21. `post` is the one that stands in; 0 where that is not said."""

    says: str
    post: int | None = None

    def encode(self) -> tuple[int, bytes]:
        return PRESENCE, bytes([SAYS.index(self.says)]) + (b"" if self.post is None else bytes([self.post]))

    @classmethod
    def decode(cls, content: bytes) -> "Presence":
        reader = Reader(content)
        code = reader.byte()
        if code >= len(SAYS):
            raise Malformed(f"{code} says nothing about a post")
        said = cls(SAYS[code], reader.byte() if SAYS[code] == "stand-in" else None)
        reader.end()
        return said


@dataclass
class Standing:
    """Of one post: the latest word of its party, and who has asked since."""

    word: Presence | None = None
    asked: list[int] = field(default_factory=list)


def read(entry: Entry, agreement) -> tuple[int, Presence] | None:
    """The post, and what is said of it, where that counts (WAT-22)."""
    if entry.kind != PRESENCE or (entry.precedence, entry.exercise, entry.channel, entry.language) != (1, False, 0, 0):
        return None
    try:
        said = Presence.decode(entry.content)
    except Malformed:
        return None
    is_question = said.says == "asked"
    number, other = (entry.to_post, entry.from_post) if is_question else (entry.from_post, entry.to_post)
    post = agreement.posts.get(number)
    if other != 0 or post is None or (post["party"] == entry.generation.station) == is_question:
        return None
    if said.post and said.post not in (post["succession"] or ()):
        return None
    return number, said


def standings(entries: list[Entry], agreements: dict, records: Records) -> dict[int, Standing]:
    """WAT-22. `entries` stand in the order in which they became durable here; only of questions does that count."""
    said = [(place, entry, *found) for place, entry in enumerate(entries) if (found := read(entry, agreements[entry.agreement]))]
    in_order = sorted(said, key=lambda each: records.order(each[1].name))
    latest = {number: (place, word) for place, _, number, word in in_order if word.says != "asked"}
    questions = {(number, entry.generation.station): place for place, entry, number, word in in_order if word.says == "asked"}
    found = {number: Standing(word) for number, (_, word) in latest.items()}
    for (number, party), place in sorted(questions.items()):
        if number not in latest or latest[number][0] < place:
            found.setdefault(number, Standing()).asked.append(party)
    return found


def ringing(number: int, agreement, found: dict[int, Standing]) -> int:
    """WAT-23."""
    def says(post: int) -> str | None:
        return found[post].word.says if post in found and found[post].word else None
    if says(number) == "stand-in" and found[number].word.post:
        return found[number].word.post
    if says(number) not in ("stand-in", "unmanned"):
        return number
    return next((post for post in agreement.posts[number]["succession"] or () if says(post) != "unmanned"), number)
