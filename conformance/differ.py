"""Differential fuzzing: the same bytes into both implementations; they must end in the same class, and read the same where that is well.

    python -m conformance.differ --classes BINARY [--cases N] [--seed S] [--jobs 2] [--kind KIND …]

BINARY is `hotline-classes`. The cases are vectors that were changed by chance: bits and bytes, lengths, pieces cut, doubled and joined with those of
another, lines of texts. The same seed makes the same cases. Prints each difference with its bytes, and ends with a line 'N cases, D differences'.
"""

import argparse
import multiprocessing
import random
import subprocess
import sys
import tempfile
import time

from . import entries, exports, frames, items, vectors
from .agreement import Agreement
from .cards import Card
from .checkpoints import Checkpoint, Statement
from .disclosures import Disclosure, Evidence
from .encoding import Reader, base64, integer, sha256, unbase64, unhex
from .entries import Entry, Opening, check_holdable
from .epochs import Accept, Batch, Confirmation, Offer
from .errors import Failure, Malformed
from .keys import COMPOSITE_KEY, COMPOSITE_SIGNATURE, LIGHT_KEY, LIGHT_SIGNATURE, CompositeKey, LightKey
from .rosters import Roster
from .statements import KeyStatement

LINE, BLINDS, LIMIT = sha256(b""), bytes([7]) * 32, 1_024
BATCH_CASES, BATCH_BYTES = 20_000, 96 << 20


def whole(read):
    def decode(data: bytes):
        reader = Reader(data)
        value = read(reader)
        reader.end()
        return value
    return decode


def leaf(data: bytes) -> str:
    entry = Entry.decode(data)
    return entries.leaf(LINE, data, entries.blind(BLINDS, entry.number)).hex()


def head(reader: Reader) -> str:
    found = reader.head()
    return f"{found.generation} {found.size} {base64(found.root)}"


def characters(read):
    def decode(data: bytes) -> str:
        try:
            return read(data.decode()).hex()
        except UnicodeDecodeError:
            raise Malformed("not UTF-8") from None
    return decode


def nothing(decode):
    def read(data: bytes) -> str:
        decode(data)
        return ""
    return read


def epochs_of(kind):
    return lambda data: " ".join(str(each.epoch) for each in Batch.decode(kind, data).each)


def in_force(data: bytes) -> str:
    found = entries.InForce.decode(data)
    return f"{found.version} {found.keys_version}"


def statement(data: bytes) -> str:
    found = Statement.decode(data)
    return f"{found.signer} {found.head.size}"


def roster(data: bytes) -> str:
    found = Roster.decode(data)
    return f"{found.version} {len(found.officers)}"


def export(data: bytes) -> str:
    report = exports.verify(data)
    for found, word in ((report.forks, "fork"), (report.problems, "problem")):
        if found:
            raise Ended(word)
    return str(sum(each.size for each in report.generations))


class Ended(Failure):
    """A report that is not good."""

    def __init__(self, word: str):
        super().__init__(word)
        self.expect = word


def signature(key, key_length: int, length: int):
    """The key, the signature and the message, one behind the other."""
    def decode(data: bytes) -> str:
        if len(data) < key_length + length:
            raise Malformed("too short")
        key(data[:key_length]).verify(data[key_length:key_length + length], data[key_length + length:])
        return ""
    return decode


def frame(data: bytes) -> str:
    part = frames.Opener(LINE, 2, 1).open(data)
    return f"{part.offset} {part.total} {part.data.hex()}"


