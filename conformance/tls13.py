"""The part of TLS 1.3 (RFC 8446) that docs/spec/tls.md asks for, and no more.

One group (X25519MLKEM768), one kind of certificate (Ed25519, known by its pin), one protocol name; no resumption, no early data. It
is here because the `ssl` module of Python takes what the system's OpenSSL has, and OpenSSL before 3.5 has no X25519MLKEM768. What it
protects is protected again by the frames; nothing here is meant to be used for anything else.
"""

import hashlib
import hmac
import os
import time

from cryptography import x509
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PROTOCOL = b"hotline/1"
GROUP, SCHEME = 0x11EC, 0x0807                                  # X25519MLKEM768, Ed25519
SUITES = {0x1302: (AESGCM, 32, SHA384), 0x1301: (AESGCM, 16, SHA256), 0x1303: (ChaCha20Poly1305, 32, SHA256)}
ALPN, VERSIONS, GROUPS, SCHEMES, KEY_SHARE = 16, 43, 10, 13, 51
CLIENT_HELLO, SERVER_HELLO, TICKET, EXTENSIONS, CERTIFICATE, REQUEST, VERIFY, FINISHED, KEY_UPDATE = 1, 2, 4, 8, 11, 13, 15, 20, 24
CHANGE, ALERT, HANDSHAKE, DATA = 20, 21, 22, 23
RETRY = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
PART_MAX = 16_384
CONTEXTS = (b"TLS 1.3, client CertificateVerify", b"TLS 1.3, server CertificateVerify")


class TlsError(Exception):
    """The connection is closed, without a word (TLS-3)."""


def u8(data: bytes) -> bytes:
    return bytes([len(data)]) + data


def u16(data: bytes) -> bytes:
    return len(data).to_bytes(2, "big") + data


def u24(data: bytes) -> bytes:
    return len(data).to_bytes(3, "big") + data


def two(value: int) -> bytes:
    return value.to_bytes(2, "big")


class Cut:
    """Takes vectors from the front of bytes."""

    def __init__(self, data: bytes):
        self.data = data

    def take(self, count: int) -> bytes:
        if count > len(self.data):
            raise TlsError("cut short")
        taken, self.data = self.data[:count], self.data[count:]
        return taken

    def number(self, width: int) -> int:
        return int.from_bytes(self.take(width), "big")

    def vector(self, width: int) -> bytes:
        return self.take(self.number(width))

    def extensions(self) -> dict[int, bytes]:
        found, inner = {}, Cut(self.vector(2))
        while inner.data:
            kind = inner.number(2)
            found[kind] = inner.vector(2)
        return found


def extension(kind: int, body: bytes) -> bytes:
    return two(kind) + u16(body)


