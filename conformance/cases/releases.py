"""watch.md: release by two, as its receiver sees it."""

from dataclasses import replace

from ..agreement import Agreement
from ..encoding import field
from ..entries import LETTER, ROSTER
from ..keys import LightSigner
from ..make_vectors import KeptSigner, seed
from ..release import COMPOSITE, LIGHT, Attestation, signed
from ..rosters import Officer, Roster
from ..vectors import given
from ..watch import OUTCOME, Said
from .watch import Desk

WATCH, RELEASER = 1, 4
HANDLING = (1, False, 2)
POSTS = (1, 4)


def cases(maker):
    def scene(*arguments, **more) -> "Releases":
        return Releases(maker).roster(*arguments, **more)
    scene().letter().end("nothing", "WAT-35", "nobody has released it")
    scene().letter().attest(LIGHT).end("light", "WAT-35", "two officers, with their light keys", light=True)
    scene().letter().attest(COMPOSITE).end("composite", "WAT-35", "two officers, with their composite keys", composite=True)
    scene().letter().attest(LIGHT).attest(COMPOSITE).end("both", "WAT-35", "with both", light=True, composite=True)
    scene().letter().attest(LIGHT).attest(LIGHT, release=2).end("twice", "WAT-34", "another id for the same statement", light=True)
    scene().letter(channel=1).attest(LIGHT, handling=(1, False, 1)).end("not-needed", "WAT-30", "a channel that one officer may use")
    scene().letter(kind=OUTCOME, content=Said("lapsed").encode()[1]).attest(LIGHT).end("lapse", "WAT-10", "a lapse needs none")
    scene().letter(kind=OUTCOME, content=Said("declined", 1, text="").encode()[1]).attest(LIGHT).end("refusal", "WAT-30", "a refusal needs it", light=True)
    signer_cases(scene)
    roster_cases(maker, scene)
    form_cases(scene)
    replay_cases(scene)


def signer_cases(scene):
    for kind, word in ((LIGHT, "light"), (COMPOSITE, "composite")):
        def case(name, about, reason, **more):
            scene().letter().attest(kind, **more).end(f"{word}-{name}", "WAT-33", about, (2, reason))
        case("same-officer", "one officer twice", "same-officer", by=("n-1", "n-1"))
        case("wrong-order", "the roles the other way round", "wrong-role", by=("n-2", "n-1"))
        case("stranger", "an officer who is not in the roster", "unknown-officer", by=("n-1", "n-3"))
        case("alone", "one signature for two roles", "officers", by=("n-1",))
        case("another-line", "signed for another line", "not-signed", line=bytes(32))
        case("another-party", "signed as another party's", "not-signed", party=2)
        case("another-id", "signed under another release id", "not-signed", under=9)
        for field_, value in (("kind", 6), ("precedence", 0), ("exercise", True), ("channel", 1), ("from_post", 2), ("to_post", 3), ("language", 2),
                              ("content", b"We disagree."), ("references", "opening")):
            case(f"another-{field_.replace('_', '-')}", f"signed with another {field_.replace('_', ' ')}", "not-signed", change={field_: value})
    scene().letter().attest(LIGHT, change={"time": 5}).end("another-time", "WAT-31", "when it was written is not signed", light=True)


def roster_cases(maker, scene):
    Releases(maker).letter().attest(LIGHT).end("no-roster", "WAT-33", "no roster is in force", (1, "no-roster"))
    Releases(maker).letter().roster().attest(LIGHT).end("roster-after", "WAT-33", "the roster stands behind the statement", (2, "no-roster"))
    scene().letter().attest(LIGHT, version=2).end("roster-ahead", "WAT-33", "a roster that is not there", (2, "other-roster"))
    scene().roster(version=2, without="n-2").letter().attest(LIGHT).end("revoked", "WAT-33", "an officer was revoked before", (3, "other-roster"))
    scene().roster(version=2, without="n-2").letter().attest(LIGHT, version=2).end("revoked-anew", "WAT-33", "and signs on", (3, "unknown-officer"))
    scene().letter().roster(version=2, without="n-2").attest(LIGHT).end("revoked-after", "WAT-33", "an officer was revoked after the statement", light=True)
    scene(version=2, without="n-2").roster(version=1).letter().attest(LIGHT).end("old-roster", "AGR-48", "an old roster brings nobody back", (3, "other-roster"))
    scene().roster(version=2, forged=True).letter().attest(LIGHT).end("forged-roster", "AGR-47", "a roster of another root key", light=True)
    scene(generation="b").then(a="b").letter().attest(LIGHT).end("roster-of-the-generation-before", "WAT-33", "a roster of the generation before", light=True)
    scene(generation="b").then(b="a").letter().attest(LIGHT).end("roster-of-the-generation-behind", "WAT-33", "of a generation that goes on from this one", (2, "no-roster"))


