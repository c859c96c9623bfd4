"""watch.md: what one statement says, and what became of a letter."""

from ..agreement import Agreement, sign
from ..encoding import EntryName, Generation, field, integer
from ..entries import LETTER, Entry
from ..vectors import given
from ..watch import HOLDING, LETTER_BY, OUTCOME, RECEIPT, Said

UNTIL = 86_400
TAKEN, PRINCIPAL = Said("receipt", 1), Said("receipt", 2)
HOLD = Said("holding-reply", 1)
ANSWER, DECLINE = Said("answered", text="He is."), Said("declined", 1, text="")
NOT_YET = Said("not-yet", until=UNTIL, post=4, text="")
WITHDRAW, LAPSE = Said("withdrawn", text=""), Said("lapsed")


def cases(maker):
    from . import seen_between
    statement_cases(maker)
    maker.give("amendment-of-words.txt", amendment_of_words(maker))
    course_cases(maker)
    seen_between.cases(lambda: Scene(maker).letter())


def statement_cases(maker):
    def good(name, about, body, says, rule="WAT-3", **outcomes):
        maker.add(f"watch/says-{name}", "statement", "good", rule, about, bytes.fromhex(body), says=says, **outcomes)

    def bad(name, about, body, rule="WAT-3"):
        maker.add(f"watch/unreadable-{name}", "statement", "malformed", rule, about, bytes.fromhex(body))

    text = "Да.".encode().hex()
    good("letter", "a letter is its text", "01" + text, "letter", "WAT-1", text=text)
    good("letter-without-text", "a text may be empty", "01", "letter", "WAT-1", text="")
    good("letter-by", "the worked example: an answer by 600 s", "06" "4258" "416e643f", "letter", "WAT-1", until=600, text="416e643f")
    good("letter-by-without-text", "a time alone", "06" "4258", "letter", "WAT-1", until=600, text="")
    good("letter-by-the-last-time", "2^62 - 1", "06" "ffffffffffffffff" "3f", "letter", "WAT-1", until=2**62 - 1, text="3f")
    bad("letter", "bytes that are not UTF-8", "01" "cae0ea3f", "WAT-1")
    bad("letter-by-nothing", "no time", "06", "WAT-1")
    bad("letter-by-cut", "the first byte of four", "06" "80", "WAT-1")
    bad("letter-by-cut-in-the-last-byte", "three bytes of four", "06" "800151", "WAT-1")
    bad("letter-by-in-a-longer-form", "600 in four bytes", "06" "80000258" "416e643f", "WAT-1")
    bad("letter-by-text", "the text ends within a letter", "06" "4258" "d0", "WAT-1")

    good("receipt-taken", "the worked example", "0701", "receipt", number=1)
    good("receipt-before-the-principal", "the other stage", "0702", "receipt", number=2)
    bad("receipt-of-nothing", "no stage", "07")
    bad("receipt-of-stage-0", "there is no stage 0", "0700")
    bad("receipt-of-stage-3", "there is no stage 3", "0703")
    bad("receipt-and-one-byte-more", "a receipt names nobody", "070102")

    good("holding-reply", "the worked example", "0801", "holding-reply", number=1)
    good("holding-reply-255", "whether the agreement has it is asked elsewhere", "08ff", "holding-reply", number=255)
    good("holding-reply-0", "no agreement has it, and that is asked elsewhere", "0800", "holding-reply", number=0)
    bad("holding-reply-of-nothing", "no number", "08")
    bad("holding-reply-and-text", "a holding reply has the text of the agreement", "0801" + text)

    bad("outcome-of-nothing", "no code", "09")
    bad("outcome-0", "there is no code 0", "0900")
    bad("outcome-6", "there is no code 6", "0906")
    good("answered", "the worked example", "0901" "48652069732e", "answered", text="48652069732e")
    bad("answered-nothing", "an answer has at least one byte", "0901")
    bad("answered-surrogate", "U+D800 as three bytes", "0901" "eda080")
    good("declined", "a reason and a text", "0902" "01" + text, "declined", number=1, text=text)
    good("declined-without-text", "a reason alone", "0902" "01", "declined", number=1, text="")
    good("declined-for-reason-0", "no agreement has it, and that is asked elsewhere", "0902" "00", "declined", number=0, text="")
    bad("declined-without-reason", "no reason", "0902")
    bad("declined-text", "bytes that are not UTF-8", "0902" "01" "ff")
    good("not-yet", "the worked example", "0903" "80015180" "04", "not-yet", until=UNTIL, post=4, text="")
    good("not-yet-of-nobody", "no time, no post, a text", "0903" "00" "00" + text, "not-yet", until=0, post=0, text=text)
    bad("not-yet-of-nothing", "neither time nor post", "0903")
    bad("not-yet-time-cut", "two bytes of four", "0903" "8001")
    bad("not-yet-without-post", "the time alone", "0903" "80015180")
    bad("not-yet-in-a-longer-form", "600 in four bytes", "0903" "80000258" "04")
    bad("not-yet-0-in-a-longer-form", "0 in two bytes", "0903" "4000" "00")
    bad("not-yet-text", "an overlong slash", "0903" "00" "00" "c0af")
    good("withdrawn", "a text", "0904" + text, "withdrawn", text=text)
    good("withdrawn-without-text", "nothing more", "0904", "withdrawn", text="")
    bad("withdrawn-text", "the text ends within a letter", "0904" "d0")
    good("lapsed", "nothing more", "0905", "lapsed")
    bad("lapsed-and-text", "a lapse has no text", "0905" + text)

    good("suspended", "a reason", "0a01" + text, "suspended", "WAT-13", text=text)
    good("resumed", "a reason", "0a02" + text, "resumed", "WAT-13", text=text)
    good("resumed-without-reason", "nothing more", "0a02", "resumed", "WAT-13", text="")
    bad("suspended-without-reason", "a suspension says why", "0a01", "WAT-13")
    bad("channel-of-nothing", "no code", "0a", "WAT-13")
    bad("channel-0", "there is no code 0", "0a00" + text, "WAT-13")
    bad("channel-3", "there is no code 3", "0a03" + text, "WAT-13")
    bad("suspended-reason", "bytes that are not UTF-8", "0a01" "cae0ea", "WAT-13")
    bad("resumed-reason", "the reason ends within a letter", "0a02" "d0", "WAT-13")