def pin_of(certificate: bytes) -> bytes:
    """TLS-2: SHA-256 over the DER SubjectPublicKeyInfo."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()


class Direction:
    """The keys of one direction, and its count of records."""

    def __init__(self, suite: int, secret: bytes):
        self.suite, self.secret, self.count = suite, secret, 0
        cipher, length, _ = SUITES[suite]
        self.cipher, self.iv = cipher(expand(suite, secret, b"key", b"", length)), expand(suite, secret, b"iv", b"", 12)

    def nonce(self) -> bytes:
        value = int.from_bytes(self.iv, "big") ^ self.count
        self.count += 1
        return value.to_bytes(12, "big")

    def next(self) -> "Direction":
        return Direction(self.suite, expand(self.suite, self.secret, b"traffic upd", b"", len(self.secret)))


def expand(suite: int, secret: bytes, label: bytes, context: bytes, length: int) -> bytes:
    """HKDF-Expand-Label (§7.1)."""
    info = two(length) + u8(b"tls13 " + label) + u8(context)
    return HKDFExpand(SUITES[suite][2](), length, info).derive(secret)


class Tls:
    """One connection over a blocking socket. `handshake` returns the pin of the other side; then `send` and `receive`."""

    def __init__(self, socket, server: bool, certificate: bytes, key: Ed25519PrivateKey, pins, deadline: float | None = None):
        self.socket, self.server, self.certificate, self.key, self.pins = socket, server, certificate, key, pins
        self.deadline, self.write_bytes = deadline, socket.sendall          # of the handshake; whoever does not block puts another one here
        self.reading: Direction | None = None
        self.writing: Direction | None = None
        self.transcript, self.buffer, self.messages = b"", b"", b""
        self.pin = b""

    # Records (§5)

    def write(self, kind: int, data: bytes) -> None:
        for at in range(0, len(data), PART_MAX):
            part, outer = data[at:at + PART_MAX], kind
            if self.writing:
                header = bytes((DATA, 3, 3)) + two(len(part) + 17)
                part, outer = self.writing.cipher.encrypt(self.writing.nonce(), part + bytes([kind]), header), DATA
            self.write_bytes(bytes((outer, 3, 3)) + u16(part))

    def record(self) -> tuple[int, bytes] | None:
        """The next whole record of the buffer, opened; None where more bytes are needed."""
        while len(self.buffer) >= 5:
            length = int.from_bytes(self.buffer[3:5], "big")
            if length > PART_MAX + 256:
                raise TlsError("a record too long")
            if len(self.buffer) < 5 + length:
                return None
            header, body, self.buffer = self.buffer[:5], self.buffer[5:5 + length], self.buffer[5 + length:]
            kind = header[0]
            if kind == CHANGE:
                continue
            if self.reading:
                try:
                    plain = self.reading.cipher.decrypt(self.reading.nonce(), body, header).rstrip(b"\x00")
                except InvalidTag:
                    raise TlsError("a record does not open") from None
                kind, body = plain[-1] if plain else 0, plain[:-1]
            if kind == ALERT:
                raise TlsError(f"the other side says {body.hex()}")
            return kind, body
        return None

    def fill(self) -> None:
        if self.deadline is not None:
            self.socket.settimeout(max(0.001, self.deadline - time.monotonic()))
        data = self.socket.recv(65_536)
        if not data:
            raise TlsError("the connection has ended")
        self.buffer += data

    def message(self, expected: int) -> Cut:
        """The body of the next handshake message."""
        while len(self.messages) < 4 or len(self.messages) < 4 + int.from_bytes(self.messages[1:4], "big"):
            record = self.record()
            if record is None:
                self.fill()
            elif record[0] != HANDSHAKE or len(self.messages) > 1 << 16:
                raise TlsError("no handshake")
            else:
                self.messages += record[1]
        length = 4 + int.from_bytes(self.messages[1:4], "big")
        message, self.messages = self.messages[:length], self.messages[length:]
        if message[0] != expected:
            raise TlsError(f"message {message[0]} where {expected} is expected")
        self.before = self.transcript
        self.transcript += message
        return Cut(message[4:])

    def say(self, kind: int, body: bytes) -> None:
        message = bytes([kind]) + u24(body)
        self.transcript += message
        self.write(HANDSHAKE, message)

    # Key schedule (§7.1)

    def hash(self, data: bytes) -> bytes:
        return hashlib.new(SUITES[self.suite][2].name, data).digest()

    def derive(self, secret: bytes, label: bytes, transcript: bytes) -> bytes:
        digest = self.hash(transcript)
        return expand(self.suite, secret, label, digest, len(digest))

    def extract(self, salt: bytes, secret: bytes) -> bytes:
        return hmac.digest(salt, secret, SUITES[self.suite][2].name)

    def set_keys(self, client: bytes, server: bytes) -> None:
        mine, theirs = (server, client) if self.server else (client, server)
        self.writing, self.reading = Direction(self.suite, mine), Direction(self.suite, theirs)

    def start(self, shared: bytes) -> None:
        zeros = bytes(len(self.hash(b"")))
        early = self.extract(zeros, zeros)
        self.secret = self.extract(self.derive(early, b"derived", b""), shared)
        self.client, self.servers = (self.derive(self.secret, label, self.transcript) for label in (b"c hs traffic", b"s hs traffic"))
        self.set_keys(self.client, self.servers)

    def application(self) -> tuple[bytes, bytes]:
        zeros = bytes(len(self.hash(b"")))
        master = self.extract(self.derive(self.secret, b"derived", b""), zeros)
        return tuple(self.derive(master, label, self.transcript) for label in (b"c ap traffic", b"s ap traffic"))

    # Who is there (§4.4)

    def finished(self, secret: bytes, transcript: bytes) -> bytes:
        return self.extract(expand(self.suite, secret, b"finished", b"", len(secret)), self.hash(transcript))

    def show_certificate(self) -> None:
        self.say(CERTIFICATE, u8(b"") + u24(u24(self.certificate) + u16(b"")))
        signed = b" " * 64 + CONTEXTS[self.server] + b"\x00" + self.hash(self.transcript)
        self.say(VERIFY, two(SCHEME) + u16(self.key.sign(signed)))

    def check_certificate(self) -> None:
        body = self.message(CERTIFICATE)
        body.vector(1)
        certificate = Cut(body.vector(3)).vector(3)
        try:
            key, self.pin = x509.load_der_x509_certificate(certificate).public_key(), pin_of(certificate)
        except ValueError:
            raise TlsError("no certificate") from None
        verify = self.message(VERIFY)
        if self.pin not in self.pins or verify.number(2) != SCHEME or not isinstance(key, Ed25519PublicKey):
            raise TlsError("not a pinned peer")
        try:
            key.verify(verify.vector(2), b" " * 64 + CONTEXTS[not self.server] + b"\x00" + self.hash(self.before))
        except InvalidSignature:
            raise TlsError("not the holder of the certificate") from None

    def check_finished(self, secret: bytes) -> None:
        body = self.message(FINISHED).data
        if not hmac.compare_digest(body, self.finished(secret, self.before)):
            raise TlsError("the handshake was changed on its way")

    def handshake(self) -> bytes:
        self.serve() if self.server else self.dial()
        self.deadline = None
        return self.pin

    def dial(self) -> None:
        lattice, curve = MLKEM768PrivateKey.generate(), X25519PrivateKey.generate()
        share = lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
        extensions = b"".join((
            extension(VERSIONS, u8(two(0x0304))), extension(GROUPS, u16(two(GROUP))), extension(SCHEMES, u16(two(SCHEME))),
            extension(KEY_SHARE, u16(two(GROUP) + u16(share))), extension(ALPN, u16(u8(PROTOCOL)))))
        self.say(CLIENT_HELLO, b"\x03\x03" + os.urandom(32) + u8(b"") + u16(b"".join(map(two, SUITES))) + u8(b"\x00") + u16(extensions))
        hello = self.message(SERVER_HELLO)
        hello.take(2)
        if hello.take(32) == RETRY:
            raise TlsError("the other side asks for another group")
        hello.vector(1)
        self.suite = hello.number(2)
        hello.take(1)
        chosen = hello.extensions()
        answer = Cut(chosen.get(KEY_SHARE, b""))
        if self.suite not in SUITES or chosen.get(VERSIONS) != two(0x0304) or answer.number(2) != GROUP:
            raise TlsError("another version, suite or group")
        answer = answer.vector(2)
        self.start(lattice.decapsulate(answer[:1_088]) + curve.exchange(X25519PublicKey.from_public_bytes(answer[1_088:])))
        if self.message(EXTENSIONS).extensions().get(ALPN) != u16(u8(PROTOCOL)):
            raise TlsError("another protocol")
        request = self.message(REQUEST)
        if request.vector(1):
            raise TlsError("a request with a context")
        self.check_certificate()
        self.check_finished(self.servers)
        secrets = self.application()
        self.show_certificate()
        self.say(FINISHED, self.finished(self.client, self.transcript))
        self.set_keys(*secrets)

    def serve(self) -> None:
        hello = self.message(CLIENT_HELLO)
        hello.take(34)
        session = hello.vector(1)
        suites = Cut(hello.vector(2)).data
        offered = {int.from_bytes(suites[at:at + 2], "big") for at in range(0, len(suites), 2)}
        hello.vector(1)
        asked = hello.extensions()
        shares, share = Cut(Cut(asked.get(KEY_SHARE, b"\x00\x00")).vector(2)), b""
        while shares.data:
            group, value = shares.number(2), shares.vector(2)
            share = value if group == GROUP else share
        self.suite = next((suite for suite in SUITES if suite in offered), 0)
        if not self.suite or len(share) != 1_216 or two(0x0304) not in asked.get(VERSIONS, b"") or u8(PROTOCOL) not in asked.get(ALPN, b""):
            raise TlsError("another version, suite, group or protocol")
        secret, ciphertext = MLKEM768PublicKey.from_public_bytes(share[:1_184]).encapsulate()
        curve = X25519PrivateKey.generate()
        answer = ciphertext + curve.public_key().public_bytes_raw()
        extensions = extension(VERSIONS, two(0x0304)) + extension(KEY_SHARE, two(GROUP) + u16(answer))
        self.say(SERVER_HELLO, b"\x03\x03" + os.urandom(32) + u8(session) + two(self.suite) + b"\x00" + u16(extensions))
        self.start(secret + curve.exchange(X25519PublicKey.from_public_bytes(share[1_184:])))
        self.say(EXTENSIONS, u16(extension(ALPN, u16(u8(PROTOCOL)))))
        self.say(REQUEST, u8(b"") + u16(extension(SCHEMES, u16(two(SCHEME)))))
        self.show_certificate()
        self.say(FINISHED, self.finished(self.servers, self.transcript))
        client, server = self.application()
        self.writing = Direction(self.suite, server)
        self.check_certificate()
        self.check_finished(self.client)
        self.reading = Direction(self.suite, client)

    # Data

    def send(self, data: bytes) -> None:
        self.write(DATA, data)

    def receive(self) -> bytes:
        """What came behind the handshake, else what one read brings; it may be nothing."""
        if not (data := self.opened()):
            self.fill()
            data = self.opened()
        return data

    def opened(self) -> bytes:
        data = b""
        while (record := self.record()) is not None:
            kind, body = record
            if kind == DATA:
                data += body
            elif kind == HANDSHAKE:
                self.after(body)
            else:
                raise TlsError("another kind of record")
        return data

    def after(self, body: bytes) -> None:
        """Tickets are not used (TLS-1); a key may change."""
        messages = Cut(body)
        while messages.data:
            kind, content = messages.number(1), messages.vector(3)
            if kind == KEY_UPDATE:
                self.reading = self.reading.next()
                if content == b"\x01":
                    self.write(HANDSHAKE, bytes([KEY_UPDATE]) + u24(b"\x00"))
                    self.writing = self.writing.next()
            elif kind != TICKET:
                raise TlsError("a handshake message out of place")
