"""Epochs: A offers, B accepts, A confirms (docs/spec/sealing.md). Nothing here keeps state; who has accepted what is the line's."""

import hashlib
import hmac
import os
from dataclasses import dataclass, replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .encoding import INTEGER_MAX, Reader, integer, sha256
from .errors import Malformed, Refused, Unverified
from .keys import COMPOSITE_SIGNATURE

BATCH_MAX = 64
HIGHEST_MAX = 1 << 60                                         # LINE-20: room above it for as long as the line lives
EVERY_NUMBER = INTEGER_MAX                                    # for who must see the signature before it accuses
KEM_KEY, ENCAPSULATION, CIPHERTEXT, PROOF = 1_216, 1_120, 48, 32
SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def hkdf(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(secret)


class KemKey:
    """An X-Wing private key (draft-connolly-cfrg-xwing-kem), from its 32-byte seed."""

    def __init__(self, seed: bytes):
        expanded = hashlib.shake_256(seed).digest(96)
        lattice = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
        curve = X25519PrivateKey.from_private_bytes(expanded[64:])
        self._key = hpke.MLKEM768X25519PrivateKey(lattice, curve)
        self.public = lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()

    def open(self, sealed: bytes, info: bytes) -> bytes:
        return SUITE.decrypt(sealed, self._key, info)


def seal_to(key: bytes, secret: bytes, info: bytes) -> bytes:
    """Encapsulation and ciphertext. The library refuses a key whose X25519 half gives the all-zero secret (SEAL-8)."""
    try:
        public = hpke.MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(key[:1_184]), X25519PublicKey.from_public_bytes(key[1_184:]))
        return SUITE.encrypt(secret, public, info)
    except ValueError as error:
        raise Malformed(f"an X-Wing key that is none: {error}") from None


@dataclass(frozen=True)
class Pair:
    """The line, the offerer A and the accepter B: *ctx* of SEAL-6."""

    line: bytes
    offerer: int
    accepter: int

    @property
    def stations(self) -> bytes:
        return bytes((self.offerer, self.accepter))

    @property
    def context(self) -> bytes:
        return self.line + self.stations

    @property
    def parity(self) -> int:
        """LINE-1: odd numbers are offered by the lower station, even ones by the higher."""
        return int(self.offerer < self.accepter)


@dataclass(frozen=True)
class Offer:
    epoch: int
    key: bytes

    def encode(self) -> bytes:
        return integer(self.epoch) + self.key

    @classmethod
    def read(cls, reader: Reader) -> "Offer":
        return cls(reader.integer(), reader.take(KEM_KEY))

    def hash(self, pair: Pair) -> bytes:
        return sha256(b"hotline/1 epoch offer\n" + pair.context + self.encode())


@dataclass(frozen=True)
class Accept:
    epoch: int
    offer: bytes
    encapsulation: bytes
    ciphertext: bytes
    proof: bytes

    def _body(self) -> bytes:
        return integer(self.epoch) + self.offer + self.encapsulation + self.ciphertext

    def encode(self) -> bytes:
        return self._body() + self.proof

    @classmethod
    def read(cls, reader: Reader) -> "Accept":
        return cls(reader.integer(), *map(reader.take, (32, ENCAPSULATION, CIPHERTEXT, PROOF)))

    def hash(self, pair: Pair) -> bytes:
        return sha256(b"hotline/1 epoch accept\n" + pair.context + self._body())


@dataclass(frozen=True)
class Confirmation:
    epoch: int
    accept: bytes
    proof: bytes

    def encode(self) -> bytes:
        return integer(self.epoch) + self.accept + self.proof

    @classmethod
    def read(cls, reader: Reader) -> "Confirmation":
        return cls(reader.integer(), reader.take(32), reader.take(PROOF))


def encode_batch(each) -> bytes:
    return integer(len(each)) + b"".join(item.encode() for item in each)


@dataclass(frozen=True)
class Batch:
    """1 to 64 offers, accepts or confirmations; confirmations are not signed: their proofs are what counts (SEAL-7)."""

    each: tuple
    signature: bytes = b""

    def encode(self) -> bytes:
        return encode_batch(self.each) + self.signature

    @classmethod
    def decode(cls, kind, data: bytes) -> "Batch":
        reader = Reader(data)
        count = reader.integer(BATCH_MAX)
        if count == 0:
            raise Malformed("a batch holds 1 to 64 epochs")
        each = tuple(kind.read(reader) for _ in range(count))
        signature = b"" if kind is Confirmation else reader.take(COMPOSITE_SIGNATURE)
        reader.end()
        return cls(each, signature)


def signed_body(pair: Pair, each) -> bytes:
    if isinstance(each[0], Offer):
        return b"hotline/1 epoch offers\n" + pair.context + encode_batch(each)
    return b"hotline/1 epoch accepts\n" + pair.line + pair.stations[::-1] + encode_batch(each)


def sign_batch(signer, pair: Pair, each) -> Batch:
    return Batch(tuple(each), signer.sign(signed_body(pair, each)))


