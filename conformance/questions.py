"""What we ask of our own record, which we may have lost, and what of it we take back (LINE-22 to LINE-25, REC-15, ENT-20, ENT-21)."""

from . import entries, trees
from .checkpoints import FULL, LIGHT, Checkpoint
from .encoding import EntryName, Generation
from .entries import Basis, Declaration, Entry, Opening, Recovered
from .errors import Failure, Malformed, Violation
from .items import Ask, FetchCheckpoints, FetchEntries, Holdings, Returned
from .record import Record
from .retry import Retry
from .tail import PAGE_BYTES, PAGE_ENTRIES

ASK_EVERY = 10.0
BEYOND_ENTRIES, BEYOND_BYTES = 1_000, 4 << 20
COVERS = {None: 0, LIGHT: 1, FULL: 2}


class Claim:
    """What the peer says that it holds of one generation of ours. How far our own signatures cover it is ours to say."""

    def __init__(self, told: int, full: int, light: int):
        self.told, self.full, self.light = told, full, light
        self.entries: dict[int, Entry] = {}
        self.page_entries = self.page_bytes = 0
        self.covered = 0                                        # by what verifies here

    @property
    def size(self) -> int:
        """LINE-24."""
        return min(self.told, self.covered + BEYOND_ENTRIES)

    @property
    def cover(self) -> int:
        return COVERS[FULL if self.full else LIGHT if self.light else None]


