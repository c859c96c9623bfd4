"""The Washington-Moscow exchange of June 1967 through two real processes."""
import json
import os
import subprocess
import threading
import unittest

from line_case import HOTLINE, ROOT, LineCase

EXCHANGE = os.path.join(ROOT, "..", "shared", "data", "dcl-1967.json")


@unittest.skipUnless(os.path.exists(EXCHANGE), "the exchange of 1967 is not beside this checkout")
class June1967(LineCase):
    def test_every_text_arrives_byte_for_byte_though_a_station_is_killed_in_the_middle(self):
        with open(EXCHANGE, encoding="utf-8") as file:
            messages = [m for m in json.load(file)["messages"] if m.get("text")]
        self.start()
        arrived = threading.Semaphore(0)
        self.moscow.watch(lambda event: arrived.release() if event["kind"] == "received" else None)
        replay = subprocess.Popen(
            [HOTLINE, "replay", EXCHANGE, "--station", f"Washington={self.washington.directory}", "--station", f"Moscow={self.moscow.directory}",
             "--to-post", "Washington=w-secdef", "--to-post", "Moscow=m-mod", "--lang", "en"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            for _ in range(3):
                self.assertTrue(arrived.acquire(timeout=60), "three letters have arrived")
            self.moscow.kill()
            self.moscow.start()
            out, _ = replay.communicate(timeout=240)
        finally:
            if replay.poll() is None:
                replay.kill()
                replay.communicate()
        self.assertEqual(replay.returncode, 0, out)
        self.settle()
        for name, author, reader in (("Washington", self.washington, self.moscow), ("Moscow", self.moscow, self.washington)):
            texts = [m["text"].encode() for m in messages if m["from"] == name]
            self.assertTrue(texts)
            self.assertEqual([text.encode() for _, text in self.letters(reader, "inbox")], texts)
            self.assertEqual([text.encode() for _, text in self.letters(author, "outbox")], texts)
        for station in (self.washington, self.moscow):
            station.call("record", "verify", "--dir", station.directory)


if __name__ == "__main__":
    unittest.main()
