"""What a peer signs: sizes that fall, heads that contradict each other, and when we sign ourselves (LINE-16 to LINE-18)."""

import tempfile
import unittest
from pathlib import Path

from conformance import exports
from conformance.checkpoints import FULL, LIGHT, Checkpoint, Statement
from conformance.encoding import Head
from conformance.items import Stated
from conformance.tests import test_judge
from conformance.tests.test_pair import Pair


class Signed(unittest.TestCase):
    """Station 1 signs whatever the test says; station 2 is the receiver."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.pair = Pair(Path(folder.name))
        self.addCleanup(lambda: [self.pair.close(place) for place in (0, 1)])
        for number in range(4):
            for place in (0, 1):
                self.pair.write(place, f"{place} {number}")
        self.pair.run(8)
        self.author, self.reader = self.pair.lines
        self.generation, self.theirs = self.author.record.current, self.reader.record.current

    def checkpoint(self, size: int, held: int | None = None, root: bytes | None = None, strength: int = LIGHT, held_root: bytes | None = None) -> Checkpoint:
        record, party = self.author.record, self.author.party
        head = Head(self.generation, size, root or record.root(self.generation, size))
        holds = () if held is None else (Head(self.theirs, held, held_root or record.root(self.theirs, held)),)
        text = Statement(self.author.line, head, self.author.line, holds).encode()
        return Checkpoint(strength, text, (party.light, party.station)[strength].sign(text))

    def send(self, *checkpoints: Checkpoint, whole: bool = False) -> None:
        for each in checkpoints:
            self.author.send([Stated(each.text, each.signature)]) if whole else self.author.signing.send(each)
        self.pair.run(0.3)

    def latest(self, strength: int = LIGHT) -> dict[int, int]:
        """What the receiver has of the latest: sizes by station."""
        statement = self.reader.record.checkpoints_of(self.generation)[strength].statement
        return {head.generation.station: head.size for head in (statement.head, *statement.holds)}

    def violations(self) -> int:
        return self.reader.counts["violations"]

    def forget(self) -> None:
        """As if nothing of the author's had been signed yet."""
        self.reader.record.signed.clear()
        self.reader.record.latest.clear()
        self.reader.record.store.execute("delete from checkpoint")


class Sizes(Signed):
    def setUp(self):
        super().setUp()
        self.forget()
        self.send(self.checkpoint(3, 3))

    def test_one_that_covers_no_more_changes_nothing(self):
        """LINE-17: it is an old one that came late."""
        before = self.latest()
        self.assertEqual(before, {1: 3, 2: 3})
        self.send(self.checkpoint(2, 3), self.checkpoint(3, 2), self.checkpoint(2, 2), self.checkpoint(3, 3), self.checkpoint(3))
        self.assertEqual((self.latest(), self.violations()), (before, 0))

    def test_one_whose_sizes_fall_is_a_violation(self):
        """LINE-17, REC-6: more of its own generation and less of another."""
        before = self.latest()
        self.send(self.checkpoint(4, 2))
        self.assertEqual((self.latest(), self.violations()), (before, 1))
        self.send(self.checkpoint(5, 1), whole=True)
        self.assertEqual((self.latest(), self.violations()), (before, 2))

    def test_less_of_its_own_is_older_whatever_it_holds(self):
        before = self.latest()
        self.send(self.checkpoint(2, 4), self.checkpoint(1, 5))
        self.assertEqual((self.latest(), self.violations()), (before, 0))

    def test_one_that_covers_more_counts(self):
        self.send(self.checkpoint(3, 4))
        self.assertEqual(self.latest(), {1: 3, 2: 4})
        self.send(self.checkpoint(5, 4))
        self.assertEqual((self.latest(), self.violations()), ({1: 5, 2: 4}, 0))

    def test_each_strength_for_itself(self):
        self.send(self.checkpoint(2, 4, strength=FULL))
        self.assertEqual((self.latest(), self.latest(FULL), self.violations()), ({1: 3, 2: 3}, {1: 2, 2: 4}, 0))

    def test_what_is_left_out_is_not_less(self):
        """REC-4: closed generations may be left out."""
        self.send(self.checkpoint(4))
        self.assertEqual((self.latest(), self.violations()), ({1: 4}, 0))

    def test_what_it_holds_must_be_so(self):
        """An export with such a checkpoint in it would be none (REC-23)."""
        self.send(self.checkpoint(4, 3, held_root=bytes(32)), whole=True)
        self.assertEqual((self.latest(), self.violations()), ({1: 3, 2: 3}, 0))


