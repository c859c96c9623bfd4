"""Contacts between counterparts on a line of two real stations: asked for, agreed, held on the line, missed, declined."""
import csv
import io
import os
import stat
import subprocess
import unittest
from datetime import datetime, timedelta, timezone

from line_case import ROOT, LineCase


def moment(minutes):
    return (datetime.now(timezone.utc) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%MZ")


class ContactProcess(LineCase):
    def serial(self, station, *arguments, **options):
        return station.ask(*arguments, **options)[0]["serial"]

    def refused(self, station, what, *arguments):
        done = station.call(*arguments, "--dir", station.directory, check=False)
        self.assertIn(done.returncode, (64, 77), done.stderr)
        self.assertIn(what, done.stderr)
        self.assertRegex(done.stderr, r"\n  hint: .+")

    def contact(self, station, serial):
        return station.ask("contact", "show", serial)[0]

    def both(self, serial, standing):
        for station in (self.washington, self.moscow):
            station.until(lambda: self.contact(station, serial)["standing"] == standing, f"{serial} is {standing} on both sides", 20)

    def request(self, medium="text", minutes=60):
        return self.serial(
            self.washington, "contact", "request", "--with", "m-cgs", "--medium", medium, "--window", f"{moment(minutes)}/30m", "--window",
            f"{moment(minutes + 1440)}/{moment(minutes + 1500)}", "--subject", "The missile that fell in Poland", "--reply-by", moment(minutes - 30))

    def test_a_session_is_asked_for_moved_held_on_the_line_and_minuted(self):
        self.start()
        asked = self.request()
        self.settle()
        self.assertEqual([(one["serial"], one["kind"], one["due"], one["isOwn"]) for one in self.moscow.ask("open")], [(asked, "contact, text", "receipt", False)])
        self.serial(self.moscow, "take", asked)
        self.serial(self.moscow, "hold", asked, "2")
        self.serial(self.moscow, "contact", "propose", asked, "--window", f"{moment(90)}/1h", "Rather a little later.")
        self.settle()
        offers = self.contact(self.washington, asked)["offers"]
        self.assertEqual([(one["isOwn"], len(one["windows"])) for one in offers], [(True, 2), (False, 1)])
        self.refused(self.washington, "the offer has no such window", "contact", "accept", asked, "--window", "2")
        self.refused(self.washington, "no window is agreed", "contact", "open", asked)
        self.serial(self.washington, "contact", "accept", asked)
        self.both(asked, "agreed")
        self.moscow.kill()
        self.moscow.start()
        self.refused(self.moscow, "the session is not open", "contact", "say", asked, "Too early.")
        self.serial(self.washington, "contact", "open", asked)
        self.serial(self.moscow, "contact", "open", asked)
        self.both(asked, "in session")
        self.serial(self.washington, "contact", "say", asked, "What do your radars say?")
        self.settle()
        self.serial(self.moscow, "contact", "say", asked, "--lang", "ru", "--file", "-", input="Это не наша ракета.\n")
        self.settle()
        self.serial(self.moscow, "contact", "close", asked)
        self.both(asked, "held")
        for station in (self.washington, self.moscow):
            said = self.contact(station, asked)["session"]
            self.assertEqual([(one["text"], one["language"]) for one in said], [("What do your radars say?", "en"), ("Это не наша ракета.", "ru")])
        self.serial(self.moscow, "contact", "minutes", asked, "Both sides spoke of the missile.")
        self.settle()
        confirmation = self.serial(self.washington, "contact", "confirm", asked)
        self.moscow.until(lambda: self.contact(self.moscow, asked)["minutes"][0]["confirmedIn"] == confirmation, "the minutes are agreed", 20)
        self.assertEqual(self.washington.ask("contact", "list"), [])
        self.assertEqual([one["standing"] for one in self.moscow.ask("contact", "list", "--since", "2026-01-01")], ["held"])
        page = self.washington.call("contact", "show", asked, "--dir", self.washington.directory)
        for words in ("Это не наша ракета.", f"agreed, confirmed in {confirmation}", "stands   held"):
            self.assertIn(words, page)

    def test_what_is_refused_is_on_the_record_of_both(self):
        self.start()
        declined, withdrawn, missed = self.request("voice"), self.request("visit"), self.request("voice")
        self.settle()
        self.refused(self.moscow, "a request for a contact is accepted, and not answered", "answer", declined, "Yes.")
        self.refused(self.moscow, "that is for the side that has asked to say", "withdraw", declined)
        self.serial(self.moscow, "decline", declined, "--reason", "not-now")
        self.serial(self.moscow, "not-yet", withdrawn, "--awaiting", "m-cgs")
        self.both(withdrawn, "not yet")
        self.serial(self.washington, "withdraw", withdrawn)
        self.serial(self.moscow, "contact", "accept", missed)
        self.both(missed, "agreed")
        self.serial(self.washington, "contact", "missed", missed, "--by", "M")
        self.both(declined, "declined")
        self.both(withdrawn, "withdrawn")
        self.both(missed, "missed by Russian Federation")
        self.serial(self.moscow, "contact", "held", missed, "--window", f"{moment(60)}/30m")
        self.both(missed, "disputed")
        for station in (self.washington, self.moscow):
            report = {one["serial"]: (one["kind"], one["outcome"]["outcome"]) for one in station.ask("report", "contacts", "--since", "2026-01-01")[0]["attempts"]}
            self.assertEqual(report, {
                declined: ("contact, voice", "declined"), withdrawn: ("contact, visit", "withdrawn"), missed: ("contact, voice", "disputed")})
            self.assertEqual(station.ask("open"), [])
        self.report(declined)
        self.refused(self.washington, "is over", "contact", "request", "--with", "m-cgs", "--medium", "voice", "--window", "2026-01-01T00:00Z/1h", "--subject", "Late")
        self.refused(self.washington, "is no window", "contact", "request", "--with", "m-cgs", "--medium", "voice", "--window", "noon", "--subject", "Late")
        self.refused(self.washington, "is no medium", "contact", "request", "--with", "m-cgs", "--medium", "fax", "--window", f"{moment(9)}/1h", "--subject", "Late")

    def report(self, declined):
        """The report in every form, and each of its facts proved to somebody who has nothing but the files."""
        for station in (self.washington, self.moscow):
            station.call("checkpoint", "--dir", station.directory)
        self.settle()
        station = self.washington
        whole = lambda: station.ask("report", "contacts")[0]
        totals = whole()["totals"]
        self.assertEqual([(one["attempts"], sorted(count["outcome"] for count in one["outcomes"])) for one in totals], [(3, ["declined", "disputed", "withdrawn"])])
        self.assertEqual(station.ask("report", "contacts", "--post", "w-watch")[0]["attempts"], [])
        page = station.call("report", "contacts", "--format", "html", "--dir", station.directory)
        self.assertIn("<td>declined, not-now: ", page)
        self.assertNotRegex(page, r"(?i)<script|src=|href=|https?:")
        rows = list(csv.DictReader(io.StringIO(station.call("report", "contacts", "--format", "csv", "--dir", station.directory), newline="")))
        self.assertEqual({row["serial"]: row["outcome"] for row in rows}[declined], "declined")
        folder = f"{self.folder}/proofs"
        station.until(lambda: station.ask("status")[0]["peers"][0]["record"]["unsigned"] == 0, "the other side has signed", 20)
        said = station.call("report", "contacts", "--prove", folder, "--format", "html", "--dir", station.directory)
        self.assertIn(", 0 not", said)
        proofs = sorted(name for name in os.listdir(folder) if name.endswith(".proof"))
        self.assertEqual(len(proofs), len({entry for one in whole()["attempts"] for entry in one["entries"]}))
        self.assertEqual(stat.S_IMODE(os.stat(f"{folder}/{proofs[0]}").st_mode), 0o600)
        python = subprocess.check_output([f"{ROOT}/scripts/conformance-python"], text=True).strip()
        for name in proofs:
            self.assertIn("proof", station.call("record", "verify", f"{folder}/{name}"))
            judged = subprocess.run([python, "-B", f"{ROOT}/conformance/judge.py", f"{folder}/{name}"], capture_output=True, text=True)
            self.assertEqual(judged.returncode, 0, judged.stdout + judged.stderr)


if __name__ == "__main__":
    unittest.main()
