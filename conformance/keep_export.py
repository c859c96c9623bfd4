"""Keeps an export that a station has written, for ever: python -m conformance.keep_export NAME FILE ABOUT.

Writes vectors/kept-exports/NAME, and never over one that is there. ABOUT says in one line which station wrote it, and what is in it.
"""

import sys
from pathlib import Path

from . import exports, vectors
from .vectors import Vector


def keep(name: str, data: bytes, about: str) -> Vector:
    """As this implementation verifies it; the other one and the judge must agree, or the tests fail."""
    report = exports.verify(data)
    if report.problems:
        raise SystemExit("it does not hold:\n" + "\n".join(report.problems))
    outcomes = () if report.forks else (("entries", str(sum(each.size for each in report.generations))), ("misstatements", str(len(report.misstatements))))
    return Vector(f"kept-exports/{name}", (("kind", "export"), ("expect", "fork" if report.forks else "good"), ("rule", "REC-20"), ("about", about), *outcomes),
                  data)


def main(name: str, file: str, about: str) -> None:
    vector = keep(name, Path(file).read_bytes(), about)
    with (vectors.FOLDER / vector.name).open("xb") as kept:
        kept.write(vector.encode())
    print(f"vectors/{vector.name}: {vector.get('expect')}; its name belongs into KEPT of conformance/tests/test_kept.py")


if __name__ == "__main__":
    main(*sys.argv[1:])
