"""Two Python stations on one line, in one process and without sockets: frames are lost, repeated and reordered."""

import random
import tempfile
import unittest
from pathlib import Path

from conformance import agreement, exports
from conformance.cases.agreements import BASE, wrapped
from conformance.checkpoints import FULL
from conformance.encoding import base64
from conformance.party import Party
from conformance.start import start


class Pair:
    def __init__(self, folder: Path):
        self.folder = folder
        self.parties = [Party.make(folder / mark, [("en", mark)], mark, ["en"]) for mark in "NS"]
        values = {f"recovery{place}": base64(bytes([place] * 32)) for place in (1, 2, 3)}
        for number, party in enumerate(self.parties, 1):
            keys = party.public
            values |= {f"nonce{number}": base64(bytes([9, number] * 16)), f"light{number}": base64(keys.light.raw), f"pin{number}": base64(keys.pin),
                       f"next{number}": base64(keys.next), f"root{number}": wrapped(keys.root.raw), f"station{number}": wrapped(keys.station.raw)}
        text = (BASE % values).replace("".join(f"  recovery      {values[f'recovery{place}']}\n" for place in (1, 2, 3)), "  recovery      none\n")
        self.text = agreement.sign(text.encode(), {number: party.root for number, party in enumerate(self.parties, 1)})
        (folder / "line.txt").write_bytes(self.text)
        for party in self.parties:
            party.install(folder / "line.txt")
        self.now, self.lines, self.confirm = 0.0, [None, None], False
        for place in (0, 1):
            self.start(place)

    def start(self, place: int) -> None:
        """A start, or a restart: what is not durable is gone."""
        if self.lines[place]:
            self.close(place)
        self.lines[place] = start(self.parties[place].folder, self.confirm)
        self.lines[place].path_up(self.now)

    def lose_epochs(self, place: int) -> None:
        """As after a restore: the record is there, the epochs are not (SEAL-12)."""
        self.close(place)
        for path in self.parties[place].folder.glob("secrets.sqlite*"):
            path.unlink()
        self.lines[place] = None
        self.start(place)

    def close(self, place: int) -> None:
        self.lines[place].record.store.close()
        self.lines[place].secrets.store.close()

    def run(self, seconds: float, random=None, loss: float = 0.0) -> None:
        end = self.now + seconds
        while self.now < end:
            self.now += 0.1
            for place, line in enumerate(self.lines):
                line.tick(self.now)
                frames, line.out = line.out, []
                if random:
                    frames = [frame for frame in frames if random.random() >= loss]
                    frames += [frame for frame in frames if random.random() < loss]
                    random.shuffle(frames)
                for frame in frames:
                    self.lines[1 - place].receive(frame, self.now)

    def write(self, place: int, text: str, precedence: int = 3) -> None:
        self.lines[place].record.write(kind=1, precedence=precedence, exercise=False, channel=2, from_post=1, to_post=4, language=1, time=0, references=(),
                                       content=text.encode())

    def letters(self, place: int, author: int) -> list[str]:
        return [entry.content.decode() for entry in self.lines[place].record.letters(author + 1)]


class Lines(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.pair = Pair(Path(folder.name))
        self.addCleanup(lambda: [self.pair.close(place) for place in (0, 1)])

    def check(self, count: int) -> None:
        pair = self.pair
        for author in (0, 1):
            expected = [f"{author} {number}" for number in range(count)]
            self.assertEqual(pair.letters(0, author), expected)
            self.assertEqual(pair.letters(1, author), expected)
            self.assertTrue(pair.lines[author].delivery.delivered())
        reports = [exports.verify(line.record.export(line.party.texts)) for line in pair.lines]
        self.assertEqual([report.problems + report.forks for report in reports], [[], []])
        self.assertEqual([line.counts["violations"] for line in pair.lines], [0, 0])

    def test_letters_cross_and_are_signed(self):
        for number in range(40):
            for place in (0, 1):
                self.pair.write(place, f"{place} {number}")
        self.pair.run(8)
        for line in self.pair.lines:
            line.signing.sign(FULL)
        self.pair.run(1)
        self.check(40)
        for line in self.pair.lines:
            theirs = line.record.latest[line.peer, FULL].statement
            self.assertEqual(theirs.head, line.record.head(theirs.head.generation))

    def test_loss_repetition_and_disorder(self):
        for seed in range(5):
            with self.subTest(seed=seed):
                self.setUp()
                chance = random.Random(seed)
                for number in range(30):
                    for place in (0, 1):
                        self.pair.write(place, f"{place} {number}")
                    self.pair.run(0.2, chance, 0.3)
                self.pair.run(120, chance, 0.3)
                self.pair.run(40)
                self.check(30)

    def test_urgent_entries_do_not_shut_out_what_fills_the_gaps_between_them(self):
        """LINE-11: an acknowledgement reaches 16 ranges far, and the window is finite."""
        for number in range(600):
            for place in (0, 1):
                self.pair.write(place, f"{place} {number}", 3 if number % 4 == 0 else 1)
        self.pair.run(60, random.Random(1), 0.2)
        self.pair.run(20)
        self.check(600)

    def test_restarts_of_both(self):
        for number in range(30):
            for place in (0, 1):
                self.pair.write(place, f"{place} {number}")
            if number % 10 == 5:
                self.pair.start(number // 10 % 2)
            self.pair.run(1)
        self.pair.run(60)
        self.check(30)

    def test_either_has_lost_its_epochs(self):
        for place in (0, 1, 0):
            self.pair.run(6)
            self.pair.lose_epochs(place)
        for number in range(5):
            for place in (0, 1):
                self.pair.write(place, f"{place} {number}")
        self.pair.run(60)
        self.check(5)

    def test_a_long_letter_travels_in_fragments(self):
        self.pair.run(5)
        text = "слово " * 20_000
        self.pair.write(0, text)
        self.pair.run(5)
        self.assertEqual(self.pair.letters(1, 0), [text])


if __name__ == "__main__":
    unittest.main()
