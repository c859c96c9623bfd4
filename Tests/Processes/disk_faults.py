"""Every write and every sync of a station's journals, made to fail in turn.

    HOTLINE=… python3 disk_faults.py FAULTS [SEED]

The victim runs with failing_disk.c preloaded. A failed write or sync of the log must end it, with a word of why; whatever
fails, what it had accepted and acknowledged is there after the next start, and both records verify.
"""
import errno
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

from control import GONE, Control, Refused

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "failing_disk.c")
# Letters of one run: enough of them, and long enough, that the log is moved into the file.
TEXTS = ["x" * size for size in (20, 4000, 250_000, 250_000, 20, 250_000, 250_000, 250_000, 250_000, 250_000, 250_000, 20)]


def compile_shim(folder):
    """None where there is no compiler."""
    compiler = shutil.which("gcc") or shutil.which("clang")
    if not compiler:
        return None
    shim = os.path.join(folder, "failing_disk.so")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", shim, SOURCE, "-ldl", "-lpthread"], check=True)
    return shim


class DiskFaults:
    def __init__(self, washington, moscow, folder, shim, seed):
        self.washington, self.moscow, self.shim = washington, moscow, shim
        self.tell = os.path.join(folder, "calls")
        self.dice = random.Random(seed)
        self.accepted = {"W": [], "M": []}
        self.written = 0
        self.ended = self.harmless = 0

    def count(self):
        """How many calls a whole run makes."""
        self.run(0, 0)
        with open(self.tell) as file:
            return int(file.read().split()[0])

    def sample(self, calls, count):
        """Places spread over all calls, a little elsewhere for each seed."""
        step = max(1.0, calls / count)
        return sorted({min(calls, 1 + int(step * (place + self.dice.random()))) for place in range(min(count, calls))})

    def run(self, at, error):
        """One run of the victim in which call `at` fails. Ends with a station that runs on a sound disk."""
        self.moscow.stop()
        if os.path.exists(self.tell):
            os.remove(self.tell)
        self.moscow.environment = {"LD_PRELOAD": self.shim, "HOTLINE_FAIL_AT": str(at), "HOTLINE_FAIL_WITH": str(error), "HOTLINE_FAIL_TELL": self.tell}
        log = os.path.getsize(self.moscow.log)
        self.moscow.launch()
        self.traffic()
        failed = at > 0 and os.path.exists(self.tell)
        if failed:
            with open(self.tell) as file:
                _, call, path = file.read().split(" ", 2)
            self.judge(at, call, path.strip(), error, log)
        if self.moscow.process.poll() is None:
            self.moscow.kill() if failed else self.moscow.stop()
        self.moscow.environment = {}
        self.moscow.start()

    def judge(self, at, call, path, error, log):
        is_log = path.endswith("-wal") and call in ("pwrite", "fdatasync")
        if is_log:
            self.moscow.process.wait(30)
        if self.moscow.process.poll() is None:
            self.harmless += 1
            return
        self.ended += 1
        what = f"call {at}, {call} of {os.path.basename(path)}, errno {error}"
        if self.moscow.process.returncode != 69:
            raise AssertionError(f"{what}: the station ended with {self.moscow.process.returncode}")
        with open(self.moscow.log) as file:
            file.seek(log)
            words = file.read()
        if "hint:" not in words or ("full" not in words and error == errno.ENOSPC):
            raise AssertionError(f"{what}: the station ended without saying why: {words[-400:]}")

    def traffic(self):
        """Both write until all is written or the victim has ended."""
        victim = None
        for text in TEXTS:
            self.write(self.washington, "m-watch", text)
            deadline = time.monotonic() + 30
            while victim is None and self.moscow.process.poll() is None and time.monotonic() < deadline:
                try:
                    victim = Control(self.moscow.directory)
                except GONE:
                    time.sleep(0.02)
            if self.moscow.process.poll() is not None or not self.write(self.moscow, "w-watch", text, victim):
                break
        if victim:
            victim.close()

    def write(self, station, to, text, control=None):
        """Whether it was accepted. A station that ends has not, or not yet, said so."""
        text = f"{self.written} {text}"
        self.written += 1
        try:
            if control:
                control.send(to, text)
            else:
                with Control(station.directory) as control:
                    control.send(to, text)
        except (*GONE, Refused):
            return False
        self.accepted[station.mark].append(text)
        return True

    def check(self):
        """Everything that was accepted so far, at both."""
        def is_settled():
            for station in (self.washington, self.moscow):
                try:
                    with Control(station.directory) as control:
                        if any(peer["state"] != "up" or peer["backlog"] for peer in control.status()["peers"]):
                            return False
                except GONE:
                    return False
            return True
        self.washington.until(is_settled, "everything is delivered", 120)
        for author, reader in ((self.washington, self.moscow), (self.moscow, self.washington)):
            sent, came = self.texts(author, "sent"), self.texts(reader, "received")
            if sent != came or len(set(came)) != len(came):
                raise AssertionError(f"{author.mark}: {len(sent)} sent, {len(came)} came")
            recent = self.accepted[author.mark]
            missing = [text for text in recent if text not in set(came)]
            if missing:
                raise AssertionError(f"{author.mark}: {len(missing)} accepted letters are lost, the first {missing[0][:20]}")
            self.accepted[author.mark] = []
        for station in (self.washington, self.moscow):
            station.call("record", "verify", "--dir", station.directory)

    @staticmethod
    def texts(station, direction):
        with Control(station.directory) as control:
            letters = control.letters(direction, 2 * len(TEXTS))
        return [letter["text"] for letter in sorted(letters, key=lambda letter: int(letter["serial"].split("-")[1]))]


def main():
    from line_case import lay_line

    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1967
    folder = tempfile.mkdtemp(prefix="hotline-disk-")
    washington, moscow = lay_line(folder)
    try:
        for station in (washington, moscow):
            station.start()
        faults = DiskFaults(washington, moscow, folder, compile_shim(folder), seed)
        calls = faults.count()
        faults.check()
        for place, at in enumerate(faults.sample(calls, count)):
            faults.run(at, (errno.EIO, errno.ENOSPC)[place % 2])
            faults.check()
    finally:
        for station in (washington, moscow):
            if station.process and station.process.poll() is None:
                station.kill()
    shutil.rmtree(folder)
    print(f"seed {seed}: {faults.ended} of {faults.ended + faults.harmless} faults among {calls} calls ended the station, the others did no harm; 0 lost")


if __name__ == "__main__":
    main()
