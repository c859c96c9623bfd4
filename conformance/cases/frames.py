"""frames.md: the frames, and what is in them."""

from .. import frames as f
from .. import items as i
from ..checkpoints import Statement
from ..encoding import OBJECT_MAX, Generation, Head, field, integer, sha256
from ..make_vectors import seed
from .epochs import flip

LINE, SALT, OTHER = sha256(b"a line"), bytes.fromhex("a0a1a2a3a4a5"), bytes.fromhex("b0b1b2b3b4b5")
SECRET, EPOCH = bytes(range(32)), 258
STATEMENT = Statement(LINE, Head(Generation(1, bytes(range(8))), 9, sha256(b"a root")), LINE, ()).encode()


def cases(maker):
    sealed(maker)
    handshakes(maker)
    plaintexts(maker)


def sealed(maker):
    def seal(plaintext=b"hello", counter=0x0304, **change):
        v = dict(secret=SECRET, line=LINE, epoch=EPOCH, sender=1, receiver=2, salt=SALT) | change
        return f.seal(v["secret"], v["line"], v["epoch"], v["sender"], v["receiver"], v["salt"], counter, plaintext, v.get("alias"))

    def add(name, expect, rule, about, body, **header):
        header = {"line": LINE.hex(), "own": 2, "peer": 1, "bearer": "wide", "epoch": f"{EPOCH} {SECRET.hex()}"} | header
        maker.add(f"frames/{name}", "frame", expect, rule, about, body, **header)

    def opened(*counters, salt=SALT):
        return [f"{EPOCH} {salt.hex()} {counter}" for counter in counters]
    good = seal()
    add("sealed", "good", "SEAL-14", "the worked example", good, plaintext=b"hello".hex())
    add("sealed-nothing", "good", "SEAL-14", "an empty plaintext", seal(b""), plaintext="")
    short = seal(alias=7)
    aliases = {"alias": f"7 {EPOCH} {SALT.hex()}"}
    add("short", "good", "FRM-4", "an alias for the salt, and the full salt in the associated data", short, plaintext=b"hello".hex(), **aliases)
    add("short-with-an-unknown-alias", "dropped", "FRM-4", "nobody gave that alias", short)
    add("short-with-the-alias-of-another-salt", "dropped", "SEAL-14", "the alias stands for another salt", short, alias=f"7 {EPOCH} {OTHER.hex()}")
    add("epoch-1-of-two", "good", "SEAL-14", "two epochs share the low eight bits; the frame is in the older one",
        good, epoch=[f"{EPOCH} {SECRET.hex()}", f"{EPOCH + 256} {seed('secret').hex()}"], plaintext=b"hello".hex())
    add("short-with-the-alias-of-another-epoch", "dropped", "FRM-4", "the alias was given in the epoch before, the frame is in the one whose low bits it has", seal(alias=7, epoch=259),
        alias=f"7 {EPOCH} {SALT.hex()}", epoch=[f"{EPOCH} {SECRET.hex()}", f"259 {SECRET.hex()}"])
    salts = [seed("salt", number)[:6] for number in range(16)]
    for name, expect, about, more, outcome in (
            ("15-salts-later", "dropped", "16 salts are remembered, and this one among them", salts[:15], {}),
            ("16-salts-later", "good", "the salt unused for longest is forgotten, and its frame opens again", salts, {"plaintext": b"hello".hex()}),
            ("16-salts-later-used-again", "dropped", "it was used after the first of them", [salts[0], SALT, *salts[1:]], {})):
        add(f"replayed-{name}", expect, "FRM-3", about, good, opened=[f"{EPOCH} {salt.hex()} {0x0304 if salt is SALT and at == 0 else at}" for at, salt in enumerate([SALT, *more])], **outcome)
    for name, at in (("version-flipped", 0), ("epoch-flipped", 1), ("stations-flipped", 2), ("salt-flipped", 3), ("counter-flipped", 9),
                     ("counter-flipped-below", 10), ("ciphertext-flipped", 11), ("tag-flipped", -1)):
        add(name, "dropped", "SEAL-15", "a bit is another", flip(good, at))
    add("version-2", "dropped", "FRM-1", "another version", bytes([0x21]) + good[1:])
    add("kind-3", "dropped", "FRM-1", "another kind", bytes([0x13]) + good[1:])
    add("empty", "dropped", "FRM-1", "no byte", b"")
    add("header-alone", "dropped", "FRM-1", "three bytes", good[:3])
    add("cut-inside-the-counter", "dropped", "FRM-1", "ten bytes", good[:10])
    add("shorter-than-a-tag", "dropped", "SEAL-15", "fifteen bytes behind the header", good[:11 + 15])
    add("byte-too-many", "dropped", "SEAL-15", "a byte behind the tag", good + b"\x00")
    add("of-another-line", "dropped", "SEAL-13", "sealed for another line", seal(line=sha256(b"another line")))
    add("of-another-epoch", "dropped", "SEAL-13", "the secret of another epoch", seal(secret=seed("secret")))
    add("of-an-unknown-epoch", "dropped", "SEAL-14", "no epoch with these low bits", seal(epoch=259))
    add("epoch-512-later", "dropped", "SEAL-14", "the low bits are right, the full number in the associated data is not", seal(epoch=EPOCH + 512))
    add("from-oneself", "dropped", "FRM-1", "our own frame comes back", seal(sender=2, receiver=1))
    add("to-another", "dropped", "FRM-1", "for station 3", seal(receiver=3))
    add("from-another", "dropped", "FRM-1", "from station 3, over the bearer of station 1", seal(sender=3))
    swapped = seal(sender=2, receiver=1)
    add("reflected", "dropped", "SEAL-13", "our own frame with from and to exchanged in the header", swapped[:2] + bytes([0x12]) + swapped[3:])
    add("as-another-kind", "dropped", "SEAL-14", "a short frame made into a long one", bytes([0x11]) + short[1:3] + SALT + short[4:])
    big = seal(bytes(65_536 - 27))
    add("of-65536-bytes", "good", "FRM-1", "the largest frame", big)
    add("of-65537-bytes", "dropped", "FRM-1", "a byte above the limit", seal(bytes(65_537 - 27)))
    add("of-256-bytes-by-radio", "good", "FRM-1", "the largest frame of a radio bearer", seal(bytes(256 - 27)), bearer="radio")
    add("of-257-bytes-by-radio", "dropped", "FRM-1", "a byte above the limit", seal(bytes(257 - 27)), bearer="radio")
    add("replayed", "dropped", "SEAL-16", "the same counter opened before", good, opened=opened(0x0304))
    add("late-within-the-window", "good", "FRM-3", "1,023 behind the highest", good, opened=opened(0x0304 + 1_023))
    add("behind-the-window", "dropped", "FRM-3", "1,024 behind the highest", good, opened=opened(0x0304 + 1_024))
    add("marked-within-the-window", "dropped", "FRM-3", "opened before, 1,023 behind the highest", good, opened=opened(0x0304, 0x0304 + 1_023))
    add("same-counter-of-another-salt", "good", "FRM-3", "each salt has its own window", good, opened=opened(0x0304, salt=OTHER))
    add("first-counter", "good", "FRM-3", "counter 0 under a fresh salt", seal(counter=0))
    add("last-counter", "good", "FRM-2", "counter 65,535", seal(counter=65_535))