def form_cases(scene):
    scene().letter().attest(LIGHT, handling=(3, False, 2)).end("other-precedence", "WAT-32", "another precedence", (2, "other-handling"))
    scene().letter().attest(LIGHT, handling=(1, True, 2)).end("exercise", "WAT-32", "an EXERCISE mark", (2, "other-handling"))
    scene().letter().attest(LIGHT, posts=(4, 1)).end("turned", "WAT-32", "it goes the other way", (2, "other-handling"))
    scene().letter().attest(LIGHT, station=2).end("other-author", "WAT-33", "in the other party's record", (2, "other-side"))
    scene().letter().attest(LIGHT, as_kind=COMPOSITE).end("light-as-composite", "WAT-32", "light signatures in an entry of kind 14", (2, "unreadable"))
    scene().letter().attest(LIGHT, cut=1).end("cut", "WAT-32", "a byte too few", (2, "unreadable"))
    scene().letter().attest(LIGHT, version=0).end("roster-0", "WAT-32", "versions begin at 1", (2, "unreadable"))
    scene().letter().attest(LIGHT, by=()).end("nobody", "WAT-32", "no signature", (2, "unreadable"))


def replay_cases(scene):
    scene().letter().attest(LIGHT).letter().attest(LIGHT, about=3).end("again", "WAT-34", "the same statement with the same release", (4, "used-before"), of=3)
    scene().letter().attest(LIGHT).letter().attest(LIGHT, about=3).end("first", "WAT-34", "the first of them", light=True)
    scene().letter().attest(LIGHT, cut=1).letter().attest(LIGHT, about=3).end(
        "spoilt", "WAT-34", "the id was named for another before, in an attestation that does not count", (4, "used-before"), of=3)
    scene().letter().attest(LIGHT, station=2).letter().attest(LIGHT, about=3).end("by-the-other", "WAT-34", "the other party names no ids for it", light=True, of=3)
    scene(generation="b").then(a="b").letter(generation="b").attest(LIGHT, generation="b").letter().attest(LIGHT, about=3).end(
        "again-in-another-generation", "WAT-34", "in a generation that goes on from the one it was released in", (4, "used-before"), of=3)


class Releases:
    """What two officers of party 1 release, and what only looks so."""

    def __init__(self, maker):
        self.maker, self.entries, self.before = maker, [], {}
        self.line = Agreement.decode(given("agreement.txt")).hash
        self.desks = {station: Desk(station, self.line) for station in (1, 2)}

    def light(self, code: str) -> LightSigner:
        return LightSigner(seed("releasing light", code))

    def composite(self, code: str) -> KeptSigner:
        return KeptSigner(self.maker.kept, "releasing", code)

    def roster(self, version=1, without=None, forged=False, **more) -> "Releases":
        officers = tuple(Officer(code, roles, self.light(code).public, self.composite(code).public)
                         for code, roles in (("n-1", WATCH), ("n-2", RELEASER)) if code != without)
        root = self.maker.parties[2 if forged else 1].root
        content = Roster(version, officers).sign(root, self.line, 1).encode()
        self.entries.append(self.desks[1].write(ROSTER, content, handling=(1, False, 0), posts=(0, 0), **more))
        return self

    def letter(self, kind=LETTER, content=b"We agree.", channel=2, **more) -> "Releases":
        self.entries.append(self.desks[1].write(kind, content, handling=(*HANDLING[:2], channel), posts=POSTS, **more))
        return self

    def attest(self, kind, by=("n-1", "n-2"), release=1, under=None, version=1, about=None, change=None, line=None, party=None, station=1, as_kind=None, cut=0,
               handling=HANDLING, posts=POSTS, **more) -> "Releases":
        statements = [entry for entry in self.entries if entry.kind not in (ROSTER, LIGHT, COMPOSITE)]
        statement = statements[-1] if about is None else self.entries[about]
        change = {"references": (replace(statement.name, number=0),)} if change == {"references": "opening"} else change or {}
        body = signed(replace(statement, **change), bytes([under or release] * 16), line or self.line)
        if party:
            place = len(b"hotline/1 release\n") + 32
            body = body[:place] + bytes([party]) + body[place + 1:]
        signer = self.light if kind == LIGHT else self.composite
        signatures = tuple((code, signer(code).sign(body)) for code in by)
        content = Attestation(bytes([release] * 16), version, signatures).encode()
        entry = self.desks[station].write(as_kind or kind, content[:len(content) - cut], references=[statement.name], handling=handling, posts=posts, **more)
        self.entries.append(replace(entry, language=0))
        return self

    def then(self, **before) -> "Releases":
        generation = self.desks[1].generation
        self.before |= {generation(each): generation(other) for each, other in before.items()}
        return self

    def end(self, name, rule, about, *breaches, light=False, composite=False, of=None):
        statements = [entry for entry in self.entries if entry.kind not in (ROSTER, LIGHT, COMPOSITE)]
        statement = self.entries[of] if of is not None else statements[0]
        others = [entry for entry in self.entries if entry is not statement]
        generations = dict.fromkeys(sorted(entry.generation for entry in self.entries)) | self.before
        generations = dict.fromkeys(value for value in self.before.values() if value not in generations) | generations
        found = sorted((self.entries[place].name, reason) for place, reason in breaches)
        self.maker.add(f"watch/release-{name}", "release", "good", rule, about, b"".join(field(entry.encode()) for entry in [statement, *others]),
                       agreements="agreement.txt", generation=[f"{each} {before or 'none'}" for each, before in sorted(generations.items())],
                       light="n-1 n-2" if light else "none", composite="n-1 n-2" if composite else "none",
                       breaches=", ".join(f"{name} {reason}" for name, reason in found) or "none")
