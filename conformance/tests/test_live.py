"""The Python station and the Swift station on one line, over loopback: cuts, kills, restarts, lost frames, lost epochs, an amendment, keys that
are replaced, records that are played back; at the end both records are verified by both and by the judge.

Skipped where the environment variable HOTLINE, the path of the other station's binary, is not set.
"""

import contextlib
import shutil
import sqlite3
import unittest
from pathlib import Path

from conformance import entries
from conformance.checkpoints import FULL, Checkpoint
from conformance.entries import Declaration, InForce, Recovered

from .live import PATIENCE, Cable, Live, SwiftStation, free_port, hotline

LOSS = 0.2


class LiveLine(Live):
    def crisis(self, python_first: bool, count: int, seed: int, every: float = 0.02, seconds: float = PATIENCE, per_salt: int = 65_536) -> dict:
        """`count` letters each way. Of the frames a fifth is lost either way; the cable is cut; each station is killed, and comes back under an amendment;
        whoever has the higher number loses its epochs. The lower one is dialled, and is the Python station where it is the first."""
        self.agree(python_first)
        port = free_port()
        cable = Cable(port)
        self.addCleanup(cable.close)
        station = SwiftStation(self.swift, dial=f'S: "127.0.0.1:{cable.port}"') if python_first else SwiftStation(self.swift, f"127.0.0.1:{port}")
        self.addCleanup(station.kill)
        at = ("--listen", f"127.0.0.1:{port}") if python_first else ("--dial", f"127.0.0.1:{cable.port}")
        live = (*at, "--letters", count, "--expect", count, "--every", every, "--seconds", seconds, "--full", "--loss", LOSS, "--per-salt", per_salt)
        process = self.start_python(*live, "--seed", seed)
        station.start()
        for number in range(1, count + 1):
            self.send(station, [number])
            if number % (count // 5) == 0:
                self.until("half of the South's letters came", lambda: 2 * len(station.letters("received")) >= min(number, 500))
            if number == count // 5:
                cable.cut()
            elif number == 2 * count // 5:
                self.amend()
                self.stop_python(process)
                process = self.start_python(*live, "--seed", seed + 1)
            elif number == 3 * count // 5:
                station.kill()
                self.lose_epochs(self.swift if python_first else None)
                station.start()
            elif number == 4 * count // 5:
                self.stop_python(process)
                self.lose_epochs(None if python_first else self.python)
                process = self.start_python(*live, "--seed", seed + 2)
        summary = self.finish(process, station, seconds)
        self.assertEqual((summary["ours"], summary["theirs"], summary["violations"]), (count, count, 0))
        self.assertGreater(summary["epoch"], 1)
        self.assertGreater(summary["lost"], 0)
        self.assertEqual(cable.cuts, 1)
        self.verify_both(count, count, station)
        for name in ("n", "s"):
            stated = self.entries(self.folder / f"{name}.export")[entries.IN_FORCE]
            self.assertEqual({(each.generation.station, InForce.decode(each.content).version) for each in stated}, {(1, 2), (2, 2)})
        return summary

    def lose_epochs(self, folder: Path | None) -> None:
        for path in folder.glob("secrets.sqlite*") if folder else ():
            path.unlink()

    def test_a_crisis_in_which_python_dials(self):
        self.crisis(python_first=False, count=200, seed=1967)

    def test_a_crisis_in_which_python_is_dialled(self):
        self.crisis(python_first=True, count=200, seed=2022)

    def covered(self) -> int:
        """How many entries of the North its own full checkpoints cover, by what the Python station holds."""
        store = sqlite3.connect(f"file:{self.python / 'record.sqlite'}?mode=ro", uri=True, timeout=10)
        with contextlib.closing(store):
            stored = [Checkpoint.decode(data) for (data,) in store.execute("select stored from checkpoint")]
        heads = [each.statement.head for each in stored if each.strength == FULL and each.statement.signer == self.agreed.swift]
        return sum(max(head.size for head in heads if head.generation == generation) for generation in {head.generation for head in heads})

    def test_swift_gets_its_record_back_after_a_backup_was_played_back(self):
        self.agree(python_first=False)
        port = free_port()
        station = SwiftStation(self.swift, f"127.0.0.1:{port}")
        self.addCleanup(station.kill)
        station.start()
        process = self.start_python("--dial", f"127.0.0.1:{port}", "--letters", 30, "--expect", 25, "--seconds", 3 * PATIENCE, "--full", "--every", 0.05)
        self.send(station, range(1, 6))
        self.until("all of the South's letters came", lambda: len(station.letters("received")) == 30)
        station.kill()
        backup = self.folder / "backup"
        backup.mkdir()
        for file in self.swift.glob("record.sqlite*"):
            shutil.copy(file, backup)
        station.start()
        self.send(station, range(6, 21))
        written = station.request("GET", "/v1/status")["record"]["entries"]

        def signed_in_full() -> bool:
            station.request("POST", "/v1/checkpoints")
            return self.covered() >= written - 6                # all of the generation that will be lost; of the one before, what was signed
        self.until("the South holds a full checkpoint of the North", signed_in_full)
        station.kill()
        for file in (*self.swift.glob("record.sqlite*"), *self.swift.glob("secrets.sqlite*")):
            file.unlink()
        for file in backup.iterdir():
            shutil.copy(file, self.swift)
        station.start()
        expected = [f"Letter {number} from the North." for number in range(1, 21)]
        self.until("the lost letters came back", lambda: station.letters("sent") == expected)
        self.send(station, range(21, 26))
        summary = self.finish(process, station)
        self.assertEqual((summary["ours"], summary["theirs"], summary["violations"]), (30, 25, 0))
        self.verify_both(25, 30, station)
        self.check_declared()

    def check_declared(self) -> None:
        """Both sides hold the declaration, and what came back."""
        for name in ("n", "s"):
            found = self.entries(self.folder / f"{name}.export")
            declared = [Declaration.decode(entry.content) for entry in found[entries.DECLARATION]]
            self.assertIn(0, [each.cause for each in declared])
            lost = {generation for each in declared for generation, _, _ in each.lost}
            recovered = [Recovered.decode(entry.content) for entry in found[entries.RECOVERED]]
            self.assertTrue({each.head.generation for each in recovered} <= lost)
            self.assertEqual(len({entry.generation.station for entry in (*found[entries.DECLARATION], *found[entries.RECOVERED])}), 1)

    def test_python_gets_its_record_back_after_a_backup_was_played_back(self):
        """It states a roster, too, before and after."""
        self.agree(python_first=False)
        port = free_port()
        station = SwiftStation(self.swift, f"127.0.0.1:{port}")
        self.addCleanup(station.kill)
        station.start()
        for version, officers in ((1, ("principal=8", "watch=1")), (2, ("watch=1",))):
            self.peer("roster", "--version", version, self.folder / f"roster-{version}", *officers)
        live = ("--dial", f"127.0.0.1:{port}", "--expect", 0, "--seconds", PATIENCE, "--full")
        self.finish(self.start_python(*live, "--letters", 5, "--roster", self.folder / "roster-1"), station)
        shutil.copytree(self.python, self.folder / "backup")
        self.finish(self.start_python(*live, "--letters", 12), station)
        shutil.rmtree(self.python)
        shutil.copytree(self.folder / "backup", self.python)
        for path in self.python.glob("secrets.sqlite*"):
            path.unlink()
        process = self.start_python(*live, "--letters", 12, "--roster", self.folder / "roster-2", "--linger", 3)
        self.send(station, range(1, 6))
        summary = self.finish(process, station)
        self.assertEqual((summary["recovered"] > 7, summary["claimed"], summary["violations"]), (True, 0, 0))
        self.verify_both(5, 12, station, of=(*[5] * 5, *[12] * 7))
        self.check_declared()

    def test_keys_are_replaced_in_order_by_the_one_and_after_a_theft_by_the_other(self):
        self.agree(python_first=False)
        port = free_port()
        station = SwiftStation(self.swift, f"127.0.0.1:{port}")
        self.addCleanup(station.kill)
        station.start()
        live = ("--dial", f"127.0.0.1:{port}", "--seconds", PATIENCE, "--full")
        self.send(station, [1])
        self.finish(self.start_python(*live, "--letters", 2, "--expect", 1), station)
        swift, python = self.folder / "north.keys", self.folder / "south.keys"
        hotline("keys", "replace", "--dir", self.swift, "--output", swift)
        self.peer("install", swift)                             # the other side first
        hotline("keys", "install", "--dir", self.swift, swift)
        station.kill()
        station.start()
        self.send(station, [2])
        before = self.finish(self.start_python(*live, "--letters", 4, "--expect", 2), station)
        self.peer("keys", "--stolen", "--next", python)
        self.peer("install", python)
        hotline("keys", "install", "--dir", self.swift, python)
        station.kill()
        station.start()
        self.send(station, [3])
        after = self.finish(self.start_python(*live, "--letters", 6, "--expect", 3), station)
        self.assertEqual((before["violations"], after["violations"]), (0, 0))
        self.assertGreater(after["epoch"], before["epoch"])
        self.verify_both(3, 6, station, of=(2, 2, 4, 4, 6, 6))
        stated = [InForce.decode(each.content).keys_version for each in self.entries(self.folder / "n.export")[entries.IN_FORCE]]
        self.assertEqual(stated, [1, 1])


if __name__ == "__main__":
    unittest.main()