def amendment_of_words(maker) -> bytes:
    """A version 2 with one more holding reply, reason and post."""
    first = Agreement.decode(given("agreement.txt"))
    text, hash = first.text.decode(), first.hash.hex()
    post = text[text.index("post 4  "):text.index("\nCHANNELS\n")]
    more = post.replace("post 4  ", "post 5  ").replace("s-watch", "s-chief").replace("counterparts  1", "counterparts  none") \
        .replace("Watch of the South", "Chief of the South").replace("Дежурный Юга", "Начальник Юга")
    reply = text[text.index("reply 1\n"):text.index("\nDECLINE REASONS")]
    reason = text[text.index("reason 1 "):text.index("\nGLOSSARY")]
    for old, new in (("version       1\n", f"version       2\nfirst         2026-03-01T00:00:00Z {hash}\namends        {hash}\n"),
                     (post, post + "\n" + more), (reply, reply + "\n" + reply.replace("reply 1", "reply 2")),
                     (reason, reason + "\n" + reason.replace("reason 1      not-now", "reason 2      not-here"))):
        assert text.count(old) == 1
        text = text.replace(old, new)
    return sign(text.encode(), {number: party.root for number, party in maker.parties.items()})


class Desk:
    """One party's record: its generations, each from where the one before it ended."""

    def __init__(self, station: int, line: bytes):
        self.station, self.agreement, self.numbers = station, line, {}

    def generation(self, letter: str) -> Generation:
        return Generation(self.station, bytes.fromhex(letter * 16))

    def write(self, kind, content, references=(), seen=(), generation="a", agreement=None, handling=(3, False, 2), posts=(1, 4)) -> Entry:
        where = self.generation(generation)
        number = self.numbers[where] = self.numbers.get(where, 0) + 1
        return Entry(agreement or self.agreement, EntryName(where, number), kind, *handling, *posts, 1, 60, tuple(references), tuple(seen), content)


