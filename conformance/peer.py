"""A station that keeps a line over TLS with one of another make.

    python -m conformance.peer init    --dir D --name en=South --mark S
    python -m conformance.peer sign    --dir D AGREEMENT          # puts our signature into the file
    python -m conformance.peer install --dir D FILE               # an agreement, an amendment, a key statement of either side
    python -m conformance.peer keys    --dir D [--stolen] [--next] FILE
    python -m conformance.peer roster  --dir D --version V FILE CODE=ROLES…
    python -m conformance.peer run     --dir D (--dial HOST:PORT | --listen HOST:PORT) [--letters N] [--expect M] [--seconds T]
    python -m conformance.peer export  --dir D FILE

`run` writes letters until its record holds N, and ends once the peer has acknowledged all of them, M letters of the peer are held,
and both have signed the whole in full; or after T seconds with exit code 1. It prints one line of JSON at the end.
"""

import argparse
import json
import os
import random
import selectors
import signal
import socket
import sys
import time
from pathlib import Path

from .checkpoints import FULL
from .entries import ROSTER
from .errors import Malformed
from .frames import COUNTERS
from .keys import CompositeSigner, LightSigner
from .line import SILENT_AFTER
from .party import Party
from .record import Record
from .rosters import Officer, Roster, rosters_of
from .start import start
from .tls13 import TlsError
from .watch import may_send
from .wire import HANDSHAKE_TIMEOUT, SILENCE, Wire

REDIAL_MIN, REDIAL_MAX = 0.1, 10.0
ANEW = 4.0
ROUNDS = 64
LETTER = 1


class Station:
    """`loss` is the part of the frames, either way, that is lost before the line sees them."""

    def __init__(self, folder: Path, confirm: bool = False, loss: float = 0.0, seed: int = 0):
        self.line = start(folder, confirm)
        self.party, self.record, self.chain = self.line.party, self.line.record, self.line.chain
        self.chance, self.loss, self.lost, self.beyond = random.Random(seed), loss, 0, 0
        self.selector = selectors.DefaultSelector()
        self.wire: Wire | None = None
        self.redial, self.wait = 0.0, REDIAL_MIN
        self.listener = None
        self.address = None

    def loses(self) -> bool:
        lost = self.loss > 0 and self.chance.random() < self.loss
        self.lost += lost
        return lost

    def listen(self, address) -> None:
        self.listener = socket.create_server(address, reuse_port=False)
        self.selector.register(self.listener, selectors.EVENT_READ)

    def connect(self, raw, server: bool) -> None:
        own, peer = self.line.own, self.line.peer
        wire = Wire.meet(raw, self.party, self.chain.pins(peer), own, peer, server)
        if wire is None:
            return
        if self.wire and self.wire.dialler < wire.dialler:
            raw.close()                                         # TLS-5: the one that the lower one dialled stays
            return
        self.drop()                                             # a new one of the same direction replaces the old
        self.wire = wire
        self.selector.register(raw, selectors.EVENT_READ)
        self.read()                                             # what came right behind the handshake

    def drop(self) -> None:
        if self.wire:
            self.selector.unregister(self.wire.socket)
            self.wire.socket.close()
            self.wire = None
            self.line.path_down()

    def path_up(self) -> None:
        """TLS-4."""
        if self.wire and not self.wire.up:
            self.wire.up, self.wait = True, REDIAL_MIN
            self.line.path_up(time.monotonic())

    def read(self) -> None:
        try:
            for frame in self.wire.receive():
                self.wire.heard = time.monotonic()
                self.path_up()
                if not self.loses():
                    self.line.receive(frame, self.wire.heard)
        except (TlsError, OSError, Malformed):
            self.drop()

    def step(self) -> None:
        now = time.monotonic()
        if self.wire is None and self.address and now >= self.redial:
            self.redial, self.wait = now + self.chance.uniform(0, self.wait), min(REDIAL_MAX, 2 * self.wait)       # TLS-6: full jitter
            try:
                self.connect(socket.create_connection(self.address, HANDSHAKE_TIMEOUT), server=False)
            except OSError:
                pass
        if self.wire and time.monotonic() >= self.wire.up_at:
            self.path_up()
        self.line.tick(time.monotonic())
        self.flush()
        for round in range(ROUNDS):                             # what waits in the network is old when it is read
            ready = self.selector.select(0.0 if round else 0.02)
            for key, _ in ready:
                if key.fileobj is self.listener:
                    self.connect(self.listener.accept()[0], server=True)
                elif self.wire and key.fileobj is self.wire.socket:
                    self.read()
            self.flush()
            if not ready:
                break
        if self.wire and time.monotonic() - self.wire.heard > (SILENT_AFTER if self.line.sender.current else SILENCE):
            self.drop()                                         # LINE-5, and TLS-8 where there is nothing to probe with

    def flush(self) -> None:
        try:
            while self.line.out and self.wire:
                frame = self.line.out.pop(0)
                if not self.loses() and not self.wire.send(frame):
                    self.beyond += 1
            if self.wire:
                self.wire.push()
        except OSError:
            self.drop()

    def write(self, text: str, time_: int, from_post: int, to_post: int, channel: int, precedence: int) -> None:
        self.record.write(kind=LETTER, precedence=precedence, exercise=False, channel=channel, from_post=from_post, to_post=to_post,
                          language=1, time=time_, references=(), content=text.encode())

    def may_write(self, channel: int, precedence: int) -> bool:
        """This station has no officers, so that nothing that needs a release leaves it."""
        agreements, own = {each.hash: each for each in self.chain.agreements}, self.record.basis(self.record.current).agreement
        return may_send(agreements, own, channel, precedence, *self.record.channel_statements())

    def signed_in_full(self) -> bool:
        """Whether the latest full checkpoints of both cover both records as they stand."""
        ours, theirs = (self.record.latest.get((number, FULL)) for number in (self.line.own, self.line.peer))
        newest = self.record.newest(self.line.peer)
        return bool(ours and theirs and newest and theirs.statement.head == self.record.head(newest)
                    and self.record.head(self.record.current) in theirs.statement.holds)


