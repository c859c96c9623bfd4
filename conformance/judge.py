#!/usr/bin/env python3
"""Judges one file of hotline/1: an export, a disclosed entry or evidence of a rewritten record.

    python3 judge.py FILE [--line HASH]

It says in plain sentences what the file proves or what is wrong with it. Exit code 0: the file holds. 1: it does not, and every
reason is named. It needs Python 3.11 and the library `cryptography` (48 or later), no other file, and no network. The rules are
those of docs/spec, named beside each step. What it cannot know is whether the agreement in the file is the one that the parties
signed, for anybody can make keys and sign with himself: compare the hash that it prints with a party's, or give it with --line.
"""
import base64, functools, hashlib, hmac, re, sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey

MIB, ML_KEY, ML_SIGNATURE = 1 << 20, 1_952, 3_309
KEY, SIGNATURE = ML_KEY + 32, ML_SIGNATURE + 64
PREFIX, LABEL = b"CompositeAlgorithmSignatures2025", b"COMPSIG-MLDSA65-Ed25519-SHA512"
SMALL_ORDER = {                                                            # SEAL-2, the sign bit cleared
    "00" * 32, "01" + "00" * 31, "ec" + "ff" * 30 + "7f", "ed" + "ff" * 30 + "7f", "ee" + "ff" * 30 + "7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"}

class Wrong(Exception):
    """A sentence that says what does not hold."""

def wrong_if(condition, sentence):
    if condition:
        raise Wrong(sentence)

sha256 = lambda data: hashlib.sha256(data).digest()
blind = lambda secret, number: hmac.digest(secret, b"hotline/1 blind\n" + number.to_bytes(8, "big"), "sha256")[:16]        # ENT-5
leaf_hash = lambda line, canonical, blind: sha256(b"\x00hotline/1 entry\n" + line + canonical + blind)                    # ENT-4
node = lambda left, right: sha256(b"\x01" + left + right)                                                                 # REC-1
shown = lambda generation: f"{generation[0]}/{generation[1].hex()}"

# Bytes (encoding.md)
class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0
    left = property(lambda self: len(self.data) - self.at)
    def take(self, count):
        wrong_if(count > self.left, "it ends too early")
        self.at += count
        return self.data[self.at - count:self.at]
    def integer(self, limit=2**62 - 1):                                    # ENC-1
        first = self.take(1)[0]
        width = 1 << (first >> 6)
        value = int.from_bytes(bytes([first & 0x3F]) + self.take(width - 1), "big")
        wrong_if(width > 1 and value < 1 << (4 * width - 2), "a number is not in its shortest form")
        wrong_if(value > limit, f"the number {value} is above its limit, {limit}")
        return value
    def field(self, limit):                                                # ENC-2
        return self.take(self.integer(limit))
    def generation(self):                                                  # ENC-5, ENC-6: (station, name)
        number = self.take(1)[0]
        wrong_if(not 1 <= number <= 15, f"there is no station {number}")
        return number, self.take(8)
    def head(self):                                                        # ((station, name), size, root)
        return self.generation(), self.integer(), self.take(32)
    def end(self):
        wrong_if(self.left, "bytes are left over")

def unbase64(text):                                                        # ENC-10
    try:
        data = base64.b64decode(text.encode(), validate=True)
    except ValueError:
        raise Wrong("a value is not base64") from None
    wrong_if(base64.b64encode(data).decode() != text, "a value is base64 in another than its one form")
    return data

# Signatures (sealing.md)
def checked_key(data, length):
    wrong_if(len(data) != length, f"a key has {len(data)} bytes, where {length} are expected")
    if (data[-32:-1] + bytes([data[-1] & 0x7F])).hex() in SMALL_ORDER:
        raise Wrong("a key is of small order: its holder could repudiate what it signs")
    return data

def holds(library, key, signature, *message):
    try:
        library.from_public_bytes(key).verify(signature, *message)
        return True
    except (InvalidSignature, ValueError):
        return False

