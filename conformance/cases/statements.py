"""agreement.md, §12 and §13: rosters and key statements; and entries.md, what is in force."""

from dataclasses import replace

from .. import agreement as a
from .. import entries, exports, trees
from ..agreement import Agreement
from ..chain import Chain
from ..checkpoints import FULL, LIGHT, Checkpoint, Statement
from ..disclosures import Disclosure
from ..encoding import EntryName, Generation, base64, integer, sha256
from ..entries import Basis, InForce, Opening
from ..keyed_text import row
from ..keys import ML_KEY, CompositeKey, LightKey, LightSigner
from ..make_vectors import KeptSigner, Party, seed
from ..rosters import Officer, Roster
from ..statements import KeyStatement
from .agreements import BASE, fields
from .records import Written

LINE = "keys-line.txt"
SMALL = b"\x01" + bytes(31)


class Loose(LightKey):
    """A key that nobody has looked at."""

    def __post_init__(self):
        pass


class LooseComposite(CompositeKey):
    def __post_init__(self):
        pass


class World:
    """A line whose second party has recovery keys, and the statements on it."""

    def __init__(self, maker):
        self.maker, self.parties = maker, maker.parties
        self.recovery = [KeptSigner(maker.kept, "recovery", place) for place in (1, 2, 3)]
        self.new = Party(maker.kept, 2, "replaced")
        self.later = maker.later[2]
        values = fields(maker) | {f"recovery{place}": base64(sha256(each.public.raw)) for place, each in enumerate(self.recovery, 1)}
        self.values, self.text = values, BASE % values
        self.signers = {number: party.root for number, party in self.parties.items()}
        self.file = a.sign(self.text.encode(), self.signers)
        maker.give(LINE, self.file)
        self.agreement = Agreement.decode(self.file)
        self.line, self.before = self.agreement.line, self.agreement.keys[2]
        self.keys = replace(self.before, station=self.new.station.public, light=self.new.light.public, pin=self.new.pin)
        self.heir = replace(self.keys, root=self.later.root.public, station=self.later.station.public, light=self.later.light.public, next=seed("next but one"))

    def statement(self, *signers, **fields) -> KeyStatement:
        values = {"line": self.line, "agreement": self.agreement.hash, "party": 2, "version": 1, "date": "2026-07-01T09:00:00Z", "reason": "replaced",
                  "authority": "root", "keys": self.keys} | fields
        return KeyStatement(**values).sign(*(signers or (self.parties[2].root,)))

    def recovered(self, first: int = 0, second: int = 1, **fields) -> KeyStatement:
        both = self.recovery[first], self.recovery[second]
        values = {"authority": "recovery", "keys": replace(self.keys, root=self.new.root.public, next=seed("next but one")),
                  "recovery_keys": tuple(each.public for each in both)} | fields
        return self.statement(*both, **values)


def cases(maker):
    world = World(maker)
    forms(maker, world)
    installing(maker, world)
    after(maker, world)
    rosters(maker, world)
    in_force(maker, world)
    proofs(maker, world)