def run(arguments) -> int:
    station = Station(arguments.dir, arguments.confirm, arguments.loss, arguments.seed)
    if arguments.listen:
        station.listen(address(arguments.listen))
    if arguments.dial:
        station.address = address(arguments.dial)
    station.line.sender.counters = arguments.per_salt
    stop = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.append(True))
    record, line = station.record, station.line
    end, next_letter, full = time.monotonic() + arguments.seconds, time.monotonic(), False
    done, anew = False, 0.0
    print(json.dumps({"generation": str(record.current)}), flush=True)
    if arguments.roster:
        record.state(ROSTER, arguments.roster.read_bytes())
    while not stop and not done and time.monotonic() < end:
        station.step()
        ours, theirs = record.letter_count(line.own), record.letter_count(line.peer)
        may_write = not line.restored or line.questions.idle    # what comes back comes first
        if ours < arguments.letters and time.monotonic() >= next_letter and may_write and (
                arguments.unreleased or station.may_write(arguments.channel, ours % 4)):
            station.write(f"Letter {ours + 1} of {arguments.letters}. Письмо.", int(time.time()) - station.chain.agreements[0].date, arguments.from_post,
                          arguments.to_post, arguments.channel, ours % 4)
            next_letter = time.monotonic() + arguments.every
        elif ours >= arguments.letters and theirs >= arguments.expect and line.delivery.delivered():
            if not full and station.wire and line.questions.idle:
                station.loss = 0.0                              # what is signed last is sent once
                line.signing.sign(FULL)
                full, anew = True, time.monotonic() + ANEW
            if full and time.monotonic() > anew:
                station.drop()                                  # LINE-16: its latest may have been lost, and comes again with a path
                anew = time.monotonic() + ANEW
            done = full and (not arguments.full or station.signed_in_full())
    until = time.monotonic() + arguments.linger
    while time.monotonic() < until and not stop:
        station.step()
    station.flush()
    rosters, refused = rosters_of(record, station.chain)
    print(json.dumps({"done": done, "recovered": line.questions.recovered, "claimed": len(line.questions.left()), "lost": station.lost,
                      "beyond": station.beyond, "forks": len(record.forks.proofs),
                      "epoch": line.sender.epoch, "rosters": len(rosters), "refused": refused,
                      "ours": record.letter_count(line.own), "theirs": record.letter_count(line.peer),
                      "delivered": line.delivery.delivered(), **line.counts}), flush=True)
    return 0 if done else 1