class Scene:
    """A letter from station 1 to station 2 and what is stated about it."""

    def __init__(self, maker):
        self.maker, self.first, self.later = maker, given("agreement.txt"), given("amendment-of-words.txt")
        self.line, self.second = (Agreement.decode(text).hash for text in (self.first, self.later))
        self.north, self.south = Desk(1, self.line), Desk(2, self.line)
        self.entries, self.before = [], {}

    def letter(self, to_post=4, kind=LETTER, content=b"Is he there?", **more) -> "Scene":
        self.entries.append(self.north.write(kind, content, posts=(1, to_post), **more))
        return self

    def say(self, desk: Desk, said, seen=(), about=None, **more) -> "Scene":
        """`seen` is (entry's place, how many beyond it) or heads as they are."""
        kind, content = said.encode() if isinstance(said, Said) else said
        letter = self.entries[0]
        posts = (letter.from_post, letter.to_post) if desk is self.north else (letter.to_post, letter.from_post)
        self.entries.append(desk.write(kind, content, references=[letter.name] if about is None else about, seen=seen, **({"posts": posts} | more)))
        return self

    def asker(self, said, **more) -> "Scene":
        return self.say(self.north, said, **more)

    def other(self, said, **more) -> "Scene":
        return self.say(self.south, said, **more)

    def seen_of(self, place: int, beyond: int = 1):
        """A head that reaches `beyond` entries from the entry at that place on."""
        name = self.entries[place].name
        return [(name.generation, name.number + beyond)]

    def end(self, name, rule, about, standing, *breaches, agreements="agreement.txt", order=None, **outcomes):
        """`breaches` are (place, reason)."""
        entries = [self.entries[place] for place in order] if order else self.entries
        generations = dict.fromkeys(sorted(entry.generation for entry in self.entries)) | self.before
        found = sorted((self.entries[place].name, reason) for place, reason in breaches)
        self.maker.add(f"watch/course-{name}", "course", "good", rule, about, b"".join(field(entry.encode()) for entry in entries),
                       agreements=agreements, generation=[f"{each} {before or 'none'}" for each, before in sorted(generations.items())],
                       standing=standing, breaches=", ".join(f"{name} {reason}" for name, reason in found) or "none", **outcomes)


def course_cases(maker):
    def scene(**letter) -> Scene:
        return Scene(maker).letter(**letter)
    scene().end("nothing-said", "WAT-5", "a letter alone", "open", stages="none")
    scene().other(TAKEN).other(HOLD).other(PRINCIPAL).end("receipts", "WAT-5", "receipts and a holding reply leave it open", "open", stages="1 2")
    scene().other(PRINCIPAL).other(TAKEN).end("stages-the-other-way", "WAT-6", "the stages in another order", "open", stages="2 1")
    scene().other(TAKEN).other(TAKEN).end("stage-again", "WAT-6", "a stage that was stated before", "open", (2, "stage-again"), stages="1")
    scene().other(TAKEN, handling=(3, False, 0)).other(TAKEN).end(
        "stage-after-one-that-does-not-count", "WAT-6", "the first is on another channel", "open", (1, "other-handling"), stages="1")
    scene().other(HOLD).other(HOLD).end("holding-reply-again", "WAT-6", "a holding reply may be given again", "open")
    scene().other(NOT_YET).end("not-yet", "WAT-5", "it waits for authority", "not-yet", until=UNTIL)
    scene().other(NOT_YET).other(HOLD).end("not-yet-then-holding", "WAT-5", "a holding reply takes nothing back", "not-yet", until=UNTIL)
    scene().other(NOT_YET).other(Said("not-yet", until=0, post=0, text="")).end(
        "not-yet-twice", "WAT-5", "the last one stands", "not-yet", until=0)
    scene().other(Said("not-yet", until=UNTIL, post=200, text="")).end(
        "not-yet-of-an-unknown-post", "WAT-8", "a post that the agreement does not have is no breach", "not-yet", until=UNTIL)
    scene(kind=LETTER_BY, content=integer(600) + b"And?").other(TAKEN).other(NOT_YET).other(ANSWER).end(
        "answered", "WAT-5", "a letter with a reply-by time", "answered", until=UNTIL, stages="1")
    scene().other(DECLINE).end("declined", "WAT-5", "for reason 1", "declined")
    scene().asker(WITHDRAW).end("withdrawn", "WAT-5", "by its author", "withdrawn")
    scene().asker(LAPSE).end("lapsed", "WAT-5", "by its author", "lapsed")
    final_cases(scene)
    contradiction_cases(scene)
    crossing_cases(scene)
    seen_cases(scene)
    breach_cases(maker, scene)


