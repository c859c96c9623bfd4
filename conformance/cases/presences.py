"""watch.md: which posts are manned, which have been asked about, and where a message rings."""

from dataclasses import replace

from ..agreement import Agreement
from ..encoding import EntryName, field
from ..entries import LETTER
from ..presences import PRESENCE, Presence
from ..vectors import given
from .watch import Desk

ASKED, MANNED, UNMANNED, BY = (Presence(says) for says in ("asked", "manned", "unmanned", "standing-by"))
SOMEBODY = Presence("stand-in", 0)


def cases(maker):
    statement_cases(maker)
    def scene() -> Posts:
        return Posts(maker)
    word_cases(scene)
    order_cases(scene)
    form_cases(scene)
    ringing_cases(scene)


def statement_cases(maker):
    for name, about, body, says in (("asked", "a question", "0f00", "asked"), ("manned", "the worked example", "0f01", "manned"),
                                    ("unmanned", "nobody", "0f02", "unmanned"), ("standing-by", "at the machine", "0f04", "standing-by")):
        maker.add(f"watch/says-{name}", "statement", "good", "WAT-21", about, bytes.fromhex(body), says=says)
    maker.add("watch/says-stand-in", "statement", "good", "WAT-21", "post 2 stands in", bytes.fromhex("0f0302"), says="stand-in", post=2)
    maker.add("watch/says-stand-in-by-somebody", "statement", "good", "WAT-21", "by whom is not said", bytes.fromhex("0f0300"), says="stand-in", post=0)
    for name, about, body in (("nothing", "no code", "0f"), ("of-code-5", "there is no code 5", "0f05"), ("stand-in-cut", "by which post", "0f03"),
                              ("manned-and-more", "a name has no place", "0f0141"), ("stand-in-and-more", "a byte too many", "0f030200"),
                              ("asked-and-more", "a question asks one thing", "0f0001")):
        maker.add(f"watch/unreadable-presence-{name}", "statement", "malformed", "WAT-21", about, bytes.fromhex(body))


class Posts:
    """What two parties say of posts and ask about them, in the order in which it becomes durable."""

    def __init__(self, maker):
        self.maker, self.entries, self.before = maker, [], {}
        line = Agreement.decode(given("agreement.txt")).hash
        self.desks = {station: Desk(station, line) for station in (1, 2)}

    def say(self, station: int, said, post: int, handling=(1, False, 0), posts=None, language: int = 0, **more) -> "Posts":
        kind, content = said.encode() if isinstance(said, Presence) else said
        posts = posts or ((0, post) if said == ASKED else (post, 0))
        entry = self.desks[station].write(kind, content, handling=handling, posts=posts, **more)
        self.entries.append(replace(entry, language=language))
        return self

    def then(self, station: int, **before) -> "Posts":
        generation = self.desks[station].generation
        self.before |= {generation(each): other and generation(other) for each, other in before.items()}
        return self

    def end(self, name, rule, about, posts="none", asked="none", rings="none", order=None):
        entries = [self.entries[place] for place in order] if order else self.entries
        generations = dict.fromkeys(sorted(entry.generation for entry in self.entries)) | self.before
        self.maker.add(f"watch/presences-{name}", "presence", "good", rule, about, b"".join(field(entry.encode()) for entry in entries),
                       agreements="agreement.txt", generation=[f"{each} {before or 'none'}" for each, before in sorted(generations.items())],
                       posts=posts, asked=asked, rings=rings)


def word_cases(scene):
    scene().say(1, (LETTER, b"I am here."), 1).end("nothing-said", "WAT-22", "a letter says nothing of its post")
    scene().say(1, MANNED, 1).end("manned", "WAT-22", "by its own party", "1 manned")
    scene().say(1, MANNED, 1).say(1, UNMANNED, 1).end("no-more", "WAT-22", "the last word counts", "1 unmanned", rings="1 at 2")
    scene().say(1, MANNED, 1).say(2, BY, 4).end("of-both", "WAT-22", "each of its own", "1 manned, 4 standing-by")
    scene().say(2, ASKED, 1).end("asked", "WAT-22", "of a post of which nothing was said", asked="1 by 2")
    scene().say(2, ASKED, 1).say(1, MANNED, 1).end("asked-and-answered", "WAT-22", "a word after the question", "1 manned")
    scene().say(1, MANNED, 1).say(2, ASKED, 1).end("asked-again", "WAT-22", "a question after the word", "1 manned", "1 by 2")
    scene().say(2, ASKED, 1).say(2, ASKED, 1).end("asked-twice", "WAT-22", "one question stands", asked="1 by 2")
    scene().say(2, ASKED, 2).say(1, MANNED, 1).end("asked-of-another", "WAT-22", "the word is about another post", "1 manned", "2 by 2")


