"""The worked examples of docs/spec, byte for byte."""

import unittest
from conformance import checkpoints, encoding, entries, frames, items, trees
from conformance.encoding import EntryName, Generation, Head
from conformance.errors import Dropped
from conformance.keys import LightSigner

LINE = bytes.fromhex("31b9ee4a830b75580e39e6bd6356d40524fcb8683e67cf094290da306e7ee235")
OURS, THEIRS = Generation.parse("1/0123456789abcdef"), Generation.parse("2/fedcba9876543210")
SECRET = bytes(range(32))
OPENING = bytes.fromhex(
    "31b9ee4a830b75580e39e6bd6356d40524fcb8683e67cf094290da306e7ee235" "010123456789abcdef00" "00c000000000" "0000" "23"
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f" "000000")
LETTER = bytes.fromhex(
    "31b9ee4a830b75580e39e6bd6356d40524fcb8683e67cf094290da306e7ee235" "010123456789abcdef01" "01a2030401" "4258"
    "0102fedcba98765432104046" "0102fedcba98765432104047" "095374616e642062792e")
ROOT = bytes.fromhex("e4fe60dc99058ff4ea687914f9b49a61def0b3a8125d2573f61233ffa136bf94")
TEXT = b"""hotline/1/31b9ee4a830b75580e39e6bd6356d40524fcb8683e67cf094290da306e7ee235/1/0123456789abcdef
2
5P5g3JkFj/TqaHkU+bSaYd7ws6gSXSVz9hIz/6E2v5Q=
agreement 31b9ee4a830b75580e39e6bd6356d40524fcb8683e67cf094290da306e7ee235
holds 2/fedcba9876543210 71 MbnuSoMLdVgOOea9Y1bUBST8uGg+Z88JQpDaMG5+4jU=
"""
SIGNATURE = bytes.fromhex(
    "9c18d0fb9dae42b7c9c61006ef248df91b33340ae53020d8287f6bf85d6e2f96013362fbe3eb6ab381b9b8e92a101013a4d9c93edd5197299fb731c5f772af0e")


class Encoding(unittest.TestCase):
    def test_example(self):
        reader = encoding.Reader(bytes.fromhex("010123456789abcdef404602aabb04d0b4d0b0"))
        self.assertEqual(str(reader.generation()), "1/0123456789abcdef")
        self.assertEqual(reader.integer(), 70)
        self.assertEqual(reader.field(2), b"\xaa\xbb")
        self.assertEqual(reader.text(4), "да")
        reader.end()


class Entries(unittest.TestCase):
    def test_opening(self):
        self.assertEqual(len(OPENING), 86)
        entry = entries.Entry.decode(OPENING)
        self.assertEqual(entry.encode(), OPENING)
        self.assertEqual(entries.Opening.of(entry), entries.Opening(SECRET, 0, None, ()))
        blind = entries.blind(SECRET, 0)
        self.assertEqual(blind.hex(), "948e6b75eee7c5e0d83eab7b230261bc")
        self.assertEqual(entries.leaf(LINE, OPENING, blind).hex(), "1db5109ac83867876be2f84cc09fbdc5c720d1063be929eb5bd6022955609125")

    def test_letter(self):
        self.assertEqual(len(LETTER), 83)
        entry = entries.Entry.decode(LETTER)
        self.assertEqual(entry, entries.Entry(
            LINE, EntryName(OURS, 1), 1, 2, True, 2, 3, 4, 1, 600, (EntryName(THEIRS, 70),), ((THEIRS, 71),), b"Stand by."))
        blind = entries.blind(SECRET, 1)
        self.assertEqual(blind.hex(), "c10887c456f417b94d9012e8305f3d64")
        self.assertEqual(entries.leaf(LINE, LETTER, blind).hex(), "aae11ab45442e3f3abef5ba55ac90ac92f9abf132066203561314227a4eab15f")


class Record(unittest.TestCase):
    def test_checkpoint(self):
        leaves = [entries.leaf(LINE, each, entries.blind(SECRET, n)) for n, each in enumerate((OPENING, LETTER))]
        self.assertEqual(trees.root(leaves), ROOT)
        statement = checkpoints.Statement(LINE, Head(OURS, 2, ROOT), LINE, (Head(THEIRS, 71, LINE),))
        self.assertEqual(statement.encode(), TEXT)
        self.assertEqual(checkpoints.Statement.decode(TEXT), statement)
        signer = LightSigner(b"\x01" * 32)
        self.assertEqual(signer.public.raw.hex(), "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c")
        self.assertEqual(signer.sign(TEXT), SIGNATURE)


class Frames(unittest.TestCase):
    def test_sealed(self):
        line = encoding.sha256(b"a line")
        frame = frames.seal(SECRET, line, 258, 1, 2, bytes.fromhex("a0a1a2a3a4a5"), 0x0304, b"hello")
        self.assertEqual(frame.hex(), "110212a0a1a2a3a4a5030429325e6caf7ecc3dbdfa68a26ef01ff95b1971578b")
        opener = frames.Opener(line, 2, 1)
        opener.secrets[258] = SECRET
        self.assertEqual(opener.open(frame).plaintext, b"hello")
        with self.assertRaises(Dropped):
            opener.open(frame)

    def test_entry(self):
        plaintext = bytes.fromhex("460005" "01c1010401" "80015180" "0107" "68656c6c6f")
        sent = items.Sent(0, 5, 1, 0xC1, 1, 4, 1, 86_400, ((1, 7),), (), b"hello")
        self.assertEqual(items.decode(plaintext), [sent])
        self.assertEqual(items.encode([sent]), plaintext)


class Texts(unittest.TestCase):
    def test_disclosure(self):
        from conformance.disclosures import Disclosure
        text = b"""hotline/1 disclosure
agreement YSBsaW5l
entry 1/0123456789abcdef/1
bytes MbnuSoMLdVgOOea9Y1bUBST8uGg+Z88JQpDaMG5+4jUBASNFZ4mrze8BAaIDBAFCWAEC/ty6
 mHZUMhBARgEC/ty6mHZUMhBARwlTdGFuZCBieS4=
blind wQiHxFb0F7lNkBLoMF89ZA==
path HbUQmsg4Z4dr4vhMwJ+9xccg0QY76SnrW9YCKVVgkSU=
checkpoint light
| hotline/1/31b9ee4a830b75580e39e6bd6356d40524fcb8683e67cf094290da306e7ee235/1/0123456789abcdef
| 2
| 5P5g3JkFj/TqaHkU+bSaYd7ws6gSXSVz9hIz/6E2v5Q=
| agreement 31b9ee4a830b75580e39e6bd6356d40524fcb8683e67cf094290da306e7ee235
| holds 2/fedcba9876543210 71 MbnuSoMLdVgOOea9Y1bUBST8uGg+Z88JQpDaMG5+4jU=
signature nBjQ+52uQrfJxhAG7ySN+RszNArlMCDYKH9r+F1uL5YBM2L74+tqs4G5uOkqEBATpNnJPt1R
 lymftzHF93KvDg==
"""
        disclosure = Disclosure.decode(text)
        self.assertEqual((disclosure.canonical, disclosure.checkpoint.signature), (LETTER, SIGNATURE))
        LightSigner(b"\x01" * 32).public.verify(disclosure.checkpoint.signature, disclosure.checkpoint.text)
        leaf = entries.leaf(LINE, disclosure.canonical, disclosure.blind)
        trees.check_inclusion(leaf, 1, 2, disclosure.path, ROOT)
