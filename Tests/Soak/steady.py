"""Two stations under steady traffic for some minutes: memory, open files and disk a letter must not grow.

    HOTLINE=… python3 steady.py MINUTES [LETTERS-A-SECOND]

Prints a table, a row a sample. After the first third, in which caches fill, the last third must be like the second.
"""
import os
import shutil
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, "Tests", "Processes")]
from control import Control  # noqa: E402
from line_case import lay_line  # noqa: E402

SAMPLES = 24
MEMORY_GROWTH_MAX, FILES_GROWTH_MAX, DISK_GROWTH_MAX = 1.10, 4, 1.20
# What an allocator may take without a leak.
MEMORY_SLACK_KB = 4096


class Sample:
    def __init__(self, station, letters):
        with open(f"/proc/{station.process.pid}/status") as file:
            fields = dict(line.split(":", 1) for line in file)
        self.memory = int(fields["VmRSS"].split()[0])
        self.threads = int(fields["Threads"])
        self.files = len(os.listdir(f"/proc/{station.process.pid}/fd"))
        self.disk = sum(os.path.getsize(os.path.join(station.directory, name)) for name in ("record.sqlite", "secrets.sqlite"))
        self.letters = letters


def thirds(values):
    third = len(values) // 3
    return values[third:2 * third], values[2 * third:]


def growth(samples):
    """What has grown, in words."""
    found = []
    second, last = thirds([sample.memory for sample in samples])
    if max(last) > max(second) * MEMORY_GROWTH_MAX + MEMORY_SLACK_KB:
        found.append(f"memory from {max(second)} to {max(last)} kB")
    second, last = thirds([sample.files for sample in samples])
    if max(last) > max(second) + FILES_GROWTH_MAX:
        found.append(f"open files from {max(second)} to {max(last)}")
    second, last = thirds(samples)
    costs = [(part[-1].disk - part[0].disk) / max(1, part[-1].letters - part[0].letters) for part in (second, last)]
    if costs[0] > 0 and costs[1] > costs[0] * DISK_GROWTH_MAX:
        found.append(f"disk a letter from {costs[0]:.0f} to {costs[1]:.0f} bytes")
    return found


def main():
    minutes, rate = float(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 20
    folder = tempfile.mkdtemp(prefix="hotline-steady-")
    stations = lay_line(folder)
    samples = {station.mark: [] for station in stations}
    letters = 0
    try:
        for station in stations:
            station.start()
        controls = [Control(station.directory) for station in stations]
        print("  minute   letters   " + "   ".join(f"{s.mark}: memory kB  files  threads  record kB" for s in stations))
        began = time.monotonic()
        for place in range(SAMPLES + 1):
            while time.monotonic() < began + place * minutes * 60 / SAMPLES:
                for control, to in zip(controls, ("m-watch", "w-watch")):
                    control.send(to, f"letter {letters} " + "word " * 50)
                    letters += 1
                # Paced by the clock: behind it, no pause.
                time.sleep(max(0, began + letters / rate - time.monotonic()))
            row = [Sample(station, letters) for station in stations]
            for station, sample in zip(stations, row):
                samples[station.mark].append(sample)
            print(f"{(time.monotonic() - began) / 60:8.1f}  {letters:8}   "
                  + "   ".join(f"{s.memory:13} {s.files:6} {s.threads:8} {s.disk // 1024:10}" for s in row), flush=True)
        for control in controls:
            control.close()
        for station in stations:
            station.call("record", "verify", "--dir", station.directory, timeout=600)
    finally:
        for station in stations:
            if station.process and station.process.poll() is None:
                station.kill()
        shutil.rmtree(folder)
    found = [f"{mark}: {what}" for mark, own in samples.items() for what in growth(own)]
    print("; ".join(found) if found else f"flat: {letters} letters")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
