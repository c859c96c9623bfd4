#!/usr/bin/env python3
"""Judges one file of hotline/1: an export, a disclosed entry or evidence of a rewritten record.

    python3 judge.py FILE [--line HASH]

It says in plain sentences what the file proves or what is wrong with it. Exit code 0: the file holds. 1: it does not, and every
reason is named. It needs Python 3.11 and the library `cryptography` (48 or later), no other file, and no network. The rules are
those of docs/spec, named beside each step. What it cannot know is whether the agreement in the file is the one that the parties
signed, for anybody can make keys and sign with himself: compare the hash that it prints with a party's, or give it with --line.
"""
import base64, collections, contextlib, functools, hashlib, hmac, re, sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey

MIB, ML_KEY, ML_SIGNATURE, KEY, SIGNATURE = 1 << 20, 1_952, 3_309, 1_984, 3_373
LABEL = b"COMPSIG-MLDSA65-Ed25519-SHA512"
SMALL_ORDER = {                                                            # SEAL-2, the sign bit cleared
    "00" * 32, "01" + "00" * 31, "ec" + "ff" * 30 + "7f", "ed" + "ff" * 30 + "7f", "ee" + "ff" * 30 + "7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"}

class Wrong(Exception): pass                                               # a sentence that says what does not hold
def wrong_if(condition, sentence):
    if condition:
        raise Wrong(sentence)
sha256 = lambda data: hashlib.sha256(data).digest()
blind = lambda secret, number: hmac.digest(secret, b"hotline/1 blind\n" + number.to_bytes(8, "big"), "sha256")[:16]        # ENT-5
leaf_hash = lambda line, canonical, blind: sha256(b"\x00hotline/1 entry\n" + line + canonical + blind)                    # ENT-4
node = lambda left, right: sha256(b"\x01" + left + right)                                                                 # REC-1
shown = lambda generation: f"{generation[0]}/{generation[1].hex()}"
Keys = collections.namedtuple("Keys", "root station light pin next recovery")
KeySet = collections.namedtuple("KeySet", "basis keys stolen")               # the basis: (agreement, key statement or nothing), ENT-30
halves = lambda key: (key[:ML_KEY], key[ML_KEY:])
parts = lambda keys: (*halves(keys.root), *halves(keys.station), keys.light, keys.pin, keys.next, *keys.recovery)
brought = lambda new, old: {each for each, before in zip(parts(new)[:7], parts(old)) if each != before}      # AGR-54: the recovery keys aside
identity = lambda keys: sha256(b"hotline/1 identity\n" + keys.root + keys.station + keys.light)                           # AGR-38

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
    field = lambda self, limit: self.take(self.integer(limit))             # ENC-2
    def generation(self):                                                  # ENC-5, ENC-6: (station, name)
        number = self.take(1)[0]
        wrong_if(not 1 <= number <= 15, f"there is no station {number}")
        return number, self.take(8)
    head = lambda self: (self.generation(), self.integer(), self.take(32)) # ((station, name), size, root)
    end = lambda self: wrong_if(self.left, "bytes are left over")
def unbase64(text, length=None):                                           # ENC-10
    try:
        data = base64.b64decode(text.encode(), validate=True)
    except ValueError:
        raise Wrong("a value is not base64") from None
    wrong_if(base64.b64encode(data).decode() != text, "a value is base64 in another than its one form")
    wrong_if(length not in (None, len(data)) or length == 32 and not any(data), "a value has another length, or is all zeros")
    return data
WRAPPED = r"((?:  \S{72}\n)*  \S{1,72}\n)"
joined = lambda text, length: unbase64("".join(text.split()), length)          # a value that is wrapped

# Signatures (sealing.md)
def checked_key(data, length):
    wrong_if(len(data) != length, f"a key has {len(data)} bytes, where {length} are expected")
    wrong_if((data[-32:-1] + bytes([data[-1] & 0x7F])).hex() in SMALL_ORDER, "a key is of small order: its holder could repudiate what it signs")
    return data
def holds(library, key, signature, *message):
    try:
        return library.from_public_bytes(key).verify(signature, *message) is None
    except (InvalidSignature, ValueError):
        return False
