"""A disk is lost: the station comes back from its backup, and what came after it from the other side."""
import json
import os
import shutil
import unittest

from line_case import LineCase


class Restore(LineCase):
    def setUp(self):
        super().setUp()
        self.passphrase = os.path.join(self.folder, "passphrase")
        with open(os.open(self.passphrase, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            file.write("six words drawn by the dice\n")

    def exchange(self, first, last):
        for index in range(first, last):
            self.send(self.washington, "m-watch", f"W {index}")
            self.send(self.moscow, "w-watch", f"M {index}")
        self.settle()

    def lose_and_restore(self, backup):
        self.washington.kill()
        shutil.rmtree(self.washington.directory)
        self.washington.call("restore", backup, "--dir", self.washington.directory, "--passphrase-file", self.passphrase)
        self.start_again()

    def start_again(self):
        self.washington.start()
        self.washington.until(self.is_up, "the line comes up again", 60)

    def texts(self, station, command):
        return sorted(text for _, text in self.letters(station, command) if text)

    def test_a_backup_made_while_it_runs_and_the_rest_from_the_other_side(self):
        self.start()
        self.exchange(0, 5)
        backup = os.path.join(self.folder, "w.backup")
        self.washington.call("backup", backup, "--dir", self.washington.directory, "--passphrase-file", self.passphrase)
        self.exchange(5, 15)
        for station in (self.washington, self.moscow):
            station.call("checkpoint", "--dir", station.directory)
        ours, theirs = self.texts(self.washington, "outbox"), self.texts(self.washington, "inbox")
        self.assertEqual(len(ours), 15)
        self.moscow.until(lambda: self.moscow.status()["peers"][0]["record"]["inFullUpTo"] >= 15, "the signature arrives", 30)
        self.lose_and_restore(backup)
        self.washington.until(lambda: self.texts(self.washington, "outbox") == ours, "our letters come back", 60)
        self.washington.until(lambda: self.texts(self.washington, "inbox") == theirs, "theirs come again", 60)
        self.exchange(15, 17)
        self.assertEqual(len(self.texts(self.moscow, "inbox")), 17)
        for station in (self.washington, self.moscow):
            station.call("checkpoint", "--dir", station.directory)
            station.call("record", "verify", "--dir", station.directory)
            export = os.path.join(self.folder, station.mark + ".export")
            station.call("record", "export", export, "--dir", station.directory)
            station.call("record", "verify", export, "--dir", station.directory)
            self.assertEqual(self.kinds(station), {"opening", "letter", "declaration", "recovery"})

    def kinds(self, station):
        """The kinds of the entries of Washington's record as a station has them."""
        kinds = set()
        for generation in json.loads(station.call("record", "show", "--dir", station.directory, "--json"))["generations"]:
            if generation["mark"] == "W":
                for number in range(generation["entries"]):
                    name = f"{generation['station']}/{generation['generation']}/{number}"
                    kinds.add(station.ask("show", name)[0]["kind"])
        return kinds

    def test_without_any_backup_the_keys_alone_bring_the_record_back(self):
        self.start()
        self.exchange(0, 8)
        self.washington.call("checkpoint", "--dir", self.washington.directory)
        self.moscow.until(lambda: self.moscow.status()["peers"][0]["record"]["inFullUpTo"] >= 8, "the signature arrives", 30)
        ours, theirs = self.texts(self.washington, "outbox"), self.texts(self.washington, "inbox")
        self.washington.kill()
        for name in os.listdir(self.washington.directory):
            if name.startswith(("record.sqlite", "secrets.sqlite")):
                os.unlink(os.path.join(self.washington.directory, name))
        self.start_again()
        self.washington.until(lambda: self.texts(self.washington, "outbox") == ours, "our letters come back", 60)
        self.washington.until(lambda: self.texts(self.washington, "inbox") == theirs, "theirs come again", 60)
        self.washington.call("record", "verify", "--dir", self.washington.directory)


if __name__ == "__main__":
    unittest.main()