def composite_holds(key, signature, message):                              # SEAL-3: both halves
    body = PREFIX + LABEL + b"\x00" + hashlib.sha512(message).digest()
    return (holds(MLDSA65PublicKey, key[:ML_KEY], signature[:ML_SIGNATURE], body, LABEL)
            and holds(Ed25519PublicKey, key[ML_KEY:], signature[ML_SIGNATURE:], body))

# The agreement: the keys that it lists and whether all have signed it. What else it says is for people to read.
class Agreement:
    def __init__(self, data):
        head, mark, below = data.partition(b"\n\nSIGNATURES\n")
        if not mark or not data.startswith(b"HOTLINE AGREEMENT 1\n") or len(data) > MIB:
            raise Wrong("the agreement is no agreement of version 1 of the format")
        self.text = head + b"\n\n"                                         # AGR-32
        self.hash = sha256(self.text)                                      # AGR-35
        try:
            top, _, rest = self.text.decode().partition("\n\nPARTIES\n")
            below = below.decode()
        except UnicodeDecodeError:
            raise Wrong("the agreement is not UTF-8") from None
        header = dict(re.findall(r"^(line|date|version|first|amends|suite) +(.*)$", top.partition("\n\nPREAMBLE\n")[0], re.M))
        parties, _, rest = rest.partition("\n\nLANGUAGES\n")
        self.names = {int(n): name for n, name in re.findall(r'^party +(\d+)\n(?:  .*\n)*?  name +\S+ "(.*)"$', parties + "\n", re.M)}
        numbers = {int(number) for number in re.findall(r"^party +(\d+)$", parties, re.M)}
        wrong_if(not re.fullmatch(r"[1-9]\d{0,6}", header.get("version", ""), re.A) or "date" not in header, "the agreement has no version or no date")
        self.version, self.date = int(header["version"]), header["date"]
        self.first, self.amends = header.get("first", "").split(), header.get("amends", "")
        self.keys = {}
        for block in ("\n" + rest.partition("\n\nKEYS\n")[2]).split("\nkeys ")[1:]:
            self.read_keys(block)
        if set(self.keys) != numbers or len(numbers) < 2 or header.get("suite") != "1":
            raise Wrong("the agreement does not list the keys of each of its parties, or is not of suite 1")
        self.check_signatures(below)
    def read_keys(self, block):                                            # AGR-31, AGR-8, AGR-9
        match = re.match(r" *(\d+)\n", block)
        light, next = (re.search(rf"^  {key} +(\S+)$", block, re.M) for key in ("light", "next"))
        wrapped = [re.search(rf"^  {key}\n((?:    \S+\n)+)", block, re.M) for key in ("root", "station")]
        wrong_if(not match or not light or not next or None in wrapped, "the keys of a party are incomplete")
        root, station = (checked_key(unbase64("".join(each[1].split())), KEY) for each in wrapped)
        self.keys[int(match[1])] = root, station, checked_key(unbase64(light[1]), 32), unbase64(next[1])
    def check_signatures(self, below):                                     # AGR-33, AGR-34
        pattern = r"\nsignature (\d+)\n((?:  \S{72}\n)*  \S{1,72}\n)"
        found = re.findall(pattern, below)
        numbers = [int(number) for number, _ in found]
        if re.sub(pattern, "", below) or numbers != sorted(set(numbers)) or set(numbers) - set(self.keys):
            raise Wrong("below SIGNATURES stands something else than the signatures of the parties in their order")
        signatures = {int(number): unbase64("".join(lines.split())) for number, lines in found}
        for party, (root, *_) in self.keys.items():
            wrong_if(party not in signatures, f"party {party} has not signed the agreement")
            if len(signatures[party]) != SIGNATURE or not composite_holds(root, signatures[party], b"hotline/1 agreement\n" + self.text):
                raise Wrong(f"the signature of party {party} under the agreement is not one by its root key over this text")
    def follows(self, before, first):                                      # AGR-36
        if (self.version != before.version + 1 or self.first != [first.date, first.hash.hex()] or self.amends != before.hash.hex()
                or self.date < before.date or set(self.keys) != set(before.keys)):
            raise Wrong(f"agreement {self.version} does not take the place of agreement {before.version}")
        for party, (root, station, light, _) in self.keys.items():
            announced = sha256(b"hotline/1 identity\n" + root + station + light)
            if (root, station, light) != before.keys[party][:3] and announced != before.keys[party][3]:
                raise Wrong(f"the keys of party {party} in agreement {self.version} are neither the old ones nor those announced")

