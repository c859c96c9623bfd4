"""A station as a process: what a person or a bad day does to it."""
import os
import sqlite3
import stat
import unittest

from line_case import LineCase


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

    def test_a_record_of_a_later_version_is_left_alone(self):
        self.start()
        self.send(self.moscow, "w-watch", "before")
        self.settle()
        self.moscow.stop()
        path = os.path.join(self.moscow.directory, "record.sqlite")
        with sqlite3.connect(path) as record:
            record.execute("PRAGMA user_version = 99")
        record.close()
        done = self.moscow.call("run", "--dir", self.moscow.directory, check=False)
        self.assertEqual(done.returncode, 69, done.stderr)
        self.assertIn("later version", done.stderr)
        with sqlite3.connect(path) as record:
            record.execute("PRAGMA user_version = 1")
        record.close()

    def test_one_changed_byte_of_a_stored_letter_is_found(self):
        self.start()
        serial = self.send(self.washington, "m-watch", "the words that were said")
        self.settle()
        self.moscow.stop()
        path = os.path.join(self.moscow.directory, "record.sqlite")
        with sqlite3.connect(path) as record:
            changed = record.execute(
                "UPDATE rows SET value = CAST(replace(CAST(value AS TEXT), 'said', 'sayd') AS BLOB) WHERE instr(value, CAST('that were said' AS BLOB)) > 0")
        record.close()
        found = self.moscow.call("record", "verify", "--dir", self.moscow.directory, check=False)
        if changed.rowcount > 0:
            self.assertEqual(found.returncode, 76, found.stdout + found.stderr)
            self.assertNotEqual(self.moscow.call("run", "--dir", self.moscow.directory, check=False).returncode, 0)
        self.assertTrue(serial.startswith("W-"))

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
        self.assertEqual(self.letters(self.washington, "outbox"), [])


if __name__ == "__main__":
    unittest.main()