READERS = {
    "integer": whole(lambda reader: str(reader.integer())), "field": whole(lambda reader: reader.field(LIMIT).hex()),
    "text": whole(lambda reader: reader.text(LIMIT).encode().hex()), "generation": whole(lambda reader: str(reader.generation())),
    "entry-name": whole(lambda reader: str(reader.entry_name())), "head": whole(head),
    "hexadecimal": characters(lambda text: unhex(text, len(text) // 2)), "base64": characters(unbase64),
    "entry": leaf, "opening": lambda data: Opening.of(Entry.decode(data)).secret.hex(), "holdable": nothing(lambda data: check_holdable(Entry.decode(data))),
    "declaration": lambda data: str(len(entries.Declaration.decode(data).lost)), "recovered": lambda data: str(entries.Recovered.decode(data).first),
    "in-force": in_force, "roster": roster, "checkpoint-text": statement, "checkpoint": nothing(Checkpoint.decode),
    "plaintext": lambda data: str(len(items.decode(data))), "fragmented": nothing(items.decode_object),
    "offers": epochs_of(Offer), "accepts": epochs_of(Accept), "confirmations": epochs_of(Confirmation), "frame": frame,
    "agreement": lambda data: Agreement.decode(data).hash.hex(), "key-statement": lambda data: KeyStatement.decode(data).hash.hex(),
    "card": nothing(Card.decode), "light-key": nothing(LightKey), "light-signature": signature(LightKey, LIGHT_KEY, LIGHT_SIGNATURE),
    "composite-signature": signature(CompositeKey, COMPOSITE_KEY, COMPOSITE_SIGNATURE), "export": export,
    "disclosure": lambda data: str(Disclosure.decode(data).verify().name), "evidence": nothing(lambda data: Evidence.decode(data).verify()),
}
# What holds several things can be wrong in several ways at once: whether it proves is compared, and not why it does not.
WHETHER = {"disclosure": "good", "evidence": "fork"}
# How often each is chosen: what is read in microseconds often, long texts seldom.
SHARES = {kind: 60 for kind in ("entry", "plaintext", "opening", "holdable", "fragmented", "frame")} | {
    kind: 30 for kind in ("integer", "field", "text", "generation", "entry-name", "head", "hexadecimal", "base64", "declaration", "recovered", "in-force",
                          "checkpoint-text", "light-key")} | {
    "checkpoint": 8, "light-signature": 4, "composite-signature": 4, "confirmations": 12, "offers": 4, "accepts": 4, "roster": 6, "key-statement": 3, "card": 2,
    "disclosure": 1, "evidence": 1, "agreement": 0.4, "export": 0.3}
EDGES = (0, 1, 2, 15, 16, 0x3F, 0x40, 0x7F, 0x80, 0xBF, 0xC0, 0xFF)
MARKS = (b"0", b"9", b'"', b"\\", b" ", b"=", b"A", b"\xc2\xa0", b"\xe2\x80\x8b", b"-", b"/")
LONG = 70_000                                                   # longer seeds prove little more, and cost much


def read(kind: str, data: bytes) -> str:
    try:
        value = READERS[kind](data)
    except Failure as failure:
        return "bad" if kind in WHETHER else failure.expect
    except Exception as error:                                  # a fault of ours, to be shown with its bytes
        return f"stopped: {error!r}"
    good = WHETHER.get(kind, "good")
    return f"{good} {value}" if value else good


class Changer:
    """Changes bytes by chance."""

    def __init__(self, seed, seeds: list[bytes]):
        self.random, self.seeds = random.Random(seed), seeds
        self.ways = (self.flip, self.put, self.nudge, self.cut, self.drop, self.double, self.insert, self.join, self.number, self.line)

    def change(self) -> bytes:
        """An export half the time with a right digest: it finds accidents, and hides what lies behind it (REC-21)."""
        data = bytearray(self.random.choice(self.seeds))
        for _ in range(self.random.choice((1, 1, 1, 2, 2, 4))):
            data = self.random.choice(self.ways)(data)
        if data.startswith(exports.MAGIC) and self.random.randrange(2):
            data[-32:] = sha256(bytes(data[:-32]))
        return bytes(data)

    def at(self, data) -> int:
        """A place, more often near the start, where the numbers are."""
        return min(self.random.randrange(len(data) + 1), self.random.randrange(len(data) + 1)) if data else 0

    def span(self, data) -> tuple[int, int]:
        start = self.at(data)
        return start, min(len(data), start + self.random.choice((1, 1, 2, 4, 8, 9, 32, 64)))

    def flip(self, data):
        if data:
            data[min(self.at(data), len(data) - 1)] ^= 1 << self.random.randrange(8)
        return data

    def put(self, data):
        if data:
            data[min(self.at(data), len(data) - 1)] = self.random.choice((*EDGES, self.random.randrange(256)))
        return data

    def nudge(self, data):
        if data:
            at = min(self.at(data), len(data) - 1)
            data[at] = data[at] + self.random.choice((-1, 1)) & 0xFF
        return data

    def cut(self, data):
        return data[:self.at(data)] if self.random.randrange(2) else data[:len(data) - self.random.choice((1, 2, 3))]

    def drop(self, data):
        start, end = self.span(data)
        return data[:start] + data[end:]

    def double(self, data):
        start, end = self.span(data)
        return data[:end] + data[start:]

    def insert(self, data):
        at = self.at(data)
        return data[:at] + self.random.randbytes(self.random.choice((1, 1, 2, 8))) + data[at:]

    def join(self, data):
        other = self.random.choice(self.seeds)
        return data[:self.at(data)] + other[self.at(other):]

    def number(self, data):
        """An integer in place of a byte, in any width, also a longer one than it needs."""
        at, value = self.at(data), self.random.choice((0, 1, 15, 16, 17, 63, 64, 16_383, 16_384, 262_144, 2**30 - 1, 2**30, 2**62 - 2, 2**62 - 1))
        widths = [width for width in (1, 2, 4, 8) if value < 1 << (8 * width - 2)]
        width = self.random.choice(widths)
        written = integer(value) if width == widths[0] else (value | {2: 1, 4: 2, 8: 3}[width] << (8 * width - 2)).to_bytes(width, "big")
        return data[:at] + written + data[at + 1:]

    def line(self, data):
        """For texts: a line left out, doubled, or in another's place; two blanks, a digit, a quotation mark, another word. Seldom within a wrapped key."""
        lines = bytes(data).split(b"\n")
        a, b = (min((self.random.randrange(len(lines)) for _ in range(3)), key=lambda at: len(lines[at]) >= 60) for _ in range(2))
        way = self.random.randrange(8)
        if way == 0:
            del lines[a]
        elif way == 1:
            lines.insert(b, lines[a])
        elif way == 2:
            lines[a], lines[b] = lines[b], lines[a]
        elif way == 3:
            lines[a] = lines[a].replace(b" ", b"  ", 1)
        elif way == 4:
            place = self.random.randrange(len(lines[a]) + 1)
            lines[a] = lines[a][:place] + self.random.choice(MARKS) + lines[a][place:]
        elif way == 5:
            lines[a] = lines[a][:-1]
        else:                                                   # a word of another line
            words, others = lines[a].split(b" "), lines[b].split(b" ")
            words[self.random.randrange(len(words))] = self.random.choice(others)
            lines[a] = b" ".join(words)
        return bytearray(b"\n".join(lines))


def seeds_of(kind: str) -> list[bytes]:
    alike = {"holdable": ("holdable", "entry", "opening"), "entry": ("entry", "holdable"), "agreement": ("agreement", "agreement-in-force")}
    if kind == "light-signature":
        found = [each.bytes("key") + each.bytes("signature") + each.body for each in vectors.load() if each.get("kind") == kind]
        return [each for each in found if len(each) > LIGHT_KEY + LIGHT_SIGNATURE]
    found = [each.body for each in vectors.load() if each.get("kind") in alike.get(kind, (kind,)) and len(each.body) <= LONG]
    return found or [b""]


def compare(job) -> tuple[str, int, float, int, list[str]]:
    """One batch of one kind: how many cases, our seconds, how many ended well, and what differed."""
    binary, kind, count, seed = job
    changer, cases, size = Changer(f"{kind} {seed}", seeds_of(kind)), [], 0
    while len(cases) < count and size < BATCH_BYTES:
        cases.append(changer.change())
        size += len(cases[-1])
    name, start = kind.encode(), time.process_time()
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as taken:
        given.write(b"".join(bytes([len(name)]) + name + len(each).to_bytes(4, "big") + each for each in cases))
        given.seek(0)
        process = subprocess.Popen([binary], stdin=given, stdout=taken)
        ours = [read(kind, each) for each in cases]
        spent = time.process_time() - start
        if process.wait() != 0:
            return kind, len(cases), spent, 0, [f"{kind}: the other implementation stopped with {process.returncode} (seed {seed})"]
        taken.seek(0)
        theirs = taken.read().decode().splitlines()
    if len(theirs) != len(cases):
        return kind, len(cases), spent, 0, [f"{kind}: {len(theirs)} answers to {len(cases)} cases (seed {seed})"]
    different = [f"{kind}: here {a[:100]}, there {b[:100]}: {case.hex()}" for case, a, b in zip(cases, ours, theirs) if a != b]
    return kind, len(cases), spent, sum(each.startswith(("good", "fork")) for each in ours), different


def jobs(binary: str, cases: int, seed: int, kinds: list[str]):
    total = sum(SHARES[kind] for kind in kinds)
    for kind in kinds:
        left, number = round(cases * SHARES[kind] / total), 0
        batch = BATCH_CASES if SHARES[kind] >= 10 else BATCH_CASES // 20
        while left > 0:
            yield binary, kind, min(left, batch), f"{seed} {number}"
            left, number = left - batch, number + 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--classes", required=True)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1967)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--kind", action="append")
    arguments = parser.parse_args()
    counts, spent, well, different, start = {}, {}, {}, [], time.monotonic()
    with multiprocessing.Pool(arguments.jobs) as pool:
        work = jobs(arguments.classes, arguments.cases, arguments.seed, arguments.kind or list(SHARES))
        for kind, count, seconds, good, found in pool.imap_unordered(compare, work):
            counts[kind], spent[kind], well[kind] = counts.get(kind, 0) + count, spent.get(kind, 0) + seconds, well.get(kind, 0) + good
            for each in found[:20]:
                print(each[:4_000], flush=True)
            different += found
    for kind in SHARES:
        if kind in counts:
            print(f"{kind:<16}{counts[kind]:>9} cases, {well[kind]:>9} read well, {counts[kind] / max(spent[kind], 0.001):>9.0f} a second here")
    print(f"{sum(counts.values())} cases, {len(different)} differences, {time.monotonic() - start:.0f} s")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
