"""One connection of the TLS bearer: frames behind their lengths, and when the path counts as up (TLS-3, TLS-4, TLS-7 to TLS-9)."""

import contextlib
import socket
import time

from .encoding import Reader, integer
from .errors import Malformed
from .frames import WIDE_MAX
from .tls13 import Tls, TlsError

HANDSHAKE_TIMEOUT, SILENCE = 5.0, 10.0
UP_AFTER, UP_FOLD = 0.5, 4                                      # TLS-4
WAITING_MAX = 128 << 10                                         # TLS-9


class Wire:
    """`dialler` is the number of the station that dialled: of two connections the one that the lower one dialled stays (TLS-5)."""

    def __init__(self, tls: Tls, raw: socket.socket, dialler: int, up_at: float, now: float):
        self.tls, self.socket, self.dialler, self.up_at, self.heard, self.up = tls, raw, dialler, up_at, now, False
        self.buffer, self.waiting = b"", bytearray()
        raw.setblocking(False)
        tls.write_bytes = self.waiting.extend

    @classmethod
    def meet(cls, raw: socket.socket, party, pins, own: int, peer: int, server: bool) -> "Wire | None":
        """The handshake. None where it fails: the connection is closed without a word but TLS's own."""
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        start = time.monotonic()
        tls = Tls(raw, server, party.certificate, party.tls_key, pins, deadline=start + HANDSHAKE_TIMEOUT)
        try:
            tls.handshake()
        except (TlsError, OSError, ValueError):
            raw.close()
            return None
        now = time.monotonic()
        wait = 0.0 if server else max(UP_AFTER, UP_FOLD * (now - start))
        return cls(tls, raw, peer if server else own, now + wait, now)

    def send(self, frame: bytes) -> bool:
        """False where it is dropped: the line sends again what counts."""
        self.push()
        if len(self.waiting) + len(frame) > WAITING_MAX:
            return False
        self.tls.send(integer(len(frame)) + frame)
        self.push()
        return True

    def push(self) -> None:
        """What the network takes now."""
        with contextlib.suppress(BlockingIOError):
            while self.waiting:
                del self.waiting[:self.socket.send(self.waiting)]

    def receive(self) -> list[bytes]:
        """Raises what closes the connection."""
        with contextlib.suppress(BlockingIOError):
            self.buffer += self.tls.receive()
        found = []
        while self.buffer:
            width = 1 << (self.buffer[0] >> 6)
            if len(self.buffer) < width:
                break
            length = Reader(self.buffer[:width]).integer(WIDE_MAX)
            if length == 0:
                raise Malformed("a frame of nothing")
            if len(self.buffer) < width + length:
                break
            found.append(self.buffer[width:width + length])
            self.buffer = self.buffer[width + length:]
        return found
