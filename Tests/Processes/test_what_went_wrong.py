"""What went wrong on real lines, and what answers it here: each story is played by two real stations with its remedy, and must end well, and
again with the remedy switched off, mostly in the agreement, where the very same must not hold."""
import functools
import re
import shutil
import tempfile
import unittest
from datetime import datetime, timedelta, timezone

from line_case import LineCase, lay_line

DATE = "2026-01-01"


def moment(**later):
    return (datetime.now(timezone.utc).replace(microsecond=0) + timedelta(**later)).strftime("%Y-%m-%dT%H:%M:%SZ")


def without(old, new, count=1):
    """An edit of the agreement that takes the remedy out of it."""
    def edit(text):
        changed, found = re.subn(old, new, text)
        assert found == count, f"{old} stands {found} times"
        return changed
    return edit


def told_apart(switched_off=None):
    """The story holds with its remedy, and does not without. `switched_off` edits the agreement for the second telling."""
    def decorate(story):
        @functools.wraps(story)
        def test(self):
            self.lay(None)
            self.assertTrue(story(self, True), "with its remedy")
            self.sweep()
            self.lay(switched_off)
            self.assertFalse(story(self, switched_off is not None), "with the remedy switched off the same must not hold")
        return test
    return decorate


class WhatWentWrong(LineCase):
    """`remedied` is whether the officers use the remedy, where it is one that they use and not one of the agreement."""

    def setUp(self):
        self.folder = None

    def tearDown(self):
        self.sweep()

    def lay(self, edit):
        self.folder = tempfile.mkdtemp(prefix="hotline-test-")
        self.washington, self.moscow = lay_line(self.folder, edit)
        self.start()

    def sweep(self):
        if self.folder:
            super().tearDown()
            self.folder = None

    def lodge(self, *arguments, station=None):
        """A letter: its serial, or what the refusal says."""
        station = station or self.washington
        done = station.call("send", *arguments, "--dir", station.directory, "--json", check=False)
        return re.search(r'"serial":"([^"]+)"', done.stdout)[1] if done.returncode == 0 else done.stderr

    def stages(self, serial, station=None):
        return [stage["stage"] for stage in (station or self.washington).ask("show", serial)[0]["stages"]]

    @told_apart()
    def test_1962_twelve_hours_for_one_letter_of_three_thousand_words(self, remedied):
        # No agreement lets a FLASH have more than two hundred; a letter that is none has no such bound.
        found = self.lodge("--to", "m-watch", "--precedence", "FLASH" if remedied else "ROUTINE", " ".join(["word"] * 3_000))
        return "200 words" in found

    @told_apart(without(r'address       en "General"', 'address       en "Comrade"', 2))
    def test_1967_the_reply_was_headed_comrade_because_an_operator_had_asked(self, _):
        serial = self.lodge("--to", "m-cgs", "--precedence", "IMMEDIATE", "--channel", "safety", "--lang", "en", "We have received your message.")
        self.settle()
        shown = self.moscow.ask("show", serial)[0]
        return shown["address"] == "General" and shown["to"] == "Chief of the General Staff of the Russian Armed Forces"

    @told_apart()
    def test_1967_is_the_president_at_the_machine_and_eight_hours_of_silence(self, remedied):
        self.washington.ask("post", "ask", "m-cgs")
        serial = self.lodge("--to", "m-cgs", "--precedence", "IMMEDIATE", "--channel", "safety", "We await an answer.")
        self.settle()
        if remedied:
            self.moscow.ask("post", "set", "m-cgs", "standing-by")
            self.moscow.ask("take", serial)
            self.moscow.ask("lay", serial)
            self.moscow.ask("hold", serial, "1")
        self.settle()
        presence = {post["code"]: post.get("presence") for post in self.washington.ask("post", "list")}["m-cgs"]
        seen = self.stages(serial)
        return presence == "standing by at the machine" and {"taken by the watch", "before the principal", "holding reply"} <= set(seen)

    @told_apart(without(r"release       watch releaser\n  proof         first", "release       none"))
    def test_2008_one_caller_who_posed_as_a_minister(self, _):
        found = self.lodge("--to", "m-cgs", "--from", "w-cjcs", "--precedence", "IMMEDIATE", "--channel", "principals", "Our forces stand at alert.")
        return "needs release by watch and releaser" in found and self.moscow.ask("inbox") == []

    @told_apart()
    def test_2013_anger_told_apart_from_rain_in_the_cable(self, remedied):
        if not remedied:
            self.moscow.kill()
            self.washington.until(lambda: not self.is_up(), "the line is down", 30)
        self.lodge("--to", "m-watch", "--precedence", "PRIORITY", "--channel", "watch", "Are you there?")
        if remedied:
            self.settle()
        # Nobody at the other desk says a word, in either telling.
        def peer():
            return self.washington.ask("report", "line")[0]["peers"][0]
        self.washington.until(lambda: peer()["state"] == ("up" if remedied else "down"), "the report has caught up", 20)
        return peer()["state"] == "up" and "silentSince" in peer()

    @told_apart(without(r"counterparts  2\n  succession    6", "counterparts  2\n  succession    none"))
    def test_2016_twenty_seven_minutes_until_the_usual_contact_was_there(self, _):
        self.moscow.ask("post", "set", "m-cgs", "unmanned")
        self.lodge("--to", "m-cgs", "--precedence", "IMMEDIATE", "--channel", "safety", "--reply-by", moment(seconds=2), "You are striking the wrong side.")
        alarms = []
        def ring():
            alarms[:] = [each for each in self.moscow.ask("alarm", "list") if each["kind"] == "reply due"]
            return alarms
        self.moscow.until(ring, "it rings", 20)
        return alarms[0]["posts"][0] == "m-watch"

    @told_apart(without(r"counterparts  [1346]", "counterparts  none", 4))
    def test_2021_three_calls_for_an_officer_of_the_wrong_rank(self, _):
        found = self.lodge("--to", "m-watch", "--from", "w-secdef", "--precedence", "IMMEDIATE", "--channel", "safety", "Please call back.")
        return "does not pair" in found and "opposite" in found

    @told_apart()
    def test_2022_calls_declined_for_weeks_with_no_reason_and_no_record(self, remedied):
        asked = self.washington.ask("contact", "request", "--with", "m-cgs", "--medium", "voice", "--window", f"{moment(hours=2)}/1h", "--subject", "A call")[0]["serial"]
        self.settle()
        if remedied:
            self.moscow.ask("decline", asked, "--reason", "not-now")
        self.settle()
        found = []
        for station in (self.washington, self.moscow):
            attempt = station.ask("report", "contacts", "--since", DATE)[0]["attempts"][0]
            found.append((attempt["serial"], attempt["outcome"]["outcome"], "Not at this time." in str(attempt["outcome"]) or "not-now" in str(attempt["outcome"])))
        return found == [(asked, "declined", True)] * 2

    @told_apart(without(r"suspension    allowed\n  passes        FLASH\n\nchannel 3", "suspension    never\n\nchannel 3"))
    def test_2023_notices_of_one_treaty_suspended_and_of_another_continued(self, _):
        done = self.moscow.call("channel", "suspend", "watch", "Talks are off.", "--dir", self.moscow.directory, check=False)
        self.settle()
        refused = self.lodge("--to", "m-watch", "--precedence", "ROUTINE", "--channel", "watch", "Of the day.")
        passed = self.lodge("--to", "m-watch", "--precedence", "ROUTINE", "--channel", "safety", "A test launch tomorrow.")
        self.settle()
        arrived = [letter["serial"] for letter in self.moscow.ask("inbox")]
        if done.returncode != 0:
            return False
        said = self.washington.ask("show", done.stdout.split()[0])[0]
        return "suspended" in refused and "Talks are off." in said["text"] and arrived == [passed]

    @told_apart()
    def test_2023_a_pact_that_allowed_forty_eight_hours_and_asked_for_an_appointment(self, remedied):
        by = ("--reply-by", moment(seconds=3)) if remedied else ()
        serial = self.lodge("--to", "m-watch", "--precedence", "PRIORITY", "--channel", "safety", *by, "A balloon of yours is over our territory.")
        self.settle()
        # Nobody over there has agreed to anything, and it is lodged; and when an answer is due both see.
        lodged = "at their station" in self.stages(serial)
        def rings():
            return [each["kind"] for station in (self.moscow, self.washington) for each in station.ask("alarm", "list")]
        if remedied:
            self.washington.until(lambda: set(rings()) >= {"reply due", "their reply is late"}, "it rings on both sides", 20)
        return lodged and set(rings()) >= {"reply due", "their reply is late"}

    @told_apart()
    def test_2025_minutes_on_one_telephone_set_to_vanish(self, remedied):
        asked = self.washington.ask(
            "contact", "request", "--with", "m-cgs", "--medium", "text", "--window", f"{moment(hours=1)}/30m", "--subject", "The crisis")[0]["serial"]
        self.settle()
        self.moscow.ask("contact", "accept", asked)
        self.settle()
        for station in (self.washington, self.moscow):
            station.ask("contact", "open", asked)
        self.settle()
        self.moscow.ask("contact", "close", asked)
        self.settle()
        if remedied:
            self.washington.ask("contact", "minutes", asked, "Both sides will hold their fire.")
            self.settle()
            self.moscow.ask("contact", "confirm", asked)
            self.settle()
        kept = []
        for station in (self.washington, self.moscow):
            station.call("record", "verify", "--dir", station.directory)
            minutes = station.ask("contact", "show", asked)[0].get("minutes") or []
            kept.append([(each["text"], bool(each.get("confirmedIn"))) for each in minutes])
        return kept == [[("Both sides will hold their fire.", True)]] * 2


if __name__ == "__main__":
    unittest.main()
