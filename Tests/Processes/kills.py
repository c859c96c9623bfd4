"""Two stations under steady traffic, either or both killed with -9 again and again.

    HOTLINE=… python3 kills.py KILLS [SEED]

Each side writes without a pause, and counts a letter as accepted once its station has said so. Whatever is killed when: an
accepted letter is in the other side's record once and in its place, one whose answer was lost is there once or not at all, and
both records verify. Every round of kills ends with that check.
"""
import random
import sys
import threading
import time

from control import GONE, Control

KILLS_PER_ROUND = 25
# The control socket lists a thousand letters: a round writes fewer.
LETTERS_PER_ROUND = 450


class Writer(threading.Thread):
    """One side's officers. Numbers what it writes, and remembers what its station has accepted."""

    def __init__(self, station, to, seed):
        super().__init__(daemon=True)
        self.station, self.to = station, to
        self.dice = random.Random(seed)
        self.written, self.accepted = [], []
        self.stopped = threading.Event()

    def run(self):
        control = None
        while not self.stopped.is_set():
            if len(self.written) >= LETTERS_PER_ROUND:
                self.stopped.wait()
                break
            try:
                control = control or Control(self.station.directory)
            except GONE:
                self.stopped.wait(0.01)
                continue
            size = self.dice.choice((10, 10, 10, 200, 200, 3000))
            text = f"{self.station.mark} {len(self.written)} {self.dice.random()} " + "x" * size
            precedence = self.dice.choice(("ROUTINE", "ROUTINE", "PRIORITY", "IMMEDIATE"))
            self.written.append(text)
            try:
                control.send(self.to, text, precedence)
                self.accepted.append(text)
                self.stopped.wait(self.dice.random() * 0.02)
            except GONE:
                control.close()
                control = None
        if control:
            control.close()

    def stop(self):
        self.stopped.set()
        self.join()


class Kills:
    def __init__(self, washington, moscow, seed, say=lambda line: None):
        self.stations = (washington, moscow)
        self.seed, self.say = seed, say
        self.dice = random.Random(seed)
        self.lost = self.duplicated = self.letters = self.kills = 0

    def run(self, count):
        for first in range(0, count, KILLS_PER_ROUND):
            self.round(min(KILLS_PER_ROUND, count - first))
            self.say(f"{self.kills} kills, {self.letters} letters accepted, {self.lost} lost, {self.duplicated} duplicated")

    def round(self, count):
        washington, moscow = self.stations
        writers = [Writer(washington, "m-watch", self.dice.random()), Writer(moscow, "w-watch", self.dice.random())]
        for writer in writers:
            writer.start()
        try:
            for _ in range(count):
                self.kill()
                self.kills += 1
        finally:
            for writer in writers:
                writer.stop()
        for station in self.stations:
            station.wait_ready()
        self.settle()
        for writer, author, reader in zip(writers, self.stations, reversed(self.stations)):
            self.check(writer, author, reader)
        for station in self.stations:
            station.call("record", "verify", "--dir", station.directory)

    def kill(self):
        """At a moment that the dice choose: under load, or in the middle of the recovery from the kill before."""
        victims = self.dice.choice(((0,), (1,), (0,), (1,), (0, 1)))
        time.sleep(self.dice.choice((0, 0.05, 0.1, 0.2, 0.5)) * self.dice.random())
        for victim in victims:
            self.stations[victim].kill()
        for victim in victims:
            self.stations[victim].launch()
        if self.dice.random() < 0.7:
            for victim in victims:
                self.stations[victim].wait_ready()

    def settle(self):
        def is_settled():
            return all(peer["state"] == "up" and peer["backlog"] == 0 for station in self.stations for peer in self.peers(station))
        self.stations[0].until(is_settled, "everything is delivered", 120)

    @staticmethod
    def peers(station):
        with Control(station.directory) as control:
            return control.status()["peers"]

    @staticmethod
    def texts(station, direction):
        with Control(station.directory) as control:
            letters = control.letters(direction)
        # In the order of the author's record: a letter of urgency that is written after a start may arrive before the last ones
        # from before it.
        return [letter["text"] for letter in sorted(letters, key=lambda letter: int(letter["serial"].split("-")[1]))]

    def check(self, writer, author, reader):
        mine, theirs = self.of_round(self.texts(author, "sent"), writer), self.of_round(self.texts(reader, "received"), writer)
        self.lost += len(set(writer.accepted) - set(theirs))
        self.duplicated += len(theirs) - len(set(theirs))
        self.letters += len(writer.accepted)
        if mine != theirs:
            raise AssertionError(f"{author.mark}: the reader's record is not the author's: {len(mine)} sent, {len(theirs)} came (seed {self.seed})")
        places = [writer.written.index(text) for text in theirs]
        if places != sorted(places):
            raise AssertionError(f"{author.mark}: not in the order in which they were written (seed {self.seed})")
        if self.lost or self.duplicated:
            raise AssertionError(f"{author.mark}: {self.lost} lost, {self.duplicated} duplicated (seed {self.seed})")

    @staticmethod
    def of_round(texts, writer):
        mine = set(writer.written)
        return [text for text in texts if text in mine]


def main():
    import shutil
    import tempfile

    from line_case import lay_line

    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1967
    folder = tempfile.mkdtemp(prefix="hotline-kills-")
    stations = lay_line(folder)
    try:
        for station in stations:
            station.start()
        began = time.monotonic()
        Kills(*stations, seed, say=lambda line: print(f"{line} ({time.monotonic() - began:.0f} s)", flush=True)).run(count)
    finally:
        for station in stations:
            if station.process and station.process.poll() is None:
                station.kill()
    shutil.rmtree(folder)
    print(f"seed {seed}: {count} kills, 0 lost, 0 duplicated")


if __name__ == "__main__":
    main()