def composite_holds(key, signature, message):                              # SEAL-3: both halves
    body = b"CompositeAlgorithmSignatures2025" + LABEL + b"\x00" + hashlib.sha512(message).digest()
    return (holds(MLDSA65PublicKey, key[:ML_KEY], signature[:ML_SIGNATURE], body, LABEL)
            and holds(Ed25519PublicKey, key[ML_KEY:], signature[ML_SIGNATURE:], body))

def read_keys(block, indent):                                              # AGR-31, AGR-8, AGR-9
    root, station = (re.search(rf"^{indent}{key}\n((?:{indent}  \S+\n)+)", block, re.M) for key in ("root", "station"))
    light, pin, next = (re.search(rf"^{indent}{key} +(\S+)$", block, re.M) for key in ("light", "tls-pin", "next"))
    wrong_if(None in (root, station, light, pin, next), "the keys of a party are incomplete")
    recovery = tuple(unbase64(each, 32) for each in re.findall(rf"^{indent}recovery +(\S+)$", block, re.M) if each != "none")
    root, station = (checked_key(joined(each[1], KEY), KEY) for each in (root, station))
    return Keys(root, station, checked_key(unbase64(light[1]), 32), unbase64(pin[1], 32), unbase64(next[1], 32), recovery)

# The agreement: the keys that it lists and whether all have signed it. What else it says is for people to read.
class Agreement:
    def __init__(self, data):
        head, mark, below = data.partition(b"\n\nSIGNATURES\n")
        wrong_if(not mark or not data.startswith(b"HOTLINE AGREEMENT 1\n") or len(data) > MIB, "the agreement is no agreement of version 1 of the format")
        self.text, self.hash = head + b"\n\n", sha256(head + b"\n\n")      # AGR-32, AGR-35
        text, below = self.text.decode("utf-8", "replace"), below.decode("utf-8", "replace")
        wrong_if(text.encode() != self.text, "the agreement is not UTF-8")
        top, _, rest = text.partition("\n\nPARTIES\n")
        header = dict(re.findall(r"^(line|date|version|first|amends|suite) +(.*)$", top.partition("\n\nPREAMBLE\n")[0], re.M))
        parties, _, rest = rest.partition("\n\nLANGUAGES\n")
        self.names = {int(n): name for n, name in re.findall(r'^party +(\d+)\n(?:  .*\n)*?  name +\S+ "(.*)"$', parties + "\n", re.M)}
        wrong_if(not re.fullmatch(r"[1-9]\d{0,6}", header.get("version", ""), re.A) or "date" not in header, "the agreement has no version or no date")
        self.version, self.date = int(header["version"]), header["date"]
        self.first, self.amends = header.get("first", "").split(), header.get("amends", "")
        self.keys, self.nonces = {}, {unbase64(nonce, 32) for nonce in re.findall(r"^  nonce +(\S+)$", parties, re.M)}
        for block in ("\n" + rest.partition("\n\nKEYS\n")[2]).split("\nkeys ")[1:]:
            self.keys[int(block.split("\n")[0])] = read_keys(block, "  ")
        numbers = {int(number) for number in re.findall(r"^party +(\d+)$", parties, re.M)}
        wrong_if(set(self.keys) != numbers or len(numbers) < 2 or header.get("suite") != "1",
                 "the agreement does not list the keys of each of its parties, or is not of suite 1")
        self.check_signatures(below)
    def check_signatures(self, below):                                     # AGR-33, AGR-34
        pattern = rf"\nsignature (\d+)\n{WRAPPED}"
        numbers = [int(number) for number, _ in re.findall(pattern, below)]
        wrong_if(re.sub(pattern, "", below) or numbers != sorted(set(numbers)) or set(numbers) - set(self.keys),
                 "below SIGNATURES stands something else than the signatures of the parties in their order")
        signatures = {int(number): joined(lines, None) for number, lines in re.findall(pattern, below)}
        for party, keys in self.keys.items():
            wrong_if(party not in signatures, f"party {party} has not signed the agreement")
            wrong_if(len(signatures[party]) != SIGNATURE or not composite_holds(keys.root, signatures[party], b"hotline/1 agreement\n" + self.text),
                     f"the signature of party {party} under the agreement is not one by its root key over this text")
    def follows(self, before, first, in_force, stood):                     # AGR-36
        wrong_if(self.version != before.version + 1 or self.first != [first.date, first.hash.hex()] or self.amends != before.hash.hex()
                 or self.date < before.date or set(self.keys) != set(before.keys), f"agreement {self.version} does not follow agreement {before.version}")
        for party, keys in self.keys.items():
            old = in_force[party]
            wrong_if(keys[:3] != old[:3] and (identity(keys) != old.next or keys.next == old.next) or brought(keys, old) & stood,
                     f"the keys of party {party} in agreement {self.version} are neither the old ones nor new ones that were announced")