def forms(maker, world):
    def add(name, expect, rule, about, body, **header):
        body = body.encode() if isinstance(body, KeyStatement) else body
        maker.add(f"statements/{name}", "key-statement", expect, rule, about, body, **header)
    one = world.statement()
    text = one.encode()
    add("replaced", "good", "AGR-49", "in order, on the word of the root key", one, hash=one.hash.hex(), party=2, version=1)
    add("recovery", "good", "AGR-49", "on the word of two recovery keys", world.recovered(), hash=world.recovered().hash.hex())

    def change(name, rule, about, old, new):
        if text.count(old) < 1:
            raise ValueError(f"{old!r} does not stand in the statement")
        add(name, "malformed", rule, about, text.replace(old, new, 1))
    change("another-title", "AGR-49", "the title of a card", b"KEY STATEMENT", b"IDENTITY CARD")
    change("of-format-2", "AGR-49", "the title of a later format", b"STATEMENT 1\n", b"STATEMENT 2\n")
    change("line-in-capitals", "AGR-49", "hexadecimal is lower case", one.line.hex().encode(), one.line.hex().upper().encode())
    change("line-of-62-digits", "AGR-49", "a hash has 64 digits", one.line.hex().encode(), one.line.hex()[:-2].encode())
    change("party-16", "AGR-49", "stations are 1 to 15", b"party         2", b"party         16")
    change("party-0", "AGR-49", "stations are 1 to 15", b"party         2", b"party         0")
    change("party-02", "AGR-6", "no leading zero", b"party         2", b"party         02")
    change("version-0", "AGR-49", "versions begin at 1", b"version       1", b"version       0")
    change("version-01", "AGR-6", "no leading zero", b"version       1", b"version       01")
    add("version-1000000", "good", "AGR-49", "the highest there is", world.statement(version=1_000_000), version=1_000_000)
    change("version-1000001", "AGR-49", "above the highest", b"version       1", b"version       1000001")
    change("no-date", "AGR-10", "there is no 31 June", b"2026-07-01", b"2026-06-31")
    change("other-reason", "AGR-49", "replaced or stolen", b"reason        replaced", b"reason        lost")
    change("reason-in-capitals", "AGR-49", "replaced or stolen", b"reason        replaced", b"reason        Replaced")
    change("other-authority", "AGR-49", "root, next or recovery", b"authority     root", b"authority     station")
    change("keys-in-another-order", "AGR-49", "party before agreement", row("agreement", one.agreement.hex()).encode() + row("party", "2").encode(),
           row("party", "2").encode() + row("agreement", one.agreement.hex()).encode())
    change("value-in-column-14", "AGR-49", "values stand in column 15", b"party         2", b"party        2")
    change("without-recovery", "AGR-49", "recovery is left out", b"".join(row("recovery", base64(each)).encode() for each in one.keys.recovery), b"")
    change("recovery-of-two-lines", "AGR-31", "three or none", row("recovery", base64(one.keys.recovery[2])).encode(), b"")
    change("blank-line-missing", "AGR-49", "no blank line above root", b"\n\nroot\n", b"\nroot\n")
    change("two-blank-lines", "AGR-3", "two blank lines above root", b"\n\nroot\n", b"\n\n\nroot\n")
    change("white-space-at-the-end-of-a-line", "AGR-3", "a blank behind root", b"\nroot\n", b"\nroot \n")
    change("carriage-return", "AGR-2", "lines end in a line feed alone", b"reason        replaced\n", b"reason        replaced\r\n")
    change("wrapped-one-blank-in", "AGR-49", "two blanks in", b"\nroot\n  ", b"\nroot\n ")
    change("remark", "AGR-49", "a line that no statement has", b"\nsignature\n", b"\nremark        none\n\nsignature\n")
    change("base64-without-padding", "AGR-9", "the pin without its last character", base64(one.keys.pin).encode(), base64(one.keys.pin).rstrip("=").encode())
    add("no-line-feed-at-the-end", "malformed", "AGR-49", "the last line ends in nothing", text[:-1])
    add("blank-line-at-the-end", "malformed", "AGR-49", "a blank line behind the signature", text + b"\n")
    add("line-feed-alone", "malformed", "AGR-49", "nothing but the end of a line", b"\n")
    add("two-signatures", "malformed", "AGR-49", "two are for recovery alone", text + b"\nsignature\n" + a.wrap(one.signatures[0], "  "))
    add("without-signature", "malformed", "AGR-49", "nobody has signed", one.text)
    add("recovery-with-one-signature", "malformed", "AGR-49", "two recovery keys are enough, one is not",
        replace(world.recovered(), signatures=world.recovered().signatures[:1]))
    add("recovery-with-one-key", "malformed", "AGR-49", "two recovery keys are enough, one is not",
        replace(world.recovered(), recovery_keys=world.recovered().recovery_keys[:1]))
    add("root-with-recovery-keys", "malformed", "AGR-49", "recovery keys are for recovery alone",
        replace(one, recovery_keys=world.recovered().recovery_keys))
    add("signature-of-3372-bytes", "malformed", "AGR-49", "a byte is missing", replace(one, signatures=(one.signatures[0][:-1],)))
    small, both = world.keys.light.raw, world.keys.station.raw
    add("light-key-of-small-order", "malformed", "AGR-8", "its holder could repudiate", world.statement(keys=replace(world.keys, light=Loose(SMALL))))
    add("station-key-of-small-order", "malformed", "AGR-8", "its Ed25519 half",
        world.statement(keys=replace(world.keys, station=LooseComposite(both[:ML_KEY] + SMALL))))
    add("recovery-key-of-small-order", "malformed", "AGR-8", "its Ed25519 half",
        replace(world.recovered(), recovery_keys=(LooseComposite(world.recovery[0].public.raw[:ML_KEY] + SMALL), world.recovery[1].public)))
    add("pin-of-zeros", "malformed", "AGR-8", "a pin is not all zeros", world.statement(keys=replace(world.keys, pin=bytes(32))))
    add("pin-is-the-light-key", "malformed", "AGR-7", "a value stands twice", world.statement(keys=replace(world.keys, pin=small)))
    add("light-key-is-a-half-of-the-station-key", "malformed", "AGR-7", "a value stands twice", world.statement(keys=replace(world.keys, light=LightKey(both[ML_KEY:]))))


