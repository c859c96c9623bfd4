"""Exports that stations have written are verified for ever: by this implementation, by the judge and by the other station's command line.

The latter where the environment variable HOTLINE names its binary; it looks at rosters too, so that it is asked about those vectors as well.
"""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from conformance import run_vectors, vectors
from conformance.tests import test_judge

HOTLINE = os.environ.get("HOTLINE")
DOES_NOT_HOLD = 76
KEPT = ("format-1-amended", "format-1-keys-replaced", "format-1-plain", "format-1-restored", "format-1-restored-by-python")


def kept() -> list[vectors.Vector]:
    return [each for each in vectors.load() if each.name.startswith("kept-exports/")]


class Kept(unittest.TestCase):
    def test_none_is_gone(self):
        """One of each form that stations have written. They are never made again: a later form is kept beside them."""
        self.assertEqual([each.name.partition("/")[2] for each in kept()], sorted(KEPT))

    def test_here_and_before_the_judge(self):
        for vector in kept():
            with self.subTest(vector.name):
                self.assertIsNone(run_vectors.run(vector))
                code, words = test_judge.Judge().run_judge(vector.body)
                self.assertEqual(code, 0, words)

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