class Questions:
    """`confirm`: an officer has confirmed beforehand what only a light signature of ours covers."""

    def __init__(self, record: Record, chain, own: int, peer: int, confirm: bool = False):
        self.record, self.chain, self.own, self.peer, self.confirm = record, chain, own, peer, confirm
        self.question = None
        self.retry: Retry | None = None
        self.told: list = []
        self.claims: dict[Generation, Claim] = {}
        self.todo: list[tuple] = []                             # (kind of question, generation)
        self.asked_at: float | None = None
        self.more = False
        self.recovered = 0

    @property
    def idle(self) -> bool:
        return self.asked_at is not None and self.question is None and not self.more

    # Asking

    def due(self, now: float, answered: bool) -> list:
        """What to ask now; `answered` is whether the peer has answered a challenge of ours."""
        if not answered:
            return []
        if self.question is None and (self.asked_at is None or self.more and now - self.asked_at >= ASK_EVERY):
            self.more, self.asked_at, self.told = False, now, []
            self.ask(Ask(self.record.current, 0), now)
            return [self.question]
        if self.question and self.retry.due <= now:
            self.retry.again(now)
            if isinstance(self.question, FetchEntries):         # from where the page broke off
                self.question = FetchEntries(self.question.generation, self.lacking(self.question.generation))
            return [self.question]
        if self.question and self.retry.wait == 0:
            self.retry = Retry(now)
            return [self.question]
        return []

    def ask(self, question, now: float) -> None:
        self.question, self.retry = question, Retry(now)

    def next(self) -> None:
        """The next question goes out with the next tick."""
        self.question = None
        while self.todo and self.question is None:
            kind, generation = self.todo.pop(0)
            if kind is FetchCheckpoints:
                self.question = FetchCheckpoints(generation)
                continue
            self.cover(generation)
            if self.lacking(generation) < self.claims[generation].size:
                claim = self.claims[generation]
                claim.page_entries = claim.page_bytes = 0
                self.question = FetchEntries(generation, self.lacking(generation))
        if self.question:
            self.soon()

    def soon(self) -> None:
        self.retry = Retry(0.0)
        self.retry.wait, self.retry.due = 0, float("inf")

    def lacking(self, generation: Generation) -> int:
        """The first number that is neither held nor claimed."""
        held = self.record.held.get(generation)
        number = held.size if held else 0
        claim = self.claims[generation]
        while number in claim.entries:
            number += 1
        return number

    # Answers

    def holdings(self, item: Holdings) -> None:
        if any(generation.station != self.own for generation, *_ in item.each):
            raise Violation("it tells of a record that is not ours")
        if not isinstance(self.question, Ask) or item.first != self.question.place:
            return
        self.told += item.each
        if item.each and item.first + len(item.each) < item.total:
            self.question = Ask(self.record.current, item.first + len(item.each))
            self.soon()
            return
        self.claims, self.todo = {}, []
        for generation, size, full, light in self.told:
            held = self.record.held.get(generation)
            if size > (held.size if held else 0) and generation != self.record.current:
                self.claims[generation] = Claim(size, full, light)
                self.todo += [(FetchCheckpoints, generation), (FetchEntries, generation)]
        self.declare()
        self.next()

    def declare(self) -> None:
        """ENT-20: what no declaration of ours lists."""
        listed = {(generation, size) for held in self.record.own_entries(entries.DECLARATION) if Declaration.decode(held.content).cause == 1
                  for generation, size, _ in Declaration.decode(held.content).lost}
        lost = [(generation, claim.told, claim.cover) for generation, claim in self.claims.items()
                if not any(each == generation and size >= claim.told for each, size in listed)]
        if lost:
            self.record.declare(1, self.record.held[self.record.current].opening.predecessor, lost)

    def stated(self, checkpoint: Checkpoint) -> None:
        """A signature of our own comes back; one that is not ours accuses whoever sent it."""
        generation = checkpoint.statement.head.generation
        claim = self.claims.get(generation)
        if claim is None:
            return
        try:
            self.chain.verify(checkpoint)
        except Failure as failure:
            raise Violation(f"a checkpoint that is said to be ours does not verify: {failure}") from None
        if not self.record.covered(checkpoint):
            self.record.keep(checkpoint)
        self.cover(generation)
        if self.question == FetchCheckpoints(generation) and (checkpoint.strength == FULL or not claim.full):
            self.next()

    def cover(self, generation: Generation) -> None:
        """LINE-24: as far as our signatures go, or an opening of ours that states it."""
        stated = [each.opening.predecessor for held, each in self.record.held.items() if held.station == self.own and each.opening.predecessor]
        heads = [each.statement.head for each in self.record.checkpoints_of(generation).values()] + stated
        self.claims[generation].covered = max((head.size for head in heads if head.generation == generation), default=0)

    def no_checkpoints(self, now: float) -> None:
        """Nobody holds one, or its answer is lost again and again: on to the entries, which are asked for once more after the next start."""
        if isinstance(self.question, FetchCheckpoints):
            claim = self.claims[self.question.generation]
            if not claim.full and not claim.light or self.retry.wait >= 8:
                self.next()

    def returned(self, item: Returned) -> None:
        try:
            entry = Entry.decode(item.data)
            entries.check_holdable(entry)
        except Malformed as error:
            raise Violation(str(error)) from None
        if entry.generation.station != self.own:
            raise Violation("it gives back what is not ours")
        claim = self.claims.get(entry.generation)
        if claim is None or not isinstance(self.question, FetchEntries) or self.question.generation != entry.generation or entry.number >= claim.size:
            return
        beyond = sum(len(each.content) for number, each in claim.entries.items() if number >= claim.covered)
        if entry.number >= claim.covered and beyond + len(entry.content) > BEYOND_BYTES:
            return                                              # LINE-24
        if entry.number not in claim.entries:
            claim.page_entries, claim.page_bytes = claim.page_entries + 1, claim.page_bytes + len(entry.content)
        claim.entries.setdefault(entry.number, entry)
        at = self.lacking(entry.generation)
        if at >= claim.size:
            try:
                self.settle()
            finally:
                self.next()
        elif at == self.question.number + claim.page_entries and (claim.page_entries >= PAGE_ENTRIES or claim.page_bytes >= PAGE_BYTES):
            claim.page_entries = claim.page_bytes = 0
            self.question = FetchEntries(entry.generation, at)
            self.soon()

    # Taking back

    def settle(self) -> None:
        """REC-15, again as long as what came back bears out more."""
        while any([self.take_back(generation) for generation in list(self.claims)]):
            pass

    def take_back(self, generation: Generation) -> bool:
        claim, held = self.claims[generation], self.record.held.get(generation)
        rows = self.rows(generation)
        if not rows:
            return False
        first = held.size if held else 0
        roots = trees.Frontier()
        sizes = {}
        for number, (_, leaf) in enumerate(rows, 1):
            roots.append(leaf)
            sizes[number] = roots.root
        covered = {True: 0, False: 0}
        for head, provisional in self.heads(generation, rows[0][0]):
            if head.size in sizes and sizes[head.size] != head.root:
                claim.entries.clear()
                raise Violation(f"what it claims of {generation} contradicts our own signature")
            if head.size in sizes:
                covered[provisional] = max(covered[provisional], head.size)
        end = max(covered[False], covered[True] if self.confirm else 0)
        if end <= first:
            return False
        for entry, _ in rows[first:end]:
            self.record.take_back(entry)
        self.recovered += end - first
        self.record.state(entries.RECOVERED, Recovered(self.peer, first, self.record.head(generation)).encode())
        return True

    def rows(self, generation: Generation) -> list[tuple[Entry, bytes]]:
        """What is held and what is claimed, without a gap, with their leaves."""
        claim, held = self.claims[generation], self.record.held.get(generation)
        found = [held.entries[number] for number in range(held.size)] if held else []
        while len(found) in claim.entries:
            found.append(claim.entries[len(found)])
        if not found:
            return []
        secret = Opening.of(found[0]).secret
        return [(entry, entries.leaf(self.chain.line, entry.encode(), entries.blind(secret, entry.number))) for entry in found]

    def heads(self, generation: Generation, opening: Entry):
        """Our own signed heads of it on keys that are not stolen, and what our later openings state: (head, provisional)."""
        basis = Opening.of(opening).basis or Basis(self.chain.line)
        for checkpoint in self.record.checkpoints_of(generation).values():
            try:
                if self.chain.rank(self.own, basis) >= self.chain.theft(self.own):      # AGR-57
                    yield self.chain.verify(checkpoint, basis).head, checkpoint.strength == LIGHT
            except Failure:
                continue
        for each in self.record.held.values():
            before = each.opening.predecessor
            if before and before.generation == generation:
                yield before, False

    def left(self) -> list[str]:
        """What stays the peer's claim."""
        return [f"{EntryName(generation, number)}" for generation, claim in self.claims.items() for number in sorted(claim.entries)
                if generation not in self.record.held or number >= self.record.held[generation].size]