class Agreements:
    """The first agreement and its amendments, in order. The hash of the first names the line (REC-25)."""
    def __init__(self, texts):
        self.all = [Agreement(text) for text in texts]
        wrong_if(not self.all or self.all[0].version != 1, "the first agreement of the line is missing")
        for before, after in zip(self.all, self.all[1:]):
            after.follows(before, self.all[0])
        self.line = self.all[0].hash
    def place(self, hash):
        for place, agreement in enumerate(self.all):
            if agreement.hash == hash:
                return place
        raise Wrong("it names an agreement that is not in the file")
    def name(self, party):
        return f"party {party} ({self.all[0].names.get(party, '?')})"

# Entries and trees (entries.md, record.md)
class Entry:
    def __init__(self, data):                                              # ENT-1 to ENT-3
        reader = Reader(data)
        self.agreement, self.generation = reader.take(32), reader.generation()
        self.number = reader.integer(2**62 - 2)
        self.kind, handling, self.from_post, self.to_post, self.language = reader.take(5)
        self.precedence, self.exercise, self.channel = handling >> 6, bool(handling & 32), handling & 31
        self.time = reader.integer()
        self.references = [(reader.generation(), reader.integer(2**62 - 2)) for _ in range(reader.integer(16))]
        self.seen = [(reader.generation(), reader.integer()) for _ in range(reader.integer(14))]
        self.content = reader.field(262_144)
        reader.end()
        stations = [generation[0] for generation, _ in self.seen]
        wrong_if(stations != sorted(set(stations)), "what its author had seen is not in rising order of station")
    def opening(self):                             # ENT-6 to ENT-8, ENT-30: secret, predecessor, held, the agreement it names
        wrong_if(self.kind != 0 or self.number != 0, "it is no opening")
        reader = Reader(self.content)
        secret = reader.take(32)
        reader.integer()
        before = reader.head() if reader.integer(1) else None
        held = [reader.head() for _ in range(reader.integer(56))]
        stated = reader.take(32) if reader.left else None
        wrong_if(stated and reader.integer(1), "it stands on a key statement, which this judge does not read")
        reader.end()
        wrong_if([head[0] for head in held] != sorted({head[0] for head in held}), "the heads that it holds are not in rising order")
        wrong_if(before and (before[0][0] != self.generation[0] or before[0] == self.generation), "its predecessor is another station's, or itself")
        wrong_if(any(head[0][0] == self.generation[0] for head in held), "it holds heads of its own station")
        return secret, before, held, stated

class Tree:
    """The root of the leaves so far; only the roots of its full parts are kept."""
    def __init__(self):
        self.size, self.peaks = 0, []
    def append(self, leaf):
        self.peaks.append(leaf)
        size = self.size
        while size & 1:
            right = self.peaks.pop()
            self.peaks.append(node(self.peaks.pop(), right))
            size >>= 1
        self.size += 1
    def root(self):
        return functools.reduce(lambda right, left: node(left, right), reversed(self.peaks))

def root_of_path(leaf, index, size, path):                                 # REC-2, RFC 9162 §2.1.3.2
    wrong_if(index >= size, "the entry lies beyond what was signed")
    last = size - 1
    for sibling in path:
        wrong_if(last == 0, "the path to the signed head is too long")
        if index & 1 or index == last:
            leaf = node(sibling, leaf)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            leaf = node(leaf, sibling)
        index, last = index >> 1, last >> 1
    wrong_if(last, "the path to the signed head is too short")
    return leaf

