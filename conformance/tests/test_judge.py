"""The judge stands alone, and judges as the package does."""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

from conformance import judge, vectors

KINDS = ("export", "disclosure", "evidence")


class Judge(unittest.TestCase):
    def run_judge(self, data: bytes, *arguments: str) -> tuple[int, str]:
        with tempfile.NamedTemporaryFile() as file, contextlib.redirect_stdout(io.StringIO()) as output:
            file.write(data)
            file.flush()
            return judge.main([file.name, *arguments]), output.getvalue()

    def test_vectors(self):
        for vector in vectors.load():
            if vector.get("kind") not in KINDS:
                continue
            with self.subTest(vector.name):
                code, words = self.run_judge(vector.body)
                holds = vector.get("expect") == ("fork" if vector.get("kind") == "evidence" else "good")
                self.assertEqual(code, 0 if holds else 1, words)
                self.assertIn(vector.get("at", ""), words)
                self.assertEqual("REWRITTEN" in words, vector.get("expect") == "fork")

    def test_names_the_content(self):
        vector = next(each for each in vectors.load() if each.name == "disclosures/full")
        code, words = self.run_judge(vector.body)
        self.assertEqual(code, 0)
        self.assertIn("Letter 3 from the North.", words)

    def test_another_line(self):
        vector = next(each for each in vectors.load() if each.name == "exports/whole")
        code, words = self.run_judge(vector.body, "--line", "ab" * 32)
        self.assertEqual(code, 1)
        self.assertIn("another line", words)

    def test_is_one_short_file(self):
        text = Path(judge.__file__).read_text()
        self.assertLessEqual(len(text.splitlines()), 500)
        self.assertNotIn("conformance", text)
        self.assertNotIn("from .", text)