# Key statements: how a party replaces its keys, with nobody's leave (AGR-49 to AGR-57)
STATEMENT = re.compile(
    r"HOTLINE KEY STATEMENT 1\n\nline {10}([0-9a-f]{64})\nagreement {5}([0-9a-f]{64})\nparty {9}([1-9]|1[0-5])\nversion {7}([1-9]\d{0,5}|1000000)\ndate {10}"
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\nreason {8}(replaced|stolen)\nauthority {5}(?:(root|next)|recovery)\n\nlight {9}\S+\ntls-pin {7}\S+\nnext {10}\S+\n"
    rf"(?:recovery {{6}}none\n|(?:recovery {{6}}\S+\n){{3}})\nroot\n{WRAPPED}\nstation\n{WRAPPED}(?(6)|\nrecovery-key\n{WRAPPED}\nrecovery-key\n{WRAPPED})"
    rf"\nsignature\n{WRAPPED}(?(6)|\nsignature\n{WRAPPED})", re.A)
class KeyStatement:
    def __init__(self, data):
        match = STATEMENT.fullmatch(data.decode("utf-8", "replace")) if len(data) <= 65_536 else None
        wrong_if(not match, "a key statement is not in its one form")
        self.text = data[:data.index(b"\nsignature\n") + 1]                 # AGR-50
        self.hash, self.line, self.agreement = sha256(self.text), bytes.fromhex(match[1]), bytes.fromhex(match[2])
        self.party, self.version, self.stolen, self.authority = int(match[3]), int(match[4]), match[5] == "stolen", match[6] or "recovery"
        self.keys = read_keys(self.text.decode(), "")
        self.recovery = [checked_key(joined(each, KEY), KEY) for each in match.group(9, 10) if each]
        self.signatures = [joined(each, SIGNATURE) for each in match.group(11, 12) if each]
        wrong_if(len(set(parts(self.keys))) != len(parts(self.keys)), "a value stands twice in a key statement")
    def check(self, agreements, before, version):                          # AGR-51 to AGR-54
        keys, who = self.keys, f"key statement {self.version} of party {self.party}"
        wrong_if((self.line, self.agreement) != (agreements.line, agreements.all[-1].hash), f"{who} is not on the last agreement of this line")
        wrong_if(not version < self.version <= version + 1_000, f"{who} does not follow its statement {version}")
        places = [before.recovery.index(sha256(key)) if sha256(key) in before.recovery else -1 for key in self.recovery]
        allowed = {"root": (keys.root, keys.next) == (before.root, before.next), "next": identity(keys) == before.next != keys.next,
                   "recovery": keys.next != before.next and -1 not in places and places == sorted(set(places))}
        wrong_if(keys.recovery != before.recovery or not allowed[self.authority], f"{who} is not on the word of whom it says")
        changed = [new != old for new, old in zip(keys[1:4], before[1:4])]
        wrong_if(not any(changed) or self.stolen and not all(changed), f"{who} replaces nothing, or not all that was stolen")
        wrong_if(brought(keys, before) & agreements.stood, f"{who} brings in what has stood on the line before")
        signers = {"root": [before.root], "next": [keys.root], "recovery": self.recovery}[self.authority]
        body = b"hotline/1 key statement\n" + self.line + bytes([self.party]) + self.text
        wrong_if(not all(map(composite_holds, signers, self.signatures, [body] * 2)), f"a signature under {who} does not hold")