# Checkpoints (REC-4, REC-5)
HEAD = r"([1-9]|1[0-5])/([0-9a-f]{16})"
NUMBER, ROOT = r"(0|[1-9][0-9]{0,18})", r"([A-Za-z0-9+/]{43}=)"
CHECKPOINT = re.compile(rf"hotline/1/([0-9a-f]{{64}})/{HEAD}\n{NUMBER}\n{ROOT}\nagreement ([0-9a-f]{{64}})\n((?:holds .*\n)*)")
HOLDS = re.compile(rf"holds {HEAD} {NUMBER} {ROOT}")

class Checkpoint:
    def __init__(self, strength, text, signature):
        self.strength, self.text, self.signature = strength, text, signature
        match = CHECKPOINT.fullmatch(text.decode("utf-8", "replace")) if len(text) <= 16_384 else None
        lines = match[7].splitlines() if match else []
        held = [HOLDS.fullmatch(line) for line in lines]
        wrong_if(not match or None in held or len(signature) != (64, SIGNATURE)[strength], "a checkpoint is not in its one form")
        self.line, self.agreement = bytes.fromhex(match[1]), bytes.fromhex(match[6])
        self.head = self.read(match[2], match[3], match[4], match[5])
        self.holds = [self.read(*each.groups()) for each in held]
        self.signer, generations = self.head[0][0], [head[0] for head in self.holds]
        if generations != sorted(set(generations)) or self.signer in {generation[0] for generation in generations}:
            raise Wrong("the heads held in a checkpoint are not in rising order, or its signer's own")
    @staticmethod
    def read(station, name, size, root):
        wrong_if(int(size) >= 2**62, "a size in a checkpoint is above the limit")
        return (int(station), bytes.fromhex(name)), int(size), unbase64(root)
    @classmethod
    def stored(cls, reader):
        strength = reader.take(1)[0]
        wrong_if(strength > 1, "a checkpoint is neither light nor full")
        text = reader.field(16_384)
        return cls(strength, text, reader.take((64, SIGNATURE)[strength]))
    def verify(self, agreements):
        wrong_if(self.line != agreements.line, "a checkpoint is of another line")
        keys = agreements.all[agreements.place(self.agreement)].keys
        wrong_if(self.signer not in keys, f"station {self.signer} has signed a checkpoint and is no party")
        _, station, light, _ = keys[self.signer]
        if not (composite_holds(station, self.signature, self.text) if self.strength else holds(Ed25519PublicKey, light, self.signature, self.text)):
            raise Wrong(f"the signature under a checkpoint of party {self.signer} (size {self.head[1]}) does not hold")

def check_fork(agreements, a, b):                                          # REC-7, REC-40
    wrong_if(a.head[2] >= b.head[2], "of the two checkpoints the one with the lower root must stand first")
    wrong_if(a.head[:2] != b.head[:2], "the two checkpoints do not contradict each other")
    (a.verify(agreements), b.verify(agreements))

def fork_sentence(agreements, head):
    return (f"{agreements.name(head[0][0])} has REWRITTEN its record: "
            f"it signed two different heads of generation {shown(head[0])} at size {head[1]}")

# Texts: disclosure and evidence (REC-30 to REC-40)
def parse_text(data, pattern, title):
    """The named parts of a text that has exactly one form: no other byte may stand anywhere."""
    match = re.fullmatch(pattern, data.decode("utf-8", "replace"))
    wrong_if(not match, f"the {title} is not in its one form: a line is missing, changed, broken elsewhere or too many")
    return match

def value(name):
    return rf"(?:{name} (?:[^ \n]{{72}}\n )*[^ \n]{{0,72}}\n)"

CHECKPOINT_LINES = rf"checkpoint (light|full)\n((?:\| .*\n)+)({value('signature')})"
DISCLOSURE = (rf"hotline/1 disclosure\n({value('agreement')}+)entry (\S+)\n({value('bytes')})({value('blind')})({value('path')}*)" + CHECKPOINT_LINES)
EVIDENCE = rf"hotline/1 evidence\n({value('agreement')}+)" + CHECKPOINT_LINES * 2