def installing(maker, world):
    def add(name, expect, rule, about, statement, before=(LINE,), **header):
        maker.add(f"statements/install-{name}", "installed", expect, rule, about, statement.encode(), agreements=" ".join(before), **header)
    parties, keys = world.parties, world.keys
    one = world.statement()
    maker.give("keys-replaced.txt", one.encode())
    again = Party(maker.kept, 2, "replaced again")
    second = replace(keys, station=again.station.public, light=again.light.public, pin=again.pin)
    stolen = world.statement(world.later.root, reason="stolen", authority="next", keys=world.heir)
    maker.give("keys-stolen.txt", stolen.encode())
    add("replaced", "good", "AGR-53", "in order, on the word of the root key", one, versions="0 1")
    add("station-key-alone", "good", "AGR-54", "one of the three is enough where nothing was stolen", world.statement(keys=replace(world.before, station=keys.station)))
    add("light-key-alone", "good", "AGR-54", "one of the three is enough", world.statement(keys=replace(world.before, light=keys.light)))
    add("pin-alone", "good", "AGR-54", "one of the three is enough", world.statement(keys=replace(world.before, pin=keys.pin)))
    add("stolen", "good", "AGR-54", "all three", world.statement(reason="stolen"), versions="0 1")
    add("stolen-by-next", "good", "AGR-53", "the next identity takes over", stolen)
    add("by-recovery", "good", "AGR-53", "two recovery keys", world.recovered())
    add("by-the-second-and-third-recovery-key", "good", "AGR-53", "any two of the three", world.recovered(1, 2))
    add("version-1000", "good", "AGR-52", "1,000 above the last", world.statement(version=1_000))
    add("version-1001", "refused", "AGR-52", "by 1,000 at most", world.statement(version=1_001))
    add("after-another", "good", "AGR-52", "version 2 behind version 1", world.statement(version=2, keys=second), (LINE, "keys-replaced.txt"), versions="0 2")
    add("replayed", "refused", "AGR-52", "the same statement again", one, (LINE, "keys-replaced.txt"))
    add("same-version", "refused", "AGR-52", "another of the same version", world.statement(keys=second), (LINE, "keys-replaced.txt"))
    add("overtaken", "refused", "AGR-52", "version 1 behind version 1 of a theft: it would bring stolen keys back", one, (LINE, "keys-stolen.txt"))
    add("back-to-the-old-keys", "refused", "AGR-54", "the keys of the agreement again",
        world.statement(version=2, keys=replace(world.before, next=keys.next)), (LINE, "keys-replaced.txt"))
    add("nothing-replaced", "refused", "AGR-54", "the keys that are in force", world.statement(keys=world.before))
    add("stolen-light-key-left", "refused", "AGR-54", "all three are replaced after a theft",
        world.statement(reason="stolen", keys=replace(keys, light=world.before.light)))
    add("stolen-pin-left", "refused", "AGR-54", "all three are replaced after a theft", world.statement(reason="stolen", keys=replace(keys, pin=world.before.pin)))
    add("keys-of-the-other-party", "refused", "AGR-54", "the light key of party 1", world.statement(keys=replace(keys, light=parties[1].light.public)))
    add("pin-is-a-nonce", "refused", "AGR-54", "the new pin is the nonce of party 1", world.statement(keys=replace(keys, pin=parties[1].nonce)))
    add("half-of-the-station-key", "good", "AGR-54", "its Ed25519 half stays, and is not brought in",
        world.statement(keys=replace(keys, station=CompositeKey(keys.station.raw[:ML_KEY] + world.before.station.raw[ML_KEY:]))))
    add("signature-flipped", "unverified", "AGR-50", "a bit of the signature is another",
        replace(one, signatures=(one.signatures[0][:-1] + bytes([one.signatures[0][-1] ^ 1]),)))
    add("date-changed", "unverified", "AGR-50", "the text was changed after signing", replace(one, date="2026-07-02T09:00:00Z"))
    add("signed-by-the-station-key", "unverified", "AGR-53", "the root key signs", world.statement(parties[2].station))
    add("signed-by-the-other-party", "unverified", "AGR-53", "the root key of party 1", world.statement(parties[1].root))
    add("signed-without-the-label", "unverified", "AGR-50", "the text alone", replace(one, signatures=(parties[2].root.sign(one.text),)))
    add("signed-for-the-other-party", "unverified", "AGR-50", "the number before the text is party 1's",
        replace(one, signatures=(parties[2].root.sign(b"hotline/1 key statement\n" + world.line + b"\x01" + one.text),)))
    add("signed-for-another-line", "unverified", "AGR-50", "LH before the text is another",
        replace(one, signatures=(parties[2].root.sign(b"hotline/1 key statement\n" + seed("a line") + b"\x02" + one.text),)))
    add("of-another-line", "refused", "AGR-51", "its line is another", world.statement(line=seed("a line")))
    add("on-another-agreement", "refused", "AGR-51", "its agreement is another", world.statement(agreement=seed("an agreement")))
    add("of-nobody", "refused", "AGR-51", "there is no party 3", world.statement(party=3))
    add("root-gives-itself-an-heir", "refused", "AGR-53", "next stays as it was on the word of the root key", world.statement(keys=replace(keys, next=seed("an heir"))))
    add("root-replaces-itself", "refused", "AGR-53", "root stays as it was on its own word", world.statement(keys=replace(keys, root=world.new.root.public)))
    add("recovery-changed", "refused", "AGR-53", "recovery stays as it was, always",
        world.statement(keys=replace(keys, recovery=(*world.before.recovery[:2], seed("another recovery")))))
    add("recovery-dropped", "refused", "AGR-53", "recovery stays as it was, always", world.statement(keys=replace(keys, recovery=())))
    add("next-not-announced", "refused", "AGR-53", "another identity than the one announced",
        world.statement(world.later.root, authority="next", keys=replace(world.heir, light=world.new.light.public)))
    add("next-stays", "refused", "AGR-53", "next is a new one", world.statement(world.later.root, authority="next", keys=replace(world.heir, next=world.before.next)))
    add("next-signed-by-the-old-root", "unverified", "AGR-53", "the new root key signs", world.statement(authority="next", keys=world.heir))
    add("by-recovery-next-stays", "refused", "AGR-53", "next is a new one",
        world.recovered(keys=replace(world.keys, root=world.new.root.public)))
    add("by-recovery-in-the-other-order", "refused", "AGR-53", "the one listed first first", world.recovered(1, 0))
    add("by-recovery-of-one-key-twice", "refused", "AGR-53", "two keys, not one in both places", world.recovered(1, 1))
    add("by-recovery-of-others", "refused", "AGR-53", "one key is not listed",
        world.statement(world.recovery[0], parties[1].root, authority="recovery", keys=world.recovered().keys,
                        recovery_keys=(world.recovery[0].public, parties[1].root.public)))
    add("by-recovery-one-signature-of-another", "unverified", "AGR-53", "the second signature is the first key's",
        replace(world.recovered(), signatures=(world.recovered().signatures[0],) * 2))
    replaced_root = world.statement(version=2, keys=replace(second, next=world.heir.next))
    add("by-a-root-key-that-was-replaced", "refused", "AGR-53", "it signs nothing any more", replaced_root, (LINE, "keys-stolen.txt"))