class Agreements:
    """The agreements in order, behind each the key statements on it. The hash of the first names the line (REC-25)."""
    def __init__(self, texts):
        self.all, self.sets, self.versions, self.stood = [], {}, {}, set()
        for text in texts:
            (self.state if text.startswith(b"HOTLINE KEY STATEMENT 1\n") else self.agree)(text)
        wrong_if(not self.all, "the first agreement of the line is missing")
    line = property(lambda self: self.all[0].hash)
    def agree(self, text):
        agreement = Agreement(text)
        wrong_if(not self.all and agreement.version != 1, "the first agreement of the line is missing")
        if self.all:
            agreement.follows(self.all[-1], self.all[0], {party: sets[-1].keys for party, sets in self.sets.items()}, self.stood)
        self.all.append(agreement)
        self.stood |= agreement.nonces.union(*(parts(each)[:7] for each in agreement.keys.values()))
        for party, keys in agreement.keys.items():
            self.sets.setdefault(party, []).append(KeySet((agreement.hash, None), keys, False))
    def state(self, text):
        found = KeyStatement(text)
        wrong_if(found.party not in self.sets, "a key statement is of nobody")
        found.check(self, self.sets[found.party][-1].keys, self.versions.get(found.party, 0))
        self.versions[found.party] = found.version
        self.stood |= set(parts(found.keys)[:7])
        self.sets[found.party].append(KeySet((self.all[-1].hash, found.hash), found.keys, found.stolen))
    knows = lambda self, party, basis: any(each.basis == basis for each in self.sets[party])
    theft = lambda self, party: max([rank for rank, each in enumerate(self.sets[party]) if each.stolen], default=0)     # AGR-57
    name = lambda self, party: f"party {party} ({self.all[0].names.get(party, '?')})"

# Entries and trees (entries.md, record.md)
class Entry:
    def __init__(self, data):                                              # ENT-1 to ENT-3
        reader = Reader(data)
        self.agreement, self.generation, self.number = reader.take(32), reader.generation(), reader.integer(2**62 - 2)
        self.kind, handling, self.from_post, self.to_post, self.language = reader.take(5)
        self.precedence, self.exercise, self.channel, self.time = handling >> 6, bool(handling & 32), handling & 31, reader.integer()
        self.references = [(reader.generation(), reader.integer(2**62 - 2)) for _ in range(reader.integer(16))]
        self.seen = [(reader.generation(), reader.integer()) for _ in range(reader.integer(14))]
        self.content = reader.field(262_144)
        reader.end()
        stations = [generation[0] for generation, _ in self.seen]
        wrong_if(stations != sorted(set(stations)), "what its author had seen is not in rising order of station")
    def opening(self):                             # ENT-6 to ENT-8, ENT-30: secret, predecessor, held, the agreement it names
        wrong_if(self.kind != 0 or self.number != 0, "it is no opening")
        reader = Reader(self.content)
        secret, _ = reader.take(32), reader.integer()
        before = reader.head() if reader.integer(1) else None
        held = [reader.head() for _ in range(reader.integer(56))]
        basis = read_basis(reader) if reader.left else None
        reader.end()
        wrong_if([head[0] for head in held] != sorted({head[0] for head in held}), "the heads that it holds are not in rising order")
        wrong_if(before and (before[0][0] != self.generation[0] or before[0] == self.generation), "its predecessor is another station's, or itself")
        wrong_if(any(head[0][0] == self.generation[0] for head in held), "it holds heads of its own station")
        return secret, before, held, basis
