"""An amendment between two real stations, of which one installs it before the other."""
import os
import re
import unittest

from line_case import LineCase


class AmendmentProcess(LineCase):
    def amend(self, version, burst):
        """The next text, signed by both; nobody has installed it yet."""
        path = os.path.join(self.folder, f"agreement-{version}.txt")
        self.washington.call("agreement", "amend", "--dir", self.washington.directory, "--output", path)
        with open(path) as file:
            text = file.read()
        with open(path, "w") as file:
            file.write(re.sub(r"quota +\d+ then", f"quota         {burst} then", text))
        for station in (self.washington, self.moscow):
            station.call("agreement", "check", path, "--dir", station.directory)
            station.call("agreement", "sign", path, "--dir", station.directory)
        return path

    def install(self, station, path):
        station.call("agreement", "install", path, "--dir", station.directory)
        station.stop()
        station.start()
        self.washington.until(self.is_up, "the line comes back", 30)

    def peer_agreement(self, station):
        return station.status()["peers"][0]["agreement"]

    def test_one_side_amends_before_the_other_and_nothing_is_lost(self):
        self.start()
        sent = [(self.send(self.washington, "m-watch", "under the first"), "under the first")]
        path = self.amend(2, 5)
        self.install(self.washington, path)
        self.assertEqual(self.washington.status()["agreement"], "version 2")
        for number in range(5):
            sent.append((self.send(self.washington, "m-watch", f"under the second {number}"), f"under the second {number}"))
        self.send(self.moscow, "w-watch", "still under the first")
        self.settle()
        self.assertEqual(self.letters(self.moscow, "inbox"), sent)
        self.assertTrue(self.peer_agreement(self.moscow).startswith("NOT INSTALLED HERE"))
        entry = self.moscow.ask("show", sent[-1][0])[0]
        self.assertFalse(entry["isAgreementInstalled"])
        self.assertEqual(entry["signed"], "unsigned")
        self.assertIn("NOT INSTALLED HERE", self.moscow.call("show", sent[-1][0], "--dir", self.moscow.directory))

        self.install(self.moscow, path)
        self.washington.call("checkpoint", "--dir", self.washington.directory)
        self.moscow.until(lambda: self.moscow.ask("show", sent[-1][0])[0]["signed"] == "in full", "the signature counts now", 30)
        self.assertTrue(self.moscow.ask("show", sent[-1][0])[0]["isAgreementInstalled"])
        self.assertEqual(self.peer_agreement(self.moscow), "version 2")
        self.washington.until(lambda: self.peer_agreement(self.washington) == "version 2", "Moscow's record has switched", 30)
        for station in (self.washington, self.moscow):
            station.call("record", "verify", "--dir", station.directory)
            self.assertEqual(station.status()["peers"][0]["violations"], 0)
        export = os.path.join(self.folder, "line.export")
        self.moscow.call("record", "export", export, "--dir", self.moscow.directory)
        self.moscow.call("record", "verify", export)
        proof = os.path.join(self.folder, "proof.txt")
        self.moscow.call("record", "prove", sent[-1][0], "--dir", self.moscow.directory, "--output", proof)
        self.assertIn("under the second 4", self.moscow.call("record", "verify", proof))

    def test_a_station_does_not_go_on_without_an_amendment_that_its_record_is_under(self):
        path = self.amend(2, 5)
        self.washington.call("agreement", "install", path, "--dir", self.washington.directory)
        self.washington.start()
        self.washington.stop()
        os.remove(os.path.join(self.washington.directory, "agreement-2.txt"))
        done = self.washington.call("run", "--dir", self.washington.directory, check=False)
        self.assertEqual(done.returncode, 77, done.stderr)
        self.assertIn("not installed here", done.stderr)
        self.assertIn("hint:", done.stderr)
        self.washington.call("agreement", "install", path, "--dir", self.washington.directory)
        self.washington.start()


if __name__ == "__main__":
    unittest.main()
