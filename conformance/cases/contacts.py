"""watch.md: contacts of two posts."""

from ..agreement import Agreement
from ..contacts import CONTACT, REQUEST, Request, Step
from ..encoding import field, integer
from ..vectors import given
from ..watch import Said
from .watch import ANSWER, DECLINE, HOLD, LAPSE, NOT_YET, PRINCIPAL, TAKEN, UNTIL, WITHDRAW, Desk

FIRST, SECOND, THIRD = (7_200, 1_800), (90_000, 3_600), (10_800, 1_800)
ASK = Request("text", 3_600, (FIRST, SECOND), "Poland")
PROPOSE = Step("proposed", windows=(THIRD,), text="")
OPEN, CLOSE, CONFIRM = Step("opened"), Step("closed"), Step("confirmed")
SAY, MINUTES = Step("said", text="Are you there?"), Step("minutes", text="Nothing was agreed.")
HELD, MISSED = Step("held", windows=(FIRST,)), Step("missed", party=1)


def accept(place: int = 0) -> Step:
    return Step("accepted", place)


def cases(maker):
    content_cases(maker)
    def scene(asked=ASK, **more) -> Contacts:
        return Contacts(maker, asked, **more)
    def agreed(asked=ASK, **more) -> Contacts:
        return scene(asked, **more).other(accept(), object=0)
    agreement_cases(scene, agreed)
    end_cases(scene, agreed)
    session_cases(scene, agreed)
    word_cases(scene, agreed)
    crossing_cases(scene, agreed)
    contradiction_cases(scene, agreed)
    form_cases(maker, scene, agreed)


def content_cases(maker):
    def good(name, about, said, rule="WAT-17", **outcomes):
        kind, content = said if isinstance(said, tuple) else said.encode()
        maker.add(f"watch/says-{name}", "statement", "good", rule, about, bytes([kind]) + content, **outcomes)

    def bad(name, about, body, rule="WAT-17"):
        maker.add(f"watch/unreadable-{name}", "statement", "malformed", rule, about, bytes.fromhex(body))

    good("request", "the worked example, of a call", (REQUEST, bytes.fromhex("024e10025c20470880015f904e10506f6c616e64")), "WAT-16",
         says="request", medium="voice", until=3_600, windows="7200 1800, 90000 3600", text="506f6c616e64")
    good("request-without-subject", "a subject may be empty, and so may the time", Request("other", 0, (FIRST,), ""), "WAT-16", medium="other", until=0, text="")
    good("request-with-eight-windows", "as many as there may be", Request("visit", 0, tuple((at, 1) for at in range(8)), ""), "WAT-16",
         windows=", ".join(f"{at} 1" for at in range(8)))
    good("request-at-the-limits", "2^40 both, from the line's first second on", Request("text", 2**62 - 1, ((0, 2**40), (2**40, 1)), ""), "WAT-16",
         until=2**62 - 1, windows="0 1099511627776, 1099511627776 1")
    eight = "08" + "0001" * 8
    for name, about, body in (
            ("of-nothing", "no medium", "0b"), ("medium-0", "there is no medium 0", "0b0000010001"), ("medium-5", "there is no medium 5", "0b0500010001"),
            ("without-windows", "no window", "0b010000"), ("with-nine-windows", "one too many", "0b0100" "09" + "0001" * 9), ("window-cut", "no length", "0b01000100"),
            ("windows-fewer-than-counted", "eight are counted, seven stand there", "0b0100" + eight[:-4]),
            ("window-of-no-length", "0 seconds", "0b0100010000"), ("window-too-late", "2^40 + 1", "0b010001" + integer(2**40 + 1).hex() + "01"),
            ("window-too-long", "2^40 + 1 seconds", "0b01000100" + integer(2**40 + 1).hex()), ("time-in-a-longer-form", "0 in two bytes", "0b014000010001"),
            ("window-in-a-longer-form", "1 in two bytes", "0b010001004001"), ("subject", "bytes that are not UTF-8", "0b0100010001" "cae0")):
        bad(f"request-{name}", about, body, "WAT-16")

    good("accepted", "the second window", accept(1), says="accepted", number=1)
    good("accepted-place-255", "whether the offer has it is asked elsewhere", accept(255), says="accepted", number=255)
    good("proposed", "the worked example", (CONTACT, bytes.fromhex("02016a304708")), says="proposed", windows="10800 1800", text="")
    good("opened", "nothing more", OPEN, says="opened")
    good("said", "a text", SAY, says="said", text=SAY.text.encode().hex())
    good("said-nothing", "a reader takes it", Step("said", text=""), says="said", text="")
    good("closed", "nothing more", CLOSE, says="closed")
    good("held", "when it was", HELD, says="held", windows="7200 1800")
    good("missed", "whether that is a side is asked elsewhere", Step("missed", party=15), says="missed", number=15)
    good("minutes", "a text", MINUTES, says="minutes", text=MINUTES.text.encode().hex())
    good("confirmed", "nothing more", CONFIRM, says="confirmed")
    for name, about, body in (
            ("of-nothing", "no code", "0c"), ("0", "there is no code 0", "0c00"), ("10", "there is no code 10", "0c0a"), ("accepted-without-place", "no window", "0c01"),
            ("accepted-and-text", "an acceptance has no text", "0c0100414e"), ("proposed-no-window", "none", "0c0200"), ("proposed-text", "bytes that are not UTF-8", "0c02010001ff"),
            ("opened-and-text", "it has none", "0c0341"), ("said-text", "the text ends within a letter", "0c04d0"), ("closed-and-text", "it has none", "0c0541"),
            ("held-without-length", "the first second alone", "0c065c20"), ("held-and-text", "it has none", "0c065c20470841"), ("held-of-no-length", "0 seconds", "0c065c2000"),
            ("missed-by-nobody", "no party", "0c07"), ("missed-by-0", "there is no station 0", "0c0700"), ("missed-by-16", "there is no station 16", "0c0710"),
            ("minutes-text", "an overlong slash", "0c08c0af"), ("confirmed-and-text", "it has none", "0c0941")):
        bad(f"contact-{name}", about, body)