def values(text):
    """The base64 values of lines that follow each other; a value that fills a line has no empty one below it."""
    wrong_if("\n \n" in text + "\n", "a value is broken where it need not be")
    return [unbase64("".join(re.split(r"\n ?", each))) for each in re.findall(r"^\S+ ((?:.*\n)(?: .*\n)*)", text, re.M)]

def text_checkpoint(strength, bars, signature):
    return Checkpoint(("light", "full").index(strength), re.sub(r"^\| ", "", bars, flags=re.M).encode(), values(signature)[0])

def judge_disclosure(data, say):
    match = parse_text(data, DISCLOSURE, "disclosure")
    canonical, blinding, path = values(match[3])[0], values(match[4])[0], values(match[5])
    entry = Entry(canonical)
    wrong_if(match[2] != f"{shown(entry.generation)}/{entry.number}", "the entry is not the one that the disclosure names")
    if entry.number == 0 or entry.kind == 0:                               # REC-31
        raise Wrong("an opening must never be disclosed")
    wrong_if(len(blinding) != 16 or any(len(each) != 32 for each in path), "the blind or the path has another length")
    checkpoint = text_checkpoint(*match.groups()[5:8])
    agreements = Agreements(values(match[1]))
    say.line(agreements)
    checkpoint.verify(agreements)
    wrong_if(checkpoint.head[0] != entry.generation, "the checkpoint is of another generation than the entry")
    if checkpoint.agreement != entry.agreement:
        raise Wrong("the checkpoint names another agreement than the entry")
    if root_of_path(leaf_hash(agreements.line, canonical, blinding), entry.number, checkpoint.head[1], path) != checkpoint.head[2]:
        raise Wrong("the entry, its blind or its path was changed: they do not lead to the signed head")
    say(f"{agreements.name(entry.generation[0])} wrote entry {match[2]}, and has signed it ({match[6]} checkpoint of size {checkpoint.head[1]}).")
    say(f"Kind {entry.kind}, precedence {('FLASH', 'IMMEDIATE', 'PRIORITY', 'ROUTINE')[entry.precedence]}, channel {entry.channel}, "
        f"from post {entry.from_post} to post {entry.to_post}{', marked EXERCISE' if entry.exercise else ''}. By its author's own clock "
        f"{entry.time} seconds after {agreements.all[0].date}.")
    say("Its content, with what is not visible as escapes: " + ascii_only(entry.content))

def ascii_only(content):
    text = content.decode("utf-8", "backslashreplace")
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)

def judge_evidence(data, say):
    match = parse_text(data, EVIDENCE, "evidence")
    pair = [text_checkpoint(*match.groups()[at:at + 3]) for at in (1, 4)]
    agreements = Agreements(values(match[1]))
    say.line(agreements)
    check_fork(agreements, *pair)
    say(f"The evidence holds: {fork_sentence(agreements, pair[0].head)}.")

# Exports (REC-20 to REC-26)
LIMITS = {1: MIB, 2: MIB, 3: 1 << 16, 4: 1 << 17, 5: 1 << 19, 6: 9, 7: 1 << 19, 8: 32}

