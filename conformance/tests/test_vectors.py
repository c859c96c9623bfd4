"""All golden vectors, and what the folder must be."""

import unittest

from conformance import run_vectors, vectors

CLASSES = {"good", "malformed", "unverified", "refused", "dropped", "violation", "problem", "fork"}


class Vectors(unittest.TestCase):
    def test_each(self):
        for vector in vectors.load():
            with self.subTest(vector.name):
                self.assertIsNone(run_vectors.run(vector))

    def test_folder(self):
        found = vectors.load()
        self.assertGreaterEqual(len(found), 150)
        self.assertLess(sum(len(each.encode()) for each in found), 12_000_000)
        self.assertEqual({each.get("expect") for each in found}, CLASSES)
        self.assertGreater(sum(each.get("expect") != "good" for each in found), len(found) / 2)
        self.assertEqual({each.get("kind") for each in found}, set(run_vectors.KINDS))

    def test_readme_tells_every_kind(self):
        text = (vectors.FOLDER / "README.md").read_text()
        for kind in run_vectors.KINDS:
            self.assertIn(f"`{kind}`", text)