class Contacts:
    """A request of station 1 to station 2, and what is stated about it. A statement has seen all that stands before it, where nothing else is said."""

    def __init__(self, maker, asked=ASK, to_post=4, **more):
        self.maker, self.before = maker, {}
        self.line, self.second = (Agreement.decode(given(name)).hash for name in ("agreement.txt", "amendment-of-words.txt"))
        self.north, self.south = Desk(1, self.line), Desk(2, self.line)
        kind, content = asked if isinstance(asked, tuple) else asked.encode()
        self.entries = [self.north.write(kind, content, posts=(1, to_post), **more)]

    def say(self, desk: Desk, said, object=None, upto=None, about=0, **more) -> "Contacts":
        """`object` is the place of the second reference; `upto` the last place that the author had seen."""
        kind, content = said if isinstance(said, tuple) else said.encode()
        request = self.entries[0]
        posts = (request.from_post, request.to_post) if desk is self.north else (request.to_post, request.from_post)
        seen = {}
        for entry in self.entries[:None if upto is None else upto + 1]:
            if entry.generation.station != desk.station:
                seen[entry.generation.station] = (entry.generation, entry.number + 1)
        references = [self.entries[place].name for place in ([about] if about is not None else []) + ([object] if object is not None else [])]
        self.entries.append(desk.write(kind, content, references=references, seen=[seen[station] for station in sorted(seen)], **({"posts": posts} | more)))
        return self

    def asker(self, said, object=None, upto=None, **more) -> "Contacts":
        return self.say(self.north, said, object, upto, **more)

    def other(self, said, object=None, upto=None, **more) -> "Contacts":
        return self.say(self.south, said, object, upto, **more)

    def clones(self) -> "Contacts":
        self.before = {desk.generation(each): desk.generation("a") for desk in (self.north, self.south) for each in "bc"}
        return self

    def session(self) -> "Contacts":
        return self.asker(OPEN).other(OPEN)

    def names(self, *places) -> str:
        return ", ".join(str(self.entries[place].name) for place in places) or "none"

    def end(self, name, rule, about, standing, *void, agreed=None, offers=None, said=None, minutes=None, agreements="agreement.txt", order=None, **outcomes):
        """`void` are (place, reason); `offers`, `said` and `minutes` places, where the last may be (place, 'agreed')."""
        entries = [self.entries[place] for place in order] if order else self.entries
        generations = dict.fromkeys(sorted(entry.generation for entry in self.entries)) | self.before
        found = sorted((self.entries[place].name, reason) for place, reason in void)
        more = {key: self.names(*places) for key, places in (("offers", offers), ("said", said)) if places is not None}
        if minutes is not None:
            more["minutes"] = ", ".join(f"{self.entries[each[0]].name} agreed" if isinstance(each, tuple) else str(self.entries[each].name) for each in minutes)
        if agreed is not None:
            more["agreed"] = f"{agreed[0]} {agreed[1]}" if agreed else "none"
        self.maker.add(f"watch/contact-{name}", "contact", "good", rule, about, b"".join(field(entry.encode()) for entry in entries), agreements=agreements,
                       generation=[f"{each} {before or 'none'}" for each, before in sorted(generations.items())], standing=standing, **more,
                       void=", ".join(f"{name} {reason}" for name, reason in found) or "none", **outcomes)


