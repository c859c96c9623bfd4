"""What the peer has of our record, and what it lacks (LINE-6 to LINE-11)."""

from .encoding import EntryName, Generation
from .entries import Entry
from .errors import Violation
from .record import Record
from .retry import RETRY_MIN, Retry

WINDOW_ENTRIES, WINDOW_BYTES, FLASH_MORE, FIRST = 256, 1 << 20, 64, 16


class Acked:
    """What the peer has said that it holds of one generation of ours: entries from the start, numbers beyond a gap, and the chain bit. It never shrinks."""

    def __init__(self):
        self.size, self.beyond, self.chain = 0, set(), False

    def add(self, size: int, ranges: tuple, chain: bool) -> None:
        self.size, self.chain, at = max(self.size, size), self.chain or chain, size
        for gap, run in ranges:
            self.beyond.update(range(at + gap, at + gap + run))
            at += gap + run
        self.beyond = {number for number in self.beyond if number >= self.size}

    def __contains__(self, number: int) -> bool:
        return number < self.size or number in self.beyond


NOTHING = Acked()


class Delivery:
    def __init__(self, record: Record):
        self.record = record
        self.current: Generation | None = None                  # the peer's, by an echo of our challenge
        self.acked: dict[Generation, Acked] = {}
        self.flying: dict[EntryName, Retry] = {}
        self.round_trip = 0.0
        self.first: set[EntryName] = set()                      # of what the peer lacks, when we looked last

    def named(self, current: Generation) -> None:
        """LINE-6: when the current one changes, all that an earlier one acknowledged is outstanding again."""
        if current != self.current:
            self.current = current
            self.acked.clear()
            self.flying.clear()

    def acknowledged(self, receiver: Generation, author: Generation, size: int, ranges: tuple, chain: bool) -> bool:
        """LINE-8: whether the peer holds what we have lost."""
        if receiver != self.current:
            return False
        held = self.record.held.get(author)
        if author.station != self.record.own:
            raise Violation("an acknowledgement of another record")
        if held is None or size + sum(map(sum, ranges)) > held.size:
            if author == self.record.current:
                raise Violation("an acknowledgement of more than was written")
            return True
        self.acked.setdefault(author, Acked()).add(size, ranges, chain)
        for name in [name for name in self.flying if name.generation == author and self.has(name)]:
            del self.flying[name]
        return False

    def has(self, name: EntryName) -> bool:
        return name.number in self.acked.get(name.generation, NOTHING)

    def delivered(self) -> bool:
        """Whether the peer has all of our record."""
        for generation in reversed(self.record.chain):
            acked = self.acked.get(generation, NOTHING)
            if acked.size < self.record.held[generation].size:
                return False
            if acked.chain:
                return True
        return True

    def wanted(self) -> list[Entry]:
        """Entries that the peer lacks, openings first, then in order; of a generation of which it has said nothing its opening, and nothing older (LINE-12)."""
        generations = []
        for generation in reversed(self.record.chain):
            generations.insert(0, generation)
            if generation not in self.acked or self.acked[generation].chain:
                break
        found = []
        for generation in generations:
            held = self.record.held[generation]
            numbers = range(self.acked[generation].size, held.size) if generation in self.acked else range(1)
            found += [held.entries[number] for number in numbers if not self.has(EntryName(generation, number))]
        return sorted(found, key=lambda each: each.number != 0)

    def window(self) -> list[Entry]:
        """LINE-11: the most urgent, as long as the peer would hold them; some more that are FLASH; and always the first ones that it lacks."""
        wanted = self.wanted()
        under = sum(len(each.beyond) for each in self.acked.values()) + len(self.flying)
        size, found = sum(len(each.content) for each in wanted if each.name in self.flying), {}
        for place, entry in enumerate(wanted):
            if entry.name in self.flying or place < FIRST:
                found[entry.name] = entry
        for entry in sorted(wanted, key=lambda each: each.precedence):
            if entry.name in found:
                continue
            size += len(entry.content)
            if not (under < WINDOW_ENTRIES and size <= WINDOW_BYTES or entry.precedence == 0 and under < WINDOW_ENTRIES + FLASH_MORE):
                break
            under += 1
            found[entry.name] = entry
        self.anew({entry.name for entry in wanted[:FIRST]})
        return list(found.values())

    def anew(self, first: set[EntryName]) -> None:
        """What has become one of the first that the peer lacks may have been ignored many times, beyond a gap: it goes out as if it were new."""
        for name in first - self.first:
            if name in self.flying and self.flying[name].sent > 1:
                del self.flying[name]
        self.first = first

    def due(self, now: float) -> list[Entry]:
        """What to send now: what is new, and what has waited for its acknowledgement long enough; the most urgent first (LINE-9), and openings before all."""
        found = []
        for entry in sorted(self.window(), key=lambda each: (each.number != 0, each.precedence)):
            retry = self.flying.get(entry.name)
            if retry is None:
                self.flying[entry.name] = Retry(now, max(RETRY_MIN, 3 * self.round_trip))
                found.append(entry)
            elif retry.due <= now:
                retry.again(now)
                found.append(entry)
        return found