def after(maker, world):
    """AGR-36, AGR-51: an amendment behind a key statement."""
    def amend(values, signers, **fields):
        text = (BASE % (world.values | values)).replace("version       1\n", f"version       2\nfirst         2026-03-01T00:00:00Z {world.line.hex()}\n"
                                                        f"amends        {world.line.hex()}\n")
        return a.sign(text.replace("date          2026-03-01", "date          2026-09-01").encode(), signers)

    def add(name, expect, rule, about, body, before, **header):
        maker.add(f"statements/{name}", "installed", expect, rule, about, body, agreements=" ".join(before), **header)
    stated = (LINE, "keys-replaced.txt")
    listed = {"light2": base64(world.keys.light.raw), "pin2": base64(world.keys.pin), "station2": wrapped(world.keys.station.raw)}
    amendment = amend(listed, world.signers)
    maker.give("keys-amended.txt", amendment)
    add("amendment-lists-the-new-keys", "good", "AGR-51", "the keys that the statement has made", amendment, stated, versions="0 1",
        hash=Agreement.decode(amendment).hash.hex())
    add("amendment-lists-the-old-keys", "refused", "AGR-36", "the keys of before the statement", amend({}, world.signers), stated)
    add("amendment-lists-the-old-keys-and-none-were-replaced", "good", "AGR-36", "the keys in force", amend({}, world.signers), (LINE,))
    heir = {"light2": base64(world.heir.light.raw), "root2": wrapped(world.heir.root.raw), "station2": wrapped(world.heir.station.raw), "next2": base64(world.heir.next), "pin2": base64(world.heir.pin)}
    for name, expect, about, other in (
            ("", "good", "those that have the hash announced as next", {}), ("-and-keeps-the-pin", "good", "the pin in force", {"pin2": base64(world.keys.pin)}),
            ("-and-the-old-pin", "refused", "the TLS pin of before the statement", {"pin2": world.values["pin2"]}),
            ("-and-announces-none", "refused", "next is the hash of its own keys", {"next2": world.values["next2"]})):
        add(f"amendment-lists-the-announced-keys{name}", expect, "AGR-36", about, amend(heir | other, world.signers | {2: world.later.root}), stated)
    add("amendment-by-a-root-key-that-was-replaced", "refused", "AGR-53", "it signs nothing any more", amend(listed, world.signers), (LINE, "keys-stolen.txt"))
    third = Party(maker.kept, 2, "third")
    keys = replace(world.keys, station=third.station.public, light=third.light.public, pin=third.pin)
    behind = (*stated, "keys-amended.txt")
    second = Agreement.decode(amendment).hash
    add("install-behind-the-amendment", "good", "AGR-52", "the version goes on over agreements", world.statement(agreement=second, version=2, keys=keys).encode(), behind)
    add("install-behind-the-amendment-version-1", "refused", "AGR-52", "whichever agreement the last statement stands on",
        world.statement(agreement=second, version=1, keys=keys).encode(), behind)
    add("install-on-the-agreement-before", "refused", "AGR-51", "not the last agreement that is installed", world.statement(version=2, keys=keys).encode(), behind)