class Export:
    def __init__(self, data, say):
        self.data, self.say = data, say
        self.texts, self.agreements = [], None
        self.checkpoints, self.claims, self.generations = [], [], {}
        self.roots, self.stands, self.pending, self.signed, self.current, self.tree = {}, {}, [], {}, None, None
    def judge(self):
        try:
            self.read()
            self.finish()
            self.agreements = self.agreements or Agreements(self.texts)
        except Wrong as wrong:
            self.say.wrong(f"The file cannot be read to its end: {wrong}.")
        if self.agreements:
            self.compare()
    def read(self):
        reader, last, sums = Reader(self.data), 0, {}
        reader.take(len(b"hotline/1 export\n"))
        while True:
            wrong_if(not reader.left, "the end section is missing")
            kind = reader.take(1)[0]
            wrong_if(kind not in LIMITS, f"there is no section of type {kind}")
            body = reader.field(LIMITS[kind])
            if kind < last and (kind, last) != (6, 7) or kind == 7 and last < 6:
                raise Wrong(f"a section of type {kind} stands behind one of type {last}")
            last = kind
            sums[kind] = sums.get(kind, 0) + (1 if kind == 4 else len(body))
            wrong_if(sums.get(1, 0) > 16 * MIB or sums.get(2, 0) > 4 * MIB or sums.get(4, 0) > 100, "it holds more than an export may")
            if kind == 1:
                self.texts.append(body)
                continue
            if kind == 8:
                if body != sha256(self.data[:reader.at - len(body)]):
                    self.say.wrong("The digest at the end is not that of the file: it was damaged.")
                if reader.left:
                    self.say.wrong("Bytes stand behind the end of the file.")
                return
            if self.agreements is None:
                self.agreements = Agreements(self.texts)
            if kind != 2:
                (self.checkpoint, self.evidence, self.opening, self.generation, self.entry)[kind - 3](Reader(body))
    def checkpoint(self, reader):
        try:
            found = Checkpoint.stored(reader)
            reader.end()
            found.verify(self.agreements)
        except Wrong as wrong:
            return self.say.wrong(f"A checkpoint does not hold: {wrong}.")
        self.checkpoints.append(found)
        other = self.signed.setdefault(found.head[:2], found.head)
        if other[2] != found.head[2]:
            self.say.wrong(fork_sentence(self.agreements, found.head) + ".")
        self.claims += [(f"a checkpoint of party {found.signer}", head) for head in (found.head, *found.holds)]
    def evidence(self, reader):
        try:
            a, b = Checkpoint.stored(reader), Checkpoint.stored(reader)
            reader.end()
            check_fork(self.agreements, a, b)
        except Wrong as wrong:
            return self.say.wrong(f"Evidence in the file proves nothing: {wrong}.")
        self.say.wrong(fork_sentence(self.agreements, a.head) + ".")
    def opening(self, reader):
        generation, size, leaf = reader.generation(), reader.integer(), reader.take(32)
        wrong_if(generation in self.generations or size < 1, f"generation {shown(generation)} is announced twice or without an entry")
        self.generations[generation] = size, leaf, None
        self.pending.append(generation)
        canonical = reader.take(reader.left)
        try:
            self.stands[generation] = Entry(canonical).agreement               # ENT-30, REC-25
            secret, before, held, stated = self.check(canonical, generation, 0).opening()
            wrong_if(stated == (line := self.agreements.line) or (stated or line) != self.stands[generation], "it stands on another agreement than it says")
            if leaf_hash(self.agreements.line, canonical, blind(secret, 0)) != leaf:
                raise Wrong("its bytes were changed: they do not give the leaf hash beside them")
        except Wrong as wrong:
            return self.say.wrong(f"Entry {shown(generation)}/0: {wrong}.")
        self.generations[generation] = size, leaf, secret
        self.claims += [(f"the opening of {shown(generation)}", head) for head in ([before] if before else []) + held]
    def check(self, canonical, generation, number):
        entry = Entry(canonical)
        if (entry.generation, entry.number) != (generation, number):
            raise Wrong(f"its bytes are those of entry {shown(entry.generation)}/{entry.number}")
        wrong_if(generation[0] not in self.agreements.all[self.agreements.place(entry.agreement)].keys, "its author is no party")
        wrong_if(entry.agreement != self.stands.get(generation, entry.agreement), "it names another agreement than the opening of its generation")
        wrong_if(any(other == generation and at >= number for other, at in entry.references), "it refers to itself or to a later entry")
        wrong_if(any(seen[0] == generation[0] for seen, _ in entry.seen), "it says that it has seen its own record")
        return entry
    def generation(self, reader):
        self.finish()
        generation = reader.generation()
        reader.end()
        if not self.pending or generation != self.pending.pop(0):
            raise Wrong(f"generation {shown(generation)} stands where another was announced")
        self.current, self.tree = generation, Tree()
        self.append(self.generations[generation][1])
    def append(self, leaf):
        self.tree.append(leaf)
        self.roots[self.current, self.tree.size] = self.tree.root()
    def entry(self, reader):
        size, _, secret = self.generations[self.current]
        number = self.tree.size
        if number >= size:
            return self.say.wrong(f"Entry {shown(self.current)}/{number} was not announced.")
        leaf, canonical = reader.take(32), reader.take(reader.left)
        try:
            wrong_if(self.check(canonical, self.current, number).kind == 0, "only entry 0 of a generation is an opening")
            if secret and leaf_hash(self.agreements.line, canonical, blind(secret, number)) != leaf:
                raise Wrong("its bytes were changed: they do not give the leaf hash beside them")
        except Wrong as wrong:
            self.say.wrong(f"Entry {shown(self.current)}/{number}: {wrong}.")
        self.append(leaf)
    def finish(self):
        if self.current and self.tree.size < self.generations[self.current][0]:
            self.say.wrong(f"Entry {shown(self.current)}/{self.tree.size} is missing.")
        self.current = None
    def compare(self):                                                     # REC-23, REC-24
        for generation in self.pending:
            self.say.wrong(f"Entry {shown(generation)}/{min(1, self.generations[generation][0] - 1)} is missing.")
        for who, (generation, size, root) in self.claims:
            found = self.root(generation, size)
            if found not in (None, root) and who.startswith("the opening"):
                self.say(f"AGAINST ITS AUTHOR: by {who} the first {size} entries of {shown(generation)} are others than those in this file.")
            elif found not in (None, root):
                self.say.wrong(f"By {who} the first {size} entries of {shown(generation)} are others than those in this file.")
        counted = {generation: [0, 0] for generation in self.generations}
        for each in self.checkpoints:
            generation, size, root = each.head
            if each.agreement != self.stands.get(generation, each.agreement):
                self.say.wrong(f"A checkpoint of {shown(generation)} names another agreement than its generation stands on.")
            elif self.root(generation, size) == root and generation in counted:
                counted[generation][each.strength] = max(counted[generation][each.strength], size)
        self.say.line(self.agreements)
        for generation, (light, full) in counted.items():
            size = self.generations[generation][0]
            self.say(f"{self.agreements.name(generation[0])}, generation {generation[1].hex()}: {size} entries; signed in full up to "
                     f"{full}, provisionally up to {light}, unsigned {max(0, size - max(light, full))}.")
    def root(self, generation, size):
        return sha256(b"") if size == 0 else self.roots.get((generation, size))