def final_cases(scene):
    scene().other(ANSWER).other(DECLINE).end("two-finals", "WAT-6", "the first is its word", "answered", (2, "after-final"))
    scene().other(DECLINE).other(ANSWER).end("two-finals-the-other-way", "WAT-6", "the first is its word", "declined", (2, "after-final"))
    scene().asker(LAPSE).asker(WITHDRAW).end("two-finals-of-the-asker", "WAT-6", "the first is its word", "lapsed", (2, "after-final"))
    scene().other(ANSWER).other(TAKEN).other(HOLD).other(NOT_YET).end(
        "after-a-final", "WAT-6", "nothing counts behind its word", "answered", (2, "after-final"), (3, "after-final"), (4, "after-final"),
        stages="none", until="none")
    scene().other(ANSWER).other(ANSWER).end("answered-twice", "WAT-6", "the same words again", "answered", (2, "after-final"))
    scene().other(ANSWER).other(DECLINE).end("order-of-the-record", "WAT-6", "the later entry comes first in the file", "answered",
                                             (2, "after-final"), order=(0, 2, 1))
    then = scene().other(ANSWER, generation="b").other(DECLINE, generation="a")
    then.before = {then.south.generation("a"): then.south.generation("b")}
    then.end("order-of-generations", "WAT-6", "the generation with the higher name is the earlier one", "answered", (2, "after-final"))
    clone = scene().other(DECLINE, generation="c").other(ANSWER, generation="b")
    clone.before = {clone.south.generation(each): clone.south.generation("a") for each in "bc"} | {clone.south.generation("a"): None}
    clone.end("order-of-clones", "WAT-6", "of two that go on from one generation the lower name counts first", "answered", (1, "contradicts"))
    branch = scene().other(DECLINE, generation="a").other(ANSWER, generation="d")
    branch.before = {branch.south.generation(each): before and branch.south.generation(before) for each, before in
                     {"e": None, "b": "e", "c": "e", "d": "b", "a": "c"}.items()}
    branch.end("order-of-branches", "WAT-6", "all that goes on from the lower name comes before the higher one", "answered", (1, "contradicts"))
    lacking = scene().other(DECLINE, generation="c").other(ANSWER, generation="d")
    lacking.before = {lacking.south.generation("d"): lacking.south.generation("b")}
    lacking.end("order-behind-a-generation-that-is-not-here", "WAT-6", "the place of one whose opening nobody has is that of its name", "answered",
                (1, "contradicts"))
    ring = scene().other(DECLINE, generation="c").other(ANSWER, generation="b")
    ring.before = {ring.south.generation(each): ring.south.generation(before) for each, before in {"b": "c", "c": "d", "d": "b"}.items()}
    ring.end("order-of-a-ring", "WAT-6", "each of three states the next as its predecessor: the lowest name comes first", "answered", (1, "after-final"))
    scene().other((OUTCOME, b"\x01")).other(DECLINE).end("first-final-unreadable", "WAT-8", "what cannot be read is not its word", "declined",
                                                         (1, "unreadable"))


