"""entries.md and record.md."""

from dataclasses import replace

from .. import entries, exports, trees
from ..chain import Chain
from ..checkpoints import FULL, LIGHT, Checkpoint, Statement
from ..disclosures import Disclosure, Evidence
from ..encoding import EntryName, Generation, Head, integer, sha256
from ..entries import Basis, Entry, Opening
from ..exports import section
from ..make_vectors import seed
from ..vectors import given
from .epochs import flip

FILE = {"agreements": "agreement.txt"}


class Written:
    """A generation that a party has written."""

    def __init__(self, line: bytes, generation: Generation, opening: Opening, agreement: bytes | None = None):
        self.line, self.generation, self.secret = line, generation, opening.secret
        self.entries: list[Entry] = []
        self.add(agreement or line, entries.OPENING, opening.encode(), handling=3)

    def add(self, agreement=None, kind=1, content=b"", handling=3, references=(), seen=(), time=60) -> Entry:
        agreement = agreement or (self.entries[-1].agreement if self.entries else self.line)
        name = EntryName(self.generation, len(self.entries))
        letter = kind != entries.OPENING
        entry = Entry(agreement, name, kind, handling, False, 2 if letter else 0, letter, 4 if letter else 0, int(letter),
                      time if letter else 0, tuple(references), tuple(seen), content)
        self.entries.append(entry)
        return entry

    def row(self, number: int) -> tuple[bytes, bytes]:
        canonical = self.entries[number].encode()
        return entries.leaf(self.line, canonical, entries.blind(self.secret, number)), canonical

    @property
    def rows(self):
        return [self.row(number) for number in range(len(self.entries))]

    @property
    def leaves(self):
        return [leaf for leaf, _ in self.rows]

    def head(self, size: int | None = None) -> Head:
        size = len(self.entries) if size is None else size
        return Head(self.generation, size, trees.root(self.leaves[:size]))


class World:
    """Two parties and what they wrote."""

    def __init__(self, maker):
        self.maker, self.text, self.amendment = maker, given("agreement.txt"), given("amendment.txt")
        self.chain = Chain([self.text, self.amendment])
        self.line, self.later = self.chain.line, self.chain.agreements[1].hash
        n, s = Generation(1, bytes.fromhex("0123456789abcdef")), Generation(2, bytes.fromhex("fedcba9876543210"))
        self.ours = Written(self.line, n, Opening(seed("blind 1"), 0, None, ()))
        self.theirs = Written(self.line, s, Opening(seed("blind 2"), 0, None, (self.ours.head(1),)))
        for number in range(1, 7):
            self.ours.add(content=f"Letter {number} from the North.".encode(), handling=number % 4)
        self.theirs.add(content="Принято. Ответ последует.".encode(), references=[EntryName(n, 3)], seen=[(n, 4)])
        self.theirs.add(content="Это не нападение.".encode(), handling=0, references=[EntryName(s, 1), EntryName(n, 1)], seen=[(n, 7)])
        self.second = Written(self.line, Generation(1, bytes.fromhex("00112233445566aa")),
                              Opening(seed("blind 3"), 7, self.ours.head(), (self.theirs.head(),)))
        self.second.add(content=b"After the restart.", seen=[(s, 3)])

    def sign(self, statement: Statement, strength: int) -> Checkpoint:
        party = self.maker.parties[statement.signer]
        text = statement.encode()
        return Checkpoint(strength, text, (party.light, party.station)[strength].sign(text))

    def checkpoint(self, head: Head, strength: int = LIGHT, holds=(), agreement=None, line=None) -> Checkpoint:
        return self.sign(Statement(line or self.line, head, agreement or self.line, tuple(sorted(holds))), strength)


def cases(maker):
    world = World(maker)
    entry_cases(maker, world)
    tree_cases(maker, world)
    checkpoint_cases(maker, world)
    export_cases(maker, world)
    disclosure_cases(maker, world)
    evidence_cases(maker, world)


