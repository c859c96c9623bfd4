"""Both ends of the TLS bearer, against each other."""

import socket
import threading
import time
import unittest

from conformance.party import make_certificate
from conformance.tls13 import Tls, TlsError, pin_of
from conformance.wire import WAITING_MAX, Wire


class Ends(unittest.TestCase):
    def meet(self, client_pins=None, server_pins=None):
        (ours, our_key), (theirs, their_key) = make_certificate(), make_certificate()
        a, b = socket.socketpair()
        for end in (a, b):
            end.settimeout(5)
        client = Tls(a, False, ours, our_key, {pin_of(theirs)} if client_pins is None else client_pins)
        server = Tls(b, True, theirs, their_key, {pin_of(ours)} if server_pins is None else server_pins)
        failures = []

        def serve():
            try:
                server.handshake()
                server.send(server.receive()[::-1])
            except TlsError as error:
                failures.append(error)
            except OSError:
                pass                                            # the other end has refused, and is gone
            b.close()
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            client.handshake()
            client.send(b"hello")
            answer = b""
            while not answer:
                answer = client.receive()
            return answer, failures
        except (TlsError, OSError) as error:
            return error, failures
        finally:
            a.close()
            thread.join()
            thread.join()

    def test_data_crosses(self):
        self.assertEqual(self.meet(), (b"olleh", []))

    def test_unknown_server(self):
        answer, _ = self.meet(client_pins={bytes(32)})
        self.assertIsInstance(answer, TlsError)

    def test_unknown_client(self):
        answer, failures = self.meet(server_pins={bytes(32)})
        self.assertIsInstance(answer, (TlsError, OSError))
        self.assertEqual(len(failures), 1)


class Wires(unittest.TestCase):
    def wires(self):
        (ours, our_key), (theirs, their_key) = make_certificate(), make_certificate()
        a, b = socket.socketpair()
        ends = [Tls(a, False, ours, our_key, {pin_of(theirs)}), Tls(b, True, theirs, their_key, {pin_of(ours)})]
        thread = threading.Thread(target=ends[1].handshake)
        thread.start()
        ends[0].handshake()
        thread.join()
        self.addCleanup(a.close)
        self.addCleanup(b.close)
        return Wire(ends[0], a, 1, 0.0, 0.0), Wire(ends[1], b, 1, 0.0, 0.0)

    def test_what_waits_for_the_network_is_bounded(self):
        """TLS-9: a frame beyond is dropped, and what is sent comes whole."""
        near, far = self.wires()
        sent = [near.send(bytes([number % 256]) * 60_000) for number in range(100)]
        self.assertLess(sum(sent), 100)
        self.assertLessEqual(len(near.waiting), WAITING_MAX + 200)
        found, end = [], time.monotonic() + 10
        while len(found) < sum(sent) and time.monotonic() < end:
            near.push()
            found += far.receive()
        self.assertEqual(found, [bytes([number % 256]) * 60_000 for number, each in enumerate(sent) if each])

    def test_a_handshake_has_five_seconds_in_all(self):
        """TLS-3: also for whoever sends a byte now and then."""
        certificate, key = make_certificate()
        a, b = socket.socketpair()
        self.addCleanup(a.close)
        self.addCleanup(b.close)
        tls, stop = Tls(b, True, certificate, key, set(), deadline=time.monotonic() + 0.5), threading.Event()

        def drip():
            a.sendall(bytes((22, 3, 1, 16, 0)))
            while not stop.wait(0.05):
                a.sendall(b"\x00")
        thread = threading.Thread(target=drip)
        thread.start()
        start = time.monotonic()
        with self.assertRaises(OSError):
            tls.handshake()
        stop.set()
        thread.join()
        self.assertLess(time.monotonic() - start, 3)