def wrapped(key: bytes) -> str:
    text = base64(key)
    return "\n".join("    " + text[at:at + 72] for at in range(0, len(text), 72))


def rosters(maker, world):
    def add(name, expect, rule, about, roster, in_force=0, before=(LINE,), party=2, **header):
        body = roster if isinstance(roster, bytes) else roster.encode()
        maker.add(f"rosters/{name}", "roster", expect, rule, about, body, agreements=" ".join(before), party=party, in_force=in_force, **header)

    def officer(code, roles, number=None):
        composite = KeptSigner(maker.kept, "officer", number or code)
        return Officer(code, roles, LightSigner(seed("officer's light", number or code)).public, composite.public)
    watch, principal, releaser = officer("watch-1", 1), officer("principal", 8), officer("releaser", 4 | 1)

    def signed(*officers, version=1, root=None, line=None, party=2):
        return Roster(version, officers).sign(root or world.parties[2].root, line or world.line, party)
    three = signed(principal, releaser, watch)
    add("three-officers", "good", "AGR-46", "in rising order of their codes", three, officers="principal releaser watch-1")
    add("nobody", "good", "AGR-45", "all are revoked", signed())
    add("all-roles", "good", "AGR-46", "one officer of all six roles", signed(officer("everything", 63)))
    add("version-2-after-1", "good", "AGR-48", "above the one in force", signed(watch, version=2), 1)
    add("version-2-to-the-62nd-minus-1", "good", "AGR-46", "the highest there is", signed(watch, version=2**62 - 1), 1)
    add("replayed", "refused", "AGR-48", "the version that is in force", three, 1)
    add("older", "refused", "AGR-48", "an enrolment that was revoked since", three, 7)
    data = three.encode()
    codes = len(integer(1) + integer(3))
    add("version-0", "malformed", "AGR-46", "versions begin at 1", signed(watch, version=0))
    add("version-in-a-longer-form", "malformed", "ENC-1", "1 in two bytes", b"\x40\x01" + data[1:])
    add("65-officers", "malformed", "AGR-46", "at most 64", data[:1] + integer(65) + data[2:])
    add("order", "malformed", "AGR-46", "principal behind watch-1", signed(watch, principal))
    add("code-twice", "malformed", "AGR-46", "each once", signed(watch, officer("watch-1", 1, "another")))
    add("code-in-capitals", "malformed", "AGR-6", "small Latin letters", signed(officer("Watch", 1)))
    add("code-of-nothing", "malformed", "AGR-6", "a letter first", signed(officer("", 1, "nobody")))
    add("code-that-ends-in-a-hyphen", "malformed", "AGR-6", "parts joined by single hyphens", signed(officer("watch-", 1)))
    add("code-of-33-bytes", "malformed", "AGR-6", "at most 32", signed(officer("w" * 33, 1)))
    add("code-of-32-bytes", "good", "AGR-6", "the most", signed(officer("w" * 32, 1)))
    add("code-with-a-line-feed", "malformed", "AGR-6", "a line feed behind the code", signed(officer("watch\n", 1)))
    add("code-not-utf-8", "malformed", "AGR-6", "a byte that is no character", data[:codes + 1] + b"\xff" + data[codes + 2:])
    add("no-role", "malformed", "AGR-46", "at least one", signed(officer("watch", 0)))
    add("bit-6", "malformed", "AGR-46", "no other bit", signed(officer("watch", 64 | 1)))
    add("bit-7", "malformed", "AGR-46", "no other bit", signed(officer("watch", 128 | 1)))
    add("key-twice", "malformed", "AGR-46", "one light key for two officers", signed(principal, replace(watch, light=principal.light)))
    add("composite-key-twice", "malformed", "AGR-46", "one composite key for two officers", signed(principal, replace(watch, composite=principal.composite)))
    half = CompositeKey(watch.composite.raw[:ML_KEY] + principal.composite.raw[ML_KEY:])
    add("half-twice", "malformed", "AGR-46", "the Ed25519 half of another's key", signed(principal, replace(watch, composite=half)))
    crossed = CompositeKey(watch.composite.raw[:ML_KEY] + watch.light.raw)
    add("light-key-is-a-half", "malformed", "AGR-46", "the light key is a half of the composite key", signed(replace(watch, composite=crossed)))
    add("light-key-of-small-order", "malformed", "AGR-8", "its holder could repudiate", signed(replace(watch, light=Loose(SMALL))))
    add("composite-key-of-small-order", "malformed", "AGR-8", "its Ed25519 half",
        signed(replace(watch, composite=LooseComposite(watch.composite.raw[:ML_KEY] + bytes([0xee]) + b"\xff" * 30 + b"\xff"))))
    add("cut-short", "malformed", "ENC-4", "a byte of the signature is missing", data[:-1])
    add("byte-too-many", "malformed", "ENC-4", "a byte behind the signature", data + b"\x00")
    add("empty", "malformed", "ENC-4", "nothing", b"")
    add("signature-flipped", "unverified", "AGR-47", "a bit of the signature is another", data[:-1] + bytes([data[-1] ^ 1]))
    add("signed-by-the-station-key", "unverified", "AGR-47", "the root key signs", signed(watch, root=world.parties[2].station))
    add("signed-by-the-other-party", "unverified", "AGR-47", "the root key of party 1", signed(watch, root=world.parties[1].root))
    add("of-another-line", "unverified", "AGR-47", "LH is another", signed(watch, line=seed("a line")))
    add("of-the-other-party", "unverified", "AGR-47", "the number is party 1's", signed(watch, party=1))
    add("role-changed", "unverified", "AGR-47", "the text was changed after signing", data.replace(b"\x07watch-1\x01", b"\x07watch-1\x09"))
    bare = Roster(1, (watch,))
    add("signed-without-the-label", "unverified", "AGR-47", "the label is missing",
        replace(bare, signature=world.parties[2].root.sign(world.line + b"\x02" + bare.signed)))
    add("by-a-new-root", "good", "AGR-53", "the root key that a statement has brought in", signed(watch, root=world.later.root), 0, (LINE, "keys-stolen.txt"))
    add("by-a-root-key-that-was-replaced", "unverified", "AGR-53", "it signs nothing any more", signed(watch), 0, (LINE, "keys-stolen.txt"))


