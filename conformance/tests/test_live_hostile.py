"""A Python station with valid keys and bad intent against the Swift station, over loopback: what it signs, and what it writes.

Skipped where the environment variable HOTLINE, the path of the other station's binary, is not set.
"""

import subprocess
import time
import unittest

from conformance import exports
from conformance.checkpoints import FULL, LIGHT, Checkpoint, Statement
from conformance.encoding import Head
from conformance.entries import IN_FORCE, Basis, InForce
from conformance.items import Stated
from conformance.peer import Station

from .live import HOTLINE, Live, SwiftStation, free_port, hotline

DOES_NOT_HOLD = 76


class Hostile(Live):
    def setUp(self):
        super().setUp()
        self.agree(python_first=False)
        port = free_port()
        self.station = SwiftStation(self.swift, f"127.0.0.1:{port}")
        self.addCleanup(self.station.kill)
        self.station.start()
        self.python_station = Station(self.python)
        self.addCleanup(self.python_station.drop)
        self.python_station.address = ("127.0.0.1", port)
        self.line, self.record = self.python_station.line, self.python_station.record
        self.line.signing.due = lambda now: None                # it signs what the test says, and nothing else
        self.send(self.station, range(1, 9))
        for number in range(8):
            self.python_station.write(f"Letter {number}.", 0, *self.posts, 2, 3)
        self.until("the letters crossed", lambda: self.step() or (self.status()["record"]["entries"] == 9 and self.record.letter_count(1) == 8))
        self.generation, self.theirs = self.record.current, self.record.newest(1)

    def step(self, seconds: float = 0.0) -> None:
        end = time.monotonic() + seconds
        self.python_station.step()
        while time.monotonic() < end:
            self.python_station.step()

    def status(self) -> dict:
        """Of the line to the Python station, as the other one sees it."""
        status = self.station.request("GET", "/v1/status")
        return status["peers"][0] | {"evidence": status["evidence"]}

    def checkpoint(self, size: int, held: int, strength: int = LIGHT, root: bytes | None = None) -> Checkpoint:
        head = Head(self.generation, size, root or self.record.root(self.generation, size))
        text = Statement(self.line.line, head, self.line.line, (self.record.head(self.theirs, held),)).encode()
        return Checkpoint(strength, text, (self.line.party.light, self.line.party.station)[strength].sign(text))

    def sign(self, size: int, held: int) -> tuple[int, int]:
        """How far it is signed then, and how many violations there are."""
        self.line.signing.send(self.checkpoint(size, held))
        self.step(1.0)
        status = self.status()
        return status["record"]["provisionallyUpTo"], status["violations"]

    def test_sizes_that_fall(self):
        """LINE-17: what covers less of its own generation is old; what covers less of another is a violation."""
        self.assertEqual([self.sign(*sizes) for sizes in ((6, 6), (5, 7), (6, 5), (7, 5), (8, 6), (9, 5))], [(6, 0), (6, 0), (6, 0), (6, 1), (8, 1), (8, 2)])

    def test_two_roots_of_one_head_in_either_order(self):
        """LINE-18."""
        for size, first, count in ((6, True, 1), (7, False, 2)):
            for whole in (first, not first):
                if whole:
                    self.line.send([Stated(*self.contradiction(size))])
                else:
                    self.line.signing.send(self.checkpoint(size, size))
                self.step(0.5)
            self.until("it is evidence", lambda: self.step(0.2) or self.status()["evidence"] == count)
        export = self.folder / "n.export"
        hotline("record", "export", "--dir", self.swift, export)
        report = exports.verify(export.read_bytes())
        self.assertEqual((len(report.forks), report.problems), (2, []))
        self.assertEqual(subprocess.run([HOTLINE, "record", "verify", export], capture_output=True).returncode, DOES_NOT_HOLD)

    def contradiction(self, size: int) -> tuple[bytes, bytes]:
        found = self.checkpoint(size, size, FULL, bytes([size] * 32))
        return found.text, found.signature

    def test_an_entry_in_force_that_is_none_is_not_held(self):
        """ENT-10."""
        for content in (b"\x01\x02", InForce(Basis(self.line.line), 1, 3).encode(), InForce(Basis(bytes(32)), 1, 0).encode()):
            self.record.state(IN_FORCE, content)
        self.until("it is a violation", lambda: self.step(0.2) or self.status()["violations"] > 0)
        self.assertEqual(self.status()["record"]["entries"], 9)
        hotline("record", "verify", "--dir", self.swift)


if __name__ == "__main__":
    unittest.main()