def address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return host, int(port)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, *positional: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name)
        found.add_argument("--dir", type=Path, required=True)
        for each in positional:
            found.add_argument(each, type=Path)
        return found
    init = command("init")
    init.add_argument("--name", action="append", required=True, help="language=name, the party's own language first")
    init.add_argument("--mark", required=True)
    command("sign", "agreement")
    command("install", "file")
    keys = command("keys", "file")
    keys.add_argument("--stolen", action="store_true")
    keys.add_argument("--next", action="store_true", help="on the word of the next identity")
    roster = command("roster", "file")
    roster.add_argument("--version", type=int, required=True)
    roster.add_argument("officers", nargs="*", help="code=roles, the roles as a number (AGR-46)")
    command("export", "file")
    live = command("run")
    live.add_argument("--dial")
    live.add_argument("--listen")
    for name, otherwise in (("letters", 0), ("expect", 0), ("from-post", 0), ("to-post", 0), ("channel", 2)):
        live.add_argument(f"--{name}", type=int, default=otherwise)
    for name, otherwise in (("seconds", 60.0), ("every", 0.0), ("linger", 1.0), ("loss", 0.0)):
        live.add_argument(f"--{name}", type=float, default=otherwise)
    live.add_argument("--full", action="store_true", help="wait until both have signed everything in full")
    live.add_argument("--per-salt", type=int, default=COUNTERS, help="frames under one start salt: few make an epoch wear out soon (LINE-4)")
    live.add_argument("--seed", type=int, default=0, help="of the frames that are lost")
    live.add_argument("--roster", type=Path, help="the content of a roster, to be stated at the start")
    live.add_argument("--unreleased", action="store_true", help="send also what needs a release (WAT-10): for tests of whoever receives it")
    live.add_argument("--confirm", action="store_true", help="take back also what a light signature alone covers (REC-15)")
    arguments = parser.parse_args()
    if arguments.command == "init":
        names = [tuple(each.split("=", 1)) for each in arguments.name]
        Party.make(arguments.dir, names, arguments.mark, [names[0][0]])
    elif arguments.command == "sign":
        Party(arguments.dir).sign(arguments.agreement)
    elif arguments.command == "install":
        Party(arguments.dir).install(arguments.file)
    elif arguments.command == "keys":
        Party(arguments.dir).replace_keys(arguments.file, arguments.stolen, arguments.next)
    elif arguments.command == "roster":
        make_roster(Party(arguments.dir), arguments)
    elif arguments.command == "export":
        export(arguments.dir, arguments.file)
    else:
        return run(arguments)
    return 0


def export(folder: Path, file: Path) -> None:
    """Reads the record as it stands: an export is no start, and opens no generation."""
    party = Party(folder)
    chain = party.chain
    record = Record(folder / "record.sqlite", chain.line, party.number(chain))
    file.write_bytes(record.export(party.texts, rosters_of(record, chain)[0]))


def make_roster(party: Party, arguments) -> None:
    """Fresh release keys, of which this station keeps no private half: it releases nothing."""
    chain = party.chain
    officers = sorted((code, int(roles)) for code, _, roles in (each.partition("=") for each in arguments.officers))
    roster = Roster(arguments.version, tuple(Officer(code, roles, LightSigner(os.urandom(32)).public, CompositeSigner(os.urandom(64)).public)
                                             for code, roles in officers))
    arguments.file.write_bytes(roster.sign(party.root, chain.line, party.number(chain)).encode())


if __name__ == "__main__":
    sys.exit(main())