def agreement_cases(scene, agreed):
    scene().end("requested", "WAT-18", "a request alone is an offer", "requested", offers=[0], agreed=())
    scene().other(TAKEN).other(HOLD).other(PRINCIPAL).end("receipts", "WAT-18", "they leave it open", "requested", stages="1 2", offers=[0])
    scene().other(NOT_YET).end("not-yet", "WAT-18", "it waits for authority", "not-yet", until=UNTIL, offers=[0])
    scene().other(accept(1), object=0).end("accepted", "WAT-18", "the second window of the request", "agreed", agreed=SECOND, offers=[], moved_from="none")
    scene().other(NOT_YET).other(accept(), object=0).end("accepted-after-not-yet", "WAT-18", "the first window, after all", "agreed", agreed=FIRST)
    scene().other(PROPOSE).asker(accept(), object=1).end("proposed-and-accepted", "WAT-18", "the worked example", "agreed", agreed=THIRD, offers=[])
    scene().other(PROPOSE).end("proposed", "WAT-18", "both sides offer", "requested", offers=[0, 1])
    scene().asker(PROPOSE).other(accept(), object=1).end("proposed-by-the-asker", "WAT-18", "in place of its request", "agreed", agreed=THIRD)
    agreed().other(PROPOSE).asker(accept(), object=2).end("moved", "WAT-18", "another window than the one that was agreed", "agreed", agreed=THIRD, moved_from="7200 1800")
    agreed().asker(PROPOSE).end("moving", "WAT-18", "the agreed window stands until the other is accepted", "agreed", agreed=FIRST, offers=[2])
    scene().asker(PROPOSE).other(accept(), object=0).end("accepted-the-offer-before", "WAT-18", "the request, in whose place a proposal stands", "requested", (2, "stale-offer"))
    scene().other(accept(), object=None).end("accepted-nothing", "WAT-18", "no second reference", "requested", (1, "stale-offer"))
    scene().other(PROPOSE).other(accept(), object=1).end("accepted-its-own-offer", "WAT-18", "its own proposal", "requested", (2, "stale-offer"))
    scene().asker(accept(), object=0).end("accepted-its-own-request", "WAT-18", "by the asker", "requested", (1, "stale-offer"))
    scene().other(accept(2), object=0).end("accepted-no-window", "WAT-18", "the request has two windows", "requested", (1, "no-window"))
    agreed().other(accept(1), object=0).end("accepted-again", "WAT-18", "no offer stands once a window is agreed", "agreed", (2, "stale-offer"), agreed=FIRST)
    agreed().other(NOT_YET).end("not-yet-once-agreed", "WAT-18", "too late", "agreed", (2, "agreed-before"), until="none")
    scene().other(TAKEN).other(TAKEN).end("receipt-again", "WAT-18", "a stage that was stated before", "requested", (2, "again"), stages="1")
    agreed().other(TAKEN).end("receipt-once-agreed", "WAT-18", "a receipt counts until the end", "agreed", stages="1")
    agreed().other(PROPOSE).asker(PROPOSE).other(accept(), object=2).end("accepted-of-two", "WAT-18", "its own proposal, and the other side's stands", "agreed",
                                                                         (4, "stale-offer"), offers=[3, 2])


