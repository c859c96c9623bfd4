"""The epochs of a station: a file of its own that is never in a backup (SEAL-12)."""

import os
import sqlite3
from pathlib import Path

from . import frames
from .epochs import Pair

SALTS_IN_EPOCH, ENTRIES_IN_EPOCH = 256, 65_536

SCHEMA = """
create table if not exists epoch (number integer primary key, secret blob, salts integer default 0, entries integer default 0, begun integer default 0);
create table if not exists mark (name text primary key, value blob);
create table if not exists written (name blob primary key, size integer default 0);
create table if not exists highest (name text primary key, number integer);
"""


class Secrets:
    def __init__(self, path: Path):
        self.store = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.store.execute("pragma synchronous = full")
        self.store.executescript(SCHEMA)

    def mark(self, name: str, value: bytes | None = None) -> bytes | None:
        """What this file remembers of the record beside it: by it a record that was restored is told apart."""
        if value is not None:
            self.store.execute("insert or replace into mark values (?, ?)", (name, value))
        row = self.store.execute("select value from mark where name = ?", (name,)).fetchone()
        return row[0] if row else None

    def written(self) -> dict[bytes, int]:
        """ENT-20: each generation of ours by its name, and a size to which it was signed."""
        return dict(self.store.execute("select name, size from written"))

    def write(self, name: bytes, size: int = 0) -> None:
        self.store.execute("insert into written values (?, ?) on conflict (name) do update set size = max(size, excluded.size)", (name, size))

    def erase(self) -> None:
        """AGR-57: the thief has them too. The numbers are not given again."""
        self.store.execute("delete from epoch")

    def erase_left(self) -> None:
        """LINE-4: of the epochs that both have left the last one stays, for late frames."""
        left = "number < (select coalesce(max(number), 0) from epoch where begun = 1)"
        self.store.execute(f"delete from epoch where {left} and number < (select max(number) from epoch where {left})")

    def all(self) -> dict[int, bytes]:
        return dict(self.store.execute("select number, secret from epoch"))

    def bank(self, number: int, secret: bytes) -> None:
        self.store.execute("insert or ignore into epoch (number, secret) values (?, ?)", (number, secret))

    def begin(self, number: int) -> None:
        """We or the peer have begun to send in it: neither goes back before it (LINE-4)."""
        self.store.execute("update epoch set begun = 1 where number = ? and begun = 0", (number,))

    def current(self, using: int | None = None) -> int | None:
        """LINE-4: the oldest that is not used up, none before one that has begun. `using` is one under whose last salt there is room."""
        (floor,) = self.store.execute("select coalesce(max(number), 0) from epoch where begun = 1").fetchone()
        row = self.store.execute("select min(number) from epoch where number >= ? and (salts < ? or number = ?) and entries < ?",
                                 (floor, SALTS_IN_EPOCH, using, ENTRIES_IN_EPOCH)).fetchone()
        return row[0]

    def waiting(self) -> bool:
        """Whether an epoch is banked in which nobody has begun to send, later than all that have begun."""
        return self.store.execute("select count(*) from epoch where begun = 0 and number > "
                                  "(select coalesce(max(number), 0) from epoch where begun = 1)").fetchone()[0] > 0

    def worn(self) -> bool:
        """LINE-4: three quarters of the current one are used, and none follows."""
        row = self.store.execute("select 4 * salts >= 3 * ? or 4 * entries >= 3 * ? from epoch where number = ?",
                                 (SALTS_IN_EPOCH, ENTRIES_IN_EPOCH, self.current())).fetchone()
        return bool(row and row[0]) and not self.waiting()

    def count(self, number: int, entries: int) -> None:
        self.store.execute("update epoch set entries = entries + ? where number = ?", (entries, number))

    def draw_salt(self, number: int) -> bytes:
        """Counted before it is used (FRM-2)."""
        self.store.execute("update epoch set salts = salts + 1 where number = ?", (number,))
        return os.urandom(6)

    def highest(self, name: str) -> int:
        row = self.store.execute("select number from highest where name = ?", (name,)).fetchone()
        return row[0] if row else -1

    def highest_known(self) -> int:
        return max(self.highest("offered"), self.highest("accepted"), 0)

    def raise_highest(self, name: str, number: int) -> None:
        self.store.execute("insert into highest values (?, ?) on conflict (name) do update set number = max(number, excluded.number)", (name, number))

    def count_anew(self) -> None:
        """LINE-20: no number is left, so that all of it is as if it were lost."""
        self.store.execute("delete from epoch")
        self.store.execute("delete from highest")


class Sender:
    """Seals our frames: a fresh salt at each start, an alias of it once the peer has given one (FRM-2, FRM-4)."""

    def __init__(self, secrets: Secrets, pair: Pair):
        self.secrets, self.pair = secrets, pair                 # the pair is (own, peer) here
        self.epoch = self.salt = self.alias = None
        self.current = False                                    # whether there is an epoch to send in
        self.counter, self.counters = 0, frames.COUNTERS        # a salt may be left earlier than it must
        self.names: list = []                                   # generations by alias, under this salt
        self.known = 0                                          # how many of them the peer has said it knows

    def ready(self) -> bool:
        room = self.counter < self.counters and len(self.names) < 256
        epoch = self.secrets.current(self.epoch if room else None)
        self.current = epoch is not None
        if epoch is None:
            return False
        if epoch != self.epoch or not room:
            self.epoch, self.salt = epoch, self.secrets.draw_salt(epoch)
            self.alias, self.counter, self.names, self.known = None, 0, [], 0
            self.secrets.begin(epoch)
        return True

    def alias_of(self, generation) -> int:
        if generation not in self.names:
            self.names.append(generation)
        return self.names.index(generation)

    def seal(self, plaintext: bytes) -> bytes:
        frame = frames.seal(self.secrets.all()[self.epoch], self.pair.line, self.epoch, self.pair.offerer, self.pair.accepter,
                            self.salt, self.counter, plaintext, self.alias)
        self.counter += 1
        return frame
