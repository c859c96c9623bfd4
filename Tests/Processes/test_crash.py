"""What a station loses when its process is killed, its disk fails or is full: nothing that it has said it holds."""
import errno
import os
import shutil
import subprocess
import unittest

from control import GONE, Control, Refused
from disk_faults import DiskFaults, compile_shim
from kills import Kills
from line_case import LineCase

# More of them in `make soak`.
KILLS = int(os.environ.get("HOTLINE_KILLS", 50))
FAULTS = int(os.environ.get("HOTLINE_FAULTS", 4))
SEED = int(os.environ.get("HOTLINE_SEED", 1967))


class Crash(LineCase):
    def test_kills_at_random_moments_lose_nothing_and_repeat_nothing(self):
        self.start()
        kills = Kills(self.washington, self.moscow, SEED)
        kills.run(KILLS)
        self.assertGreater(kills.letters, KILLS)
        self.assertEqual((kills.kills, kills.lost, kills.duplicated), (KILLS, 0, 0))

    def test_a_write_or_a_sync_that_fails_ends_the_station_and_loses_nothing(self):
        shim = compile_shim(self.folder)
        if not shim:
            self.skipTest("there is no C compiler to make calls fail with")
        self.start()
        faults = DiskFaults(self.washington, self.moscow, self.folder, shim, SEED)
        calls = faults.count()
        faults.check()
        for place, at in enumerate(faults.sample(calls, FAULTS)):
            faults.run(at, (errno.EIO, errno.ENOSPC)[place % 2])
            faults.check()
        self.assertGreater(faults.ended, 0)


class SmallDisk(LineCase):
    """Moscow's directory on a file system of one megabyte."""

    def setUp(self):
        super().setUp()
        self.small = os.path.join(self.folder, "small")
        os.mkdir(self.small)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", self.small], capture_output=True).returncode != 0:
            shutil.rmtree(self.folder)
            self.skipTest("a file system of 1 MB cannot be mounted here")
        for name in os.listdir(self.moscow.directory):
            shutil.copy2(os.path.join(self.moscow.directory, name), self.small)
        self.moscow.directory = self.small
        self.start()

    def tearDown(self):
        if self.moscow.process and self.moscow.process.poll() is None:
            self.moscow.kill()
        subprocess.run(["umount", self.small], check=True)
        super().tearDown()

    def ends_and_recovers(self, inbox_of_moscow, accepted_by_moscow):
        self.moscow.process.wait(30)
        self.assertEqual(self.moscow.process.returncode, 69)
        with open(self.moscow.log) as log:
            words = log.read()
        self.assertIn("is full", words)
        self.assertIn("hint:", words)
        subprocess.run(["mount", "-o", "remount,size=64m", self.small], check=True)
        self.moscow.start()
        self.washington.until(self.is_up, "the line comes back", 60)
        self.settle()
        if inbox_of_moscow is not None:
            self.assertEqual(self.letters(self.moscow, "inbox"), inbox_of_moscow)
        sent = self.letters(self.moscow, "outbox")
        self.assertEqual([text for text in accepted_by_moscow if text not in {text for _, text in sent}], [])
        self.assertEqual(self.letters(self.washington, "inbox"), sent)
        for station in (self.washington, self.moscow):
            station.call("record", "verify", "--dir", station.directory)
        self.moscow.stop()

    def test_a_disk_that_the_other_side_fills_ends_the_station_and_loses_nothing(self):
        sent = []
        for index in range(400):
            if self.moscow.process.poll() is not None:
                break
            text = f"letter {index} " + "x" * 4000
            sent.append((self.send(self.washington, "m-watch", text), text))
        self.ends_and_recovers(sent, [])

    def test_a_disk_that_its_own_officers_fill_ends_the_station_and_what_was_accepted_is_kept(self):
        accepted = []
        try:
            with Control(self.moscow.directory) as control:
                for index in range(400):
                    text = f"letter {index} " + "x" * 4000
                    control.send("w-watch", text)
                    accepted.append(text)
        except (*GONE, Refused):
            pass
        self.assertLess(len(accepted), 400)
        self.ends_and_recovers(None, accepted)


if __name__ == "__main__":
    unittest.main()