def read_basis(reader):                                                    # ENT-30
    return reader.take(32), reader.take(32) if reader.integer(1) else None

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
        held = [HOLDS.fullmatch(line) for line in match[7].splitlines()] if match else []
        wrong_if(not match or None in held or len(signature) != (64, SIGNATURE)[strength], "a checkpoint is not in its one form")
        self.line, self.agreement = bytes.fromhex(match[1]), bytes.fromhex(match[6])
        heads = [((int(station), bytes.fromhex(name)), int(size), unbase64(root)) for station, name, size, root
                 in (match.group(2, 3, 4, 5), *(each.groups() for each in held))]
        wrong_if(any(size >= 2**62 or size == 0 and root != sha256(b"") for _, size, root in heads), "a size in a checkpoint is none, or its root")
        self.head, *self.holds = heads
        self.signer, generations = self.head[0][0], [head[0] for head in self.holds]
        wrong_if(generations != sorted(set(generations)) or self.signer in dict(generations),
                 "the heads held in a checkpoint are not in rising order, or its signer's own")
    @classmethod
    def stored(cls, reader):
        strength = reader.take(1)[0]
        wrong_if(strength > 1, "a checkpoint is neither light nor full")
        return cls(strength, reader.field(16_384), reader.take((64, SIGNATURE)[strength]))
    def verify(self, agreements, basis=None):                              # REC-5: without its basis, each of the signer's keys under the agreement
        wrong_if(self.line != agreements.line, "a checkpoint is of another line")
        wrong_if(self.signer not in agreements.sets, f"station {self.signer} has signed a checkpoint and is no party")
        ranks = [rank for rank, each in enumerate(agreements.sets[self.signer]) if basis in (None, each.basis) and each.basis[0] == self.agreement]
        for rank in ranks:
            keys = agreements.sets[self.signer][rank].keys
            if composite_holds(keys.station, self.signature, self.text) if self.strength else holds(Ed25519PublicKey, keys.light, self.signature, self.text):
                return rank
        raise Wrong(f"the signature under a checkpoint of party {self.signer} (size {self.head[1]}) does not hold" if ranks
                    else "a checkpoint names an agreement or keys that are not in the file")
def check_fork(agreements, a, b):                                          # REC-7, REC-40
    wrong_if(a.head[2] >= b.head[2], "of the two checkpoints the one with the lower root must stand first")
    wrong_if(a.head[:2] != b.head[:2], "the two checkpoints do not contradict each other")
    (a.verify(agreements), b.verify(agreements))
def fork_sentence(agreements, head):
    return f"{agreements.name(head[0][0])} has REWRITTEN its record: it signed two different heads of generation {shown(head[0])} at size {head[1]}"

# Texts: disclosure and evidence (REC-30 to REC-40). Each has exactly one form: no other byte may stand anywhere.
value = lambda name: rf"(?:{name} (?:[^ \n]{{72}}\n )*[^ \n]{{0,72}}\n)"
CHECKPOINT_LINES = rf"checkpoint (light|full)\n((?:\| .*\n)+)({value('signature')})"
DISCLOSURE = (rf"hotline/1 disclosure\n({value('agreement')}+)entry (\S+)\n({value('bytes')})({value('blind')})({value('path')}*)" + CHECKPOINT_LINES)
EVIDENCE = rf"hotline/1 evidence\n({value('agreement')}+)" + CHECKPOINT_LINES * 2
def parsed(pattern, data):
    match = re.fullmatch(pattern, data.decode("utf-8", "replace"))
    wrong_if(not match, "the text is not in its one form: a line is missing, changed, broken elsewhere or too many")
    return match
def values(text):                              # of lines that follow each other; one that fills a line has no empty one below it
    wrong_if("\n \n" in text + "\n", "a value is broken where it need not be")
    return [unbase64("".join(re.split(r"\n ?", each))) for each in re.findall(r"^\S+ ((?:.*\n)(?: .*\n)*)", text, re.M)]
def text_checkpoint(strength, bars, signature):
    return Checkpoint(("light", "full").index(strength), re.sub(r"^\| ", "", bars, flags=re.M).encode(), values(signature)[0])
