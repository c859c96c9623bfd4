"""sealing.md: offers, accepts, confirmations."""

from dataclasses import replace

from .. import epochs, frames
from ..chain import Chain
from ..encoding import integer
from ..epochs import Accept, Batch, Confirmation, KemKey, Offer, Pair, confirmation_proof, accept_proof, encode_batch, sign_batch, signed_body
from ..make_vectors import seed
from ..vectors import given

FILE = {"agreements": "agreement.txt"}


def cases(maker):
    line = Chain([given("agreement.txt")]).line
    ours, theirs = maker.parties[1].station, maker.parties[2].station
    pair = Pair(line, 1, 2)
    keys = {epoch: KemKey(seed("kem", epoch)) for epoch in (1, 3, 5)}
    made = {epoch: Offer(epoch, key.public) for epoch, key in keys.items()}
    one, batch = sign_batch(ours, pair, [made[1]]), sign_batch(ours, pair, [made[1], made[3], made[5]])

    def offers(name, expect, rule, about, body, **header):
        header = {"from_": 1, "to": 2} | header
        whole = body if isinstance(body, bytes) else body.encode()
        if expect == "good":
            header["object"] = frames.object_name(b"\x01" + whole).hex()
        maker.add(f"epochs/offers-{name}", "offers", expect, rule, about, whole, **FILE, **header)
    offers("one", "good", "SEAL-7", "one epoch", one, epochs="1", hash=made[1].hash(pair).hex())
    offers("three", "good", "SEAL-7", "three epochs under one signature", batch, epochs="1 3 5")
    offers("of-nothing", "malformed", "SEAL-7", "a batch holds 1 to 64", integer(0) + ours.sign(b"hotline/1 epoch offers\n" + pair.context + integer(0)))
    offers("of-65", "malformed", "SEAL-7", "the count alone is above the limit", integer(65) + bytes(400))
    offers("cut-short", "malformed", "ENC-4", "a byte of the signature is missing", one.encode()[:-1])
    offers("byte-too-many", "malformed", "ENC-4", "a byte is left over", one.encode() + b"\x00")
    offers("count-in-a-longer-form", "malformed", "ENC-1", "1 in two bytes", b"\x40\x01" + one.encode()[1:])
    offers("key-flipped", "unverified", "SEAL-7", "a bit of a key is another", flip(one.encode(), 40))
    offers("signed-with-the-root-key", "unverified", "SEAL-5", "the station key signs epochs", sign_batch(maker.parties[1].root, pair, [made[1]]))
    offers("signed-by-the-accepter", "unverified", "SEAL-7", "the other side's key", sign_batch(theirs, pair, [made[1]]))
    offers("directions-swapped", "unverified", "SEAL-7", "signed as if 2 offered to 1",
           Batch((made[1],), ours.sign(signed_body(Pair(line, 2, 1), [made[1]]))))
    offers("of-another-line", "unverified", "SEAL-1", "signed for another line", sign_batch(ours, Pair(seed("another line"), 1, 2), [made[1]]))
    body = encode_batch([made[1]])
    offers("under-another-label", "unverified", "SEAL-1", "signed under the label of accepts",
           Batch((made[1],), ours.sign(b"hotline/1 epoch accepts\n" + pair.context + body)))
    offers("numbers-fall", "malformed", "SEAL-18", "epoch 3, then epoch 1", sign_batch(ours, pair, [made[3], made[1]]))
    offers("number-twice", "malformed", "SEAL-18", "epoch 1 twice, with two keys", sign_batch(ours, pair, [made[1], Offer(1, keys[3].public)]))
    offers("of-the-other-parity", "malformed", "SEAL-18", "the lower station offers odd numbers", sign_batch(ours, pair, [Offer(2, keys[1].public)]))
    offers("number-near-2-60", "good", "SEAL-18", "the highest odd number there may be", sign_batch(ours, pair, [Offer((1 << 60) - 1, keys[1].public)]))
    offers("number-above-2-60", "malformed", "SEAL-18", "no room would be left above it", sign_batch(ours, pair, [Offer((1 << 60) + 1, keys[1].public)]))
    offers("number-2-62-less-1", "malformed", "SEAL-18", "the greatest that can be written", sign_batch(ours, pair, [Offer((1 << 62) - 1, keys[1].public)]))
    offers("accepted-before", "refused", "SEAL-12", "epoch 1 again, and another key", one, highest=1)
    offers("below-the-highest", "refused", "SEAL-12", "epoch 1 after epoch 9 was accepted", one, highest=9)

    sealed = seed("sealed")
    packs = seed("pack A") + seed("pack B")

    def make(offer, packs=b"", sealed=sealed, info=None):
        both = maker.seal_to(offer.key, sealed, info or epochs._info(pair, offer))
        bare = Accept(offer.epoch, offer.hash(pair), both[:epochs.ENCAPSULATION], both[epochs.ENCAPSULATION:], b"")
        secret = epochs._secret(pair, offer, bare.hash(pair), sealed, packs)
        return replace(bare, proof=accept_proof(secret, bare.hash(pair))), secret
    accept, secret = make(made[1])
    hash = accept.hash(pair)

    def accepts(name, expect, rule, about, body, **header):
        header = {"from_": 2, "to": 1, "epoch": 1, "seed": seed("kem", 1).hex()} | header
        whole = body if isinstance(body, bytes) else body.encode()
        if expect == "good":
            header["object"] = frames.object_name(b"\x02" + whole).hex()
        maker.add(f"epochs/accepts-{name}", "accepts", expect, rule, about, whole, **FILE, **header)

    def signed(*each, signer=theirs, pair=pair):
        return sign_batch(signer, pair, list(each))
    accepts("one", "good", "SEAL-9", "ciphertext, offer and proof are right", signed(accept), secret=secret.hex(), hash=hash.hex())
    with_packs, other_secret = make(made[1], packs)
    accepts("with-courier-packs", "good", "SEAL-17", "both sides have a key from a pack", signed(with_packs), packs=packs.hex(), secret=other_secret.hex())
    accepts("with-a-swapped-pack", "unverified", "SEAL-17", "the offerer holds another key than the accepter", signed(with_packs),
            packs=(seed("swapped") + packs[32:]).hex())
    accepts("with-packs-that-only-one-side-has", "unverified", "SEAL-17", "the offerer has none", signed(with_packs))
    accepts("signature-flipped", "unverified", "SEAL-7", "a bit of the signature is another", flip(signed(accept).encode(), -1))
    accepts("signed-by-the-offerer", "unverified", "SEAL-7", "the offerer's own key", signed(accept, signer=ours))
    accepts("signed-in-the-other-direction", "unverified", "SEAL-7", "signed as if 1 accepted what 2 offered",
            Batch((accept,), theirs.sign(b"hotline/1 epoch accepts\n" + pair.context + encode_batch([accept]))))
    accepts("proof-flipped", "unverified", "SEAL-9", "a bit of the proof is another", signed(replace(accept, proof=flip(accept.proof, 0))))
    accepts("proof-of-zeros", "unverified", "SEAL-11", "a signature in place of a proof is not enough", signed(replace(accept, proof=bytes(32))))
    accepts("proof-under-the-label-of-confirmations", "unverified", "SEAL-10", "each proof has its own key",
            signed(replace(accept, proof=confirmation_proof(secret, hash))))
    accepts("ciphertext-flipped", "unverified", "SEAL-9", "a bit of the ciphertext is another", signed(replace(accept, ciphertext=flip(accept.ciphertext, 3))))
    accepts("encapsulation-flipped", "unverified", "SEAL-9", "a bit of the encapsulation is another",
            signed(replace(accept, encapsulation=flip(accept.encapsulation, 9))))
    accepts("of-another-offer", "unverified", "SEAL-9", "the hash of the offer of epoch 3", signed(replace(accept, offer=made[3].hash(pair))))
    accepts("of-another-epoch", "unverified", "SEAL-9", "the number of another epoch", signed(replace(accept, epoch=3)))
    foreign, _ = make(made[1], info=b"hotline/1 epoch encapsulation\n" + pair.context)
    accepts("sealed-without-the-offer", "unverified", "SEAL-8", "the info of HPKE lacks epoch and offer", signed(foreign))
    accepts("of-nothing", "malformed", "SEAL-7", "a batch holds 1 to 64", integer(0) + theirs.sign(b"nothing"))
    accepts("cut-short", "malformed", "ENC-4", "a byte of the signature is missing", signed(accept).encode()[:-1])

    right = Confirmation(1, hash, confirmation_proof(secret, hash))

    def confirmations(name, expect, rule, about, body):
        maker.add(f"epochs/confirmations-{name}", "confirmations", expect, rule, about, body, epoch=1, secret=secret.hex(), accept=hash.hex())
    confirmations("one", "good", "SEAL-10", "the proof is right", Batch((right,)).encode())
    confirmations("proof-flipped", "unverified", "SEAL-11", "a bit of the proof is another", Batch((replace(right, proof=flip(right.proof, 31)),)).encode())
    confirmations("proof-of-the-accept", "unverified", "SEAL-10", "the accepter's own proof, sent back to it",
                  Batch((replace(right, proof=accept_proof(secret, hash)),)).encode())
    confirmations("of-another-accept", "unverified", "SEAL-10", "the hash of another accept", Batch((replace(right, accept=seed("another")),)).encode())
    confirmations("of-another-epoch", "unverified", "SEAL-10", "the number of another epoch", Batch((replace(right, epoch=3),)).encode())
    confirmations("hash-in-place-of-the-proof", "unverified", "SEAL-11", "the accept's hash in place of a proof", Batch((replace(right, proof=hash),)).encode())
    confirmations("of-nothing", "malformed", "SEAL-7", "a batch holds 1 to 64", integer(0))
    confirmations("with-a-signature", "malformed", "SEAL-7", "confirmations are not signed", Batch((right,)).encode() + bytes(3_373))

    numbers = epochs.offers_hash(pair, one.each)
    answer = epochs.Stale(numbers, 9).sign(theirs, pair)

    def stale(name, expect, rule, about, body, **header):
        header = {"from_": 2, "to": 1, "offers": numbers.hex()} | header
        maker.add(f"epochs/stale-{name}", "stale", expect, rule, about, body if isinstance(body, bytes) else body.encode(), **FILE, **header)
    stale("answer", "good", "SEAL-19", "the numbers up to 9 are used up", answer, highest=9)
    stale("highest-2-60", "good", "LINE-20", "the highest number there may be", epochs.Stale(numbers, 1 << 60).sign(theirs, pair), highest=1 << 60)
    stale("highest-above-2-60", "malformed", "LINE-20", "no room would be left above it", epochs.Stale(numbers, (1 << 60) + 1).sign(theirs, pair))
    stale("of-other-offers", "refused", "LINE-20", "not the offer under way: an old answer, replayed",
          epochs.Stale(epochs.offers_hash(pair, batch.each), 9).sign(theirs, pair))
    stale("highest-changed", "unverified", "SEAL-19", "10 where 9 was signed", replace(answer, highest=10))
    stale("signature-flipped", "unverified", "SEAL-19", "a bit of the signature is another", flip(answer.encode(), -1))
    stale("signed-by-the-offerer", "unverified", "SEAL-19", "the offerer's own key", epochs.Stale(numbers, 9).sign(ours, pair))
    stale("signed-in-the-other-direction", "unverified", "SEAL-19", "signed as if 1 answered what 2 offered",
          replace(answer, signature=theirs.sign(answer.body(Pair(line, 2, 1)))))
    stale("of-another-line", "unverified", "SEAL-1", "signed for another line",
          replace(answer, signature=theirs.sign(answer.body(Pair(seed("another line"), 1, 2)))))
    stale("cut-short", "malformed", "ENC-4", "a byte of the signature is missing", answer.encode()[:-1])
    stale("byte-too-many", "malformed", "ENC-4", "a byte is left over", answer.encode() + b"\x00")


def flip(data: bytes, at: int) -> bytes:
    at %= len(data)
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]
