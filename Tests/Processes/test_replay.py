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


class Stages1967(LineCase):
    """The stages and times of the exchange are in this repository; its texts are not needed for them."""

    def test_the_lines_share_of_each_stage_stands_beside_what_it_took_at_the_time(self):
        self.start()
        exchange = os.path.join(ROOT, "demo", "june-1967.json")
        arguments = ("replay", exchange, "--station", f"Washington={self.washington.directory}", "--station", f"Moscow={self.moscow.directory}",
                     "--to-post", "Washington=w-secdef", "--to-post", "Moscow=m-mod", "--lang", "en", "--stages")
        passages = [json.loads(line) for line in self.washington.call(*arguments, "--json", timeout=120).splitlines()]
        with open(exchange, encoding="utf-8") as file:
            messages = json.load(file)["messages"]
        self.assertEqual([each["bytes"] for each in passages], [each["characters"] for each in messages])
        self.assertEqual([each.get("historicalMinutes") for each in passages], [12, 18, 2, 9, None, 5, 7, None, 7, 4, 3, 8, None])
        self.assertEqual([each.get("historicalMinutesToTranslation") for each in passages], [18, None, None, 16, None, None, None, 40, None, None, 5, 16, None])
        self.assertEqual([each.get("historicalMinutesToPrincipal") for each in passages], [28, None, None, 16, None, None, None, 43, None, None, 10, 21, None])
        for passage in passages:
            self.assertTrue(passage["isSame"])
            self.assertGreater(min(passage["takenMilliseconds"], passage["laidMilliseconds"]), 0)
            stages = [stage["stage"] for stage in self.washington.ask("show", passage["serial"])[0]["stages"]]
            self.assertLess(stages.index("taken by the watch"), stages.index("before the principal"))


if __name__ == "__main__":
    unittest.main()
