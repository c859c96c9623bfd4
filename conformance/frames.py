"""Frames: header, sealing, opening (docs/spec/frames.md and sealing.md)."""

from collections import OrderedDict
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from .encoding import OBJECT_MAX, Reader, integer, sha256, u16, u64
from .epochs import hkdf
from .errors import Dropped, Malformed

VERSION = 1
HANDSHAKE, SEALED, SHORT = 0, 1, 2
WIDE_MAX, RADIO_MAX = 65_536, 256
WINDOW = 1_024
SALTS_MAX = 16
COUNTERS = 65_536
TAG = 16


def frame_key(secret: bytes, line: bytes, sender: int, receiver: int, salt: bytes) -> AESGCMSIV:
    """SEAL-13."""
    return AESGCMSIV(hkdf(secret, line, b"hotline/1 frame\n" + bytes((sender, receiver)) + salt))


def associated_data(line: bytes, epoch: int, header: bytes, salt: bytes, counter: int) -> bytes:
    """SEAL-14: with the full salt even where an alias of it travels."""
    return line + u64(epoch) + header + salt + u16(counter)


def header(kind: int, epoch: int, sender: int, receiver: int) -> bytes:
    return bytes((VERSION << 4 | kind, epoch & 0xFF, sender << 4 | receiver))


def seal(secret, line, epoch, sender, receiver, salt, counter, plaintext, alias: int | None = None) -> bytes:
    start = header(SEALED if alias is None else SHORT, epoch, sender, receiver)
    data = associated_data(line, epoch, start, salt, counter)
    sealed = frame_key(secret, line, sender, receiver, salt).encrypt(bytes(10) + u16(counter), plaintext, data)
    return start + (salt if alias is None else bytes([alias])) + u16(counter) + sealed


@dataclass(frozen=True)
class Part:
    """What a handshake frame carries: part of an object, in clear."""

    name: bytes
    offset: int
    total: int
    data: bytes


def handshake(sender: int, receiver: int, part: Part) -> bytes:
    return header(HANDSHAKE, 0, sender, receiver) + part.name + integer(part.offset) + integer(part.total) + part.data


def object_name(whole: bytes) -> bytes:
    """LINE-1: by the hash of all its bytes, the first one too."""
    return sha256(whole)[:8]


def handshake_frames(sender: int, receiver: int, whole: bytes, size: int = 32_768) -> list[bytes]:
    """One object, cut into frames."""
    name = object_name(whole)
    return [handshake(sender, receiver, Part(name, at, len(whole), whole[at:at + size])) for at in range(0, len(whole), size)]


class Window:
    """FRM-3: the last 1,024 counters up to the highest that opened."""

    def __init__(self):
        self.highest, self.marks = -1, 0

    def admits(self, counter: int) -> bool:
        back = self.highest - counter
        return back < 0 or back < WINDOW and not self.marks >> back & 1

    def mark(self, counter: int) -> None:
        if counter > self.highest:
            self.marks = (self.marks << counter - self.highest | 1) & (1 << WINDOW) - 1
            self.highest = counter
        else:
            self.marks |= 1 << self.highest - counter


@dataclass(frozen=True)
class Opened:
    epoch: int
    salt: bytes
    wrote_salt: bool
    plaintext: bytes


class Opener:
    """The receiver of one peer's frames. Whatever is wrong with a frame, it is `Dropped`, and nothing has changed."""

    def __init__(self, line: bytes, own: int, peer: int, frame_max: int = WIDE_MAX):
        self.line, self.own, self.peer, self.frame_max = line, own, peer, frame_max
        self.secrets: dict[int, bytes] = {}                      # by epoch
        self.windows: OrderedDict[tuple[int, bytes], Window] = OrderedDict()
        self.aliases: dict[int, tuple[int, bytes]] = {}          # alias of a salt, given by us

    def open(self, frame: bytes) -> Opened | Part:
        if not 3 <= len(frame) <= self.frame_max:
            raise Dropped("too long or too short")
        if frame[0] >> 4 != VERSION or frame[2] != self.peer << 4 | self.own:
            raise Dropped("another version, or not between these two")
        kind = frame[0] & 0x0F
        try:
            if kind == HANDSHAKE:
                return self._part(frame)
            if kind in (SEALED, SHORT):
                return self._sealed(frame, kind)
        except Malformed:
            pass
        raise Dropped("another kind, or cut short")

    def use(self, epoch: int, salt: bytes, window: Window) -> None:
        """FRM-3: the one unused for longest is forgotten."""
        self.windows[epoch, salt] = window
        self.windows.move_to_end((epoch, salt))
        while len(self.windows) > SALTS_MAX:
            self.windows.popitem(last=False)

    def _part(self, frame: bytes) -> Part:
        reader = Reader(frame[3:])
        part = Part(reader.take(8), reader.integer(), reader.integer(OBJECT_MAX), reader.rest())
        if frame[1] != 0 or not part.data or part.offset + len(part.data) > part.total:
            raise Dropped("a handshake that is none")
        return part

    def _sealed(self, frame: bytes, kind: int) -> Opened:
        reader = Reader(frame[3:])
        if kind == SEALED:
            salt = reader.take(6)
            epochs = [epoch for epoch in self.secrets if epoch & 0xFF == frame[1]]
        else:
            epoch, salt = self.aliases.get(reader.byte(), (None, b""))
            epochs = [epoch] if epoch in self.secrets and epoch & 0xFF == frame[1] else []
        counter = reader.u16()
        sealed = reader.rest()
        for epoch in sorted(epochs, reverse=True):
            window = self.windows.get((epoch, salt)) or Window()
            if not window.admits(counter):
                continue
            try:
                data = associated_data(self.line, epoch, frame[:3], salt, counter)
                key = frame_key(self.secrets[epoch], self.line, self.peer, self.own, salt)
                plaintext = key.decrypt(bytes(10) + u16(counter), sealed, data)
            except (InvalidTag, ValueError):
                continue
            window.mark(counter)                                 # only once the frame has opened
            self.use(epoch, salt, window)
            return Opened(epoch, salt, kind == SEALED, plaintext)
        raise Dropped("does not open")