def contradiction_cases(scene):
    def clones(**letter):
        case = scene(**letter)
        case.before = {desk.generation(each): desk.generation("a") for desk in (case.north, case.south) for each in "bc"}
        return case
    lost = scene().other(ANSWER, generation="b").other(DECLINE, generation="0")
    lost.end("contradicts-after-a-loss", "WAT-6", "a month after its answer it opens a generation behind none, whose name comes first, and declines", "declined",
             (1, "contradicts"))
    clones().other(ANSWER, generation="b").other(ANSWER, generation="c").end(
        "contradicts-in-the-same-words", "WAT-6", "both of two clones answer", "answered", (2, "contradicts"))
    clones().other(ANSWER, generation="b").other(DECLINE, generation="c").other(ANSWER, generation="b").other(ANSWER, generation="c").end(
        "contradicts-twice", "WAT-6", "each clone says two final words", "answered", (2, "contradicts"), (3, "after-final"), (4, "contradicts"))
    clones().other(ANSWER, generation="a").other(DECLINE, generation="c").end(
        "contradicts-not-what-it-goes-on-from", "WAT-6", "the clone goes on from the generation of the answer", "answered", (2, "after-final"))
    clones().other(ANSWER, generation="b").other(TAKEN, generation="c").other(HOLD, generation="c").other(NOT_YET, generation="c").end(
        "contradicts-not-what-is-not-final", "WAT-6", "a clone takes, holds and waits", "answered", (2, "after-final"), (3, "after-final"),
        (4, "after-final"), stages="none", until="none")
    clones().other(TAKEN, generation="b").other(TAKEN, generation="c").end(
        "stage-again-by-a-clone", "WAT-6", "a stage is no final word", "open", (2, "stage-again"), stages="1")
    clones().other(ANSWER, generation="b").other(Said("declined", 9, text=""), generation="c").end(
        "contradicts-not-what-does-not-count", "WAT-8", "the clone declines for a reason that the agreement does not have", "answered", (2, "unknown-reason"))
    clones().asker(WITHDRAW, generation="c").asker(LAPSE, generation="b").end(
        "contradicts-by-the-asker", "WAT-6", "one of two clones withdraws, the other lets it lapse", "lapsed", (1, "contradicts"))
    both = clones().other(ANSWER, generation="b").other(DECLINE, generation="c")
    both.asker(LAPSE, generation="b", seen=both.seen_of(1)).asker(WITHDRAW, generation="c").end(
        "contradicts-on-both-sides", "WAT-7", "the lapse had seen the answer and is no word; the withdrawal of the clone had not", "withdrawn answered-late",
        (2, "contradicts"), (3, "had-seen"))
    saw = clones().other(ANSWER, generation="b").other(DECLINE, generation="c")
    saw.asker(LAPSE, seen=saw.seen_of(2)).end("lapse-that-had-seen-what-contradicts", "WAT-7", "a clone's refusal, and not the answer that counts", "answered",
                                              (2, "contradicts"), (3, "had-seen"))
    ended = clones().asker(LAPSE, generation="b").other(ANSWER, generation="b")
    ended.asker(WITHDRAW, generation="c", seen=ended.seen_of(2)).end(
        "contradicts-and-had-seen", "WAT-6", "a clone withdraws what has lapsed, and had seen the answer", "lapsed answered-late", (3, "contradicts"))
    ring = clones()
    ring.before = {ring.south.generation(each): ring.south.generation(before) for each, before in {"b": "c", "c": "d", "d": "b", "e": "d"}.items()}
    ring.other(ANSWER, generation="b").other(DECLINE, generation="e").asker(LAPSE, seen=[(ring.south.generation("c"), 1)]).end(
        "ring-cut", "WAT-7", "of a ring, cut before its lowest name, the others go on from that one", "answered", (2, "after-final"), (3, "had-seen"))
    behind = clones()
    behind.before = ring.before
    behind.other(ANSWER, generation="c").asker(LAPSE, seen=[(behind.south.generation("b"), 1)]).end(
        "ring-cut-before-its-lowest-name", "WAT-7", "the lowest name of a ring goes on from none", "lapsed answered-late")


