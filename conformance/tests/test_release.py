"""A station that sends what two officers must release, and has no release: the Swift station says so before everything else, and changes nothing.

Skipped where the environment variable HOTLINE, the path of the other station's binary, is not set.
"""

import re
import unittest

from .live import Live, SwiftStation, free_port, hotline

WARNING = "STATION ONLY: two-officer proof not received"


class LiveRelease(Live):
    def test_what_nobody_has_released_is_the_word_of_the_station(self):
        self.agree(python_first=False)
        number = re.search(r"(?m)^channel +(\d+) +principals$", self.text.read_text())[1]
        port = free_port()
        station = SwiftStation(self.swift, f"127.0.0.1:{port}")
        self.addCleanup(station.kill)
        station.start()
        process = self.start_python("--dial", f"127.0.0.1:{port}", "--letters", 2, "--channel", number, "--unreleased", "--seconds", 60, "--full")
        summary = self.finish(process, station)
        self.assertEqual((summary["ours"], summary["violations"]), (2, 0))
        letters = station.request("GET", "/v1/letters?direction=received&limit=10")
        self.assertEqual([letter["release"]["warning"] for letter in letters], [WARNING, WARNING])
        self.assertTrue(hotline("show", "--dir", self.swift, letters[0]["serial"]).startswith(WARNING))
        self.assertEqual(hotline("inbox", "--dir", self.swift).count(WARNING), 2)


if __name__ == "__main__":
    unittest.main()
