"""The epochs of a pair of stations: offers, accepts and confirmations, each sent again until it is answered (LINE-1 to LINE-3)."""

import os

from . import epochs, frames
from .encoding import sha256
from .epoch_store import Secrets
from .epochs import Accept, Batch, Confirmation, KemKey, Offer, Pair
from .errors import Failure
from .retry import Retry

OFFER_WAIT = 3.0
OBJECTS_MAX = 6
OFFERS, ACCEPTS, CONFIRMATIONS = 1, 2, 3
BATCHES = {OFFERS: Offer, ACCEPTS: Accept, CONFIRMATIONS: Confirmation}


class Handshakes:
    """`send` takes a whole object; `known` are the secrets by epoch, shared with whoever opens frames."""

    def __init__(self, line: bytes, own: int, peer: int, signer, peer_key, secrets: Secrets, known: dict[int, bytes], send):
        self.line, self.own, self.peer, self.signer, self.peer_key = line, own, peer, signer, peer_key
        self.secrets, self.known, self.send = secrets, known, send
        self.started: float | None = None
        self.offered: dict[int, tuple[Offer, KemKey]] = {}
        self.accepting: dict[int, tuple[Offer, Accept, bytes]] = {}
        self.sending: dict[int, tuple[bytes, Retry]] = {}       # by epoch
        self.confirmed: dict[bytes, bytes] = {}                 # accepts that we have confirmed, and the confirmation
        self.parts: dict[bytes, dict[int, bytes]] = {}
        self.dropped = 0

    def path_up(self, now: float) -> None:
        for _, retry in self.sending.values():
            retry.due = now

    def tick(self, now: float, lacking: bool) -> None:
        """`lacking` is whether there is no epoch to send in."""
        self.started = self.started or now
        for whole, retry in list(self.sending.values()):
            if retry.due <= now:
                retry.again(now)
                self.send(whole)
        first = self.own < self.peer
        if lacking and not self.offered and not self.sending and (first or now - self.started > OFFER_WAIT):
            self.offer(now)

    def pair(self, offerer: int) -> Pair:
        return Pair(self.line, offerer, self.own + self.peer - offerer)

    def receive(self, part: frames.Part, now: float) -> None:
        runs = self.parts.setdefault(part.name, {})
        while len(self.parts) > OBJECTS_MAX:
            self.parts.pop(next(iter(self.parts)))
        runs[part.offset] = part.data
        held = 0
        while held in runs:
            held += len(runs[held])
        if held != part.total:
            return
        whole = b"".join(runs[at] for at in sorted(runs))
        del self.parts[part.name]
        if sha256(whole)[:8] == part.name and whole[0] in BATCHES:
            self.take(whole[0], whole[1:], now)
        else:
            self.dropped += 1

    def take(self, kind: int, data: bytes, now: float) -> None:
        try:
            batch = Batch.decode(BATCHES[kind], data)
            (self.take_offers, self.take_accepts, self.take_confirmations)[kind - 1](batch, now)
        except Failure:
            self.dropped += 1                         # in one way and without a reason

    def take_offers(self, batch: Batch, now: float) -> None:
        pair = self.pair(self.peer)
        epochs.verify_batch(self.peer_key, pair, batch)
        epochs.check_numbers(pair, batch)
        accepts = []
        for offer in batch.each:
            known = self.accepting.get(offer.epoch)
            if known and known[0] == offer:
                accepts.append(known[1])
            elif offer.epoch > self.secrets.highest("accepted"):
                self.secrets.raise_highest("accepted", offer.epoch)
                accept, secret = epochs.accept(pair, offer)
                self.accepting[offer.epoch] = offer, accept, secret
                accepts.append(accept)
            elif not self.offered and not self.secrets.waiting():
                self.offer(now)                                 # the peer has lost its epochs: one above all of them brings it back
        if accepts:
            whole = bytes([ACCEPTS]) + epochs.sign_batch(self.signer, pair, accepts).encode()
            self.sending[accepts[0].epoch] = whole, Retry(now)
            self.send(whole)

    def take_accepts(self, batch: Batch, now: float) -> None:
        pair = self.pair(self.own)
        epochs.verify_batch(self.peer_key, pair, batch)
        for accept in batch.each:
            again = self.confirmed.get(accept.encode())
            if again is None and accept.epoch in self.offered:
                offer, key = self.offered[accept.epoch]
                secret = epochs.open_accept(pair, offer, key, accept)
                self.bank(accept.epoch, secret)
                self.sending.pop(accept.epoch, None)
                del self.offered[accept.epoch]
                again = bytes([CONFIRMATIONS]) + Batch((epochs.confirm(pair, accept, secret),)).encode()
                self.confirmed[accept.encode()] = again
            if again:
                self.send(again)

    def take_confirmations(self, batch: Batch, now: float) -> None:
        for confirmation in batch.each:
            if confirmation.epoch in self.accepting:
                _, accept, secret = self.accepting[confirmation.epoch]
                epochs.check_confirmation(self.pair(self.peer), accept, secret, confirmation)
                self.bank(confirmation.epoch, secret)
                self.sending.pop(confirmation.epoch, None)

    def bank(self, number: int, secret: bytes) -> None:
        self.secrets.bank(number, secret)
        self.known.update(self.secrets.all())

    def offer(self, now: float) -> None:
        number = max(self.secrets.highest("offered"), self.secrets.highest("accepted"), 0) + 1
        number += number % 2 != self.pair(self.own).parity
        self.secrets.raise_highest("offered", number)
        key = KemKey(os.urandom(32))
        self.offered[number] = Offer(number, key.public), key
        whole = bytes([OFFERS]) + epochs.sign_batch(self.signer, self.pair(self.own), [self.offered[number][0]]).encode()
        self.sending[number] = whole, Retry(now)
        self.send(whole)