def end_cases(scene, agreed):
    scene().other(DECLINE).end("declined", "WAT-18", "for reason 1", "declined")
    scene().asker(WITHDRAW).end("withdrawn", "WAT-18", "by its author", "withdrawn")
    scene().asker(LAPSE).end("lapsed", "WAT-18", "by its author", "lapsed")
    agreed().other(DECLINE).end("declined-once-agreed", "WAT-18", "until it is over", "declined")
    agreed().asker(WITHDRAW).end("withdrawn-once-agreed", "WAT-18", "until it is over", "withdrawn")
    agreed().asker(LAPSE).end("lapsed-once-agreed", "WAT-18", "what is agreed does not lapse", "agreed", (2, "agreed-before"))
    scene().other(ANSWER).end("answered", "WAT-17", "'answered' answers no request", "requested", (1, "answers-no-letter"))
    scene().other(DECLINE).other(TAKEN).other(PROPOSE).asker(PROPOSE).end(
        "after-the-end", "WAT-18", "nothing counts", "declined", (2, "after-final"), (3, "after-final"), (4, "after-final"), stages="none")
    agreed().session().other(CLOSE).other(DECLINE).asker(WITHDRAW).end(
        "ended-once-over", "WAT-18", "what is over is not ended", "over", (5, "after-final"), (6, "after-final"))
    agreed().asker(HELD).asker(PROPOSE).other(PROPOSE).end("proposed-once-over", "WAT-18", "until it is over", "over", (3, "after-final"), (4, "after-final"))
    agreed().asker(PROPOSE).asker(HELD).other(accept(), object=2).end("accepted-once-over", "WAT-18", "a proposal made before", "over", (4, "after-final"), agreed=FIRST)
    agreed().session().asker(WITHDRAW).asker(SAY).end("withdrawn-in-session", "WAT-18", "until it is over", "withdrawn", (5, "after-final"), said=[])


def session_cases(scene, agreed):
    agreed().asker(OPEN).end("opened-by-one", "WAT-18", "no session yet", "agreed", opened="1")
    agreed().session().asker(SAY).other(SAY).end("session", "WAT-18", "each says something", "in-session", opened="1 2", said=[4, 5])
    agreed().session().asker(SAY).other(CLOSE).end("session-closed", "WAT-18", "and is over", "over", said=[4])
    agreed().other(OPEN).other(CLOSE).end("closed-before-both-had-opened", "WAT-18", "after the first 'opened'", "over", opened="2")
    scene().asker(OPEN).end("opened-before-it-is-agreed", "WAT-18", "no window is agreed", "requested", (1, "not-agreed"), opened="none")
    agreed(Request("voice", 0, (FIRST,), "")).asker(OPEN).asker(CLOSE).end("opened-a-call", "WAT-18", "no text session", "agreed", (2, "no-text"), (3, "no-session"))
    agreed().asker(OPEN).asker(OPEN).end("opened-twice", "WAT-18", "once of each side", "agreed", (3, "again"), opened="1")
    agreed().asker(OPEN).other(HELD).other(OPEN).end("opened-once-over", "WAT-18", "the other side has given its word", "over", (4, "after-final"), opened="1")
    agreed().asker(OPEN).asker(SAY).end("said-alone", "WAT-18", "the other side has not opened", "agreed", (3, "no-session"), said=[])
    agreed().session().other(HELD).asker(SAY).end("said-once-over", "WAT-18", "until the session is closed, whatever a side's word", "over", said=[5])
    agreed().session().other(CLOSE).asker(SAY).end("said-once-closed", "WAT-18", "it had seen that", "over", (5, "after-final"), said=[])
    agreed().asker(CLOSE).end("closed-what-is-not-open", "WAT-18", "nobody has opened", "agreed", (2, "no-session"))
    agreed().session().other(CLOSE).asker(CLOSE).end("closed-twice", "WAT-18", "once", "over", (5, "again"))
    agreed().session().other(HELD).asker(CLOSE).end("closed-once-over", "WAT-18", "a word that it was held closes nothing", "over")