def handshakes(maker):
    def add(name, expect, rule, about, body, **header):
        maker.add(f"frames/handshake-{name}", "frame", expect, rule, about, body, line=LINE.hex(), own=2, peer=1, bearer="wide", **header)
    name = bytes(range(8))

    def part(offset=0, total=5, data=b"hello", first=f.HANDSHAKE, epoch=0):
        return f.header(first, epoch, 1, 2) + name + integer(offset) + integer(total) + data
    add("whole", "good", "LINE-1", "an object in one frame", part(), object_=name.hex(), offset=0, total=5, part=b"hello".hex())
    add("part", "good", "LINE-1", "the end of a longer object", part(offset=9, total=14), object_=name.hex(), offset=9, total=14, part=b"hello".hex())
    add("with-an-epoch", "dropped", "FRM-1", "the epoch byte is not 0", part(epoch=1))
    add("beyond-its-total", "dropped", "FRM-1", "the part ends behind the object", part(offset=1, total=5))
    add("of-nothing", "dropped", "FRM-1", "no byte of the object", part(total=5, data=b""))
    add("above-the-limit", "dropped", "FRM-9", "an object above 263,168 bytes", part(total=OBJECT_MAX + 1))
    add("cut-short", "dropped", "FRM-1", "the header ends inside the name", part()[:8])
    add("offset-in-a-longer-form", "dropped", "ENC-1", "0 in two bytes", f.header(0, 0, 1, 2) + name + b"\x40\x00" + integer(5) + b"hello")