def entry_cases(maker, world):
    def add(name, kind, expect, rule, about, body, **header):
        maker.add(f"entries/{name}", kind, expect, rule, about, body if isinstance(body, bytes) else body.encode(), **header)
    line, secret = sha256(b"a line"), bytes(range(32))
    n, s, t = (Generation.parse(text) for text in ("1/0123456789abcdef", "2/fedcba9876543210", "3/00000000000000aa"))
    context = {"line": line.hex(), "secret": secret.hex()}
    letter = Entry(line, EntryName(n, 1), 1, 2, True, 2, 3, 4, 1, 600, (EntryName(s, 70),), ((s, 71),), b"Stand by.")
    opening = Entry(line, EntryName(n, 0), 0, 3, False, 0, 0, 0, 0, 0, (), (), Opening(secret, 0, None, ()).encode())

    def good(name, rule, about, entry):
        leaf = entries.leaf(line, entry.encode(), entries.blind(secret, entry.number))
        add(name, "entry", "good", rule, about, entry, leaf=leaf.hex(), **context)

    def bad(name, rule, about, body):
        add(name, "entry", "malformed", rule, about, body, **context)
    good("letter", "ENT-4", "the worked example", letter)
    good("opening", "ENT-5", "the worked example", opening)
    good("unknown-kind", "ENT-9", "kind 200 is kept and hashed like any other", replace(letter, kind=200))
    good("empty-content", "ENT-1", "no byte of content", replace(letter, content=b""))
    good("16-references", "ENT-2", "the most", replace(letter, references=tuple(EntryName(s, number) for number in range(16))))
    good("14-seen", "ENT-2", "the most", replace(letter, seen=tuple((Generation(number, bytes(8)), 1) for number in range(2, 16))))
    good("largest-number", "ENC-7", "2^62 - 2", replace(letter, name=EntryName(n, 2**62 - 2)))
    good("flash-exercise-channel-31", "ENT-1", "every bit of the handling byte", replace(letter, precedence=0, channel=31))
    data = letter.encode()
    bad("17-references", "ENT-2", "at most 16", replace(letter, references=tuple(EntryName(s, number) for number in range(17))).encode())
    bad("15-seen", "ENT-2", "at most 14", replace(letter, seen=tuple((Generation(number, bytes(8)), 1) for number in range(1, 16))).encode())
    bad("seen-out-of-order", "ENT-3", "station 3 before station 2", replace(letter, seen=((t, 1), (s, 71))))
    bad("seen-twice", "ENT-3", "two generations of one station", replace(letter, seen=((s, 71), (replace(s, name=bytes([255] * 8)), 2))))
    bad("content-above-the-limit", "ENT-2", "its length says 262,145, and nothing follows", data[:-10] + integer(262_145))
    bad("author-0", "ENC-5", "there is no station 0", data[:32] + b"\x00" + data[33:])
    bad("author-16", "ENC-5", "there is no station 16", data[:32] + b"\x10" + data[33:])
    bad("cut-short", "ENC-4", "a byte of content is missing", data[:-1])
    bad("byte-too-many", "ENC-4", "a byte is left over", data + b"\x00")
    bad("number-in-a-longer-form", "ENC-1", "1 in two bytes", data[:41] + b"\x40\x01" + data[42:])
    bad("number-too-high", "ENC-7", "2^62 - 1", data[:41] + integer(2**62 - 1) + data[42:])
    bad("time-in-a-longer-form", "ENC-1", "600 in four bytes", data.replace(bytes.fromhex("4258"), bytes.fromhex("80000258")))

    def open_(name, expect, rule, about, content=None, entry=opening, **header):
        body = replace(entry, content=content if isinstance(content, bytes) else content.encode()) if content is not None else entry
        add(f"opening-{name}", "opening", expect, rule, about, body, **header)
    head, later = Head(s, 71, line), Head(replace(s, name=bytes([255] * 8)), 2, line)
    before = Head(replace(n, name=bytes(8)), 7, line)
    open_("first", "good", "ENT-7", "no predecessor, nothing held", Opening(secret, 0, None, ()), secret=secret.hex())
    open_("after-a-restart", "good", "ENT-7", "a predecessor and two heads held", Opening(secret, 7, before, (head, later)), secret=secret.hex())
    many = tuple(Head(Generation(2 + number // 20, bytes([number] * 8)), 1, line) for number in range(57))
    open_("56-held", "good", "ENT-8", "the most", Opening(secret, 0, None, many[:56]), secret=secret.hex())
    open_("57-held", "malformed", "ENT-8", "at most 56", Opening(secret, 0, None, many))
    open_("held-out-of-order", "malformed", "ENT-8", "in rising order of generation", Opening(secret, 0, None, (later, head)))
    open_("held-twice", "malformed", "ENT-8", "each at most once", Opening(secret, 0, None, (head, replace(head, size=72))))
    open_("holds-its-own-station", "malformed", "REC-22", "a head of its own author", Opening(secret, 0, None, (before,)))
    open_("predecessor-of-another-station", "malformed", "REC-22", "its own station's record goes on", Opening(secret, 7, head, ()))
    open_("predecessor-is-itself", "malformed", "REC-22", "it would go on from itself", Opening(secret, 7, Head(n, 7, line), ()))
    open_("predecessor-flag-2", "malformed", "ENT-7", "0 or 1", secret + b"\x00\x02\x00")
    open_("cut-short", "malformed", "ENC-4", "the count of heads is missing", secret + b"\x00\x00")
    open_("byte-too-many", "malformed", "ENC-4", "a byte is left over", secret + b"\x00\x00\x00\x00")
    def hold(name, expect, about, entry):
        add(f"held-{name}", "holdable", expect, "ENT-10", about, entry)
    hold("letter", "good", "nothing is wrong with it", letter)
    hold("opening", "good", "nothing is wrong with it", opening)
    hold("that-refers-to-an-earlier-entry", "good", "of its own generation", replace(letter, references=(EntryName(n, 0),)))
    hold("that-refers-to-itself", "malformed", "its own number", replace(letter, references=(EntryName(n, 1),)))
    hold("that-refers-to-a-later-entry", "malformed", "a later number", replace(letter, references=(EntryName(n, 2),)))
    hold("that-has-seen-its-own-station", "malformed", "another generation of its author", replace(letter, seen=((replace(n, name=bytes(8)), 1),)))
    hold("of-kind-0-under-number-1", "malformed", "only entry 0 has kind 0", replace(opening, name=EntryName(n, 1)))
    hold("of-kind-1-under-number-0", "malformed", "entry 0 has kind 0", replace(letter, name=EntryName(n, 0)))
    lost = ((n, 212, 2), (replace(n, name=bytes(8)), 20, 1), (replace(n, name=bytes([1] * 8)), 1, 0))

    def declare(name, expect, about, declaration, **header):
        body = declaration if isinstance(declaration, bytes) else declaration.encode()
        maker.add(f"entries/declaration-{name}", "declaration", expect, "ENT-20", about, body, **header)
    restored, shown = entries.Declaration(0, before, ()), entries.Declaration(1, before, lost)
    declare("restored", "good", "a backup was played back", restored, cause=0, restored_from=str(before.generation), lost=0)
    declare("shown", "good", "others hold three generations", shown, cause=1, restored_from=str(before.generation), lost=3)
    declare("nothing-left", "good", "no head is left", entries.Declaration(0, None, ()), cause=0, restored_from="none", lost=0)
    declare("64-lost", "good", "the most", entries.Declaration(1, before, lost[:1] * 64), cause=1, lost=64)
    declare("65-lost", "malformed", "at most 64", entries.Declaration(1, before, lost[:1] * 65))
    declare("cause-2", "malformed", "0 or 1", b"\x02" + restored.encode()[1:])
    declare("head-flag-2", "malformed", "0 or 1", b"\x00\x02" + restored.encode()[2:])
    declare("cover-3", "malformed", "0, 1 or 2", shown.encode()[:-1] + b"\x03")
    declare("cut-short", "malformed", "the last cover is missing", shown.encode()[:-1])
    declare("byte-too-many", "malformed", "a byte is left over", shown.encode() + b"\x00")

    def recover(name, expect, about, recovered, **header):
        body = recovered if isinstance(recovered, bytes) else recovered.encode()
        maker.add(f"entries/recovered-{name}", "recovered", expect, "ENT-21", about, body, **header)
    back = entries.Recovered(2, 180, Head(n, 212, line))
    recover("from-the-peer", "good", "32 entries came back", back, station=2, first=180, size=212)
    recover("from-the-beginning", "good", "a whole generation came back", replace(back, first=0), station=2, first=0, size=212)
    recover("of-nothing", "malformed", "the first number is the size", replace(back, first=212))
    recover("from-station-0", "malformed", "there is no station 0", b"\x00" + back.encode()[1:])
    recover("cut-short", "malformed", "a byte of the root is missing", back.encode()[:-1])
    recover("byte-too-many", "malformed", "a byte is left over", back.encode() + b"\x00")
    open_("under-number-1", "malformed", "ENT-6", "only entry 0 has kind 0", entry=replace(opening, name=EntryName(n, 1)))
    open_("of-kind-1", "malformed", "ENT-6", "entry 0 has kind 0", entry=replace(opening, kind=1))


def tree_cases(maker, world):
    leaves = [sha256(bytes([number])) for number in range(11)]

    def inclusion(name, expect, about, index=4, size=11, path=None, root=None, leaf=None, rule="REC-2"):
        path = trees.prove_inclusion(leaves[:size], index) if path is None else path
        maker.add(f"proofs/inclusion-{name}", "inclusion", expect, rule, about, b"".join(path), leaf=(leaf or leaves[index]).hex(), index=index, size=size,
                  root=(root or trees.root(leaves[:max(size, 1)])).hex())
    right = trees.prove_inclusion(leaves, 4)
    inclusion("4-of-11", "good", "in the middle")
    inclusion("10-of-11", "good", "the last of an uneven tree", index=10)
    inclusion("0-of-1", "good", "a tree of one leaf has an empty path", index=0, size=1)
    inclusion("0-of-8", "good", "a tree that is full", index=0, size=8)
    inclusion("other-root", "unverified", "the root of another size", root=trees.root(leaves[:10]))
    inclusion("other-leaf", "unverified", "the neighbour's hash", leaf=leaves[5])
    inclusion("other-index", "unverified", "the path of the neighbour", index=4, path=trees.prove_inclusion(leaves, 5))
    inclusion("flipped", "unverified", "a bit of the path is another", path=[flip(right[0], 0), *right[1:]])
    inclusion("too-short", "unverified", "a hash is missing", path=right[:-1])
    inclusion("too-long", "unverified", "a hash too many", path=[*right, leaves[0]])
    inclusion("index-is-size", "unverified", "beyond the tree", index=8, size=8, leaf=leaves[8], path=[])
    inclusion("size-0", "unverified", "an empty tree holds nothing", index=0, size=0, leaf=leaves[0], path=[])
    inclusion("not-whole-hashes", "malformed", "31 bytes of a hash", path=[right[0][:31]])

    def consistency(name, expect, about, first=6, second=11, path=None, first_root=None, second_root=None):
        path = trees.prove_consistency(leaves[:second], first) if path is None else path
        maker.add(f"proofs/consistency-{name}", "consistency", expect, "REC-3", about, b"".join(path), first=first, second=second,
                  first_root=(first_root or trees.root(leaves[:first])).hex(), second_root=(second_root or trees.root(leaves[:second])).hex())
    right = trees.prove_consistency(leaves, 6)
    consistency("6-to-11", "good", "two trees that are not full")
    consistency("8-to-11", "good", "from a tree that is full", first=8)
    consistency("1-to-11", "good", "from one leaf", first=1)
    consistency("11-to-11", "good", "the same tree has an empty proof", first=11)
    consistency("rewritten", "unverified", "the old root is of other leaves", first_root=trees.root(leaves[1:7]))
    consistency("other-second-root", "unverified", "the new root is of other leaves", second_root=trees.root(leaves[:10]))
    consistency("flipped", "unverified", "a bit of the path is another", path=[*right[:-1], flip(right[-1], 5)])
    consistency("two-roots-at-one-size", "unverified", "6 to 6 with two roots", second=6, path=[], second_root=leaves[0])
    consistency("too-short", "unverified", "a hash is missing", path=right[:-1])
    consistency("too-long", "unverified", "a hash too many", path=[*right, leaves[0]])
    consistency("same-size-with-a-path", "unverified", "a hash too many", first=6, second=6, path=[leaves[0]])
    consistency("from-0", "unverified", "from size 0 there is none", first=0, path=[])
    consistency("backwards", "unverified", "from 11 to 6", first=11, second=6, path=[])


def checkpoint_cases(maker, world):
    ours, theirs = world.ours, world.theirs
    head, held = ours.head(), theirs.head()
    good = Statement(world.line, head, world.line, (held,))
    text = good.encode().decode()

    def add(name, kind, expect, rule, about, body, **header):
        maker.add(f"checkpoints/{name}", kind, expect, rule, about, body, **header)
    add("text", "checkpoint-text", "good", "REC-4", "one head held", good.encode())
    add("text-that-holds-nothing", "checkpoint-text", "good", "REC-4", "four lines", replace(good, holds=()).encode())
    lines = text.split("\n")

    def bad(name, about, changed, rule="REC-4"):
        if changed == text:
            raise ValueError(name)
        add(f"text-{name}", "checkpoint-text", "malformed", rule, about, changed.encode())
    bad("without-the-last-line-feed", "each line is ended by one", text[:-1])
    bad("with-a-blank-line", "a byte more", text + "\n")
    bad("with-a-carriage-return", "CR LF", text.replace("\n", "\r\n", 1))
    bad("size-with-a-leading-zero", "no leading zero", text.replace("\n7\n", "\n07\n"))
    bad("size-with-a-sign", "digits alone", text.replace("\n7\n", "\n+7\n"))
    bad("size-of-2-to-the-62", "below 2^62", text.replace("\n7\n", f"\n{2**62}\n"))
    bad("other-origin", "another name in front", text.replace("hotline/1/", "hotline/2/", 1))
    bad("line-in-capitals", "lower case", text.replace(world.line.hex(), world.line.hex().upper(), 1))
    bad("signer-16", "there is no station 16", text.replace("/1/0123", "/16/0123"))
    bad("signer-with-a-leading-zero", "decimal", text.replace("/1/0123", "/01/0123"))
    bad("root-in-hexadecimal", "base64", text.replace(lines[2], head.root.hex()))
    bad("root-of-31-bytes", "32 bytes", text.replace(lines[2], "A" * 42 + "=="[:2]))
    bad("root-with-set-bits", "bits that belong to no byte", text.replace(lines[2], lines[2][:-2] + chr(ord(lines[2][-2]) + 1) + "="))
    bad("agreement-missing", "the fourth line is the first of those held", text.replace(lines[3] + "\n", ""))
    bad("agreement-short", "31 bytes", text.replace(lines[3], lines[3][:-2]))
    bad("two-blanks", "one space parts the values", text.replace("holds ", "holds  "))
    bad("unknown-line", "no other line is known", text + "witness nobody\n")
    bad("held-twice", "each once", text + lines[4] + "\n")
    first = replace(held, generation=replace(held.generation, name=bytes(8)))
    bad("held-out-of-order", "rising order of generation", replace(good, holds=(held, first)).encode().decode())
    bad("held-of-the-signer", "heads of the others alone", replace(good, holds=(world.second.head(), held)).encode().decode(), rule="REC-8")
    bad("above-the-limit", "at most 16,384 bytes", replace(good, holds=tuple(
        Head(Generation(2, number.to_bytes(8, "big")), 1, held.root) for number in range(240))).encode().decode())

    light, full = world.checkpoint(head, LIGHT, (held,)), world.checkpoint(head, FULL, (held,))

    def stored(name, expect, rule, about, body, agreements="agreement.txt", **header):
        body = body if isinstance(body, bytes) else body.encode()
        add(name, "checkpoint", expect, rule, about, body, agreements=agreements, **header)
    stored("light", "good", "REC-5", "signed with the light key", light, signer=1, size=7)
    stored("full", "good", "REC-5", "signed with the station key", full, signer=1, size=7)
    stored("of-an-amendment", "good", "REC-5", "the text names the second agreement", world.checkpoint(head, LIGHT, (held,), world.later),
           "agreement.txt amendment.txt", signer=1, size=7)
    stored("light-flipped", "unverified", "REC-5", "a bit of the signature is another", flip(light.encode(), -1))
    stored("full-flipped", "unverified", "REC-5", "a bit of the signature is another", flip(full.encode(), -1))
    stored("size-changed", "unverified", "REC-5", "the text says 8 where 7 was signed", replace(light, text=light.text.replace(b"\n7\n", b"\n8\n")))
    stored("signed-by-the-other-party", "unverified", "REC-5", "the light key of party 2",
           replace(light, signature=maker.parties[2].light.sign(light.text)))
    stored("full-signed-with-the-root-key", "unverified", "SEAL-5", "the station key signs full checkpoints",
           replace(full, signature=maker.parties[1].root.sign(full.text)))
    stored("of-another-line", "unverified", "REC-5", "signed by the right key for another line", world.checkpoint(head, LIGHT, (), line=seed("another line")))
    stored("of-no-party", "unverified", "REC-5", "the signer is station 3",
           Checkpoint(LIGHT, text.replace("/1/0123", "/3/0123").encode(), light.signature))
    stored("strength-2", "malformed", "REC-5", "light or full", b"\x02" + light.encode()[1:])
    stored("light-with-a-full-signature", "malformed", "REC-5", "3,373 bytes where 64 belong", bytes([LIGHT]) + full.encode()[1:])
    stored("full-with-a-light-signature", "malformed", "REC-5", "64 bytes where 3,373 belong", bytes([FULL]) + light.encode()[1:])
    stored("text-in-another-form", "malformed", "REC-4", "a line feed too many under a right signature",
           Checkpoint(LIGHT, light.text + b"\n", maker.parties[1].light.sign(light.text + b"\n")))


def export_cases(maker, world):
    ours, theirs, second = world.ours, world.theirs, world.second
    generations = [(w.generation, w.rows) for w in (ours, second, theirs)]
    signed = [world.checkpoint(ours.head(), LIGHT, (theirs.head(2),)), world.checkpoint(ours.head(5), FULL, (theirs.head(1),)),
              world.checkpoint(second.head(), LIGHT, (theirs.head(),)), world.checkpoint(theirs.head(), LIGHT, (ours.head(), second.head()))]
    texts = [world.text]

    def add(name, expect, rule, about, body, **header):
        maker.add(f"exports/{name}", "export", expect, rule, about, body, **header)

    def write(generations=generations, signed=signed, texts=texts, evidence=()):
        return exports.write(texts, signed, evidence, generations)

    def change(place, number, row):
        """The export with one row of one generation in another's place."""
        changed = [(generation, list(rows)) for generation, rows in generations]
        changed[place][1][number] = row
        return write(changed)

    def reseal(body: bytes) -> bytes:
        return body[:-32] + sha256(body[:-32])
    whole = write()
    add("whole", "good", "REC-20", "two parties, three generations, four checkpoints", whole, entries=12)
    add("of-an-agreement-alone", "good", "REC-20", "nothing was said yet", write([], []), entries=0)
    add("without-checkpoints", "good", "REC-23", "nothing is signed, and nothing is wrong", write(signed=[]), entries=12)
    part = [(ours.generation, ours.rows[:4])]
    add("part", "good", "REC-26", "four entries of one generation; heads beyond are notes", write(part, signed[:2]), entries=4, notes=4)
    def opened(basis, agreement):
        return Written(world.line, Generation(2, bytes.fromhex("aaaaaaaaaaaaaaaa")), Opening(seed("blind 4"), 3, theirs.head(), (), basis), agreement)

    both = [world.text, world.amendment]
    amended = opened(Basis(world.later), world.later)
    amended.add(content=b"under the second")
    after = [*generations, (amended.generation, amended.rows)]
    checkpoint = world.checkpoint(amended.head(), LIGHT, (), world.later)
    add("amended", "good", "REC-25", "a generation under an amendment, as its opening says", write(after, [*signed, checkpoint], both), entries=14)
    alone = opened(Basis(world.later), world.later)
    add("amended-without-its-amendment", "good", "REC-25", "an opening names an agreement that is not there: a misstatement",
        write([*generations, (alone.generation, alone.rows)]), entries=13, misstatements=1)
    add("checkpoint-under-an-earlier-agreement", "problem", "REC-24", "the generation stands on the second, the checkpoint names the first",
        write(after, [*signed, world.checkpoint(amended.head(), LIGHT)], both))
    back = opened(Basis(world.later), world.later)
    back.add(world.line, content=b"back under the first")
    add("agreement-goes-back", "problem", "REC-25", "another agreement than the opening of its generation names",
        write([*generations, (back.generation, back.rows)], signed, both), at=f"{back.generation}/1")
    silent = opened(None, world.later)
    add("amended-without-a-word", "problem", "ENT-30", "an opening under the second agreement that does not name it",
        write([(silent.generation, silent.rows)], [], both), at=f"{silent.generation}/0")
    needless = opened(Basis(world.line), world.line)
    add("basis-that-goes-without-saying", "problem", "ENT-30", "an opening that names the first agreement",
        write([(needless.generation, needless.rows)], []), at=f"{needless.generation}/0")

    leaf, canonical = ours.row(3)
    add("word-changed", "problem", "REC-22", "a word of entry 3 was changed; its leaf hash was left", change(0, 3, (leaf, canonical.replace(b"Letter 3", b"Letter 9"))),
        at=f"{ours.generation}/3")
    forged = replace(ours.entries[3], content=b"Letter 9 from the North.").encode()
    new_leaf = entries.leaf(world.line, forged, entries.blind(ours.secret, 3))
    add("word-and-leaf-changed", "problem", "REC-23", "entry 3 and its leaf hash were changed: the signed heads differ", change(0, 3, (new_leaf, forged)))
    add("entry-does-not-decode", "problem", "REC-22", "a byte of entry 3 is missing", change(0, 3, (leaf, canonical[:-1])), at=f"{ours.generation}/3")
    gone = [(ours.generation, ours.rows), *generations[1:]]
    missing = write(gone).replace(section(7, b"".join(ours.row(6))), b"")
    add("last-entry-missing", "problem", "REC-22", "the last entry of a generation was taken out", reseal(missing), at=f"{ours.generation}/6")
    extra = replace(ours.entries[6], name=EntryName(ours.generation, 7)).encode()
    extra_row = section(7, entries.leaf(world.line, extra, entries.blind(ours.secret, 7)) + extra)
    last = section(7, b"".join(ours.row(6)))
    add("entry-not-announced", "problem", "REC-22", "one more than the opening section says", reseal(whole.replace(last, last + extra_row)), at=f"{ours.generation}/7")
    add("entries-swapped", "problem", "REC-22", "entries 2 and 3 in each other's place",
        write([(ours.generation, [*ours.rows[:2], ours.row(3), ours.row(2), *ours.rows[4:]]), *generations[1:]]))
    add("entry-of-another-generation", "problem", "REC-22", "an entry of the other party in entry 2's place", change(0, 2, theirs.row(2)))
    wrong = Written(world.line, ours.generation, Opening(seed("blind 1"), 0, None, ()))
    wrong.add(kind=0, content=Opening(seed("blind 1"), 0, None, ()).encode())
    add("kind-0-under-number-1", "problem", "REC-22", "only entry 0 is an opening", write([(wrong.generation, wrong.rows)], []), at=f"{wrong.generation}/1")

    def alone(name, rule, about, opening, at=0, **entry):
        made = Written(world.line, ours.generation, opening)
        if entry:
            made.add(**entry)
        add(name, "problem", rule, about, write([(made.generation, made.rows)], []), at=f"{made.generation}/{at}")
    first = Opening(seed("blind 1"), 0, None, ())
    stranger = Written(world.line, Generation(3, bytes(8)), first)
    add("author-is-no-party", "problem", "REC-27", "a record of station 3, which the agreement does not list",
        write([(stranger.generation, stranger.rows)], []), at=f"{stranger.generation}/0")
    alone("predecessor-is-itself", "REC-22", "it would go on from itself", replace(first, predecessor=ours.head(1)))
    alone("predecessor-of-another-station", "REC-22", "its own station's record goes on", replace(first, predecessor=theirs.head()))
    alone("opening-holds-its-own-station", "REC-22", "heads of the others alone", replace(first, held=(ours.head(),)))
    alone("refers-to-itself", "REC-26", "a reference to the entry itself", first, 1, references=[EntryName(ours.generation, 1)])
    alone("refers-to-a-later-entry", "REC-26", "of its own generation", first, 1, references=[EntryName(ours.generation, 9)])
    alone("has-seen-itself", "REC-26", "its own station among those seen", first, 1, seen=[(ours.generation, 1)])
    false_head = replace(theirs.head(1), root=seed("another root"))
    for name, about, opening in (("of-the-other-party", "another head of the other party's record than its entries give", replace(first, held=(false_head,))),
                                 ("of-its-predecessor", "another head of the generation before it", replace(first, predecessor=replace(ours.head(), root=false_head.root)))):
        made = Written(world.line, Generation(1, bytes.fromhex("bbbbbbbbbbbbbbbb")), opening)
        add(f"opening-misstates-a-head-{name}", "good", "REC-23", about, write([*generations, (made.generation, made.rows)]), entries=13, misstatements=1)
    opening_leaf, opening_bytes = ours.row(0)
    swapped = opening_bytes.replace(ours.secret, seed("another secret"))
    add("opening-changed", "problem", "REC-22", "another blind secret: the opening's leaf hash differs", change(0, 0, (opening_leaf, swapped)), at=f"{ours.generation}/0")

    def with_signed(name, rule, about, checkpoint):
        add(name, "problem", rule, about, write(signed=[*signed, checkpoint]))
    false = replace(ours.head(), root=seed("another root"))
    with_signed("checkpoint-of-another-root", "REC-23", "signed, and not what the entries give", world.checkpoint(replace(ours.head(3), root=seed("root")), LIGHT))
    with_signed("checkpoint-holds-another-root", "REC-23", "it holds another head of the other party", world.checkpoint(theirs.head(2), LIGHT, (false,)))
    with_signed("checkpoint-flipped", "REC-24", "its signature does not verify", Checkpoint.decode(flip(signed[0].encode(), -1)))
    with_signed("checkpoint-of-another-line", "REC-5", "signed by the right key for another line", world.checkpoint(ours.head(), LIGHT, line=seed("another line")))
    two = [world.checkpoint(ours.head(), LIGHT), world.checkpoint(false, LIGHT)]
    two.sort(key=lambda each: each.statement.head.root)
    add("fork", "fork", "REC-24", "two light checkpoints of one size with two roots", write(signed=[*signed, *two]))
    add("fork-in-evidence", "fork", "REC-24", "the two stand in a section of evidence", write(evidence=[two]))
    add("evidence-in-the-wrong-order", "problem", "REC-20", "the one with the lower root stands first", write(evidence=[two[::-1]]))
    add("evidence-that-proves-nothing", "problem", "REC-40", "the same checkpoint twice", write(evidence=[(two[0], two[0])]))

    add("digest-flipped", "problem", "REC-21", "a bit of the digest is another", flip(whole, -1))
    add("title-flipped", "malformed", "REC-20", "another title", flip(whole, 3))
    add("without-end", "problem", "REC-21", "the end section is missing", whole[:-34])
    add("cut-short", "problem", "REC-21", "the file breaks off inside an entry", whole[:-60])
    add("byte-behind-the-end", "problem", "REC-21", "a byte more", whole + b"\x00")
    add("empty", "malformed", "REC-20", "no byte", b"")
    body = whole[:-34]
    add("unknown-section", "problem", "REC-20", "type 9", reseal(body + section(9, b"") + whole[-34:]))
    add("section-length-in-a-longer-form", "problem", "ENC-1", "9 in two bytes", reseal(whole.replace(b"\x06\x09" + ours.generation.encode(), b"\x06\x40\x09" + ours.generation.encode(), 1)))
    magic = len(exports.MAGIC)
    agreement = section(1, world.text)
    add("agreement-behind-checkpoints", "problem", "REC-20", "sections out of order", reseal(
        whole[:magic] + section(3, signed[0].encode()) + whole[magic:]))
    add("without-agreement", "problem", "REC-25", "nothing can be verified", reseal(whole.replace(agreement, b"")))
    add("agreement-changed", "problem", "REC-25", "its signatures do not hold", write(texts=[world.text.replace(b"words         200", b"words         100")]))
    add("amendment-alone", "problem", "REC-25", "the first agreement is missing", write(texts=[world.amendment]))
    add("generation-twice", "problem", "REC-20", "one opening section for each generation", write([*generations, generations[0]]))
    add("generations-in-another-order", "problem", "REC-20", "the entries do not follow the order of the openings", reseal(
        whole.replace(section(6, second.generation.encode()), section(6, theirs.generation.encode()), 1)))
    add("announced-and-not-there", "problem", "REC-22", "the entries of the last generation are missing", reseal(
        whole[:whole.index(section(6, theirs.generation.encode()))] + whole[-34:]))


def disclosure_cases(maker, world):
    ours = world.ours

    def disclose(number=3, size=7, strength=LIGHT, written=ours, texts=None, checkpoint=None, **change):
        leaf, canonical = written.row(number)
        made = Disclosure(tuple(texts or [world.text]), EntryName(written.generation, number), canonical, entries.blind(written.secret, number),
                          tuple(trees.prove_inclusion(written.leaves[:size], number)), checkpoint or world.checkpoint(written.head(size), strength))
        return replace(made, **change)

    def add(name, expect, rule, about, body, **header):
        maker.add(f"disclosures/{name}", "disclosure", expect, rule, about, body if isinstance(body, bytes) else body.encode(), **header)
    good = disclose()
    content = {"entry": str(good.name), "content": b"Letter 3 from the North.".hex()}
    add("light", "good", "REC-30", "entry 3 of 7 under a light checkpoint", good, **content)
    add("full", "good", "REC-30", "entry 3 of 7 under a full checkpoint", disclose(strength=FULL), **content)
    add("last-entry", "good", "REC-30", "entry 6 of 7", disclose(6))
    later = Written(world.line, ours.generation, Opening(seed("blind 1"), 0, None, (), Basis(world.later)), world.later)
    later.add(content=b"under the second")
    add("under-an-amendment", "good", "REC-30", "entry and checkpoint name the second agreement",
        disclose(1, 2, written=later, texts=[world.text, world.amendment], checkpoint=world.checkpoint(later.head(), LIGHT, agreement=world.later)),
        entry=str(EntryName(later.generation, 1)), content=b"under the second".hex())
    changed = replace(ours.entries[3], content=b"Letter 9 from the North.").encode()
    add("word-changed", "unverified", "ENT-4", "a word of the entry was changed", replace(good, canonical=changed))
    add("other-blind", "unverified", "ENT-5", "a bit of the blind is another", replace(good, blind=flip(good.blind, 0)))
    add("path-flipped", "unverified", "REC-2", "a bit of the path is another", replace(good, path=(flip(good.path[0], 0), *good.path[1:])))
    add("signature-flipped", "unverified", "REC-5", "a bit of the signature is another",
        replace(good, checkpoint=replace(good.checkpoint, signature=flip(good.checkpoint.signature, 0))))
    add("checkpoint-of-another-generation", "unverified", "REC-30", "of the same station's next generation",
        replace(good, checkpoint=world.checkpoint(world.second.head(), LIGHT)))
    add("agreement-not-signed", "unverified", "AGR-34", "the signatures are missing", replace(good, agreements=(world.text[:world.text.index(b"\nsignature 1")],)))
    add("checkpoint-under-an-earlier-agreement", "unverified", "REC-30", "the entry names the second, the checkpoint the first",
        disclose(1, 2, written=later, texts=[world.text, world.amendment]))
    add("opening", "malformed", "REC-31", "entry 0 holds the secret of all the blinds", disclose(0))
    kind0 = Written(world.line, ours.generation, Opening(seed("blind 1"), 0, None, ()))
    kind0.add(kind=0, content=b"")
    add("kind-0", "malformed", "REC-31", "kind 0 under number 1", disclose(1, 2, written=kind0))
    add("name-of-another-entry", "malformed", "REC-30", "the entry line says 4", replace(good, name=EntryName(ours.generation, 4)))
    add("path-too-long", "unverified", "REC-2", "a hash too many", replace(good, path=(*good.path, good.path[0])))
    add("path-too-short", "unverified", "REC-2", "a hash is missing", replace(good, path=good.path[:-1]))
    text = good.encode()
    for name, about, old, new in (
            ("other-title", "another title", b"hotline/1 disclosure", b"hotline/2 disclosure"),
            ("carriage-return", "CR LF", b"hotline/1 disclosure\n", b"hotline/1 disclosure\r\n"),
            ("strength-full-with-a-light-signature", "64 bytes where 3,373 belong", b"checkpoint light", b"checkpoint full"),
            ("other-break", "broken before the 72nd symbol", b"\nbytes ", b"\nbytes \n "),
            ("bar-without-its-space", "each line stands behind a bar and a space", b"\n| ", b"\n|"),
            ("blank-line", "no other line", b"\ncheckpoint", b"\n\ncheckpoint")):
        if old not in text:
            raise ValueError(name)
        add(name, "malformed", "REC-33", about, text.replace(old, new, 1))
    add("byte-too-many", "malformed", "REC-33", "a blank line at the end", text + b"\n")
    add("without-agreement", "malformed", "REC-30", "one or more", replace(good, agreements=()))


def evidence_cases(maker, world):
    head = world.ours.head()
    other = replace(head, root=seed("another root"))

    def pair(*heads, strength=LIGHT, **change):
        each = [world.checkpoint(each, strength, **change) for each in heads]
        return Evidence((world.text,), tuple(sorted(each, key=lambda each: each.statement.head.root)))

    def add(name, expect, rule, about, body):
        maker.add(f"evidence/{name}", "evidence", expect, rule, about, body if isinstance(body, bytes) else body.encode())
    proof = pair(head, other)
    add("light", "fork", "REC-40", "two light checkpoints", proof)
    add("full", "fork", "REC-40", "two full checkpoints", pair(head, other, strength=FULL))
    add("wrong-order", "malformed", "REC-40", "the one with the lower root stands first", replace(proof, pair=proof.pair[::-1]))
    add("two-sizes", "unverified", "REC-7", "two sizes do not contradict each other", pair(world.ours.head(6), other))
    add("two-signers", "unverified", "REC-7", "two parties do not contradict each other", pair(head, replace(world.theirs.head(), size=7, root=seed("another root"))))
    add("two-generations", "unverified", "REC-7", "two generations do not contradict each other", pair(head, replace(other, generation=world.second.generation)))
    add("one-signature-flipped", "unverified", "REC-40", "one of the two does not verify",
        replace(proof, pair=(proof.pair[0], replace(proof.pair[1], signature=flip(proof.pair[1].signature, 3)))))
    add("of-another-line", "unverified", "REC-5", "both are of another line", pair(head, other, line=seed("another line")))
    add("one-checkpoint", "malformed", "REC-40", "two make a fork", Evidence((world.text,), proof.pair[:1]).encode())
    add("three-checkpoints", "malformed", "REC-40", "two make a fork", proof.encode() + b"checkpoint" + proof.encode().split(b"\ncheckpoint")[1] + b"\n")
