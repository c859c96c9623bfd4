"""The conduct of a line between two real stations: receipts, holding replies, outcomes, and the report of attempts."""
import re
import unittest

from line_case import LineCase


class WatchProcess(LineCase):
    def act(self, station, *arguments, **options):
        return station.ask(*arguments, **options)[0]["serial"]

    def refused(self, station, what, *arguments):
        done = station.call(*arguments, "--dir", station.directory, check=False)
        self.assertEqual(done.returncode, 77, done.stderr)
        self.assertIn(what, done.stderr)
        self.assertRegex(done.stderr, r"\n  hint: .+")

    def outcome(self, station, serial):
        return station.ask("show", serial)[0]["outcome"]["outcome"]

    def both(self, serial, outcome):
        for station in (self.washington, self.moscow):
            station.until(lambda: self.outcome(station, serial) == outcome, f"{serial} is {outcome} on both sides", 20)

    def test_every_stage_is_seen_by_both_and_survives_kills(self):
        self.start()
        letter = self.send(self.washington, "m-cgs", "Is the Chief of the General Staff at the machine?", "IMMEDIATE")
        self.settle()
        self.assertEqual([(one["serial"], one["stage"], one["due"]) for one in self.moscow.ask("open")], [(letter, "here", "receipt")])
        self.act(self.moscow, "take", letter)
        self.refused(self.moscow, "the watch has taken it already", "take", letter)
        self.refused(self.washington, "that letter is not to a post of ours", "take", letter)
        self.moscow.kill()
        self.moscow.start()
        self.act(self.moscow, "hold", letter, "2")
        self.act(self.moscow, "lay", letter)
        self.act(self.moscow, "not-yet", letter, "--awaiting", "m-cgs", "--until", "2127-01-01", "The minister is asked.")
        self.both(letter, "not yet")
        self.refused(self.washington, "an answer may still come until 2127-01-01 00:00Z", "lapse", letter)
        self.washington.kill()
        self.washington.start()
        waiting = self.washington.ask("open")
        self.assertEqual([(one["serial"], one["stage"]) for one in waiting], [(letter, "not yet, until 2127-01-01 00:00Z")])
        answer = self.act(self.moscow, "answer", letter, "--file", "-", input="Да.\n")
        self.both(letter, "answered")
        self.refused(self.moscow, "it has its final word already", "decline", letter, "--reason", "not-now")
        seen = [stage["stage"] for stage in self.washington.ask("show", letter)[0]["stages"]]
        for stage in ("at their station", "taken by the watch", "holding reply", "before the principal", "not yet", "answered"):
            self.assertIn(stage, seen)
        page = self.washington.call("show", letter, "--dir", self.washington.directory)
        self.assertRegex(page, rf"outcome +answered \({re.escape(answer)}\)")
        self.assertTrue(page.rstrip().endswith(f"ANSWERED, {answer}\n  Да."), page)
        self.assertEqual(self.washington.ask("open"), self.moscow.ask("open"))

    def test_every_attempt_is_on_the_record_of_both(self):
        self.start()
        first = self.send(self.washington, "m-cgs", "A call this week?")
        second = self.send(self.washington, "m-cgs", "A call next week?")
        third = self.send(self.washington, "m-watch", "Withdrawn at once.")
        fourth = self.send(self.moscow, "w-watch", "Nobody has answered this yet.")
        self.settle()
        self.act(self.moscow, "decline", first, "--reason", "not-now", "Not this week.")
        self.act(self.moscow, "decline", second, "--reason", "1")
        self.act(self.washington, "withdraw", third)
        self.both(first, "declined")
        self.both(second, "declined")
        self.both(third, "withdrawn")
        late = self.act(self.moscow, "answer", third, "It crossed.")
        self.both(third, "withdrawn, then answered late")
        expected = [(first, "declined"), (second, "declined"), (third, "withdrawn, then answered late"), (fourth, "open")]
        for station in (self.washington, self.moscow):
            report = station.ask("report", "contacts", "--since", "2026-01-01")[0]["attempts"]
            self.assertEqual(sorted((one["serial"], one["outcome"]["outcome"]) for one in report), sorted(expected))
            self.assertEqual(station.ask("report", "contacts", "--since", "2127-01-01")[0]["attempts"], [])
            page = station.call("report", "contacts", "--dir", station.directory)
            self.assertIn("4 attempts:", page)
            self.assertIn("2 declined", page)
        # Any of it can be published, with a proof that shows nothing else.
        self.moscow.call("checkpoint", "--dir", self.moscow.directory)
        proof = f"{self.folder}/late.proof"
        self.moscow.call("record", "prove", late, "--output", proof, "--dir", self.moscow.directory)
        self.assertIn("answered; It crossed.", self.moscow.call("record", "verify", proof))
        for station in (self.washington, self.moscow):
            station.call("record", "verify", "--dir", station.directory)

    def test_a_letter_asks_for_an_answer_by_a_time_of_its_own(self):
        self.start()
        self.refused(self.washington, "cannot be asked for", "send", "--to", "m-watch", "--precedence", "ROUTINE", "--reply-by", "2026-01-01", "Too late.")
        done = self.washington.call(
            "send", "--to", "m-watch", "--precedence", "ROUTINE", "--reply-by", "noon", "x", "--dir", self.washington.directory, check=False
        )
        self.assertEqual(done.returncode, 64, done.stderr)
        serial = self.washington.ask("send", "--to", "m-watch", "--precedence", "ROUTINE", "--reply-by", "2127-01-01T09:00Z", "In time?")[0]["serial"]
        self.settle()
        self.assertEqual(self.moscow.ask("show", serial)[0]["replyBy"], "2127-01-01T09:00:00.000Z")
        self.assertEqual(self.moscow.ask("show", serial)[0]["text"], "In time?")
        self.act(self.moscow, "take", serial)
        waiting = self.moscow.ask("open")[0]
        self.assertEqual((waiting["due"], waiting["dueAt"], waiting["isLate"]), ("reply", "2127-01-01T09:00:00.000Z", False))

    def test_a_channel_is_suspended_and_resumed_and_no_other(self):
        self.start()
        channels = {one["code"]: one for one in self.washington.ask("channel", "list")}
        code = next(code for code in channels if code not in ("safety", "tests") and self.may_send(code))
        self.refused(self.washington, "a suspension says why", "channel", "suspend", code)
        serial = self.washington.ask("channel", "suspend", code, "Until the facts are known.")[0]["serial"]
        self.refused(self.washington, "we have suspended", "channel", "suspend", code, "again")
        for station in (self.washington, self.moscow):
            station.until(lambda: self.suspended(station, code) == [serial], "both see it", 20)
        self.refused(self.moscow, "we have not suspended", "channel", "resume", code)
        self.refused(self.moscow, "is suspended by", "send", "--to", "w-watch", "--precedence", "ROUTINE", "--channel", code, "May this pass?")
        self.washington.kill()
        self.washington.start()
        self.assertEqual(self.suspended(self.washington, code), [serial])
        flash = self.moscow.ask("send", "--to", "w-watch", "--precedence", "FLASH", "--channel", "safety", "This always passes.")[0]["serial"]
        self.settle()
        self.act(self.washington, "answer", flash, "It does.")
        self.act(self.washington, "channel", "resume", code)
        self.moscow.until(lambda: self.suspended(self.moscow, code) == [], "both see that it is open", 20)
        self.moscow.ask("send", "--to", "w-watch", "--precedence", "ROUTINE", "--channel", code, "Now it passes.")
        self.settle()

    def may_send(self, code):
        done = self.moscow.call(
            "send", "--to", "w-watch", "--precedence", "ROUTINE", "--channel", code, "Before.", "--dir", self.moscow.directory, check=False
        )
        return done.returncode == 0

    def suspended(self, station, code):
        return [suspension["serial"] for one in station.ask("channel", "list") if one["code"] == code for suspension in one["suspensions"]]


if __name__ == "__main__":
    unittest.main()