def judge_disclosure(data, say):
    match = parsed(DISCLOSURE, data)
    canonical, blinding, path = values(match[3])[0], values(match[4])[0], values(match[5])
    entry = Entry(canonical)
    wrong_if(match[2] != f"{shown(entry.generation)}/{entry.number}", "the entry is not the one that the disclosure names")
    wrong_if(entry.number == 0 or entry.kind == 0, "an opening must never be disclosed")                                # REC-31
    wrong_if(len(blinding) != 16 or any(len(each) != 32 for each in path), "the blind or the path has another length")
    checkpoint, agreements = text_checkpoint(*match.groups()[5:8]), Agreements(values(match[1]))
    say.line(agreements)
    rank = checkpoint.verify(agreements)
    wrong_if((checkpoint.head[0], checkpoint.agreement) != (entry.generation, entry.agreement), "the checkpoint is of another generation or agreement")
    wrong_if(root_of_path(leaf_hash(agreements.line, canonical, blinding), entry.number, checkpoint.head[1], path) != checkpoint.head[2],
             "the entry, its blind or its path was changed: they do not lead to the signed head")
    say("These keys were stolen later: by itself this does not tell who has signed.") if rank < agreements.theft(checkpoint.signer) else None      # REC-29
    say(f"{agreements.name(entry.generation[0])} wrote entry {match[2]}, and has signed it ({match[6]} checkpoint of size {checkpoint.head[1]}).")
    say(f"Kind {entry.kind}, precedence {('FLASH', 'IMMEDIATE', 'PRIORITY', 'ROUTINE')[entry.precedence]}, channel {entry.channel}, "
        f"from post {entry.from_post} to post {entry.to_post}{', marked EXERCISE' if entry.exercise else ''}. By its author's own clock "
        f"{entry.time} seconds after {agreements.all[0].date}.")
    say("Its content, with what is not visible as escapes: "
        + "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in entry.content.decode("utf-8", "backslashreplace")))
def judge_evidence(data, say):
    match = parsed(EVIDENCE, data)
    pair, agreements = [text_checkpoint(*match.groups()[at:at + 3]) for at in (1, 4)], Agreements(values(match[1]))
    say.line(agreements)
    check_fork(agreements, *pair)
    say(f"The evidence holds: {fork_sentence(agreements, pair[0].head)}.")

# Exports (REC-20 to REC-29)
LIMITS = {1: MIB, 2: MIB, 3: 1 << 16, 4: 1 << 17, 5: 1 << 19, 6: 9, 7: 1 << 19, 8: 32}
class Export:
    def __init__(self, data, say):
        self.data, self.say, self.agreements, self.current = data, say, None, None
        self.texts, self.checkpoints, self.claims, self.pending = [], [], [], []
        self.generations, self.roots, self.stands, self.signed, self.rosters, self.seen = {}, {}, {}, {}, {}, {}
    def judge(self):
        with self.say.unless("The file cannot be read to its end"):
            self.read()
            self.finish()
            self.agreements = self.agreements or Agreements(self.texts)
        self.compare() if self.agreements else None
    def read(self):
        reader, last, sums = Reader(self.data), 0, {}
        reader.take(len(b"hotline/1 export\n"))
        while True:
            wrong_if(not reader.left, "the end section is missing")
            kind = reader.take(1)[0]
            wrong_if(kind not in LIMITS, f"there is no section of type {kind}")
            body = reader.field(LIMITS[kind])
            wrong_if(kind < last and (kind, last) != (6, 7) or kind == 7 and last < 6, f"a section of type {kind} stands behind one of type {last}")
            last, sums[kind] = kind, sums.get(kind, 0) + (1 if kind == 4 else len(body))
            wrong_if(sums.get(1, 0) > 16 * MIB or sums.get(2, 0) > 4 * MIB or sums.get(4, 0) > 100, "it holds more than an export may")
            if kind == 1:
                self.texts.append(body)
                continue
            if kind == 8:
                self.finish()
                wrong_if(body != sha256(self.data[:reader.at - len(body)]), "the digest at the end is not that of the file: it was damaged")
                return wrong_if(reader.left, "bytes stand behind the end of the file")
            self.agreements = self.agreements or Agreements(self.texts)
            (self.roster, self.checkpoint, self.evidence, self.opening, self.generation, self.entry)[kind - 2](Reader(body))
    def roster(self, reader):                                              # REC-28, AGR-46 to AGR-48
        with self.say.unless("A roster does not hold"):
            party, content = reader.take(1)[0], Reader(reader.take(reader.left))
            version, codes, keys = content.integer(), [], []
            for _ in range(content.integer(64)):
                codes.append(content.field(32))
                wrong_if(not re.fullmatch(rb"[a-z][a-z0-9]*(-[a-z0-9]+)*", codes[-1]) or not 0 < content.take(1)[0] < 64, "an officer has no code or no role")
                keys += [checked_key(content.take(32), 32), *halves(checked_key(content.take(KEY), KEY))]
            message, signature = b"hotline/1 roster\n" + self.agreements.line + bytes([party]) + content.data[:content.at], content.take(SIGNATURE)
            content.end()
            wrong_if(codes != sorted(set(codes)) or len(set(keys)) != len(keys), "its officers are not in order, or a key stands twice")
            wrong_if(version <= self.rosters.get(party, 0), f"version {version} is not above the one before it")
            roots = [each.keys.root for each in self.agreements.sets.get(party, [])]
            wrong_if(not any(composite_holds(root, signature, message) for root in roots), "no root key of its party has signed it")
            self.rosters[party] = version
    def checkpoint(self, reader):
        with self.say.unless("A checkpoint does not hold"):
            found = Checkpoint.stored(reader)
            reader.end()
            found.verify(self.agreements)
            self.checkpoints.append(found)
            self.claims += [(f"a checkpoint of party {found.signer}", head) for head in (found.head, *found.holds)]
            if self.signed.setdefault(found.head[:2], found.head)[2] != found.head[2]:
                self.say.wrong(fork_sentence(self.agreements, found.head) + ".")
    def evidence(self, reader):
        with self.say.unless("Evidence in the file proves nothing"):
            a, b = Checkpoint.stored(reader), Checkpoint.stored(reader)
            reader.end()
            check_fork(self.agreements, a, b)
            self.say.wrong(fork_sentence(self.agreements, a.head) + ".")
    def opening(self, reader):
        generation, size, leaf = reader.generation(), reader.integer(), reader.take(32)
        wrong_if(generation in self.generations or size < 1, f"generation {shown(generation)} is announced twice or without an entry")
        self.generations[generation], canonical = (size, leaf, None), reader.take(reader.left)
        self.pending.append(generation)
        with self.say.unless(f"Entry {shown(generation)}/0"):
            secret, before, held, basis = Entry(canonical).opening()           # ENT-30, REC-25
            wrong_if(basis == (self.agreements.line, None), "it says that it stands on the first agreement, which goes without saying")
            self.check(canonical, generation, 0, secret, leaf, basis := basis or (self.agreements.line, None))
            self.stands[generation] = basis
            self.agreements.knows(generation[0], basis) or self.say(
                f"AGAINST ITS AUTHOR: the opening of {shown(generation)} stands on an agreement or a key statement that is not in this file.")
            self.generations[generation] = size, leaf, secret
            self.claims += [(f"the opening of {shown(generation)}", head) for head in ([before] if before else []) + held]
    def check(self, canonical, generation, number, secret, leaf, basis=None):
        entry = Entry(canonical)
        wrong_if((entry.generation, entry.number) != (generation, number), f"its bytes are those of entry {shown(entry.generation)}/{entry.number}")
        basis = basis or self.stands.get(generation)                       # nothing of an opening that fails is used
        wrong_if(generation[0] not in self.agreements.sets, "its author is no party")      # REC-27
        wrong_if(basis and entry.agreement != basis[0], "it names another agreement than the opening of its generation")
        if entry.kind == 4:                                                # ENT-32
            reader = Reader(entry.content)
            stated, version, keys, _ = read_basis(reader), reader.integer(1_000_000), reader.integer(1_000_000), reader.end()
            wrong_if(stated != (basis or stated) or not version or bool(keys) != bool(stated[1]), "it states another basis than that of its generation")
        wrong_if(any(other == generation and at >= number for other, at in entry.references) or any(seen[0] == generation[0] for seen, _ in entry.seen),
                 "it refers to itself or to a later entry, or says that it has seen its own record")
        wrong_if((entry.kind == 0) != (number == 0), "only entry 0 of a generation is an opening")
        wrong_if(secret and leaf_hash(self.agreements.line, canonical, blind(secret, number)) != leaf,
                 "its bytes were changed: they do not give the leaf hash beside them")
        seen, left = self.seen.setdefault(generation, ({}, []))            # ENT-3: by station what it has seen; all generations that it had left
        now = {each[0]: (each, size) for each, size in entry.seen}
        wrong_if(any(now[at][0] in [each for each in left if each[0] == at][-64:] or now[at][0] == before[0] and now[at] < before
                     for at, before in seen.items() if at in now), "it has seen less than an entry before it")
        left += [before[0] for at, before in seen.items() if at in now and now[at][0] != before[0]]
        seen.update(now)
    def generation(self, reader):
        self.finish()
        generation, _ = reader.generation(), reader.end()
        wrong_if(not self.pending or generation != self.pending.pop(0), f"generation {shown(generation)} stands where another was announced")
        self.current, self.size, self.peaks = generation, 0, []
        self.append(self.generations[generation][1])
    def append(self, leaf):
        self.peaks.append(leaf)                                            # REC-1: the roots of the full parts of the tree
        self.size += 1
        for _ in range((self.size & -self.size).bit_length() - 1):
            right = self.peaks.pop()
            self.peaks.append(node(self.peaks.pop(), right))
        self.roots[self.current, self.size] = functools.reduce(lambda right, left: node(left, right), reversed(self.peaks))
    def entry(self, reader):
        size, _, secret = self.generations[self.current]
        if self.size >= size:
            return self.say.wrong(f"Entry {shown(self.current)}/{self.size} was not announced.")
        leaf = reader.take(32)
        with self.say.unless(f"Entry {shown(self.current)}/{self.size}"):
            self.check(reader.take(reader.left), self.current, self.size, secret, leaf)
        self.append(leaf)
    def finish(self):
        if self.current and self.size < self.generations[self.current][0]:
            self.say.wrong(f"Entry {shown(self.current)}/{self.size} is missing.")
        self.current = None
    def compare(self):                                                     # REC-23, REC-24
        for generation in self.pending:
            self.say.wrong(f"Entry {shown(generation)}/{min(1, self.generations[generation][0] - 1)} is missing.")
        for who, (generation, size, root) in self.claims:
            found = self.root(generation, size)
            if found not in (None, root):
                (self.say if who.startswith("the opening") else self.say.wrong)(
                    f"AGAINST ITS AUTHOR: by {who} the first {size} entries of {shown(generation)} are others than those in this file.")
        counted = {generation: [0, 0] for generation in self.generations}
        for each in self.checkpoints:
            generation, size, root = each.head
            with self.say.unless(f"A checkpoint of {shown(generation)} is not signed on what its generation stands on"):
                each.verify(self.agreements, self.stands.get(generation))
                if self.root(generation, size) == root and generation in counted:
                    counted[generation][each.strength] = max(counted[generation][each.strength], size)
        self.say.line(self.agreements)
        for generation, (light, full) in counted.items():
            size = self.generations[generation][0]
            ranks = [rank for rank, each in enumerate(self.agreements.sets.get(generation[0], [])) if each.basis == self.stands.get(generation)]
            stolen = " Its keys were stolen later." if ranks and ranks[0] < self.agreements.theft(generation[0]) else ""        # REC-29
            self.say(f"{self.agreements.name(generation[0])}, generation {generation[1].hex()}: {size} entries; signed in full up to "
                     f"{full}, provisionally up to {light}, unsigned {max(0, size - max(light, full))}.{stolen}")
    root = lambda self, generation, size: sha256(b"") if size == 0 else self.roots.get((generation, size))

class Say:
    def __init__(self, expected):
        self.expected, self.good = expected, True
    __call__ = lambda self, sentence: print(sentence)
    @contextlib.contextmanager
    def unless(self, what):                                                # it all holds; else what does not, and why
        try:
            yield
        except Wrong as wrong:
            self.wrong(f"{what}: {wrong}.")
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
    say = Say(arguments[2].lower() if arguments[2:] else None)
    kinds = {b"hotline/1 export": lambda *each: Export(*each).judge(), b"hotline/1 disclosure": judge_disclosure, b"hotline/1 evidence": judge_evidence}
    with say.unless("The file proves nothing"):
        data = Path(arguments[0]).read_bytes() if Path(arguments[0]).is_file() else b""
        title = data.partition(b"\n")[0]
        wrong_if(title not in kinds, "it is neither an export nor a disclosure nor evidence of hotline/1, or cannot be read")
        kinds[title](data, say)
    print("The file HOLDS." if say.good else "The file DOES NOT HOLD.")
    return 0 if say.good else 1

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