class Say:
    def __init__(self, expected):
        self.expected, self.good = expected, True
    def __call__(self, sentence):
        print(sentence)
    def wrong(self, sentence):
        self.good = False
        print("WRONG: " + sentence)
    def line(self, agreements):
        print(f"The line is named {agreements.line.hex()}; its parties: {', '.join(map(agreements.name, agreements.all[0].keys))}.")
        if self.expected not in (None, agreements.line.hex()):
            self.wrong(f"The line should be {self.expected}: this is another line, or an agreement that the parties never signed.")

def main(arguments):
    if len(arguments) not in (1, 3) or len(arguments) == 3 and arguments[1] != "--line":
        return print("usage: judge.py FILE [--line HASH]") or 1
    say = Say(arguments[2].lower() if len(arguments) == 3 else None)
    try:
        data = Path(arguments[0]).read_bytes()
        title = data.partition(b"\n")[0]
        if title == b"hotline/1 export":
            Export(data, say).judge()
        elif title in (b"hotline/1 disclosure", b"hotline/1 evidence"):
            (judge_disclosure if title.endswith(b"disclosure") else judge_evidence)(data, say)
        else:
            say.wrong("The file is neither an export nor a disclosure nor evidence of hotline/1.")
    except OSError as error:
        say.wrong(f"The file cannot be read: {error.strerror}.")
    except Wrong as wrong:
        say.wrong(f"{str(wrong)[0].upper()}{str(wrong)[1:]}.")
    print("The file HOLDS." if say.good else "The file DOES NOT HOLD.")
    return 0 if say.good else 1

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
