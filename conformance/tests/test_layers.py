"""What the examples and the vectors do not show."""

import tempfile
import unittest
from pathlib import Path

from conformance import agreement, agreement_text, epochs, frames, items, trees, vectors, words
from conformance.encoding import INTEGER_MAX, Reader, integer, sha256
from conformance.epochs import Accepted, KemKey, Offer, Pair
from conformance.errors import Dropped, Refused, Violation
from conformance.record import Record


class Integers(unittest.TestCase):
    def test_round_trip_at_every_edge(self):
        for bits in (6, 14, 30, 62):
            for value in (2**bits - 1, 2**bits, 2**bits - 2):
                if value <= INTEGER_MAX:
                    self.assertEqual(Reader(integer(value)).integer(), value)

    def test_too_large(self):
        with self.assertRaises(ValueError):
            integer(2**62)


class Trees(unittest.TestCase):
    def test_proofs_of_every_size(self):
        leaves = [sha256(bytes([number])) for number in range(20)]
        frontier = trees.Frontier()
        for size in range(1, 20):
            frontier.append(leaves[size - 1])
            root = trees.root(leaves[:size])
            self.assertEqual(frontier.root, root)
            for index in range(size):
                trees.check_inclusion(leaves[index], index, size, trees.prove_inclusion(leaves[:size], index), root)
            for first in range(1, size + 1):
                trees.check_consistency(first, trees.root(leaves[:first]), size, root, trees.prove_consistency(leaves[:size], first))


class Epochs(unittest.TestCase):
    def test_three_messages(self):
        pair, key = Pair(sha256(b"a line"), 1, 2), KemKey(bytes(32))
        offer = Offer(1, key.public)
        accept, theirs = epochs.accept(pair, offer)
        ours = epochs.open_accept(pair, offer, key, accept)
        self.assertEqual(ours, theirs)
        epochs.check_confirmation(pair, accept, theirs, epochs.confirm(pair, accept, ours))

    def test_same_offer_same_accept(self):
        accepted = Accepted()
        first = accepted.take(b"offer", 3, object)
        self.assertIs(accepted.take(b"offer", 3, object), first)
        with self.assertRaises(Refused):
            accepted.take(b"another", 3, object)


class Frames(unittest.TestCase):
    def test_sixteen_salts(self):
        """The one unused for longest goes first, and its window with it (FRM-3)."""
        opener = frames.Opener(bytes(32), 2, 1)
        opener.secrets[1] = bytes(32)
        frame = [frames.seal(bytes(32), bytes(32), 1, 1, 2, bytes([number] * 6), 0, b"") for number in range(17)]
        for each in frame:
            opener.open(each)
        with self.assertRaises(Dropped):
            opener.open(frame[16])
        self.assertEqual(len(opener.windows), 16)

    def test_a_failure_changes_nothing(self):
        opener = frames.Opener(bytes(32), 2, 1)
        opener.secrets[1] = bytes(32)
        frame = frames.seal(bytes(32), bytes(32), 1, 1, 2, bytes(6), 9, b"")
        with self.assertRaises(Dropped):
            opener.open(frame[:-1] + bytes([frame[-1] ^ 1]))
        self.assertFalse(opener.windows)
        opener.open(frame)

    def test_handshake_in_parts(self):
        whole = bytes(range(256)) * 300
        opener = frames.Opener(bytes(32), 2, 1)
        parts = [opener.open(each) for each in frames.handshake_frames(1, 2, whole)]
        self.assertEqual(b"".join(part.data for part in parts), whole)
        self.assertEqual({part.name for part in parts}, {sha256(whole)[:8]})

    def test_nothing_counts_after_a_bad_item(self):
        with self.assertRaises(Violation):
            items.decode(items.Probe(bytes(4)).encode() + b"\xff")


class Agreements(unittest.TestCase):
    def test_every_mistake_with_its_line(self):
        text = vectors.given("agreement.txt").partition(b"SIGNATURES\n")[0].decode()
        for number in range(4):
            text = text.replace(f"receipt       {('2m', '5m', '30m', '2h')[number]}", "receipt       never")
        with self.assertRaises(agreement_text.Mistakes) as caught:
            agreement.Agreement.decode(text.encode() + b"SIGNATURES\n")
        lines = text.split("\n")
        self.assertEqual([lines[each.line - 1] for each in caught.exception.mistakes], ["  receipt       never"] * 4)

    def test_words(self):
        self.assertEqual(len({word.lower() for column in words.LISTS for word in column}), 512)
        self.assertEqual(" ".join(words.fingerprint(bytes.fromhex("a3438ccdf98917ba" + "00" * 24))[:8]),
                         "reform decimal offload sandalwood waffle matchmaker banjo puberty")


class Records(unittest.TestCase):
    def test_a_start_opens_a_generation_that_states_the_one_before(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "record.sqlite"
            first = Record(path, bytes(32), 1)
            first.open()
            first.write(kind=1, precedence=3, exercise=False, channel=0, from_post=1, to_post=2, language=1, time=0, references=(), content=b"one")
            head = first.head(first.current)
            first.store.close()
            second = Record(path, bytes(32), 1)
            second.open()
            opening = second.held[second.current].opening
            self.assertEqual((opening.predecessor, opening.serial), (head, 2))
            self.assertTrue(second.complete_before(second.current))
            second.store.close()

    def test_entries_beyond_a_gap(self):
        with tempfile.TemporaryDirectory() as folder:
            author = Record(Path(folder) / "1", bytes(32), 1)
            reader = Record(Path(folder) / "2", bytes(32), 2)
            author.open()
            for number in range(5):
                author.write(kind=1, precedence=3, exercise=False, channel=0, from_post=1, to_post=2, language=1, time=0, references=(),
                             content=bytes([number]))
            written = author.held[author.current].entries
            self.assertFalse(reader.hold(written[1]))           # its generation is not open yet
            for number in (0, 2, 3, 5):
                self.assertTrue(reader.hold(written[number]))
            held = reader.held[author.current]
            self.assertEqual((held.size, held.ranges()), (1, ((1, 2), (1, 1))))
            reader.hold(written[1])
            self.assertEqual((held.size, held.ranges()), (4, ((1, 1),)))
            for each in (author, reader):
                each.store.close()


if __name__ == "__main__":
    unittest.main()