def order_cases(scene):
    scene().say(1, UNMANNED, 1, generation="a").say(1, MANNED, 1, generation="b").then(1, b="a").end(
        "order-of-generations", "WAT-22", "the later generation", "1 manned")
    scene().say(1, MANNED, 1, generation="b").say(1, UNMANNED, 1, generation="a").then(1, b="a").end(
        "late-out-of-an-earlier-generation", "WAT-22", "what comes later, out of the generation before, is the earlier word", "1 manned")
    scene().say(1, UNMANNED, 1).say(1, MANNED, 1).end("order-of-the-record", "WAT-22", "they come the other way round", "1 manned", order=(1, 0))
    late = scene().say(1, MANNED, 1, generation="b").say(2, ASKED, 1).say(1, UNMANNED, 1, generation="a").then(1, b="a")
    late.end("asked-before-an-earlier-word", "WAT-22", "an earlier word that comes after the question does not answer it", "1 manned", "1 by 2")


def form_cases(scene):
    def bad(name, about, scene, rule="WAT-22"):
        scene.end(f"void-{name}", rule, about)
    bad("of-another-party", "of a post of the other side", scene().say(2, MANNED, 1))
    bad("asked-of-our-own", "about a post of its own", scene().say(1, ASKED, 1))
    bad("of-no-post", "the agreement has no post 9", scene().say(1, MANNED, 9))
    bad("of-no-post-at-all", "from no post", scene().say(1, MANNED, 0))
    bad("stand-in-out-of-succession", "post 4 is of the other side", scene().say(1, Presence("stand-in", 4), 1))
    bad("stand-in-itself", "a post does not stand in for itself", scene().say(1, Presence("stand-in", 1), 1))
    bad("stand-in-where-nobody-follows", "no post follows 4", scene().say(2, Presence("stand-in", 1), 4))
    bad("to-a-post", "a word goes to no post", scene().say(1, MANNED, 1, posts=(1, 4)), "WAT-21")
    bad("asked-from-a-post", "a question comes from no post", scene().say(2, ASKED, 1, posts=(4, 1)), "WAT-21")
    bad("flash", "another precedence", scene().say(1, MANNED, 1, handling=(0, False, 0)), "WAT-21")
    bad("exercise", "marked EXERCISE", scene().say(1, MANNED, 1, handling=(1, True, 0)), "WAT-21")
    bad("on-a-channel", "on channel 2", scene().say(1, MANNED, 1, handling=(1, False, 2)), "WAT-21")
    bad("in-a-language", "in language 1", scene().say(1, MANNED, 1, language=1), "WAT-21")
    bad("unreadable", "a code that there is not", scene().say(1, (PRESENCE, b"\x05"), 1), "WAT-21")
    bad("named", "a name behind it", scene().say(1, (PRESENCE, b"\x01Lind"), 1), "WAT-21")
    scene().say(1, MANNED, 1).say(1, (PRESENCE, b"\x05"), 1).end("unreadable-after-a-word", "WAT-22", "the word before it stands", "1 manned")
    scene().say(1, MANNED, 1, references=[EntryName(Desk(2, b"").generation("a"), 1)]).end("reference", "WAT-21", "it may refer to an entry", "1 manned")


def ringing_cases(scene):
    scene().say(1, Presence("stand-in", 2), 1).end("rings-at-the-stand-in", "WAT-23", "post 2 stands in", "1 stand-in 2", rings="1 at 2")
    scene().say(1, Presence("stand-in", 2), 1).say(1, UNMANNED, 2).end(
        "rings-at-the-stand-in-that-is-away", "WAT-23", "the one that is said, whatever is said of it", "1 stand-in 2, 2 unmanned", rings="1 at 2, 2 at 1")
    scene().say(1, SOMEBODY, 1).end("rings-at-the-successor", "WAT-23", "who stands in is not said", "1 stand-in 0", rings="1 at 2")
    scene().say(1, SOMEBODY, 1).say(1, UNMANNED, 2).end(
        "rings-at-the-post-itself", "WAT-23", "nobody of the succession is there; post 2 has one", "1 stand-in 0, 2 unmanned", rings="2 at 1")
    scene().say(1, UNMANNED, 1).say(1, UNMANNED, 2).end("rings-in-vain", "WAT-23", "both are unmanned", "1 unmanned, 2 unmanned")
    scene().say(2, UNMANNED, 4).end("rings-where-nobody-follows", "WAT-23", "it has no succession", "4 unmanned")
    scene().say(1, BY, 1).end("rings-where-somebody-stands-by", "WAT-23", "standing by at the machine", "1 standing-by")
