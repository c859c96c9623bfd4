"""Two, three and five stations in network namespaces, over cables that lose, repeat, reorder, change, slow down and are cut
(wire.py draws them). Every letter arrives once, in order, and every record verifies.

`HOTLINE_LONG=1` runs the slow ones too (`make soak`)."""
import os
import shutil
import sys
import tempfile
import time
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, "demo"), os.path.join(ROOT, "Tests", "Processes")]
from control import GONE, Control  # noqa: E402
from station import Station  # noqa: E402
from wire import Faults, Wire, why_not  # noqa: E402

HOTLINE = os.environ["HOTLINE"]
IS_LONG = os.environ.get("HOTLINE_LONG") == "1"
WHY_NOT = why_not()
PARTIES = [("United States of America", "W"), ("Russian Federation", "M"), ("Norway", "N"), ("Switzerland", "S"), ("Austria", "A")]


@unittest.skipIf(WHY_NOT, WHY_NOT or "")
class NetworkCase(unittest.TestCase):
    def lay(self, count, seed=1):
        """Each station listens; each dials those with a lower number."""
        self.folder = tempfile.mkdtemp(prefix="hotline-net-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.wire = Wire(count, seed)
        self.addCleanup(self.wire.close)
        self.stations = []
        for place, (name, mark) in enumerate(PARTIES[:count]):
            station = Station(HOTLINE, os.path.join(self.folder, mark.lower()), mark, [name], ["en"])
            station.before = self.wire.inside(place)
            station.init()
            self.stations.append(station)
        agreement = os.path.join(self.folder, "agreement.txt")
        self.stations[0].call("agreement", "draft", *[station.card for station in self.stations], "--output", agreement)
        for station in self.stations:
            station.call("agreement", "sign", "--dir", station.directory, agreement)
        for place, station in enumerate(self.stations):
            station.call("agreement", "install", "--dir", station.directory, agreement)
            dial = {PARTIES[peer][1]: f"{self.wire.address(peer)}:1963" for peer in range(place)}
            station.configure(listen=f"{self.wire.address(place)}:1963", dial=dial)
        self.addCleanup(self.stop)
        self.sent = {station.mark: [] for station in self.stations}

    def stop(self):
        for station in self.stations:
            if station.process and station.process.poll() is None:
                station.kill()

    def start(self, seconds=60):
        for station in self.stations:
            station.launch()
        for station in self.stations:
            station.wait_ready()
        self.until(lambda: all(peer["state"] == "up" for station in self.stations for peer in self.peers(station)), "every line is up", seconds)

    def until(self, is_done, what, seconds):
        self.stations[0].until(is_done, what, seconds)

    @staticmethod
    def peers(station):
        try:
            with Control(station.directory) as control:
                return control.status()["peers"]
        except GONE:
            return [{"state": "gone", "backlog": 1}]

    def write(self, count, size=300):
        """So many letters from everybody to their next neighbour; what is written goes into the record of all."""
        for number in range(count):
            for place, station in enumerate(self.stations):
                to = self.stations[(place + 1) % len(self.stations)].mark.lower()
                text = f"{station.mark} {len(self.sent[station.mark])} " + "word " * (size // 5)
                with Control(station.directory) as control:
                    control.send(f"{to}-watch", text.strip(), ("ROUTINE", "PRIORITY")[number % 2])
                self.sent[station.mark].append(text.strip())

    def settle(self, seconds=120):
        self.until(lambda: all(peer["backlog"] == 0 for station in self.stations for peer in self.peers(station)), "everything is delivered", seconds)

    def check(self):
        for reader in self.stations:
            with Control(reader.directory) as control:
                came = control.letters("received")
            for author in self.stations:
                if author is not reader:
                    self.assertEqual([letter["text"] for letter in came if letter["serial"].startswith(author.mark)], self.sent[author.mark])
            reader.call("record", "verify", "--dir", reader.directory)


class Two(NetworkCase):
    def exchange(self, faults, letters=8, size=300, seconds=150):
        self.lay(2)
        self.wire.set(faults)
        began = time.monotonic()
        self.start(seconds)
        up = time.monotonic()
        self.write(letters, size)
        self.settle(seconds)
        cables = self.wire.cables.values()
        print(f"\n  up after {up - began:.1f} s, {2 * letters} letters after {time.monotonic() - up:.1f} s more; packets: "
              f"{sum(c.carried for c in cables)} carried, {sum(c.lost for c in cables)} lost, {sum(c.changed for c in cables)} changed", file=sys.stderr)
        self.check()

    def test_thirty_percent_of_the_packets_are_lost(self):
        self.exchange(Faults(loss=0.3, delay=0.01))

    def test_packets_are_repeated_reordered_and_changed(self):
        self.exchange(Faults(duplicate=0.2, reorder=0.3, corrupt=0.05, delay=0.005))

    def test_the_cable_is_cut_and_mended_under_load(self):
        self.lay(2)
        self.start()
        for _ in range(3):
            self.write(3)
            self.wire.set(Faults(cut=True))
            self.write(3)
            self.until(lambda: all(peer["state"] != "up" for station in self.stations for peer in self.peers(station)), "the cut is noticed", 60)
            self.wire.set(Faults())
        self.settle()
        self.check()

    def test_a_station_is_killed_behind_a_bad_cable(self):
        self.lay(2)
        self.wire.set(Faults(loss=0.05, reorder=0.2, delay=0.01))
        self.start()
        for victim in (0, 1, 0):
            self.write(3)
            self.stations[victim].kill()
            self.stations[victim].start()
        self.settle()
        self.check()

    @unittest.skipUnless(IS_LONG, "takes minutes: make soak")
    def test_twenty_kilobit_a_second(self):
        # A TLS handshake of both sides must be over in five seconds (TLS-3): about 5 kB with X25519MLKEM768. That is more
        # than 9,600 bit/s can carry; narrower bearers are the radio's.
        self.exchange(Faults(bits_per_second=19_200, delay=0.05), letters=4, size=200, seconds=300)

    @unittest.skipUnless(IS_LONG, "takes minutes: make soak")
    def test_one_gigabit_a_second(self):
        self.exchange(Faults(bits_per_second=1e9), letters=200, size=4000)

    @unittest.skipUnless(IS_LONG, "takes minutes: make soak")
    def test_everything_at_once(self):
        self.exchange(Faults(loss=0.1, duplicate=0.1, reorder=0.3, corrupt=0.02, delay=0.03, bits_per_second=256_000), letters=20, seconds=300)


class Three(NetworkCase):
    def test_one_cable_of_three_is_cut_and_the_others_carry_on(self):
        self.lay(3)
        self.start()
        self.write(3)
        self.wire.set(Faults(cut=True), pair=(0, 2))
        self.write(3)
        self.until(lambda: all(peer["backlog"] == 0 for peer in self.peers(self.stations[1])), "the middle one has delivered", 60)
        self.wire.set(Faults())
        self.settle()
        self.check()


@unittest.skipUnless(IS_LONG, "takes minutes: make soak")
class Five(NetworkCase):
    def test_ten_bad_cables(self):
        self.lay(5)
        self.wire.set(Faults(loss=0.05, duplicate=0.05, reorder=0.2, delay=0.02))
        self.start(180)
        self.write(5)
        self.stations[3].kill()
        self.stations[3].start()
        self.write(5)
        self.settle(240)
        self.check()


if __name__ == "__main__":
    unittest.main()
