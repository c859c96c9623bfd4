"""The long form of the live tests: python -m conformance.tests.soak_live COUNT [SEED]; scripts/soak runs it.

COUNT letters each way, with the Python station on either side, through every fault of test_live.py; its frames wear the epochs out.
"""

import sys
import unittest

from . import test_live

SECONDS_EACH = 0.5


class Long(unittest.TestCase):
    count, seed = 10_000, 1967

    def live(self, python_first: bool) -> None:
        test = test_live.LiveLine("crisis")
        test.setUp()
        self.addCleanup(test.doCleanups)
        print(test.crisis(python_first, self.count, self.seed, every=0.0, seconds=120 + SECONDS_EACH * self.count, per_salt=4), flush=True)

    def test_python_dials(self):
        self.live(python_first=False)

    def test_python_is_dialled(self):
        self.live(python_first=True)


if __name__ == "__main__":
    Long.count = int(sys.argv[1]) if sys.argv[1:] else Long.count
    Long.seed = int(sys.argv[2]) if sys.argv[2:] else Long.seed
    unittest.main(argv=sys.argv[:1], verbosity=2)
