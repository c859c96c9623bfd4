"""The differential fuzzer itself: the same seed makes the same cases, and they reach both sides of every reader."""

import unittest

from conformance import differ, run_vectors


class Differ(unittest.TestCase):
    def test_same_seed_same_cases(self):
        for kind in ("entry", "key-statement"):
            seeds = differ.seeds_of(kind)
            first, second, other = (differ.Changer(seed, seeds) for seed in ("one", "one", "two"))
            cases = [first.change() for _ in range(50)]
            self.assertEqual(cases, [second.change() for _ in range(50)])
            self.assertNotEqual(cases, [other.change() for _ in range(50)])

    def test_every_kind_has_seeds_and_a_share(self):
        self.assertEqual(set(differ.READERS), set(differ.SHARES))
        self.assertLessEqual(set(differ.READERS), set(run_vectors.KINDS))
        for kind in differ.READERS:
            with self.subTest(kind):
                self.assertGreater(len(differ.seeds_of(kind)), 1)

    def test_changes_are_read_well_and_badly(self):
        for kind in ("entry", "plaintext", "integer", "text", "base64", "checkpoint-text", "frame", "key-statement", "roster"):
            changer = differ.Changer(kind, differ.seeds_of(kind))
            ends = {differ.read(kind, changer.change()).split(" ")[0] for _ in range(600)}
            with self.subTest(kind):
                self.assertIn("good", ends)
                self.assertGreater(len(ends), 1)
                self.assertNotIn("stopped:", ends)


if __name__ == "__main__":
    unittest.main()
