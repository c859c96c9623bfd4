"""Exports that stations have written are verified for ever: by this implementation, by the judge and by the other station's command line.

The latter where the environment variable HOTLINE names its binary; it looks at rosters too, so that it is asked about those vectors as well.
"""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from conformance import exports, keep_export, run_vectors, vectors
from conformance.encoding import Reader
from conformance.entries import Entry
from conformance.tests import test_judge

HOTLINE = os.environ.get("HOTLINE")
DOES_NOT_HOLD = 76
KEPT = ("format-1-amended", "format-1-fork", "format-1-keys-replaced", "format-1-plain", "format-1-restored", "format-1-restored-by-python", "format-1-watch")


def kept() -> list[vectors.Vector]:
    return [each for each in vectors.load() if each.name.startswith("kept-exports/")]


class Kept(unittest.TestCase):
    def test_none_is_gone(self):
        """One of each form that stations have written. They are never made again: a later form is kept beside them."""
        self.assertEqual([each.name.partition("/")[2] for each in kept()], sorted(KEPT))

    def test_every_kind_of_section_and_of_entry_is_in_one(self):
        sections, kinds = set(), set()
        for vector in kept():
            reader = Reader(vector.body)
            reader.take(len(exports.MAGIC))
            while reader.left:
                kind, body = reader.byte(), reader.field(1 << 20)
                sections.add(kind)
                if kind == exports.ENTRY:
                    kinds.add(Entry.decode(body[32:]).kind)
        self.assertEqual((sections, kinds), (set(exports.LIMITS), set(range(1, 11))))

    def test_one_more_is_kept_as_the_page_says(self):
        before = kept()[0]
        again = keep_export.keep(before.name.partition("/")[2], before.body, before.get("about"))
        self.assertEqual(again, before)
        with self.assertRaises(SystemExit):
            keep_export.keep("x", before.body[:-40], "cut short")

    def test_here_and_before_the_judge(self):
        for vector in kept():
            with self.subTest(vector.name):
                self.assertIsNone(run_vectors.run(vector))
                code, words = test_judge.Judge().run_judge(vector.body)
                self.assertEqual(code == 0, vector.get("expect") == "good", words)

    @unittest.skipUnless(HOTLINE, "HOTLINE does not name the other station's binary")
    def test_on_the_command_line(self):
        for vector in vectors.load():
            if not vector.name.startswith(("kept-exports/", "exports/keys-")):
                continue
            with self.subTest(vector.name), tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "export"
                file.write_bytes(vector.body)
                done = subprocess.run([HOTLINE, "record", "verify", "--json", str(file)], capture_output=True, text=True, timeout=60)
                self.assertEqual(done.returncode, 0 if vector.get("expect") == "good" else DOES_NOT_HOLD, done.stdout + done.stderr)
                for line in done.stdout.splitlines():
                    json.loads(line)


if __name__ == "__main__":
    unittest.main()
