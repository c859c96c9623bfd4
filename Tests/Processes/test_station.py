"""A station as a process: what a person or a bad day does to it."""
import json
import os
import socket
import sqlite3
import stat
import subprocess
import unittest

from line_case import LineCase, free_port


class StationProcess(LineCase):
    def test_a_second_process_on_the_directory_is_refused_and_the_first_goes_on(self):
        self.start()
        second = self.washington.call("run", "--dir", self.washington.directory, check=False)
        self.assertEqual(second.returncode, 69, second.stderr)
        self.assertIn("hint:", second.stderr)
        self.send(self.washington, "m-watch", "still here")
        self.settle()

    def test_an_agreement_that_differs_by_one_byte_is_refused_at_the_start(self):
        path = os.path.join(self.moscow.directory, "agreement.txt")
        with open(path, "rb") as file:
            content = bytearray(file.read())
        place = content.index(b"at any hour")
        content[place] ^= 1
        os.chmod(path, stat.S_IRUSR | stat.S_IWUSR)
        with open(path, "wb") as file:
            file.write(content)
        done = self.moscow.call("run", "--dir", self.moscow.directory, check=False)
        self.assertIn(done.returncode, (65, 76), done.stderr)
        self.assertIn("hint:", done.stderr)

    def test_two_texts_that_differ_by_one_byte_carry_nothing_and_say_why(self):
        one, two = (os.path.join(self.folder, name) for name in ("one.txt", "two.txt"))
        for station in (self.washington, self.moscow):
            os.unlink(os.path.join(station.directory, "agreement.txt"))
        self.washington.call("agreement", "draft", self.washington.card, self.moscow.card, "--output", one)
        with open(one, encoding="utf-8") as draft, open(two, "w", encoding="utf-8") as other:
            other.write(draft.read().replace("Not at this time.", "Not at thus time.", 1))
        for text in (one, two):
            for station in (self.washington, self.moscow):
                station.call("agreement", "sign", "--dir", station.directory, text)
        self.washington.call("agreement", "install", "--dir", self.washington.directory, one)
        self.moscow.call("agreement", "install", "--dir", self.moscow.directory, two)
        for station in (self.washington, self.moscow):
            station.start()

        def is_apart():
            peer = self.washington.status()["peers"][0]
            return peer["bearers"][0]["isUp"] and peer["framesDropped"] > 0
        self.washington.until(is_apart, "frames of another line are dropped", 30)
        self.send(self.washington, "m-watch", "kept until the texts are the same")
        self.assertEqual(self.washington.status()["peers"][0]["state"], "no epoch yet")
        self.assertEqual(self.letters(self.moscow, "inbox"), [])
        self.assertEqual(len(self.letters(self.washington, "outbox")), 1)
        self.assertIn("the same agreement, byte for byte?", self.washington.call("status", "--dir", self.washington.directory))

    def test_a_signature_over_another_text_is_told_by_a_check(self):
        path = os.path.join(self.folder, "changed.txt")
        with open(os.path.join(self.moscow.directory, "agreement.txt"), "rb") as file:
            content = file.read()
        with open(path, "wb") as file:
            file.write(content.replace(b"at any hour", b"at any houR", 1))
        done = self.moscow.call("agreement", "check", path, check=False)
        self.assertEqual(done.returncode, 76, done.stdout + done.stderr)
        self.assertIn("WRONG SIGNATURE", done.stdout)

    def test_a_port_that_is_taken_is_said_and_nothing_goes_on_without_it(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            address = f"127.0.0.1:{taken.getsockname()[1]}"
            self.washington.configure(listen=address)
            done = self.washington.call("run", "--dir", self.washington.directory, check=False)
            self.assertEqual(done.returncode, 69, done.stderr)
            self.assertIn(f"cannot listen at {address}", done.stderr)
            self.washington.configure(listen=f"127.0.0.1:{free_port()}")
            path = os.path.join(self.washington.directory, "hotline.yaml")
            with open(path) as file:
                text = file.read().replace("port: none", f"port: {taken.getsockname()[1]}")
            with open(path, "w") as file:
                file.write(text)
            done = self.washington.call("run", "--dir", self.washington.directory, check=False)
            self.assertEqual(done.returncode, 69, done.stderr)
            self.assertIn(f"health and metrics cannot listen at {address}", done.stderr)
            record = json.loads(self.washington.call("record", "show", "--dir", self.washington.directory, "--json"))
            self.assertEqual(record["generations"], [], "a start that fails leaves nothing in the record")

    def test_a_directory_without_a_party_is_said_to_be_one(self):
        for command in (["status"], ["send", "--to", "m-watch", "--precedence", "ROUTINE", "x"], ["card"], ["agreement", "show"], ["record", "verify"], ["run"]):
            done = self.washington.call(*command, "--dir", self.folder, check=False)
            self.assertEqual(done.returncode, 66, done.stderr)
            self.assertIn("holds no party", done.stderr)

    def test_a_table_fits_its_screen(self):
        self.start()
        self.send(self.washington, "m-cgs", "A letter of more words than any narrow screen has room for, and then some more of them.", "FLASH")
        self.settle()
        for width in (60, 80, 100, 132):
            for station, command in ((self.moscow, "inbox"), (self.washington, "outbox")):
                out = subprocess.run([station.hotline, command, "--dir", station.directory], env=dict(os.environ, COLUMNS=str(width)),
                                     capture_output=True, text=True, check=True).stdout
                self.assertIn("A letter", out)
                for line in out.splitlines():
                    self.assertLessEqual(len(line), width, line)

    def test_a_record_of_a_later_version_is_left_alone(self):
        self.start()
        self.send(self.moscow, "w-watch", "before")
        self.settle()
        self.moscow.stop()
        path = os.path.join(self.moscow.directory, "record.sqlite")
        with sqlite3.connect(path) as record:
            version = record.execute("PRAGMA user_version").fetchone()[0]
            record.execute("PRAGMA user_version = 99")
        record.close()
        done = self.moscow.call("run", "--dir", self.moscow.directory, check=False)
        self.assertEqual(done.returncode, 69, done.stderr)
        self.assertIn("later version", done.stderr)
        with sqlite3.connect(path) as record:
            record.execute(f"PRAGMA user_version = {version}")
        record.close()
        self.moscow.start()
        self.assertEqual([text for _, text in self.letters(self.moscow, "inbox")], [])
        self.assertEqual([text for _, text in self.letters(self.moscow, "outbox")], ["before"])

    def test_one_changed_byte_of_a_stored_letter_is_found(self):
        self.start()
        serial = self.send(self.washington, "m-watch", "the words that were said")
        self.settle()
        self.moscow.stop()
        path = os.path.join(self.moscow.directory, "record.sqlite")
        with sqlite3.connect(path) as record:
            rows = record.execute("SELECT rowid, value FROM rows WHERE instr(value, CAST('that were said' AS BLOB)) > 0").fetchall()
            self.assertTrue(rows)
            for row, value in rows:
                record.execute("UPDATE rows SET value = ? WHERE rowid = ?", (value.replace(b"were said", b"were sajd"), row))
        record.close()
        found = self.moscow.call("record", "verify", "--dir", self.moscow.directory, check=False)
        self.assertEqual(found.returncode, 76, found.stdout + found.stderr)
        self.assertIn(f"{serial[0]} 1/", found.stdout)
        self.assertEqual(self.moscow.call("run", "--dir", self.moscow.directory, check=False).returncode, 69)

    def test_sigterm_ends_a_station_cleanly_and_removes_its_socket(self):
        self.start()
        self.washington.stop()
        self.assertFalse(os.path.exists(os.path.join(self.washington.directory, "control.sock")))

    def test_private_files_are_their_owners_alone(self):
        self.start()
        for name in os.listdir(self.washington.directory):
            mode = os.stat(os.path.join(self.washington.directory, name)).st_mode
            self.assertEqual(mode & 0o077, 0, name)

    def test_what_an_officer_may_not_send_is_refused_with_a_hint(self):
        self.start()
        for text, precedence, to in (("word " * 201, "FLASH", "m-cgs"), ("a\u202eb", "ROUTINE", "m-cgs"), ("x", "ROUTINE", "w-cjcs"), (" ", "ROUTINE", "m-cgs")):
            done = self.washington.call("send", "--dir", self.washington.directory, "--to", to, "--precedence", precedence, "--file", "-",
                                        input=text, check=False)
            self.assertIn(done.returncode, (64, 77), f"{text!r}: {done.stderr}")
            self.assertIn("hint:", done.stderr)
        for character, name in (("\t", "U+0009"), ("\r\n", "U+000D"), ("\u202e", "U+202E")):
            done = self.washington.call("send", "--dir", self.washington.directory, "--to", "m-cgs", "--precedence", "ROUTINE", f"a\n{character}b", check=False)
            self.assertEqual(done.returncode, 77)
            self.assertIn(f"line 2 holds the control character {name}", done.stderr)
        self.assertEqual(self.letters(self.washington, "outbox"), [])


if __name__ == "__main__":
    unittest.main()
