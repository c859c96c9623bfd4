"""entries.md and record.md: what a receiver may hold, and what nobody could refuse."""

from dataclasses import replace

from .. import entries, exports
from ..checkpoints import FULL, LIGHT, Statement
from ..encoding import EntryName, Generation, Head, field, sha256
from ..entries import Basis, Declaration, Entry, InForce, Opening
from ..exports import END, section
from ..make_vectors import seed
from .records import World, Written

LINE = sha256(b"a line")
N, S = Generation(1, bytes.fromhex("0123456789abcdef")), Generation(2, bytes.fromhex("fedcba9876543210"))
T = replace(S, name=bytes(8))


def cases(maker):
    held_cases(maker)
    form_cases(maker)
    export_cases(maker, World(maker))


def opening(basis=None, agreement=LINE) -> Entry:
    return Entry(agreement, EntryName(N, 0), 0, 3, False, 0, 0, 0, 0, 0, (), (), Opening(bytes(range(32)), 0, None, (), basis).encode())


def entry(number, seen=(), kind=1, content=b"Stand by.", agreement=LINE) -> Entry:
    return Entry(agreement, EntryName(N, number), kind, 2, False, 2, 3, 4, 1, 600, (), tuple(seen), content)


def held_cases(maker):
    def add(name, expect, rule, about, *found):
        maker.add(f"entries/after-{name}", "held-after", expect, rule, about, b"".join(field(each.encode()) for each in found), line=LINE.hex())

    def saw(name, about, *heads, good=False, numbers=None, start=opening()):
        """The heads that each entry has seen; the last entry is the one that comes."""
        found = [entry(number, seen) for number, seen in zip(numbers or range(1, 99), heads)]
        add(f"seen-{name}", "good" if good else "malformed", "ENT-3", about, start, *found)
    saw("nothing-before", "the first", [(S, 71)], good=True)
    saw("the-same", "as much as before", [(S, 71)], [(S, 71)], good=True)
    saw("more", "one more", [(S, 71)], [(S, 72)], good=True)
    saw("less", "one less", [(S, 71)], [(S, 70)])
    saw("less-than-the-one-before-the-last", "as much as the first", [(S, 70)], [(S, 71)], [(S, 70)])
    saw("nothing-listed", "nothing is said of that station", [(S, 71)], [], good=True)
    saw("another-station", "that station alone", [(S, 71)], [(Generation(3, bytes(8)), 1)], good=True)
    saw("less-than-before-one-that-lists-nothing", "less than the first", [(S, 71)], [], [(S, 70)])
    saw("one-more-station", "of one, then of two", [(S, 71)], [(S, 71), (Generation(3, bytes(8)), 1)], good=True)
    saw("another-generation", "of the same station, of whatever size", [(S, 71)], [(T, 1)], good=True)
    saw("a-generation-it-had-left", "back again", [(S, 71)], [(T, 1)], [(S, 72)])
    saw("less-in-the-later-generation", "the later generation has a size too", [(S, 71)], [(T, 9)], [(T, 8)])
    away = [[(replace(S, name=number.to_bytes(8, "big")), 1)] for number in range(1, 66)]
    saw("the-64th-before", "the oldest of 64 that it had left", *away, away[0])
    saw("the-65th-before", "left before 64 others, and nobody remembers it", *away, [(T, 1)], away[0], good=True)
    saw("less-beyond-a-gap", "number 3 where 1 is held", [(S, 71)], [(S, 70)], numbers=(1, 3))
    saw("more-than-what-is-held-beyond", "number 2 comes behind 3", [(S, 71)], [(S, 72)], [(S, 73)], numbers=(1, 3, 2))
    saw("what-lies-between", "number 2 comes behind 3", [(S, 71)], [(S, 73)], [(S, 72)], numbers=(1, 3, 2), good=True)
    saw("a-generation-that-is-left-beyond", "number 4 is in another, and 3 back in it", [(S, 71)], [(S, 72)], [(T, 1)], numbers=(1, 4, 3))
    saw("less-than-its-opening", "what the opening has seen counts", [(S, 70)], start=replace(opening(), seen=((S, 71),)))

    stated = Basis(seed("an amendment"))
    good = InForce(stated, 2, 0)
    first = opening(stated, stated.agreement)

    def force(name, expect, about, content, start=first):
        add(f"in-force-{name}", expect, "ENT-10", about, start, entry(1, kind=entries.IN_FORCE, content=content, agreement=start.agreement))
    force("of-its-generation", "good", "the basis of the opening", good.encode())
    force("of-another-basis", "malformed", "the first agreement", InForce(Basis(LINE), 1, 0).encode())
    force("of-the-first", "good", "the opening names nothing, which is the first", InForce(Basis(LINE), 1, 0).encode(), opening())
    force("that-does-not-decode", "malformed", "a byte behind the versions", good.encode() + b"\x00")
    force("of-nothing", "malformed", "no content", b"")
    force("of-version-0", "malformed", "no agreement has it", InForce(stated, 0, 0).encode())
    add("nothing-an-opening", "good", "ENT-30", "that names nothing", opening())
    add("nothing-an-opening-on-an-amendment", "good", "ENT-30", "its first field is what it names", first)
    add("nothing-an-opening-that-goes-without-saying", "malformed", "ENT-30", "the first agreement and no key statement", opening(Basis(LINE)))
    add("nothing-an-opening-with-another-first-field", "malformed", "ENT-30", "it names the amendment and is under the first", opening(stated))
    add("nothing-an-opening-that-names-nothing", "malformed", "ENT-30", "it names nothing and is under the amendment", opening(None, stated.agreement))
    maker.add("entries/held-opening-that-has-seen-its-own-station", "holdable", "malformed", "ENT-10", "another generation of its author",
              replace(opening(), seen=((replace(N, name=bytes(8)), 1),)).encode())


