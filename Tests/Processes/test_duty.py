"""The watch at one's own station: who has it, alarms that ring in their time and survive kills, the local log."""
import json
import os
import stat
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

from line_case import LineCase


class DutyProcess(LineCase):
    def alarms(self, station):
        return {one["kind"]: one for one in station.ask("alarm", "list")}

    def test_an_alarm_rings_in_its_time_until_it_is_acknowledged_and_survives_a_kill(self):
        heard = f"{self.folder}/heard"
        bell = f"{self.folder}/bell"
        with open(bell, "w") as file:
            file.write(f'#!/bin/sh\n( date +%s.%N; cat ) >> "{heard}"\n')
        os.chmod(bell, 0o700)
        configuration = f"{self.moscow.directory}/hotline.yaml"
        with open(configuration, "a") as file:
            file.write(f"\nnotify:\n  program: {bell}\n")
        self.start()
        due = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(seconds=4)
        letter = self.washington.ask(
            "send", "--to", "m-watch", "--precedence", "PRIORITY", "--reply-by", due.strftime("%Y-%m-%dT%H:%M:%SZ"), "Are you there?")[0]["serial"]
        self.settle()
        self.assertEqual(self.alarms(self.moscow), {})
        self.moscow.until(lambda: os.path.exists(heard) and "reply due" in Path(heard).read_text(), "the bell is rung", 20)
        at, said = Path(heard).read_text().splitlines()[:2]
        self.assertLess(abs(float(at) - due.timestamp()), 1.5, "within a second of its time, and the time that a process takes")
        self.assertEqual([json.loads(said)[key] for key in ("name", "kind", "rings")], [letter, "reply due", 1])
        self.assertNotIn("Are you there?", said)
        self.washington.until(lambda: "their reply is late" in self.alarms(self.washington), "it is late on the other side too", 20)
        self.assertIn("line good, desk silent since", self.alarms(self.washington)["their reply is late"]["what"])
        self.moscow.call("watch", "take", "Captain Orlov", "--dir", self.moscow.directory)
        self.moscow.call("alarm", "acknowledge", letter, "Captain Orlov", "--dir", self.moscow.directory)
        self.moscow.kill()
        self.moscow.start()
        self.moscow.until(lambda: self.alarms(self.moscow), "it is known after the kill", 20)
        self.assertEqual(self.alarms(self.moscow)["reply due"]["acknowledgedBy"], "Captain Orlov")
        rung = [line for line in self.moscow.ask("log", "show") if line["what"] == "alarm"]
        self.assertEqual(len(rung), 1, "nothing rings twice because a process died")
        self.moscow.ask("hold", letter, "1", "--as", "Lieutenant Sokolov")
        self.moscow.until(lambda: self.alarms(self.moscow) == {}, "done is done", 20)
        log = [(line["who"], line["what"]) for line in self.moscow.ask("log", "show")]
        self.assertIn(("Lieutenant Sokolov", "holding reply"), log)
        self.assertIn(("Captain Orlov", "acknowledged an alarm"), log)

    def test_the_watch_is_handed_over_with_its_sheet_and_the_log_is_verified(self):
        self.start()
        here = ("--dir", self.washington.directory)
        done = self.washington.call("watch", "hand-over", "Berg", *here, check=False)
        self.assertEqual(done.returncode, 77)
        self.washington.call("watch", "take", "Lind", *here)
        self.send(self.washington, "m-cgs", "Is the Chief at the machine?", "IMMEDIATE")
        self.washington.call("post", "set", "w-cjcs", "stand-in", *here)
        self.washington.call("post", "ask", "m-cgs", *here)
        self.washington.call("channel", "suspend", "principals", "Until the facts are known.", *here)
        page = self.washington.call("watch", "hand-over", "Berg", "The minister is asked.", *here)
        for words in ("WATCH  Berg, since", "The minister is asked.", "ALARMS: none", "Russian Federation  up", "channel principals SUSPENDED", "w-cjcs  manned by a stand-in", "FOR THEM"):
            self.assertIn(words, page)
        self.moscow.until(lambda: any(post["asked"] for post in self.moscow.ask("post", "list") if post["code"] == "m-cgs"), "they are asked", 20)
        self.moscow.call("post", "set", "m-cgs", "standing-by", "--dir", self.moscow.directory)
        self.washington.until(lambda: any(post["presence"] == "standing by at the machine" for post in self.washington.ask("post", "list")), "and answer", 20)
        done = self.moscow.call("post", "set", "w-cjcs", "manned", "--dir", self.moscow.directory, check=False)
        self.assertEqual(done.returncode, 77)
        path = f"{self.washington.directory}/watch.log"
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        found = self.washington.ask("log", "verify")[0]
        self.assertGreaterEqual(found["lines"], 6)
        with open(path, "r+b") as file:
            text = file.read()
            file.seek(text.index(b"Lind"))
            file.write(b"Lund")
        done = self.washington.call("log", "verify", *here, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("line 1", done.stderr)


if __name__ == "__main__":
    unittest.main()