def crossing_cases(scene):
    scene().other(ANSWER).asker(LAPSE).end("crossed", "WAT-7", "neither had seen the other's", "lapsed answered-late")
    scene().asker(LAPSE).other(ANSWER).end("crossed-the-other-way", "WAT-7", "the same in the other order", "lapsed answered-late")
    late = scene().asker(LAPSE)
    late.other(ANSWER, seen=late.seen_of(1)).end("answered-late", "WAT-7", "the answer had seen the lapse", "lapsed answered-late")
    scene().other(DECLINE).asker(WITHDRAW).end("withdrawal-crossed", "WAT-7", "a withdrawal and a refusal", "withdrawn declined-late")
    scene().asker(LAPSE).other(TAKEN).other(NOT_YET).end("lapsed-then-not-yet", "WAT-7", "what is not final changes nothing, and is no breach",
                                                         "lapsed", stages="1")
    scene().asker(LAPSE).other(ANSWER).other(DECLINE).end("late-twice", "WAT-6", "the first late word counts alone", "lapsed answered-late",
                                                          (3, "after-final"))


def seen_cases(scene):
    saw = scene().other(ANSWER)
    saw.asker(LAPSE, seen=saw.seen_of(1)).end("lapse-that-had-seen-the-answer", "WAT-7", "seen as far as the answer", "answered", (2, "had-seen"))
    short = scene().other(ANSWER)
    short.asker(LAPSE, seen=short.seen_of(1, 0)).end("lapse-one-short", "WAT-7", "seen as far as the entry before", "lapsed answered-late")
    gone = scene().other(DECLINE)
    gone.asker(WITHDRAW, seen=gone.seen_of(1, 9)).end("withdrawal-that-had-seen", "WAT-7", "seen far beyond the refusal", "declined", (2, "had-seen"))
    held = scene().other(HOLD)
    held.asker(LAPSE, seen=held.seen_of(1)).end("lapse-that-had-seen-a-holding-reply", "WAT-7", "that is not final", "lapsed")
    bad = scene().other((OUTCOME, b"\x02\x09"))
    bad.asker(LAPSE, seen=bad.seen_of(1)).end("lapse-that-had-seen-a-breach", "WAT-7", "a refusal that does not count", "lapsed", (1, "unknown-reason"))
    second = scene().other(ANSWER)
    second.asker(LAPSE, seen=second.seen_of(1), generation="b").asker(WITHDRAW, generation="c").end(
        "second-word-of-the-asker", "WAT-7", "the first had seen the answer and does not count; the second, after a restore, had not",
        "withdrawn answered-late", (2, "had-seen"))
    late = scene().asker(LAPSE)
    late.other(ANSWER, seen=late.seen_of(1)).asker(WITHDRAW, seen=[(late.south.generation("a"), 2)]).end(
        "withdrawn-after-a-late-answer", "WAT-6", "the asker's word is the lapse", "lapsed answered-late", (3, "after-final"))
    for name, about, before, standing, breaches in (
            ("later-generation", "the generation that goes on from the answer's", {"b": "a"}, "answered", [(2, "had-seen")]),
            ("generation-after-next", "one goes on from another that goes on from it", {"b": "c", "c": "a"}, "answered", [(2, "had-seen")]),
            ("earlier-generation", "the generation before the answer's", {"a": "b"}, "lapsed answered-late", []),
            ("generation-of-a-clone", "both go on from a third", {"a": "c", "b": "c"}, "lapsed answered-late", []),
            ("generation-without-predecessor", "nothing says that it lies after the answer's", {}, "lapsed answered-late", [])):
        case = scene().other(ANSWER)
        named = {each: None for each in "abc"} | before
        case.before = {case.south.generation(each): other and case.south.generation(other) for each, other in named.items()}
        case.asker(LAPSE, seen=[(case.south.generation("b"), 1)]).end(f"lapse-that-had-seen-{name}", "WAT-7", about, standing, *breaches)


