"""What the tests of real processes share: two stations on loopback, with directories of their own that are removed."""
import os
import shutil
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "demo"))
from station import Failure, free_port, make_line  # noqa: E402

HOTLINE = os.environ["HOTLINE"]


def lay_line(folder, edit=None):
    """Washington listens, Moscow dials; neither runs yet."""
    washington, moscow = make_line(HOTLINE, folder, edit=edit)
    port = free_port()
    washington.configure(listen=f"127.0.0.1:{port}")
    moscow.configure(dial={"W": f"127.0.0.1:{port}"})
    return washington, moscow


class LineCase(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="hotline-test-")
        self.washington, self.moscow = lay_line(self.folder)

    def tearDown(self):
        for station in (self.washington, self.moscow):
            station.unwatch()
            if station.process and station.process.poll() is None:
                station.kill()
        shutil.rmtree(self.folder)

    def start(self):
        for station in (self.washington, self.moscow):
            station.start()
        self.washington.until(self.is_up, "the line comes up", 30)

    def is_up(self):
        status = self.washington.status()
        return status and status["peers"][0]["state"] == "up" and status["peers"][0]["record"]["entries"] > 0

    def send(self, station, to, text, precedence="ROUTINE"):
        return station.ask("send", "--to", to, "--precedence", precedence, "--file", "-", input=text)[0]["serial"]

    def settle(self):
        def is_settled():
            return all(s.status() and s.status()["peers"][0]["backlog"] == 0 for s in (self.washington, self.moscow))
        self.washington.until(is_settled, "everything is delivered", 60)

    def letters(self, station, command):
        """Serial and text, oldest first."""
        return [(letter["serial"], letter["text"]) for letter in reversed(station.ask(command, "--limit", "1000"))]