def in_force(maker, world):
    def add(name, expect, rule, about, body, **header):
        maker.add(f"entries/in-force-{name}", "in-force", expect, rule, about, body.encode() if isinstance(body, InForce) else body, **header)
    both = Basis(seed("an agreement"), seed("a statement"))
    alone = Basis(both.agreement)
    add("agreement", "good", "ENT-32", "an amendment", InForce(alone, 2, 0), version=2, keys_version=0)
    add("statement", "good", "ENT-32", "a key statement on the first agreement", InForce(both, 1, 3), version=1, keys_version=3)
    add("keys-version-without-statement", "malformed", "ENT-32", "0 where there is no statement", InForce(alone, 2, 1))
    add("statement-without-keys-version", "malformed", "ENT-32", "0 only where there is none", InForce(both, 1, 0))
    add("flag-2", "malformed", "ENT-30", "0 or 1", both.agreement + b"\x02" + InForce(both, 1, 3).encode()[33:])
    add("cut-short", "malformed", "ENC-4", "the versions are missing", both.encode())
    add("byte-too-many", "malformed", "ENC-4", "a byte behind the versions", InForce(both, 1, 3).encode() + b"\x00")


def proofs(maker, world):
    """Exports and disclosures of a line on which keys were replaced."""
    def add(name, expect, rule, about, body, **header):
        maker.add(f"exports/keys-{name}", "export", expect, rule, about, body, **header)
    one, stolen = world.statement(), world.statement(world.later.root, reason="stolen", authority="next", keys=world.heir)
    chain = Chain([world.file, one.encode()])
    line, name = world.line, lambda last: Generation(2, bytes([0xAB] * 7 + [last]))

    def sign(head, signer, strength=LIGHT, agreement=line):
        text = Statement(line, head, agreement, ()).encode()
        return Checkpoint(strength, text, (signer.light, signer.station)[strength].sign(text))

    def opened(last, before, basis, base, opening="blind of keys"):
        return Written(line, name(last), Opening(seed(opening, last), base, before, (), basis))
    before = opened(1, None, None, 0)
    before.add(content=b"before")
    basis = Basis(line, one.hash)
    later = opened(2, before.head(), basis, 2)
    later.add(kind=entries.IN_FORCE, content=InForce(basis, 1, 1).encode())
    later.add(content=b"after")
    old = world.parties[2]
    signed = [sign(before.head(), old), sign(before.head(), old, FULL), sign(later.head(), world.new), sign(later.head(), world.new, FULL)]
    generations = [(each.generation, each.rows) for each in (before, later)]

    def write(texts=(world.file, one.encode()), signed=signed, generations=generations, rosters=()):
        return exports.write(list(texts), signed, (), generations, rosters)
    add("replaced", "good", "REC-24", "each generation is signed by the keys of its basis", write(), entries=5)
    add("statement-missing", "good", "REC-25", "the opening names a statement that is not there: a misstatement", write((world.file,), signed[:2]), entries=5, misstatements=1)
    add("signed-with-the-keys-of-before", "problem", "REC-24", "the generation stands on the new keys", write(signed=[*signed[:2], sign(later.head(), old)]))
    add("signed-with-the-keys-that-come-after", "problem", "REC-24", "the generation stands on the old keys", write(signed=[sign(before.head(), world.new)]))
    wrong = opened(3, before.head(), basis, 2)
    wrong.add(kind=entries.IN_FORCE, content=InForce(Basis(line), 1, 0).encode())
    add("in-force-states-another-basis", "problem", "REC-25", "the entry of kind 4 says the first agreement",
        write(signed=signed[:2], generations=[*generations[:1], (wrong.generation, wrong.rows)]), at=f"{wrong.generation}/1")
    longer = opened(7, before.head(), basis, 2)
    longer.add(kind=entries.IN_FORCE, content=InForce(basis, 1, 1).encode() + b"\x00")
    add("in-force-does-not-decode", "problem", "REC-25", "a byte behind the versions",
        write(signed=signed[:2], generations=[*generations[:1], (longer.generation, longer.rows)]), at=f"{longer.generation}/1")
    back = opened(4, later.head(), None, 5)
    add("basis-goes-back", "good", "REC-25", "its station was restored: a note", write(generations=[*generations, (back.generation, back.rows)]), entries=6, notes=1)
    other = Written(line, Generation(1, bytes([0xCD] * 8)), Opening(seed("blind of another"), 0, None, (), basis))
    add("statement-of-the-other-party", "good", "REC-25", "the opening of party 1 names the statement of party 2: a misstatement",
        write(generations=[*generations, (other.generation, other.rows)]), entries=6, misstatements=1)
    theft = Basis(line, stolen.hash)
    since = opened(5, before.head(1), theft, 1)
    since.add(kind=entries.IN_FORCE, content=InForce(theft, 1, 1).encode())
    heir = world.later
    after_theft = [(each.generation, each.rows) for each in (before, since)]
    add("stolen", "good", "REC-29", "the record goes on from before the theft", write((world.file, stolen.encode()), [signed[1], sign(since.head(), heir, FULL)], after_theft),
        entries=4, notes=0)
    forged = Written(line, name(6), Opening(seed("blind of a thief"), 2, before.head(), ()))
    add("written-by-a-thief", "good", "REC-29", "a generation on stolen keys from which nothing goes on: a note",
        write((world.file, stolen.encode()), [sign(since.head(), heir), sign(forged.head(), old)], [*after_theft, (forged.generation, forged.rows)]), entries=5, notes=1)
    officer = Officer("watch", 1, LightSigner(seed("officer's light", "watch")).public, KeptSigner(maker.kept, "officer", "watch").public)
    first, second = (Roster(version, (officer,)).sign(old.root, line, 2).encode() for version in (1, 2))
    by_heir = Roster(3, ()).sign(heir.root, line, 2).encode()
    add("with-rosters", "good", "REC-28", "the oldest first", write(rosters=[(2, first), (2, second)]), entries=5)
    add("rosters-in-another-order", "problem", "REC-28", "version 1 behind version 2", write(rosters=[(2, second), (2, first)]))
    add("roster-of-another-party", "problem", "REC-28", "no root key of party 1 has signed it", write(rosters=[(1, first)]))
    add("roster-of-nobody", "problem", "REC-28", "there is no party 3", write(rosters=[(3, first)]))
    add("roster-cut-short", "problem", "REC-28", "a byte is missing", write(rosters=[(2, first[:-1])]))
    add("rosters-of-two-root-keys", "good", "REC-28", "any root key that the party has had",
        write((world.file, stolen.encode()), [], after_theft, [(2, first), (2, second), (2, by_heir)]), entries=4)
    entry = later.entries[2]
    leaves = later.leaves

    def disclose(name, expect, about, checkpoint, texts=(world.file, one.encode()), written=later, entry=entry, **header):
        canonical = entry.encode()
        leaves = written.leaves
        disclosure = Disclosure(tuple(texts), entry.name, canonical, entries.blind(written.secret, entry.number),
                                tuple(trees.prove_inclusion(leaves, entry.number)), checkpoint)
        maker.add(f"disclosures/keys-{name}", "disclosure", expect, "REC-5", about, disclosure.encode(), **header)
    disclose("replaced", "good", "signed by the keys of a statement", signed[3], entry=entry, content=b"after".hex())
    disclose("signed-by-the-keys-of-before", "good", "who holds no opening takes each of the signer's keys under the agreement", signed[1], written=before,
             entry=before.entries[1], content=b"before".hex())
    disclose("without-the-statement", "unverified", "the keys that have signed it are not there", signed[3], (world.file,))
    assert len(leaves) == 3 and chain.line == line and EntryName(later.generation, 2) == entry.name