def plaintexts(maker):
    def add(name, expect, rule, about, body, **header):
        maker.add(f"items/{name}", "plaintext", expect, rule, about, body, **header)

    def good(name, rule, about, *each):
        add(name, "good", rule, about, i.encode(each), items=" ".join(type(item).__name__.lower() for item in each))

    def bad(name, rule, about, body):
        add(name, "violation", rule, about, body)
    probe, generation = i.Probe(bytes(4)), Generation(1, bytes(range(8)))
    letter = i.Sent(0, 5, 1, 0xC1, 1, 4, 1, 86_400, ((1, 7),), (), b"hello")
    good("entry", "FRM-8", "the worked example", letter)
    good("entry-before-another-item", "FRM-8", "its content is prefixed", letter, probe)
    good("entry-with-references", "FRM-8", "two references and two heads seen",
         i.Sent(0, 6, 1, 0x22, 3, 4, 1, 0, ((1, 7), (2, 9)), ((0, 5), (1, 6)), b""))
    good("name-and-echo", "FRM-6", "an echo under a name", i.Name(0, generation), i.Echo(b"abcd", 0))
    good("acknowledgement", "LINE-8", "complete chain, a range beyond a gap", i.Acknowledgement(0, 1, 70, True, ((1, 3),)))
    good("acknowledgement-of-16-ranges", "LINE-8", "the most", i.Acknowledgement(0, 1, 0, False, ((1, 1),) * 16))
    good("known", "FRM-7", "an alias for a salt", i.Known(bytes(6), 3, 2))
    good("light-checkpoint", "LINE-17", "one head held", i.Signed(0, 0, 9, ((1, 7),), bytes(64)))
    good("full-checkpoint", "LINE-17", "no head held", i.Signed(1, 0, 9, (), bytes(3_373)))
    good("statement", "REC-4", "a checkpoint's text as it is", i.Stated(STATEMENT, bytes(64)))
    good("fragment", "FRM-9", "the first 5 of 9 bytes", i.Fragment(3, 0, 9, b"hello"))
    good("held", "FRM-9", "how much of an object is held", i.Held(3, 5))
    good("ask", "LINE-22", "what do you hold of my record, from place 16 on?", i.Ask(generation, 16))
    good("holdings", "LINE-22", "two generations", i.Holdings(18, 16, ((generation, 212, 180, 200), (Generation(1, bytes(8)), 1, 0, 0))))
    good("holdings-of-nothing", "LINE-22", "nothing that does not lie before the current one", i.Holdings(0, 0, ()))
    good("holdings-of-16", "LINE-22", "the most", i.Holdings(16, 0, ((generation, 1, 0, 0),) * 16))
    good("fetch-checkpoints", "LINE-23", "of a generation of mine", i.FetchCheckpoints(generation))
    good("fetch-entries", "LINE-23", "from number 7 on", i.FetchEntries(generation, 7))
    good("returned", "LINE-23", "canonical bytes, prefixed", i.Returned(b"canonical bytes"), probe)
    good("more", "LINE-25", "we hold more than you have asked for", i.More(), i.Echo(b"abcd", 0))
    good("512-probes", "FRM-5", "the most items", *[probe] * 512)
    good("nothing", "FRM-5", "a sequence of no item")
    bad("513-probes", "FRM-5", "an item above the limit", probe.encode() * 513)
    for kind in (0x00, 0x20, 0x3F, 0x80, 0xFF):
        bad(f"unknown-{kind:02x}", "FRM-5", "no such item", bytes([kind]))
    bad("good-then-unknown", "FRM-5", "none of its items counts", probe.encode() + b"\x00")
    bad("probe-cut-short", "FRM-5", "three bytes of a challenge", b"\x02abc")
    bad("name-of-station-0", "ENC-5", "there is no station 0", b"\x01\x00" + bytes(9))
    bad("name-of-station-16", "ENC-5", "there is no station 16", b"\x01\x00\x10" + bytes(8))
    bad("acknowledgement-of-17-ranges", "LINE-8", "at most 16", b"\x04\x00\x01\x00" + integer(34) + b"\x01\x01" * 17)
    bad("acknowledgement-with-a-gap-of-nothing", "LINE-8", "a gap is at least 1", b"\x04\x00\x01\x05\x02\x00\x01")
    bad("acknowledgement-with-a-run-of-nothing", "LINE-8", "a run is at least 1", b"\x04\x00\x01\x05\x02\x01\x00")
    bad("acknowledgement-beyond-every-record", "ENC-7", "a range that ends above 2^62 - 1",
        b"\x04\x00\x01" + integer(5) + b"\x02" + integer(2**62 - 1) + b"\x01")
    bad("size-in-a-longer-form", "ENC-1", "5 in two bytes", b"\x04\x00\x01\x40\x05\x00")
    bad("light-checkpoint-of-63-bytes", "FRM-5", "the signature is cut short", i.Signed(0, 0, 9, (), bytes(64)).encode()[:-1])
    bad("statement-with-a-signature-of-65-bytes", "REC-5", "neither light nor full", b"\x08" + field(b"text") + field(bytes(65)))
    bad("statement-of-16385-bytes", "REC-4", "a text above its limit", b"\x08" + field(bytes(16_385)) + field(bytes(64)))
    bad("fragment-beyond-its-object", "FRM-9", "five bytes from 5 of 9", b"\x0c" + integer(3) + integer(5) + integer(9) + b"hello")
    bad("fragment-above-the-limit", "FRM-9", "an object above 263,168 bytes", b"\x0c" + integer(3) + integer(0) + integer(OBJECT_MAX + 1) + b"hello")
    bad("fragment-of-nothing", "FRM-9", "no byte", b"\x0c\x03\x00\x09")
    bad("entry-in-last-place-with-a-prefix", "FRM-8", "it must run to the end", letter.encode(last=False))
    bad("entry-with-15-heads-seen", "ENT-2", "at most 14", bytes([0x40 | 15 << 2 | 2, 0, 5]) + bytes(5) + b"\x00" + b"\x01\x07" * 15)
    bad("entry-with-references-that-are-none", "FRM-8", "the bit is set and the count is 0", bytes([0x43, 0, 5]) + bytes(5) + b"\x00\x00")
    bad("entry-with-17-references", "ENT-2", "at most 16", bytes([0x43, 0, 5]) + bytes(5) + b"\x00\x11" + b"\x01\x07" * 17)
    bad("entry-number-too-high", "ENC-7", "2^62 - 1", bytes([0x42, 0]) + integer(2**62 - 1) + bytes(6))
    bad("ask-of-station-0", "ENC-5", "there is no station 0", b"\x0e" + bytes(10))
    bad("ask-without-a-place", "FRM-5", "the place is missing", i.Ask(generation, 0).encode()[:-1])
    bad("holdings-of-17", "LINE-22", "at most 16", i.Holdings(17, 0, ((generation, 1, 0, 0),) * 17).encode())
    bad("holdings-cut-short", "FRM-5", "a size is missing", i.Holdings(1, 0, ((generation, 1, 0, 0),)).encode()[:-1])
    bad("fetch-entries-too-high", "ENC-7", "2^62 - 1", i.FetchEntries(generation, 2**62 - 1).encode())
    bad("returned-above-the-limit", "FRM-9", "an object above 263,168 bytes", b"\x12" + integer(OBJECT_MAX + 1) + b"canonical bytes")
    bad("returned-cut-short", "FRM-5", "a byte is missing", i.Returned(b"canonical bytes").encode()[:-1])
    bad("entry-cut-short", "FRM-5", "the header ends", bytes([0x42, 0, 5, 1, 0xC1]))

    def whole(name, expect, rule, about, body, **header):
        maker.add(f"items/fragmented-{name}", "fragmented", expect, rule, about, body, **header)
    whole("entry", "good", "FRM-9", "the bytes together are one item", letter.encode(), items="sent")
    whole("two-items", "violation", "FRM-9", "one item", probe.encode() * 2)
    whole("fragment", "violation", "FRM-9", "a fragment is never in a fragment", i.Fragment(3, 0, 9, b"hello").encode())
    whole("nothing", "violation", "FRM-9", "no item", b"")
