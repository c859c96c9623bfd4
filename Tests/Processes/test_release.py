"""Release by two between two real stations: officers enrolled and revoked, drafts signed and refused, a release that the other side verifies."""
import os
import unittest
from datetime import datetime, timedelta, timezone

from line_case import LineCase


class ReleaseProcess(LineCase):
    def passphrase(self, text="six words drawn by dice for them"):
        path = os.path.join(self.folder, f"passphrase-{abs(hash(text))}")
        with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(text + "\n")
        return path

    def enrol(self, station, name, *roles):
        words = [word for role in roles for word in ("--role", role)]
        return station.ask("officer", "add", "--name", name, *words, "--passphrase-file", self.passphrase())[0]

    def refused(self, station, what, *arguments, code=77):
        done = station.call(*arguments, "--dir", station.directory, check=False)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertIn(what, done.stderr)
        self.assertRegex(done.stderr, r"\n  hint: .+")
        return done.stderr

    def sign(self, station, draft, officer):
        return station.ask("draft", "sign", str(draft), "--officer", officer, "--passphrase-file", self.passphrase())[0]

    def refuses(self, station, what, draft, officer):
        self.refused(station, what, "draft", "sign", str(draft), "--officer", officer, "--passphrase-file", self.passphrase())

    def released(self, station, serial):
        return station.ask("show", serial)[0]["release"]

    def test_two_officers_release_and_the_other_side_verifies_it(self):
        self.start()
        events = []
        self.moscow.watch(events.append)
        first = self.enrol(self.washington, "Colonel First", "watch")
        self.assertEqual([officer["code"] for officer in first["officers"]], ["w-1"])
        self.enrol(self.washington, "Colonel Second", "releaser")
        self.enrol(self.washington, "Colonel Third", "watch")
        self.assertEqual(
            [(one["code"], one["name"], one["roles"], one["state"]) for one in self.washington.ask("officer", "list")],
            [("w-1", "Colonel First", ["watch"], "in force"), ("w-2", "Colonel Second", ["releaser"], "in force"), ("w-3", "Colonel Third", ["watch"], "in force")])
        key = os.stat(os.path.join(self.washington.directory, "officer-w-1.key"))
        self.assertEqual(key.st_mode & 0o777, 0o600)
        hint = self.refused(
            self.washington, "needs release by watch and releaser", "send", "--to", "m-cgs", "--precedence", "IMMEDIATE", "--channel", "principals", "We agree.")
        self.assertIn("hotline draft new", hint)
        draft = self.washington.ask("draft", "new", "--to", "m-cgs", "--precedence", "IMMEDIATE", "We agree.")[0]
        number = draft["number"]
        self.assertEqual((draft["channel"], draft["roles"], draft["missing"]), ("principals", ["watch", "releaser"], ["watch", "releaser"]))
        self.refused(self.washington, "nobody has signed it as watch and releaser", "draft", "release", str(number))
        signed = self.sign(self.washington, number, "Colonel First")
        self.assertEqual((signed["signers"], signed["missing"]), (["w-1"], ["releaser"]))
        self.refuses(self.washington, "officer w-1 has signed it already", number, "w-1")
        self.refuses(self.washington, "officer w-3 has the role watch, and what is missing is releaser", number, "Colonel Third")
        self.refused(self.washington, "nobody has signed it as releaser", "draft", "release", str(number))
        self.refused(
            self.washington, "the passphrase does not open", "draft", "sign", str(number), "--officer", "w-2", "--passphrase-file", self.passphrase("another one of six words"))
        self.sign(self.washington, number, "w-2")
        self.washington.kill()
        self.washington.start()
        self.assertEqual([(one["number"], one["signers"], one["missing"]) for one in self.washington.ask("draft", "list")], [(number, ["w-1", "w-2"], [])])
        # Revoked before it is released: the signature counts no more.
        self.washington.ask("officer", "revoke", "Colonel Second")
        self.refused(self.washington, "nobody has signed it as releaser", "draft", "release", str(number))
        self.refuses(self.washington, "officer w-2 is not in our roster", number, "w-2")
        self.assertEqual([one["state"] for one in self.washington.ask("officer", "list")], ["in force", "revoked", "in force"])
        fourth = self.enrol(self.washington, "Colonel Fourth", "releaser")
        self.assertEqual([officer["code"] for officer in fourth["officers"]], ["w-1", "w-3", "w-4"])
        self.sign(self.washington, number, "Colonel Fourth")
        self.moscow.until(lambda: events, "its watch hears what happens", 20)
        letter = self.washington.ask("draft", "release", str(number))[0]["serial"]
        self.settle()
        for station in (self.washington, self.moscow):
            release = self.released(station, letter)
            self.assertEqual((release["officers"], release["signed"], release["faults"]), (["w-1 (watch)", "w-4 (releaser)"], "in full", []))
            self.assertNotIn("warning", {key for key, value in release.items() if value})
            page = station.call("show", letter, "--dir", station.directory)
            self.assertNotIn("STATION ONLY", page)
            self.assertIn("by w-1 (watch) and w-4 (releaser), signed in full", page)
            self.assertNotIn("Colonel", page)
        self.assertNotIn("STATION ONLY", self.moscow.call("inbox", "--dir", self.moscow.directory))
        self.assertEqual(self.washington.ask("draft", "list"), [])
        self.refused(self.washington, f"there is no draft {number}", "draft", "release", str(number), code=66)
        with open(os.path.join(self.moscow.directory, "record.sqlite"), "rb") as record:
            self.assertNotIn(b"Colonel", record.read(), "who they are never leaves the station")
        self.moscow.until(lambda: any(event["kind"] == "released" for event in events), "the watch sees the release", 20)
        export = os.path.join(self.folder, "record.export")
        self.moscow.call("record", "export", export, "--dir", self.moscow.directory)
        self.moscow.call("record", "verify", export)

    def test_an_answer_leaves_with_its_release_and_a_draft_can_be_discarded(self):
        for name, roles in (("Ivanov", ["watch"]), ("Petrov", ["releaser", "watch"])):
            self.enrol(self.moscow, name, *roles)
        self.assertEqual([one["state"] for one in self.moscow.ask("officer", "list")], ["waits to be stated"] * 2)
        self.start()
        for version in (1, 2):
            self.moscow.ask("officer", "install", os.path.join(self.moscow.directory, f"roster-{version}"))
        self.refused(self.moscow, "version 1, and version 2 is in force", "officer", "install", os.path.join(self.moscow.directory, "roster-1"))
        self.refused(
            self.washington, "is not signed by our root key", "officer", "install", os.path.join(self.moscow.directory, "roster-2"))
        self.enrol(self.washington, "First", "watch", "releaser")
        self.enrol(self.washington, "Second", "watch", "releaser")
        draft = self.washington.ask("draft", "new", "--to", "m-cgs", "--precedence", "FLASH", "--exercise", "Is this yours?")[0]["number"]
        for officer in ("First", "Second"):
            self.sign(self.washington, draft, officer)
        letter = self.washington.ask("draft", "release", str(draft))[0]["serial"]
        self.settle()
        self.assertEqual(self.released(self.moscow, letter)["signed"], "in full")
        self.refused(self.moscow, "needs release", "answer", letter, "No.")
        self.refused(self.moscow, "one officer's word is enough", "draft", "not-yet", letter)
        self.moscow.ask("take", letter)
        given_up = self.moscow.ask("draft", "answer", letter, "Perhaps.")[0]["number"]
        self.moscow.ask("draft", "discard", str(given_up))
        answer = self.moscow.ask("draft", "answer", letter, "--lang", "en", "No.")[0]
        self.assertEqual((answer["kind"], answer["about"], answer["number"]), ("answered", letter, given_up + 1))
        for officer in ("Petrov", "Ivanov"):
            self.sign(self.moscow, answer["number"], officer)
        serial = self.moscow.ask("draft", "release", str(answer["number"]))[0]["serial"]
        self.settle()
        for station in (self.washington, self.moscow):
            self.assertEqual(self.released(station, serial)["officers"], ["m-1 (watch)", "m-2 (releaser)"])
            self.assertEqual(station.ask("show", letter)[0]["outcome"]["outcome"], "answered")
        late = self.moscow.ask("draft", "new", "--to", "w-cjcs", "--precedence", "ROUTINE", "Again.")[0]["number"]
        self.refused(self.moscow, "there is no officer 'Sidorov'", "draft", "sign", str(late), "--officer", "Sidorov", "--passphrase-file", self.passphrase(), code=66)

    def test_a_contact_is_asked_for_and_moved_by_two(self):
        self.start()
        self.enrol(self.washington, "Colonel First", "watch")
        self.enrol(self.washington, "Colonel Second", "releaser")
        first, other = (datetime.now(timezone.utc) + timedelta(hours=hours) for hours in (2, 5))
        window, moved = (f"{each:%Y-%m-%dT%H:%MZ}/30m" for each in (first, other))
        ask = ("contact", "request", "--with", "m-cgs", "--medium", "voice", "--window", window, "--subject", "The missile that fell in Poland", "--channel", "principals")
        self.assertIn("--draft", self.refused(self.washington, "needs release by watch and releaser", *ask))
        self.refused(self.washington, "one officer's word is enough", *ask[:-1], "safety", "--draft")
        draft = self.washington.ask(*ask, "--draft")[0]
        self.assertEqual((draft["roles"], draft["text"]), (["watch", "releaser"], "The missile that fell in Poland"))
        self.assertIn("request for a contact, voice", draft["kind"])
        self.assertIn(f"{first:%Y-%m-%d %H:%M}", draft["kind"], "who signs sees the windows")
        asked = self.release(draft["number"])
        self.settle()
        self.moscow.until(lambda: self.released(self.moscow, asked).get("signed") == "in full", "the other side has verified it", 20)
        self.assertNotIn("STATION ONLY", self.moscow.call("contact", "show", asked, "--dir", self.moscow.directory))
        # What has no text needs nobody else; what has one does, also after the contact is agreed.
        self.moscow.ask("contact", "accept", asked)
        self.washington.until(lambda: self.washington.ask("contact", "show", asked)[0]["standing"] == "agreed", "it is agreed", 20)
        move = ("contact", "propose", asked, "--window", moved, "Rather a little later.")
        self.refused(self.washington, "needs release by watch and releaser", *move)
        self.refused(self.washington, "one officer's word is enough", *move[:-1], "--draft")
        number = self.washington.ask(*move, "--draft")[0]["number"]
        proposed = self.release(number)
        self.settle()
        self.moscow.until(lambda: self.released(self.moscow, proposed).get("signed") == "in full", "the other side has verified that too", 20)
        offers = self.moscow.ask("contact", "show", asked)[0]["offers"]
        self.assertIn(proposed, str(offers))
        # What was drafted and is no longer so when it has been signed does not leave.
        again = self.washington.ask("contact", "propose", asked, "--window", moved, "Once more.", "--draft")[0]["number"]
        self.moscow.ask("contact", "accept", asked)
        self.settle()
        for officer in ("Colonel First", "Colonel Second"):
            self.sign(self.washington, again, officer)
        self.assertEqual(self.washington.ask("contact", "show", asked)[0]["standing"], "agreed")

    def release(self, number):
        for officer in ("Colonel First", "Colonel Second"):
            self.sign(self.washington, number, officer)
        return self.washington.ask("draft", "release", str(number))[0]["serial"]


if __name__ == "__main__":
    unittest.main()