def form_cases(maker):
    def force(name, expect, about, agreement, keys, basis=Basis(LINE), **header):
        maker.add(f"entries/in-force-{name}", "in-force", expect, "ENT-32", about, InForce(basis, agreement, keys).encode(), **header)
    both = Basis(LINE, seed("a statement"))
    force("version-0", "malformed", "no agreement has it", 0, 0)
    force("version-1000000", "good", "the last", 1_000_000, 1_000_000, both, version=1_000_000, keys_version=1_000_000)
    force("version-1000001", "malformed", "one more than the last", 1_000_001, 0)
    force("keys-version-1000001", "malformed", "one more than the last", 1, 1_000_001, both)

    def declare(name, expect, about, declaration):
        maker.add(f"entries/declaration-{name}", "declaration", expect, "ENT-20", about, declaration.encode())
    declare("restored-with-a-cover", "malformed", "cause 0 has cover 0 alone", Declaration(0, None, ((N, 212, 1),)))
    declare("restored-that-lacks", "good", "cause 0 and how far it had come", Declaration(0, None, ((N, 212, 0), (replace(N, name=bytes(8)), 0, 0))))
    declare("shown-twice-in-any-order", "good", "no order, and each as often as it stands", Declaration(1, None, ((N, 212, 1), (replace(N, name=bytes(8)), 1, 0), (N, 9, 2))))

    empty, other = sha256(b""), sha256(b"another")

    def text(name, expect, about, statement):
        maker.add(f"checkpoints/text-{name}", "checkpoint-text", expect, "REC-4", about, statement.encode())
    text("of-size-0", "good", "the root of the empty tree", Statement(LINE, Head(N, 0, empty), LINE, (Head(S, 0, empty),)))
    text("of-size-0-with-another-root", "malformed", "its signer's own", Statement(LINE, Head(N, 0, other), LINE, ()))
    text("that-holds-size-0-with-another-root", "malformed", "one held", Statement(LINE, Head(N, 1, other), LINE, (Head(S, 0, other),)))


