"""Keys and signatures (docs/spec/sealing.md)."""

import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey, MLDSA65PublicKey

from .errors import Malformed, Unverified

LIGHT_KEY, LIGHT_SIGNATURE = 32, 64
ML_KEY, ML_SIGNATURE = 1_952, 3_309
COMPOSITE_KEY, COMPOSITE_SIGNATURE, COMPOSITE_PRIVATE = ML_KEY + 32, ML_SIGNATURE + 64, 64

# SEAL-2, with the sign bit cleared: the torsion subgroup, in canonical form or not.
SMALL_ORDER = frozenset(map(bytes.fromhex, (
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
)))

COMPOSITE_PREFIX = b"CompositeAlgorithmSignatures2025"
COMPOSITE_LABEL = b"COMPSIG-MLDSA65-Ed25519-SHA512"


def representative(message: bytes) -> bytes:
    """SEAL-3: what both halves of a composite sign, with an empty application context."""
    return COMPOSITE_PREFIX + COMPOSITE_LABEL + b"\x00" + hashlib.sha512(message).digest()


def refuse_small_order(key: bytes) -> None:
    if key[:31] + bytes([key[31] & 0x7F]) in SMALL_ORDER:
        raise Malformed("an Ed25519 key of small order: its holder could repudiate")


@dataclass(frozen=True)
class LightKey:
    """SEAL-5."""

    raw: bytes

    def __post_init__(self):
        if len(self.raw) != LIGHT_KEY:
            raise Malformed(f"a light key has {LIGHT_KEY} bytes, this one {len(self.raw)}")
        refuse_small_order(self.raw)

    def verify(self, signature: bytes, message: bytes) -> None:
        if len(signature) != LIGHT_SIGNATURE:
            raise Malformed(f"a light signature has {LIGHT_SIGNATURE} bytes, this one {len(signature)}")
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            raise Unverified("the light signature does not verify") from None


@dataclass(frozen=True)
class CompositeKey:
    """SEAL-3, SEAL-4."""

    raw: bytes

    def __post_init__(self):
        if len(self.raw) != COMPOSITE_KEY:
            raise Malformed(f"a composite key has {COMPOSITE_KEY} bytes, this one {len(self.raw)}")
        refuse_small_order(self.raw[ML_KEY:])

    def verify(self, signature: bytes, message: bytes) -> None:
        if len(signature) != COMPOSITE_SIGNATURE:
            raise Malformed(f"a composite signature has {COMPOSITE_SIGNATURE} bytes, this one {len(signature)}")
        body = representative(message)
        try:
            MLDSA65PublicKey.from_public_bytes(self.raw[:ML_KEY]).verify(signature[:ML_SIGNATURE], body, COMPOSITE_LABEL)
            Ed25519PublicKey.from_public_bytes(self.raw[ML_KEY:]).verify(signature[ML_SIGNATURE:], body)
        except (InvalidSignature, ValueError):
            raise Unverified("the composite signature does not verify") from None


class LightSigner:
    def __init__(self, seed: bytes):
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = LightKey(self._key.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


class CompositeSigner:
    def __init__(self, private: bytes):
        if len(private) != COMPOSITE_PRIVATE:
            raise Malformed(f"a composite private key has {COMPOSITE_PRIVATE} bytes, this one {len(private)}")
        self._ml = MLDSA65PrivateKey.from_seed_bytes(private[:32])
        self._ed = Ed25519PrivateKey.from_private_bytes(private[32:])
        self.public = CompositeKey(self._ml.public_key().public_bytes_raw() + self._ed.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        body = representative(message)
        return self._ml.sign(body, COMPOSITE_LABEL) + self._ed.sign(body)