def word_cases(scene, agreed):
    agreed().asker(HELD).other(HELD).end("held", "WAT-18", "by both sides' word", "over", words="1 held 7200 1800, 2 held 7200 1800")
    agreed().asker(HELD).other(MISSED).end("held-and-missed", "WAT-18", "where the two differ both are shown", "over", words="1 held 7200 1800, 2 missed by 1")
    agreed().other(Step("missed", party=2)).end("missed-by-itself", "WAT-18", "the addressee says that it did", "over", words="2 missed by 2")
    scene().asker(HELD).other(MISSED).end("held-before-it-is-agreed", "WAT-18", "no window is agreed", "requested", (1, "not-agreed"), (2, "not-agreed"), words="none")
    agreed().asker(HELD).asker(MISSED).end("second-word", "WAT-18", "the first of each side", "over", (3, "again"), words="1 held 7200 1800")
    agreed().asker(Step("missed", party=3)).end("missed-by-a-third", "WAT-18", "neither asker nor addressee", "agreed", (2, "other-side"))
    agreed().session().other(CLOSE).other(HELD).end("held-after-the-session", "WAT-18", "a word about what was closed", "over", words="2 held 7200 1800")
    agreed().asker(HELD).asker(MINUTES).other(CONFIRM, object=3).end("agreed-minutes", "WAT-18", "confirmed by the other side", "over", minutes=[(3, "agreed")])
    agreed().asker(MINUTES).other(MINUTES).end("minutes-of-both", "WAT-18", "once a window is agreed", "agreed", minutes=[2, 3])
    scene().asker(MINUTES).end("minutes-before-it-is-agreed", "WAT-18", "no window is agreed", "requested", (1, "not-agreed"))
    agreed().asker(MINUTES).asker(CONFIRM, object=2).end("confirmed-its-own", "WAT-18", "its own minutes", "agreed", (3, "no-minutes"), minutes=[2])
    agreed().asker(MINUTES).other(CONFIRM, object=2).other(CONFIRM, object=2).end("confirmed-twice", "WAT-18", "once", "agreed", (4, "again"), minutes=[(2, "agreed")])
    agreed().asker(MINUTES).other(CONFIRM).end("confirmed-nothing", "WAT-18", "no second reference", "agreed", (3, "no-minutes"), minutes=[2])
    agreed().asker(MINUTES).other(CONFIRM, object=0).end("confirmed-no-minutes", "WAT-18", "the request", "agreed", (3, "no-minutes"), minutes=[2])
    many = agreed()
    for _ in range(17):
        many.asker(MINUTES)
    many.end("minutes-17", "WAT-18", "the first 16 count", "agreed", (18, "again"), minutes=range(2, 18))