class Contradictions(Signed):
    def check(self, count: int = 1) -> None:
        record = self.reader.record
        self.assertEqual(len(record.forks.proofs), count)
        export = record.export(self.reader.party.texts)
        report = exports.verify(export)
        self.assertEqual((len(report.forks), report.problems), (count, []))
        code, words = test_judge.Judge().run_judge(export)
        self.assertNotEqual(code, 0, words)

    def test_the_contradiction_comes_second(self):
        self.forget()
        self.send(self.checkpoint(3, 3))
        self.send(self.checkpoint(3, 3, root=bytes(32)), whole=True)
        self.check()
        self.assertEqual((self.latest(), self.violations()), ({1: 3, 2: 3}, 0))

    def test_the_contradiction_comes_first(self):
        self.forget()
        self.send(self.checkpoint(3, 3, root=bytes([255] * 32)), whole=True)
        self.assertEqual((self.reader.record.forks.proofs, self.reader.record.all_checkpoints()), ([], []))
        self.send(self.checkpoint(2, 2), self.checkpoint(3, 3), self.checkpoint(4, 4))
        self.check()

    def test_it_is_of_an_earlier_head_than_the_latest(self):
        self.forget()
        self.send(*(self.checkpoint(size, size) for size in (1, 2, 3, 4)))
        self.send(self.checkpoint(2, 2, root=bytes(32), strength=FULL), whole=True)
        self.check()

    def test_it_is_of_entries_that_come_later(self):
        self.send(self.checkpoint(6, 2, root=bytes(32)), whole=True)
        self.pair.write(0, "one more")
        self.pair.run(3)
        self.send(self.checkpoint(6, 4))
        self.check()

    def test_one_that_came_too_early_counts_once_its_entries_are_here(self):
        self.pair.write(0, "one more")
        early = self.checkpoint(6, 5, strength=FULL)
        self.reader.signing.stated(Stated(early.text, early.signature))
        self.assertEqual(len(self.reader.record.forks.waiting), 1)
        self.pair.run(3)
        self.assertEqual((self.reader.record.forks.waiting, self.latest(FULL), self.violations()), ([], {1: 6, 2: 5}, 0))

    def test_each_once_and_after_a_restart_too(self):
        self.forget()
        other = self.checkpoint(3, 3, root=bytes(32))
        self.send(other, other, self.checkpoint(3, 2, root=bytes(32)), whole=True)
        self.assertEqual(len(self.reader.record.forks.waiting), 1)
        self.pair.start(1)
        self.author, self.reader = self.pair.lines
        self.pair.run(3)
        self.send(self.checkpoint(3, 3), self.checkpoint(4, 3))
        self.pair.start(1)
        self.author, self.reader = self.pair.lines
        self.check()

    def test_so_many_and_no_more(self):
        """LINE-18: 64 statements of a signer, 64 proofs."""
        forks = self.reader.record.forks
        for number in range(70):
            each = self.checkpoint(900 + number, 3, root=bytes(32))
            self.reader.signing.stated(Stated(each.text, each.signature))
        self.assertEqual((len(forks.waiting), self.violations()), (64, 0))
        for number in range(70):
            forks.prove(self.checkpoint(900 + number, 3, root=bytes(32)), self.checkpoint(900 + number, 3, root=bytes([1] * 32)))
        self.assertEqual(len(forks.proofs), 64)


class OurOwn(Signed):
    def sizes(self, strength: int) -> list[int]:
        stored = self.author.record.store.execute("select stored from checkpoint where signer = 1 order by place").fetchall()
        found = [Checkpoint.decode(data) for (data,) in stored]
        return [each.statement.head.size for each in found if each.strength == strength]

    def test_light_after_a_second_of_quiet_or_32_entries_and_full_after_a_minute(self):
        """LINE-16."""
        before = len(self.sizes(LIGHT))
        for number in range(40):
            self.pair.write(0, f"more {number}")
            self.pair.run(0.5)                                  # never a second of quiet
        self.assertEqual(len(self.sizes(LIGHT)) - before, 1)
        self.pair.run(2)
        self.assertEqual((len(self.sizes(LIGHT)) - before, self.sizes(LIGHT)[-1], self.sizes(FULL)), (2, 45, []))
        self.pair.run(60)
        self.assertEqual((len(self.sizes(LIGHT)) - before, self.sizes(FULL)), (2, [45]))


if __name__ == "__main__":
    unittest.main()
