"""Two Python stations over loopback, each of which dials the other: one connection stands, and the line comes up again when it breaks (TLS-4 to TLS-6)."""

import socket
import tempfile
import threading
import time
import unittest
from pathlib import Path
from unittest import mock

from conformance.peer import Station
from conformance.tests.test_pair import Pair
from conformance.wire import Wire

from .live import free_port

PATIENCE = 30.0


class Stations(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        pair = Pair(Path(folder.name))
        for place in (0, 1):
            pair.close(place)
        ports = [free_port(), free_port()]
        self.stations = [Station(party.folder, seed=place) for place, party in enumerate(pair.parties)]
        self.stop = threading.Event()
        for place, station in enumerate(self.stations):
            station.listen(("127.0.0.1", ports[place]))
            station.address = ("127.0.0.1", ports[1 - place])
        self.threads = [threading.Thread(target=self.step, args=(station,)) for station in self.stations]
        for thread in self.threads:
            thread.start()
        self.addCleanup(self.end)

    def step(self, station: Station) -> None:
        while not self.stop.is_set():
            station.step()

    def end(self) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()
        for station in self.stations:
            station.drop()
            station.listener.close()
            station.selector.close()
            station.record.store.close()
            station.line.secrets.store.close()

    def until(self, what: str, holds) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            self.assertLess(time.monotonic(), end, what)
            time.sleep(0.05)

    def wires(self) -> list:
        return [station.wire for station in self.stations]

    def up(self) -> bool:
        return all(wire and wire.up for wire in self.wires()) and all(station.line.delivery.current for station in self.stations)

    def test_each_dials_the_other_and_one_connection_stands(self):
        self.until("the line is up", self.up)
        self.until("both use the same one", lambda: self.up() and len({wire and wire.dialler for wire in self.wires()}) == 1)
        before = self.wires()
        self.stations[1].wire.socket.shutdown(socket.SHUT_RDWR)     # the cable is cut
        self.until("there is another", lambda: self.up() and all(wire not in before for wire in self.wires()))
        self.assertEqual([station.line.counts["violations"] for station in self.stations], [0, 0])


class Two(unittest.TestCase):
    """Connections that have finished their handshakes, in every order."""

    def test_the_one_that_the_lower_station_dialled_stays(self):
        """TLS-5: a new one of the same direction replaces the old."""
        with tempfile.TemporaryDirectory() as folder:
            pair = Pair(Path(folder))
            for place in (0, 1):
                pair.close(place)
            station = Station(pair.parties[1].folder)
            for diallers, expected in (((1, 2), 0), ((2, 1), 1), ((1, 1), 1), ((2, 2), 1), ((2, 1, 2), 1)):
                ends = [socket.socketpair() for _ in diallers]
                wires = [Wire(mock.Mock(receive=mock.Mock(side_effect=BlockingIOError)), near, dialler, 0.0, 0.0)
                         for dialler, (near, _) in zip(diallers, ends)]
                for wire in wires:
                    with mock.patch.object(Wire, "meet", return_value=wire):
                        station.connect(wire.socket, server=True)
                self.assertIs(station.wire, wires[expected])
                self.assertEqual([wire.socket.fileno() >= 0 for wire in wires], [wire is station.wire for wire in wires])
                station.drop()
                for _, far in ends:
                    far.close()
            station.record.store.close()
            station.line.secrets.store.close()
            station.selector.close()


if __name__ == "__main__":
    unittest.main()
