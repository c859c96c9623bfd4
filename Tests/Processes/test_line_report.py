"""How the line has been, through a cut, a kill and a stop."""
import time
import unittest

from line_case import LineCase


class LineReportProcess(LineCase):
    def report(self, station, *options):
        return station.ask("report", "line", *options)[0]

    def peer(self, station):
        return self.report(station)["peers"][0]

    def test_outages_a_kill_and_what_waits(self):
        self.start()
        self.washington.until(lambda: self.peer(self.washington)["state"] == "up", "it is seen to be up", 20)
        self.send(self.washington, "m-watch", "Are you there?")
        self.settle()
        self.washington.until(lambda: "longestSeconds" in self.peer(self.washington), "the time of its arrival is known", 20)
        first = self.peer(self.washington)
        self.assertEqual((first["delivered"], first["backlog"]), (1, 0))
        self.assertLess(first["longestSeconds"], 10)
        self.assertIn("silentSince", first)
        self.assertIn("line good, desk silent since", self.washington.call("report", "line", "--dir", self.washington.directory))
        # The other side goes: that is an outage here, and no time of which nothing is known.
        self.moscow.kill()
        killed = time.time()
        self.washington.until(lambda: self.peer(self.washington)["state"] == "down", "it is seen to be down", 30)
        waiting = self.send(self.washington, "m-watch", "And now?")
        down = self.peer(self.washington)
        self.assertEqual((down["waiting"], down["backlog"] > 0, "silentSince" in down), (waiting, True, False))
        self.moscow.start()
        back = time.time()
        self.washington.until(lambda: self.peer(self.washington)["state"] == "up", "it is up again", 30)
        self.settle()
        whole = self.peer(self.washington)
        outages = [each for each in whole["outages"] if each.get("detail") != "this station has started"]
        self.assertEqual(len(outages), 1)
        self.assertLess(abs(outages[0]["seconds"] - (back - killed)), 12)
        self.assertEqual(whole["delivered"], 2)
        self.assertEqual(self.report(self.washington)["notRunning"], [])
        # For the one that was killed it is a time of which nothing is known, to within some seconds.
        self.moscow.until(lambda: self.peer(self.moscow)["state"] == "up", "it is seen to be up there too", 20)
        unknown = self.report(self.moscow)["notRunning"]
        self.assertEqual(len(unknown), 1)
        self.assertLess(abs(unknown[0]["seconds"] - (back - killed)), 5)
        page = self.washington.call("report", "line", "--dir", self.washington.directory)
        for words in ("line to Russian Federation (M): up since", "OUTAGES", "PROBES ANSWERED", "2 letters of ours came to their station"):
            self.assertIn(words, page)
        table = self.washington.call("report", "line", "--format", "csv", "--dir", self.washington.directory)
        self.assertIn('"line down","Russian Federation"', table)
        html = self.washington.call("report", "line", "--format", "html", "--dir", self.washington.directory)
        self.assertIn("<h2>Outages</h2>", html)
        self.assertNotIn("://", html)
        refused = self.washington.call("report", "line", "--since", "yesterday", "--dir", self.washington.directory, check=False)
        self.assertIn("no time", refused.stderr)
        # Probes are counted at the end of each run too.
        self.washington.stop()
        self.washington.start()
        self.washington.until(lambda: self.peer(self.washington)["bearers"][0]["probesAnswered"] > 0, "the probes of the last run are known", 20)


if __name__ == "__main__":
    unittest.main()
