"""Both ends of the TLS bearer, against each other."""

import socket
import threading
import unittest

from conformance.party import make_certificate
from conformance.tls13 import Tls, TlsError, pin_of


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
