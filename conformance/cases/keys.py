"""sealing.md: keys and signatures."""

from ..epochs import KemKey
from ..keys import COMPOSITE_LABEL, COMPOSITE_PREFIX, ML_KEY, ML_SIGNATURE, SMALL_ORDER, LightSigner, representative
from ..make_vectors import KeptSigner, seed
from . import edwards

LOW_ORDER = {                       # RFC 7748 and what is congruent to it: X25519 keys that give the all-zero secret
    "0": bytes(32), "1": b"\x01" + bytes(31),
    "order-8": bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
    "order-8-again": bytes.fromhex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
    "p-minus-1": bytes.fromhex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    "p": bytes.fromhex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    "p-plus-1": bytes.fromhex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
}


def cases(maker):
    def add(name, kind, expect, rule, about, body, **header):
        maker.add(f"keys/{name}", kind, expect, rule, about, body, **header)

    light = LightSigner(seed("light", 1, "now"))
    composite = KeptSigner(maker.kept, "station", 1, "now")
    other = KeptSigner(maker.kept, "station", 2, "now")
    key, lattice = light.public.raw, composite.public.raw[:ML_KEY]
    add("light", "light-key", "good", "SEAL-5", "an honest key", key)
    add("light-of-31-bytes", "light-key", "malformed", "SEAL-5", "a byte is missing", key[:31])
    add("light-of-33-bytes", "light-key", "malformed", "SEAL-5", "a byte too many", key + b"\x00")
    for place, small in enumerate(sorted(SMALL_ORDER), 1):
        add(f"light-of-small-order-{place}", "light-key", "malformed", "SEAL-2", "a point of the torsion subgroup", small)
        add(f"light-of-small-order-{place}-with-the-sign-bit", "light-key", "malformed", "SEAL-2", "the same with the sign bit set",
            small[:31] + bytes([small[31] | 0x80]))
    add("composite", "composite-key", "good", "SEAL-4", "ML-DSA-65 first, then Ed25519", composite.public.raw)
    add("composite-of-1983-bytes", "composite-key", "malformed", "SEAL-4", "a byte is missing", composite.public.raw[:-1])
    add("composite-of-1985-bytes", "composite-key", "malformed", "SEAL-4", "a byte too many", composite.public.raw + b"\x00")
    add("composite-half-of-small-order", "composite-key", "malformed", "SEAL-2", "the Ed25519 half is the neutral element",
        lattice + b"\x01" + bytes(31))
    add("composite-half-of-order-8", "composite-key", "malformed", "SEAL-2", "the Ed25519 half has order 8, sign bit set",
        lattice + bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"))

    message = b"hotline/1 is spoken here"
    signature = light.sign(message)

    def signed(name, expect, about, key=key, signature=signature, message=message):
        add(f"light-signature{name}", "light-signature", expect, "SEAL-5", about, message, key=key.hex(), signature=signature.hex())
    signed("", "good", "over the message itself")
    signed("-flipped", "unverified", "a bit of the signature is another", signature=bytes([signature[0] ^ 1]) + signature[1:])
    signed("-of-another-message", "unverified", "a byte was added to the message", message=message + b".")
    signed("-of-another-key", "unverified", "the key of the other party", key=maker.parties[2].light.public.raw)
    signed("-of-63-bytes", "malformed", "a byte is missing", signature=signature[:-1])
    order = 2**252 + 27742317777372353535851937790883648493
    raised = (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")
    signed("-with-s-above-the-order", "unverified", "S is not below the order of the group (RFC 8032 §5.1.7)", signature=signature[:32] + raised)

    edges(add)

    both = composite.sign(message)
    second = other.sign(message)
    public = composite.public.raw
    bare_ml = maker.kept.keep((b"no context", composite.private, message), lambda: composite._signer._ml.sign(representative(message)))
    direct_ml = maker.kept.keep((b"direct", composite.private, message), lambda: composite._signer._ml.sign(message, COMPOSITE_LABEL))
    newline = COMPOSITE_PREFIX + COMPOSITE_LABEL + b"\n"
    framed_ml = maker.kept.keep((b"newline", composite.private, message), lambda: composite._signer._ml.sign(
        newline + representative(message)[len(newline):], COMPOSITE_LABEL))
    framed_ed = composite._signer._ed.sign(newline + representative(message)[len(newline):])

    def pair(name, expect, about, signature=both, public=public, message=message, rule="SEAL-3"):
        add(f"composite-signature{name}", "composite-signature", expect, rule, about, public + signature + message)
    pair("", "good", "both halves over the same representative")
    pair("-ml-half-flipped", "unverified", "a bit of the first half is another", bytes([both[0] ^ 1]) + both[1:])
    pair("-ed-half-flipped", "unverified", "a bit of the second half is another", both[:-1] + bytes([both[-1] ^ 1]))
    pair("-ml-half-of-another", "unverified", "the first half is another party's", second[:ML_SIGNATURE] + both[ML_SIGNATURE:])
    pair("-ed-half-of-another", "unverified", "the second half is another party's", both[:ML_SIGNATURE] + second[ML_SIGNATURE:])
    pair("-ed-half-alone", "unverified", "the first half is zeros: one half is never enough", bytes(ML_SIGNATURE) + both[ML_SIGNATURE:])
    pair("-ml-half-alone", "unverified", "the second half is zeros: one half is never enough", both[:ML_SIGNATURE] + bytes(64))
    pair("-halves-swapped", "unverified", "Ed25519 first", both[ML_SIGNATURE:] + both[:ML_SIGNATURE])
    pair("-without-context", "unverified", "ML-DSA with an empty context", bare_ml + both[ML_SIGNATURE:])
    pair("-over-the-message-itself", "unverified", "not over the representative", direct_ml + composite._signer._ed.sign(message))
    pair("-with-a-newline-in-the-representative", "unverified", "a line feed for the zero byte", framed_ml + framed_ed)
    pair("-of-another-message", "unverified", "a byte was added to the message", message=message + b".")
    pair("-cut-short", "malformed", "a signature of 3,372 bytes and nothing signed", both[:-1], message=b"", rule="SEAL-4")

    kem = KemKey(seed("kem")).public
    add("kem", "kem-key", "good", "SEAL-8", "an honest X-Wing key", kem)
    add("kem-of-1215-bytes", "kem-key", "malformed", "SEAL-7", "a byte is missing", kem[:-1])
    add("kem-not-reduced", "kem-key", "malformed", "SEAL-8", "a coefficient of the ML-KEM half is not below 3,329 (FIPS 203 §7.2)",
        b"\xff\xff" + kem[2:])
    for name, low in LOW_ORDER.items():
        add(f"kem-low-order-{name}", "kem-key", "malformed", "SEAL-8", "the X25519 half gives the all-zero secret", kem[:1_184] + low)


def edges(add) -> None:
    """Where implementations of RFC 8032 differ: it leaves open whether the equation is checked times the cofactor. Here it is not (SEAL-5)."""
    private, nonce = edwards.secret(seed("edge")), int.from_bytes(seed("edge nonce"), "little") % edwards.ORDER
    plain, r = edwards.times(private, edwards.BASE), edwards.times(nonce, edwards.BASE)
    honest, mixed = edwards.encode(plain), edwards.encode(edwards.add(plain, edwards.TORSION))

    def one(name, expect, about, key, signature, message):
        add(f"light-signature-{name}", "light-signature", expect, "SEAL-5", about, message, key=key.hex(), signature=signature.hex())

    def message(multiple: bool) -> bytes:
        """One whose challenge is a multiple of 8 under the mixed key, or is not."""
        return next(text for text in (b"hotline/1, edge %d" % number for number in range(1_000))
                    if (edwards.challenge(edwards.encode(r), mixed, text) % 8 == 0) == multiple)
    one("made-by-hand", "good", "by the arithmetic that makes the others", honest, edwards.answer(edwards.encode(r), nonce, honest, private, b"edge"), b"edge")
    one("of-a-key-of-mixed-order-that-holds", "good", "the key has a part of order 8, which the challenge takes away", mixed,
        edwards.answer(edwards.encode(r), nonce, mixed, private, message(True)), message(True))
    one("of-a-key-of-mixed-order", "unverified", "it holds times the cofactor alone", mixed,
        edwards.answer(edwards.encode(r), nonce, mixed, private, message(False)), message(False))
    tilted = edwards.encode(edwards.add(r, edwards.TORSION))
    one("with-r-of-mixed-order", "unverified", "it holds times the cofactor alone", honest, edwards.answer(tilted, nonce, honest, private, b"edge"), b"edge")
    neutral = b"\x01" + bytes(31)
    one("with-r-neutral", "good", "R is the neutral element", honest, edwards.answer(neutral, 0, honest, private, b"edge"), b"edge")
    longer = (edwards.P + 1).to_bytes(32, "little")
    one("with-r-in-a-longer-form", "unverified", "R is the neutral element with y = p + 1", honest, edwards.answer(longer, 0, honest, private, b"edge"), b"edge")
    signed = neutral[:31] + b"\x80"
    one("with-r-of-the-wrong-sign", "unverified", "R is the neutral element with the sign bit set", honest, edwards.answer(signed, 0, honest, private, b"edge"), b"edge")