def breach_cases(maker, scene):
    scene().asker(TAKEN).end("receipt-of-the-asker", "WAT-8", "the addressee's to state", "open", (1, "other-side"), stages="none")
    scene().asker(HOLD).asker(NOT_YET).asker(ANSWER).asker(DECLINE).end(
        "asker-speaks-for-the-addressee", "WAT-8", "four that are the addressee's", "open", *((place, "other-side") for place in range(1, 5)))
    scene().other(WITHDRAW).other(LAPSE).other(ANSWER).end("addressee-speaks-for-the-asker", "WAT-8", "two that are the asker's", "answered",
                                                           (1, "other-side"), (2, "other-side"))
    third = scene()
    third.say(Desk(3, third.line), ANSWER).end("answer-of-a-third-station", "WAT-8", "neither asker nor addressee", "open", (1, "other-side"))
    scene().other(Said("holding-reply", 2)).end("unknown-reply", "WAT-8", "the agreement has no reply 2", "open", (1, "unknown-reply"))
    scene().other(Said("declined", 2, text="")).end("unknown-reason", "WAT-8", "the agreement has no reason 2", "open", (1, "unknown-reason"))
    scene().other(Said("declined", 0, text="")).end("reason-0", "WAT-8", "no agreement has it", "open", (1, "unknown-reason"))
    for name, about, content in (("receipt", "stage 3", (RECEIPT, b"\x03")), ("holding-reply", "a byte too many", (HOLDING, b"\x01\x01")),
                                 ("outcome", "code 6", (OUTCOME, b"\x06")), ("not-yet", "a time in a longer form", (OUTCOME, b"\x03\x40\x00\x04"))):
        scene().other(content).other(TAKEN).end(f"{name}-unreadable", "WAT-8", about, "open", (1, "unreadable"), stages="1")
    for name, about, post in (("nobody", "to no post", 0), ("an-unknown-post", "to a post that the agreement does not have", 5),
                              ("a-post-of-its-own", "to the other post of its author", 2)):
        scene(to_post=post).other(ANSWER).asker(WITHDRAW).end(f"to-{name}", "WAT-2", about, "open", (1, "no-addressee"), (2, "no-addressee"))
    scene(kind=LETTER_BY, content=b"\x80").other(TAKEN).other(ANSWER).end(
        "letter-that-cannot-be-read", "WAT-1", "its time is cut, and it is a letter all the same", "answered", stages="1")
    other = scene()
    letter, another = other.entries[0].name, EntryName(other.entries[0].generation, 9)
    other.other(ANSWER, about=[another, letter]).end("of-another-letter", "WAT-3", "its first reference is another, the second this", "open")
    scene().other(ANSWER, about=[letter, another]).end("of-this-and-another", "WAT-3", "its first reference is this letter", "answered")
    scene().other(ANSWER, about=[]).end("of-no-letter", "WAT-3", "an answer that refers to nothing", "open")
    scene().other((200, b"\x01He is.")).end("unknown-kind", "ENT-9", "an entry of kind 200 about the letter", "open")
    for name, about, more in (("channel", "the answer is on channel 0", {"handling": (3, False, 0)}), ("precedence", "a FLASH", {"handling": (0, False, 2)}),
                              ("exercise", "marked EXERCISE, and its letter is not", {"handling": (3, True, 2)}),
                              ("posts", "from another post than the letter is to", {"posts": (5, 1)})):
        scene().other(ANSWER, **more).end(f"other-{name}", "WAT-8", about, "open", (1, "other-handling"))
    both, second = "agreement.txt amendment-of-words.txt", Agreement.decode(given("amendment-of-words.txt")).hash
    scene().other(Said("declined", 2, text=""), agreement=second).end(
        "reason-of-the-amendment", "WAT-8", "the reason is one of the agreement that the statement names", "declined", agreements=both)
    scene(agreement=second).other(Said("holding-reply", 2)).end(
        "reply-before-the-amendment", "WAT-8", "the letter names the amendment, the statement does not", "open", (1, "unknown-reply"), agreements=both)
    scene(agreement=second, to_post=5).other(ANSWER).end("post-of-the-amendment", "WAT-2", "the letter names the amendment", "answered", agreements=both)
    scene(to_post=5).other(ANSWER, agreement=second).end(
        "post-before-the-amendment", "WAT-2", "the letter names the first agreement, which has no such post", "open", (1, "no-addressee"), agreements=both)