def crossing_cases(scene, agreed):
    scene().other(accept(), object=0).asker(WITHDRAW, upto=0).end(
        "accepted-crossed-a-withdrawal", "WAT-19", "the asker's comes first", "withdrawn accepted-late", agreed=())
    scene().other(DECLINE).asker(LAPSE, upto=0).end("declined-crossed-a-lapse", "WAT-19", "the asker's comes first", "lapsed declined-late")
    scene().other(accept(), object=0).other(DECLINE).asker(WITHDRAW, upto=0).end(
        "accepted-then-declined-crossed", "WAT-19", "the first that crossed is shown as late", "withdrawn accepted-late", (2, "after-final crossed"))
    scene().other(accept(2), object=0).other(DECLINE).asker(WITHDRAW, upto=0).end(
        "no-window-crossed", "WAT-19", "what would not have counted is a breach all the same", "withdrawn declined-late", (1, "after-final"))
    scene().asker(WITHDRAW).other(accept(), object=0).end("accepted-after-a-withdrawal", "WAT-19", "it had seen the withdrawal", "withdrawn", (2, "after-final"))
    scene().other(TAKEN).other(PROPOSE).asker(WITHDRAW, upto=0).end(
        "others-crossed-a-withdrawal", "WAT-19", "they are shown as what they are", "withdrawn", (1, "after-final crossed"), (2, "after-final crossed"), stages="none")
    scene().other(accept(), object=0).asker(PROPOSE, upto=0).end(
        "accepted-what-was-replaced", "WAT-19", "a proposal that crossed takes the place of the request", "requested", (1, "stale-offer crossed"), offers=[2])
    scene().other(accept(), object=0).asker(LAPSE, upto=0).other(PROPOSE).end(
        "late-and-then-a-breach", "WAT-19", "the proposal had seen the lapse", "lapsed accepted-late", (3, "after-final"))
    scene().asker(PROPOSE).other(PROPOSE, upto=0).other(accept(), object=1).asker(accept(), object=2).end(
        "both-accepted", "WAT-19", "the asker had seen the other's acceptance", "agreed", (4, "stale-offer"), agreed=THIRD)
    both = scene().asker(PROPOSE).other(Step("proposed", windows=(SECOND,), text=""), upto=0)
    both.asker(accept(), object=2).other(accept(), object=1, upto=2).end(
        "both-accepted-at-once", "WAT-19", "each the other's offer: the asker's counts", "agreed", (4, "stale-offer crossed"), agreed=SECOND)
    both = scene().asker(PROPOSE).other(Step("proposed", windows=(SECOND,), text=""), upto=0)
    both.asker(accept(), object=2).other(accept(), object=1, upto=2).end(
        "both-accepted-in-another-order", "WAT-19", "in whatever order the file has them", "agreed", (4, "stale-offer crossed"), agreed=SECOND, order=(0, 4, 3, 2, 1))
    agreed().other(PROPOSE).asker(HELD, upto=1).end("proposed-crossed-held", "WAT-19", "the contact was over by the asker's word", "over", (2, "after-final crossed"))
    agreed().other(DECLINE).asker(HELD, upto=1).end("declined-crossed-held", "WAT-19", "there is no end that it could be late for", "over", (2, "after-final crossed"))
    agreed().asker(PROPOSE).other(accept(), object=2).asker(HELD, upto=1).end(
        "accepted-crossed-held", "WAT-19", "the other window is not agreed any more", "over", (3, "after-final crossed"), agreed=FIRST)
    agreed().session().other(SAY).asker(CLOSE, upto=3).end("said-crossed-closed", "WAT-19", "what crossed the end of a session is part of it", "over", said=[4])
    agreed().session().other(SAY).other(SAY).asker(SAY, upto=3).asker(CLOSE, upto=3).end(
        "said-by-both-crossed-closed", "WAT-19", "behind what was said before the end, in the one order", "over", said=[6, 4, 5])
    agreed().session().other(SAY).asker(WITHDRAW, upto=3).end("said-crossed-a-withdrawal", "WAT-19", "that ended the session too", "withdrawn", said=[4])
    agreed().asker(OPEN).other(SAY).asker(CLOSE, upto=1).end("said-before-opening-crossed", "WAT-19", "its author has not opened", "over", (3, "after-final"), said=[])
    agreed().session().other(CLOSE).asker(CLOSE, upto=3).end("closed-by-both-at-once", "WAT-19", "once", "over", (4, "again crossed"))
    agreed().other(OPEN).asker(HELD, upto=1).end("opened-crossed-held", "WAT-19", "it was over by the asker's word", "over", (2, "after-final crossed"), opened="none")
    scene().other(NOT_YET).asker(PROPOSE, upto=0).end("not-yet-crossed-a-proposal", "WAT-19", "nothing is changed by it", "not-yet", until=UNTIL, offers=[2])
    scene().other(PROPOSE).asker(accept(), object=1).other(NOT_YET, upto=0).end(
        "not-yet-crossed-an-acceptance", "WAT-19", "it had not seen its own proposal accepted", "agreed", (3, "agreed-before crossed"), until="none")
    scene().other(PROPOSE).asker(accept(), object=1).asker(LAPSE).end("lapsed-after-its-own-acceptance", "WAT-19", "what its author stated before counts against it",
                                                                       "agreed", (3, "agreed-before"))
    scene().other(accept(), object=0).asker(LAPSE, upto=0).end("lapsed-crossed-an-acceptance", "WAT-19", "the lapse comes first", "lapsed accepted-late")
    agreed().other(MINUTES).asker(CONFIRM, object=2, upto=1).end("confirmed-what-it-had-not-seen", "WAT-18", "the asker's comes first unless it had seen the minutes", "agreed",
                                                                 (3, "no-minutes"), minutes=[2])


