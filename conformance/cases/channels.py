"""watch.md: which channels are suspended, and what passes."""

from dataclasses import replace

from ..agreement import Agreement, sign
from ..encoding import EntryName, field
from ..entries import LETTER
from ..vectors import given
from ..watch import CHANNEL, OUTCOME, Said
from .watch import Desk

SUSPEND, RESUME = Said("suspended", text="Talks are off."), Said("resumed", text="")


def cases(maker):
    maker.give("amendment-of-channels.txt", amendment_of_channels(maker))
    def scene() -> Channels:
        return Channels(maker)
    scene().say(1, (LETTER, b"Is he there?")).end("nothing-said", "WAT-14", "a letter alone", "none")
    scene().say(1, SUSPEND).end("suspended", "WAT-14", "by one party", "2 by 1")
    scene().say(2, RESUME).end("resumed-unasked", "WAT-14", "a resumption of what goes on", "none")
    scene().say(1, SUSPEND).say(2, SUSPEND).end("by-both", "WAT-14", "each suspends it", "2 by 1, 2 by 2")
    scene().say(1, SUSPEND).say(1, RESUME).end("resumed", "WAT-14", "by the party that had suspended it", "none")
    scene().say(1, SUSPEND).say(2, RESUME).end("resumed-by-the-other", "WAT-14", "each party resumes its own suspension alone", "2 by 1")
    scene().say(1, SUSPEND).say(2, SUSPEND).say(1, RESUME).end("by-both-resumed-by-one", "WAT-14", "the other's stands", "2 by 2")
    scene().say(1, SUSPEND).say(1, SUSPEND).say(1, RESUME).end("suspended-twice", "WAT-14", "one resumption ends two suspensions", "none")
    scene().say(1, SUSPEND).say(1, RESUME).say(1, SUSPEND).end("suspended-again", "WAT-14", "the latest statement counts", "2 by 1")
    order_cases(scene)
    form_cases(scene)
    amended_cases(scene)


def amendment_of_channels(maker) -> bytes:
    """A version 2 in which channel 2 is never suspended, and three channels more are."""
    first = Agreement.decode(given("agreement.txt"))
    text, hash = first.text.decode(), first.hash.hex()
    head, between, rest = text.partition("channel 2     watch\n")
    watch, end, rest = rest.partition("\nPRECEDENCES\n")
    never = watch.replace("suspension    allowed\n  passes        FLASH", "suspension    never")
    more = ""
    for number, code, passes, precedences in ((3, "safety   ", "none", "FLASH IMMEDIATE"), (4, "visits   ", "none", "FLASH ROUTINE"),
                                              (5, "transit  ", "PRIORITY ROUTINE", "IMMEDIATE PRIORITY ROUTINE")):
        block = watch.replace("FLASH IMMEDIATE PRIORITY ROUTINE", precedences).replace("passes        FLASH", "passes        " + passes)
        more += f"\nchannel {number}     {code.strip()}\n" + block.replace("Watch to watch", f"Line {number}").replace("Между дежурными", f"Линия {number}")
    text = head + between + never + more + end + rest
    bearers = "channel 2     tls radio courier relay\n"
    for old, new in (("version       1\n", f"version       2\nfirst         2026-03-01T00:00:00Z {hash}\namends        {hash}\n"),
                     (bearers, bearers + "".join(f"channel {number}     tls\n" for number in (3, 4, 5)))):
        assert text.count(old) == 1
        text = text.replace(old, new)
    return sign(text.encode(), {number: party.root for number, party in maker.parties.items()})


class Channels:
    """What two parties state about channels."""

    def __init__(self, maker):
        self.maker, self.entries, self.before = maker, [], {}
        self.line, self.second = (Agreement.decode(given(name)).hash for name in ("agreement.txt", "amendment-of-channels.txt"))
        self.desks = {station: Desk(station, self.line) for station in (1, 2)}

    def say(self, station: int, said, channel: int = 2, precedence: int = 1, exercise: bool = False, posts=(0, 0), **more) -> "Channels":
        kind, content = said.encode() if isinstance(said, Said) else said
        self.entries.append(self.desks[station].write(kind, content, handling=(precedence, exercise, channel), posts=posts, **more))
        return self

    def then(self, station: int, **before) -> "Channels":
        """What the openings of a party's generations state before them."""
        generation = self.desks[station].generation
        self.before |= {generation(each): other and generation(other) for each, other in before.items()}
        return self

    def end(self, name, rule, about, suspended, passes=None, agreements="agreement.txt", order=None):
        entries = [self.entries[place] for place in order] if order else self.entries
        generations = dict.fromkeys(sorted(entry.generation for entry in self.entries)) | self.before
        self.maker.add(f"watch/channels-{name}", "channels", "good", rule, about, b"".join(field(entry.encode()) for entry in entries),
                       agreements=agreements, generation=[f"{each} {before or 'none'}" for each, before in sorted(generations.items())],
                       suspended=suspended, passes=passes or ("none" if suspended == "none" else "2 FLASH"))


