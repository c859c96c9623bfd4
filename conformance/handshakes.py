"""The epochs of a pair of stations: offers, accepts and confirmations, each sent again until it is answered (LINE-1 to LINE-3, LINE-20)."""

import os

from . import epochs, frames
from .assembly import Assembly
from .encoding import sha256
from .epoch_store import Secrets
from .epochs import Accept, Batch, Confirmation, KemKey, Offer, Pair, Stale
from .errors import Failure, Malformed, Unverified, Violation
from .retry import Retry

OFFER_WAIT = 3.0
STALE_EVERY = 5.0
ACCEPT_SENDINGS, ACCEPTS_MAX = 7, 64                            # LINE-20; beyond these the oldest accepts are forgotten
BURST, A_SECOND = 20, 10                                        # LINE-3
OFFERS, ACCEPTS, CONFIRMATIONS, STALE = 1, 2, 3, 4
BATCHES = {OFFERS: Offer, ACCEPTS: Accept, CONFIRMATIONS: Confirmation}


class Handshakes:
    """`send` takes a whole object; `known` are the secrets by epoch, shared with whoever opens frames."""

    def __init__(self, line: bytes, own: int, peer: int, signer, peer_keys, secrets: Secrets, known: dict[int, bytes], send, violate):
        self.line, self.own, self.peer, self.signer, self.peer_keys = line, own, peer, signer, peer_keys
        self.secrets, self.known, self.send, self.violate = secrets, known, send, violate
        self.lacking_since: float | None = None
        self.offered: dict[int, tuple[Offer, KemKey]] = {}
        self.accepting: dict[int, tuple[Offer, Accept, bytes]] = {}
        self.sending: dict[int, tuple[bytes, Retry]] = {}       # by epoch
        self.confirmed: dict[bytes, bytes] = {}                 # accepts that we have confirmed, and the confirmation
        self.parts = Assembly()
        self.dropped = 0
        self.leaving = False                                    # LINE-21: the epochs that we share may be lost to the peer
        self.left = False                                       # an epoch is left to send in, in which the peer is heard
        self.stale_at = float("-inf")
        self.budget, self.budget_at = float(BURST), 0.0

    def path_up(self, now: float) -> None:
        for _, retry in self.sending.values():
            retry.due = now

    def tick(self, now: float, ready: bool, worn: bool, deaf: bool = False) -> None:
        """`ready` is whether there is an epoch to send in, `worn` whether there will soon be none; `deaf` whether nothing has opened for long."""
        self.left = ready and not deaf
        self.lacking_since = None if ready else self.lacking_since if self.lacking_since is not None else now
        for whole, retry in list(self.sending.values()):
            if retry.due <= now:
                retry.again(now)
                self.send(whole)
        waits = not ready and self.own > self.peer and now - self.lacking_since <= OFFER_WAIT       # LINE-1
        if (worn or deaf or not ready) and not self.busy and not waits:
            self.leaving = deaf
            self.offer(now)

    @property
    def busy(self) -> bool:
        """An offer is under way, or an accept that may still be confirmed (LINE-20)."""
        return bool(self.offered) or any(retry.sent < ACCEPT_SENDINGS for _, retry in self.sending.values())

    def pair(self, offerer: int) -> Pair:
        return Pair(self.line, offerer, self.own + self.peer - offerer)

    def receive(self, part: frames.Part, now: float) -> None:
        _, whole = self.parts.add(part.name, part.offset, part.total, part.data)
        if whole is None:
            return
        if sha256(whole)[:8] == part.name and whole[0] in (*BATCHES, STALE):
            self.take(whole[0], whole[1:], now)
        else:
            self.dropped += 1

    def take(self, kind: int, data: bytes, now: float) -> None:
        self.budget, self.budget_at = min(BURST, self.budget + A_SECOND * (now - self.budget_at)), now
        if self.budget < 1:
            self.dropped += 1
            return
        self.budget -= 1
        try:
            if kind == STALE:
                self.take_stale(Stale.decode(data, epochs.EVERY_NUMBER), now)
            else:
                (self.take_offers, self.take_accepts, self.take_confirmations)[kind - 1](Batch.decode(BATCHES[kind], data), now)
        except Violation as violation:
            self.violate(str(violation))
        except Failure:
            self.dropped += 1                         # in one way and without a reason

    def verify(self, check) -> None:
        """Under one of the keys that the peer may sign with (line.md, 'Epochs')."""
        for key in self.peer_keys():
            try:
                return check(key)
            except Unverified:
                continue
        raise Unverified("none of the peer's keys has signed")

    def take_offers(self, batch: Batch, now: float) -> None:
        pair = self.pair(self.peer)
        self.verify(lambda key: epochs.verify_batch(key, pair, batch))
        try:
            epochs.check_numbers(pair, batch)
        except Malformed as error:
            raise Violation(str(error)) from None               # SEAL-18: the peer has signed it
        if not all(offer.epoch in self.accepting and self.accepting[offer.epoch][0] == offer for offer in batch.each):
            highest = self.secrets.highest_known()
            if batch.each[0].epoch <= highest:
                if now - self.stale_at >= STALE_EVERY:
                    self.stale_at = now
                    self.send(bytes([STALE]) + Stale(epochs.offers_hash(pair, batch.each), highest).sign(self.signer, pair).encode())
                return
            for offer in batch.each:
                self.secrets.raise_highest("accepted", offer.epoch)
                self.accepting[offer.epoch] = offer, *epochs.accept(pair, offer)
            for number in sorted(self.accepting)[:-ACCEPTS_MAX]:
                del self.accepting[number]
                self.sending.pop(number, None)
        first = batch.each[0].epoch
        if first in self.sending:                               # SEAL-12: sent again as it was
            whole, _ = self.sending[first]
        else:
            whole = bytes([ACCEPTS]) + epochs.sign_batch(self.signer, pair, [self.accepting[offer.epoch][1] for offer in batch.each]).encode()
            self.sending[first] = whole, Retry(now)
        self.send(whole)

    def take_stale(self, stale: Stale, now: float) -> None:
        """LINE-20: only of the very offer that is under way."""
        pair = self.pair(self.own)
        self.verify(lambda key: stale.verify(key, pair))
        if stale.highest > epochs.HIGHEST_MAX:
            raise Violation("stale states a number that is never offered")
        for number, (offer, _) in list(self.offered.items()):
            if epochs.offers_hash(pair, [offer]) == stale.offers:
                del self.offered[number]
                self.sending.pop(number, None)
                self.secrets.raise_highest("offered", stale.highest)
                self.offer(now)

    def take_accepts(self, batch: Batch, now: float) -> None:
        pair = self.pair(self.own)
        self.verify(lambda key: epochs.verify_batch(key, pair, batch))
        for accept in batch.each:
            again = self.confirmed.get(accept.encode())
            if again is None and accept.epoch in self.offered:
                offer, key = self.offered[accept.epoch]
                try:
                    secret = epochs.open_accept(pair, offer, key, accept)
                except Unverified:
                    if accept.offer != offer.hash(pair):
                        raise                                   # SEAL-20: an old one, which anybody may replay
                    raise Violation("an accept of our offer does not prove its secret") from None
                self.bank(accept.epoch, secret)
                if self.leaving:
                    self.secrets.begin(accept.epoch)
                self.leaving = False
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

    def next_number(self) -> int:
        number = self.secrets.highest_known() + 1
        return number + (number % 2 != self.pair(self.own).parity)

    def offer(self, now: float) -> None:
        number = self.next_number()
        if number > epochs.HIGHEST_MAX:                         # LINE-20: as if all of them were lost
            if self.left:
                return
            self.secrets.count_anew()
            self.known.clear()
            number = self.next_number()
        self.secrets.raise_highest("offered", number)
        key = KemKey(os.urandom(32))
        self.offered[number] = Offer(number, key.public), key
        whole = bytes([OFFERS]) + epochs.sign_batch(self.signer, self.pair(self.own), [self.offered[number][0]]).encode()
        self.sending[number] = whole, Retry(now)
        self.send(whole)