def export_cases(maker, world):
    ours = world.ours
    base = [(each.generation, each.rows) for each in (ours, world.second, world.theirs)]

    def add(name, expect, rule, about, body, **header):
        maker.add(f"exports/{name}", "export", expect, rule, about, body, **header)

    def write(generations=base, signed=(), texts=(world.text,), evidence=()):
        return exports.write(list(texts), signed, evidence, generations)
    later = Basis(world.later)

    def written(basis, agreement, *, name="ab", before=world.theirs):
        return Written(world.line, Generation(2, bytes.fromhex(name * 8)), Opening(seed("blind", name), 3, before.head(), (), basis), agreement)
    lacking = written(later, world.later)
    lacking.add(kind=entries.IN_FORCE, content=InForce(later, 2, 0).encode())
    lacking.add(content=b"under what is not here")
    after = [*base, (lacking.generation, lacking.rows)]
    add("basis-that-is-not-here", "good", "REC-25", "nobody could refuse it; its entries hold", write(after), entries=15, misstatements=1)
    changed = [(generation, list(rows)) for generation, rows in after]
    leaf, canonical = changed[3][1][2]
    changed[3][1][2] = leaf, canonical[:-1] + b"!"
    add("basis-that-is-not-here-and-an-entry-changed", "problem", "REC-22", "its leaf hash differs", write(changed), at=f"{lacking.generation}/2")
    add("basis-that-is-not-here-and-signed", "problem", "REC-25", "a checkpoint that nobody could verify", write(after, [world.checkpoint(lacking.head(), LIGHT, (), world.later)]))
    keyed = Basis(world.line, seed("no statement"))
    unkeyed = written(keyed, world.line, name="cd")
    unkeyed.add(content=b"with keys that are not here")
    add("keys-that-are-not-here", "good", "REC-25", "the opening names a key statement of nobody", write([*base, (unkeyed.generation, unkeyed.rows)]), entries=14, misstatements=1)
    add("keys-that-are-not-here-and-signed", "problem", "REC-24", "by the keys that the agreement lists",
        write([*base, (unkeyed.generation, unkeyed.rows)], [world.checkpoint(unkeyed.head(), LIGHT)]))

    falls = Written(world.line, Generation(1, bytes([0xEE] * 8)), Opening(seed("blind falls"), 9, world.second.head(), ()))
    falls.add(content=b"seen", seen=[(world.theirs.generation, 2)])
    falls.add(content=b"less", seen=[(world.theirs.generation, 1)])
    falls.add(content=b"more", seen=[(world.theirs.generation, 3)])
    add("seen-falls", "problem", "REC-26", "the second has seen less than the first", write([*base, (falls.generation, falls.rows)]), at=f"{falls.generation}/2")

    broken = [(generation, list(rows)) for generation, rows in base]
    leaf, canonical = broken[0][1][0]
    other = replace(ours.entries[0], agreement=world.later, content=Opening(seed("another"), 0, None, (), later).encode())
    broken[0][1][0] = leaf, other.encode()
    add("opening-of-another-basis", "problem", "REC-22", "another opening, under the amendment: nothing of it is used, and the others are as they were",
        write(broken, [world.checkpoint(ours.head(), LIGHT)], [world.text, world.amendment]), at=f"{ours.generation}/0")
    broken[0][1][0] = leaf, replace(ours.entries[0], content=Opening(seed("another"), 0, None, (Head(world.theirs.generation, 1, bytes(32)),)).encode()).encode()
    add("opening-that-fails-and-misstates", "problem", "REC-22", "what it says of a head is not asked", write(broken), at=f"{ours.generation}/0")

    good = write()
    add("digest-of-31-bytes", "problem", "REC-21", "one byte less", good[:-34] + bytes([END]) + field(good[-32:-1]))
    name, leaf = Generation(2, bytes([0xEF] * 8)), bytes(32)
    sized = exports.write([world.text], [], [], [])
    head, tail = sized[:-34], section(exports.OPENING, name.encode() + b"\x00" + leaf + written(None, world.line, name="ef").row(0)[1]) + section(exports.GENERATION, name.encode())
    whole = head + tail + bytes([END]) + b"\x20"
    add("opening-of-size-0", "problem", "REC-20", "an opening counts itself", whole + sha256(whole))
    add("full-fork", "fork", "REC-7", "two full checkpoints", write(evidence=[tuple(sorted(
        (world.checkpoint(replace(ours.head(3), root=seed("fork", side)), FULL) for side in (0, 1)), key=lambda each: each.statement.head.root))]))
