"""Reads what llvm-cov exports, and prints the line coverage of floors 0 to 5 by target.

usage: coverage.py EXPORT ROOT PERCENT [lines]
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

FLOORS = {
    0: ["HotlineWire"], 1: ["HotlineSeal", "HotlineStore", "HotlineBearers"], 2: ["HotlineRecord"], 3: ["HotlineAgreement"],
    4: ["HotlineLine", "HotlineWatch"], 5: ["HotlineStation", "HotlineDesk"],
}
WORST = 12


def uncovered(segments) -> list[int]:
    """Lines of a file on which code begins that was never run. A segment is (line, column, count, has count, begins, is gap)."""
    lines: dict[int, int] = {}
    for (line, _, count, counted, begins, gap), after in zip(segments, segments[1:] + [segments[-1]]):
        if counted and not gap:
            for each in range(line, max(line + 1, after[0] + (after[1] > 1 and after[0] > line))):
                lines[each] = max(lines.get(each, 0), count)
    return sorted(line for line, count in lines.items() if count == 0)


def main(export: str, root: str, least: str, verbose: str = "") -> int:
    files = json.loads(Path(export).read_text())["data"][0]["files"]
    sources = Path(root) / "Sources"
    counts = defaultdict(lambda: [0, 0])
    lacking = []
    for file in files:
        path = Path(file["filename"])
        if not path.is_relative_to(sources):
            continue
        name = path.relative_to(sources)
        lines = file["summary"]["lines"]
        counts[name.parts[0]][0] += lines["covered"]
        counts[name.parts[0]][1] += lines["count"]
        if any(name.parts[0] in targets for targets in FLOORS.values()):
            lacking.append((lines["count"] - lines["covered"], name, file["segments"]))
    print(f"{'floor':<6} {'target':<18} {'lines':>6} {'covered':>8}")
    total = [0, 0]
    for floor, targets in FLOORS.items():
        for target in targets:
            covered, count = counts[target]
            total = [total[0] + covered, total[1] + count]
            print(f"{floor:<6} {target:<18} {count:>6} {100 * covered / max(count, 1):>7.1f}%")
    share = 100 * total[0] / max(total[1], 1)
    print(f"{'':<6} {'together':<18} {total[1]:>6} {share:>7.1f}%")
    for missing, name, segments in sorted(lacking, reverse=True, key=lambda each: (each[0], str(each[1])))[:None if verbose else WORST]:
        if missing:
            print(f"{missing:>4} lines not run in {name}" + (f": {uncovered(segments)}" if verbose else ""))
    if share < float(least):
        print(f"{share:.1f} % of the lines of floors 0 to 5 are run, {least} % is the least", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