def check_numbers(pair: Pair, batch: Batch) -> None:
    """SEAL-18."""
    numbers = [offer.epoch for offer in batch.each]
    if numbers != sorted(set(numbers)) or any(number % 2 != pair.parity or number > HIGHEST_MAX for number in numbers):
        raise Malformed("the numbers of one batch rise, each once, all of the offerer's parity, none above 2^60")


def verify_batch(key, pair: Pair, batch: Batch) -> None:
    """`key` is the station key of A for offers and of B for accepts."""
    key.verify(batch.signature, signed_body(pair, batch.each))


def _info(pair: Pair, offer: Offer) -> bytes:
    return b"hotline/1 epoch encapsulation\n" + pair.context + integer(offer.epoch) + offer.hash(pair)


def _secret(pair: Pair, offer: Offer, accept_hash: bytes, sealed: bytes, packs: bytes) -> bytes:
    info = b"hotline/1 epoch secret\n" + pair.stations + integer(offer.epoch) + offer.hash(pair) + accept_hash
    return hkdf(sealed + packs, pair.line, info)


def accept_proof(secret: bytes, accept_hash: bytes) -> bytes:
    return hmac.digest(hkdf(secret, b"", b"hotline/1 epoch accept proof\n"), accept_hash, "sha256")


def confirmation_proof(secret: bytes, accept_hash: bytes) -> bytes:
    return hmac.digest(hkdf(secret, b"", b"hotline/1 epoch confirmation\n"), accept_hash, "sha256")


def accept(pair: Pair, offer: Offer, packs: bytes = b"", sealed: bytes | None = None) -> tuple[Accept, bytes]:
    """B's part: the accept, and the secret that B must not use before A has confirmed it (SEAL-11). `packs` is packA ‖ packB."""
    sealed = sealed or os.urandom(32)
    both = seal_to(offer.key, sealed, _info(pair, offer))
    bare = Accept(offer.epoch, offer.hash(pair), both[:ENCAPSULATION], both[ENCAPSULATION:], b"")
    secret = _secret(pair, offer, bare.hash(pair), sealed, packs)
    return replace(bare, proof=accept_proof(secret, bare.hash(pair))), secret


def open_accept(pair: Pair, offer: Offer, key: KemKey, accept: Accept, packs: bytes = b"") -> bytes:
    """A's part: the secret, once offer hash, ciphertext and proof are right; one failure for all of them (SEAL-9)."""
    try:
        sealed = key.open(accept.encapsulation + accept.ciphertext, _info(pair, offer))
    except (InvalidTag, ValueError):
        sealed = None
    accept_hash = accept.hash(pair)
    secret = _secret(pair, offer, accept_hash, sealed or bytes(32), packs)
    good = hmac.compare_digest(accept_proof(secret, accept_hash), accept.proof)
    if sealed is None or len(sealed) != 32 or accept.offer != offer.hash(pair) or accept.epoch != offer.epoch or not good:
        raise Unverified("the accept does not hold")
    return secret


def confirm(pair: Pair, accept: Accept, secret: bytes) -> Confirmation:
    accept_hash = accept.hash(pair)
    return Confirmation(accept.epoch, accept_hash, confirmation_proof(secret, accept_hash))


def check_confirmation(pair: Pair, accept: Accept, secret: bytes, confirmation: Confirmation) -> None:
    expected = confirm(pair, accept, secret)
    if not hmac.compare_digest(expected.encode(), confirmation.encode()):
        raise Unverified("the confirmation does not hold")


@dataclass(frozen=True)
class Stale:
    """SEAL-19: these numbers are used up; begin above the highest that B knows."""

    offers: bytes
    highest: int
    signature: bytes = b""

    def encode(self) -> bytes:
        return self.offers + integer(self.highest) + self.signature

    @classmethod
    def decode(cls, data: bytes, highest_max: int = HIGHEST_MAX) -> "Stale":
        reader = Reader(data)
        stale = cls(reader.hash(), reader.integer(highest_max), reader.take(COMPOSITE_SIGNATURE))
        reader.end()
        return stale

    def body(self, pair: Pair) -> bytes:
        return b"hotline/1 epoch stale\n" + pair.line + pair.stations[::-1] + self.offers + integer(self.highest)

    def sign(self, signer, pair: Pair) -> "Stale":
        return replace(self, signature=signer.sign(self.body(pair)))

    def verify(self, key, pair: Pair) -> None:
        """`pair` is that of the offers, `key` the accepter's."""
        key.verify(self.signature, self.body(pair))


def offers_hash(pair: Pair, each) -> bytes:
    """Which offers a `stale` answers: the SHA-256 of what their signature covers."""
    return sha256(signed_body(pair, each))


class Accepted:
    """What B has accepted: no number twice, none below the highest; the same offer has the same accept (SEAL-12)."""

    def __init__(self, highest: int = -1):
        self.highest, self.offers = highest, {}

    def take(self, offer_hash: bytes, epoch: int, make):
        if offer_hash in self.offers:
            return self.offers[offer_hash]
        if epoch <= self.highest:
            raise Refused(f"epoch {epoch} is not above the highest accepted, {self.highest}")
        self.highest = epoch
        self.offers[offer_hash] = made = make()
        return made