def contradiction_cases(scene, agreed):
    scene().clones().other(DECLINE, generation="b").other(accept(), object=0, generation="c").end(
        "contradicts", "WAT-19", "one of two clones declines, the other accepts", "declined", (2, "contradicts"), agreed=())
    scene().clones().other(accept(), object=0, generation="b").other(DECLINE, generation="c").end(
        "clones-that-do-not-contradict", "WAT-18", "what was accepted may be declined, by whichever clone", "declined", agreed=FIRST)
    scene().other(accept(), object=0, generation="b").other(DECLINE, generation="0").end(
        "contradicts-after-a-loss", "WAT-19", "it opens a generation behind none, whose name comes first, and declines what it had accepted", "declined", (1, "contradicts"))
    scene().clones().other(DECLINE, generation="b").other(TAKEN, generation="c").other(TAKEN, generation="b").end(
        "contradicts-by-a-receipt", "WAT-19", "the clone of one that has declined takes it", "declined", (2, "contradicts"), (3, "after-final"), stages="none")
    agreed().clones().asker(HELD, generation="b").asker(MISSED, generation="c").end("contradicts-by-its-word", "WAT-19", "held, says the one, and the other: missed", "over",
                                                                                    (3, "contradicts"), words="1 held 7200 1800")
    scene().clones().other(accept(), object=0, generation="b").other(DECLINE, generation="b").other(PROPOSE, generation="b").end(
        "contradicts-not-in-one-record", "WAT-19", "one generation", "declined", (3, "after-final"))
    scene().clones().other(DECLINE, generation="b").other(ANSWER, generation="c").end("contradicts-not-what-never-counts", "WAT-19", "an answer of the clone", "declined",
                                                                                      (2, "answers-no-letter"))


def form_cases(maker, scene, agreed):
    scene((REQUEST, b"\x09")).other(TAKEN).asker(WITHDRAW).end("request-that-cannot-be-read", "WAT-16", "it has no addressee", "requested",
                                                               (1, "no-addressee"), (2, "no-addressee"), offers=[])
    for name, about, post in (("nobody", "to no post", 0), ("an-unknown-post", "to a post that the agreement does not have", 5),
                              ("a-post-of-its-own", "to the other post of its author", 2)):
        scene(to_post=post).other(accept(), object=0).end(f"to-{name}", "WAT-16", about, "requested", (1, "no-addressee"))
    scene().other((CONTACT, b"\x0a")).other((CONTACT, b"")).other((9, b"\x06")).end(
        "unreadable", "WAT-19", "no code 10, no code at all, no outcome 6", "requested", *((place, "unreadable") for place in (1, 2, 3)))
    scene().asker(TAKEN).asker(DECLINE).asker(NOT_YET).other(LAPSE).other(WITHDRAW).end(
        "other-side", "WAT-17", "each states what is the other's", "requested", *((place, "other-side") for place in range(1, 6)))
    third = scene()
    third.say(Desk(3, third.line), accept(), object=0).end("of-a-third-station", "WAT-17", "neither asker nor addressee", "requested", (1, "other-side"))
    scene().other(Said("holding-reply", 2)).other(Said("declined", 2, text="")).end(
        "unknown-reply-and-reason", "WAT-18", "the agreement has neither", "requested", (1, "unknown-reply"), (2, "unknown-reason"))
    for name, about, more in (("channel", "on channel 0", {"handling": (3, False, 0)}), ("precedence", "a FLASH", {"handling": (0, False, 2)}),
                              ("exercise", "marked EXERCISE", {"handling": (3, True, 2)}), ("posts", "between other posts", {"posts": (5, 1)})):
        scene().other(accept(), object=0, **more).end(f"other-{name}", "WAT-17", about, "requested", (1, "other-handling"))
    other = scene()
    other.entries.append(other.north.write(*ASK.encode(), posts=(1, 4)))
    other.other(accept(), object=0, about=1).end("of-another-request", "WAT-17", "its first reference is another", "requested")
    scene().other(accept(), object=None, about=None).end("of-no-request", "WAT-17", "it refers to nothing", "requested")
    both, second = "agreement.txt amendment-of-words.txt", Agreement.decode(given("amendment-of-words.txt")).hash
    scene().other(Said("declined", 2, text=""), agreement=second).end("reason-of-the-amendment", "WAT-18", "which the statement names", "declined", agreements=both)
    scene(agreement=second, to_post=5).other(accept(), object=0).end("post-of-the-amendment", "WAT-16", "which the request names", "agreed", agreements=both)
    scene(to_post=5).other(accept(), object=0, agreement=second).end(
        "post-before-the-amendment", "WAT-16", "the request names the first agreement", "requested", (1, "no-addressee"), agreements=both)
    order = agreed().session().asker(SAY).other(SAY).other(CLOSE)
    order.end("order-of-the-file", "WAT-18", "whatever order the file has", "over", said=[4, 5], opened="1 2", order=(0, 6, 5, 4, 3, 2, 1))