def order_cases(scene):
    scene().say(1, SUSPEND).say(1, RESUME).end("order-of-the-record", "WAT-14", "the resumption comes first in the file", "none", order=(1, 0))
    scene().say(1, RESUME, generation="a").say(1, SUSPEND, generation="b").then(1, a="b").end(
        "order-of-generations", "WAT-14", "the suspension comes later, out of the generation before", "none")
    scene().say(1, SUSPEND, generation="a").say(1, RESUME, generation="b").then(1, a="b").end(
        "order-of-generations-the-other-way", "WAT-14", "the resumption comes later, out of the generation before", "2 by 1")
    clones = {"a": None, "b": "a", "c": "a"}
    scene().say(1, RESUME, generation="c").say(1, SUSPEND, generation="b").then(1, **clones).end(
        "order-of-clones", "WAT-14", "of two that go on from one generation the lower name comes first", "none")
    scene().say(1, SUSPEND, generation="c").say(1, RESUME, generation="b").then(1, **clones).end(
        "order-of-clones-the-other-way", "WAT-14", "the same, and the higher name suspends", "2 by 1")
    scene().say(1, RESUME, generation="a").say(1, SUSPEND, generation="d").then(1, e=None, b="e", c="e", d="b", a="c").end(
        "order-of-branches", "WAT-14", "all that goes on from the lower name comes before the higher one", "none")
    scene().say(1, SUSPEND, generation="a").say(2, RESUME, generation="b").say(2, SUSPEND, generation="a").then(2, b="a").end(
        "order-of-each-record", "WAT-14", "the generations of the parties have the same names", "2 by 1")


def form_cases(scene):
    scene().say(1, SUSPEND, channel=0).end("never-suspended", "WAT-14", "the agreement never lets it be suspended", "none")
    scene().say(1, SUSPEND, channel=3).end("unknown", "WAT-14", "a channel that the agreement does not have", "none")
    scene().say(1, SUSPEND).say(1, (CHANNEL, b"\x03")).end("unreadable", "WAT-14", "a content that cannot be read changes nothing", "2 by 1")
    scene().say(1, (CHANNEL, b"\x01")).end("suspended-without-reason", "WAT-14", "a suspension says why", "none")
    scene().say(1, SUSPEND).say(1, RESUME, channel=0).end("resumed-another", "WAT-14", "the resumption is of another channel", "2 by 1")
    scene().say(1, SUSPEND, precedence=0).end("other-precedence", "WAT-13", "a FLASH", "none")
    scene().say(1, SUSPEND).say(1, RESUME, precedence=2).end("resumed-with-other-precedence", "WAT-13", "a resumption of PRIORITY", "2 by 1")
    scene().say(1, SUSPEND, posts=(1, 0)).end("from-a-post", "WAT-13", "it has no posts", "none")
    scene().say(1, SUSPEND, posts=(0, 4)).end("to-a-post", "WAT-13", "it has no posts", "none")
    scene().say(1, SUSPEND, exercise=True).end("exercise", "WAT-13", "marked EXERCISE: the channel goes on", "none")
    scene().say(1, SUSPEND).say(1, RESUME, exercise=True).end("exercise-resumed", "WAT-13", "an exercise ends nothing", "2 by 1")
    scene().say(1, SUSPEND, references=[EntryName(Desk(2, b"").generation("a"), 1)]).end("reference", "WAT-13", "it may refer to an entry", "2 by 1")
    other = scene().say(1, SUSPEND)
    other.entries[0] = replace(other.entries[0], language=9)
    other.end("other-language", "WAT-13", "a language that the agreement does not have", "2 by 1")
    scene().say(1, (OUTCOME, b"\x01He is.")).end("other-kind", "WAT-13", "an outcome with the same header", "none")


def amended_cases(scene):
    both = "agreement.txt amendment-of-channels.txt"
    def amended() -> Channels:
        case = scene()
        for desk in case.desks.values():
            desk.agreement = case.second
        return case
    case = amended()
    for channel in (5, 4, 3):
        case.say(2, SUSPEND, channel=channel)
    case.end("that-let-others-pass", "WAT-15", "safety carries FLASH and lets nothing pass; another the same; one lets pass all but IMMEDIATE",
             "3 by 2, 4 by 2, 5 by 2", "3 FLASH, 4 none, 5 PRIORITY ROUTINE", agreements=both)
    amended().say(1, SUSPEND).end("no-more-suspended", "WAT-14", "the agreement that the statement names never lets it be suspended", "none", agreements=both)
    amended().say(1, SUSPEND, channel=3, agreement=case.line).end("of-the-amendment", "WAT-14", "the agreement that the statement names has no channel 3",
                                                                   "none", agreements=both)
    open_ = "2 FLASH IMMEDIATE PRIORITY ROUTINE"
    amended().say(1, SUSPEND, agreement=case.line).end(
        "before-the-amendment", "WAT-15", "suspended by the first agreement; a letter of the amendment passes", "2 by 1", open_, agreements=both)
    amended().say(1, SUSPEND, agreement=case.line).say(1, RESUME).end(
        "resumed-by-the-amendment", "WAT-14", "the resumption names an agreement that never lets it be suspended", "2 by 1", open_, agreements=both)
