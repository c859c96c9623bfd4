"""What a peer asks for of its own record, which it may have lost (LINE-22 to LINE-25). What we ask ourselves is in questions.py."""

from .checkpoints import FULL, LIGHT
from .encoding import Generation
from .errors import Violation
from .items import HOLDINGS_MAX, Ask, FetchCheckpoints, FetchEntries, Holdings, Returned, Stated
from .record import Record

PAGE_ENTRIES, PAGE_BYTES = 64, 65_536


class Answers:
    def __init__(self, record: Record, peer: int):
        self.record, self.peer = record, peer
        self.question = None                                    # LINE-23: the last one
        self.more = False                                       # LINE-25

    def take(self, item) -> None:
        """A question of the peer's."""
        generation = item.current if isinstance(item, Ask) else item.generation
        if generation.station != self.peer:
            raise Violation("it asks for a record that is not its own")
        self.question, self.more = item, self.more and not isinstance(item, Ask)

    def answer(self) -> list:
        question, self.question = self.question, None
        if isinstance(question, Ask):
            if question.current not in self.record.held:
                self.question = question                        # without its opening, everything would seem to be lost
                return []
            found = self.holdings(question.current)
            return [Holdings(len(found), question.place, tuple(found[question.place:question.place + HOLDINGS_MAX]))]
        if isinstance(question, FetchCheckpoints):
            return [Stated(each.text, each.signature) for each in self.record.checkpoints_of(question.generation).values()]
        if isinstance(question, FetchEntries):
            return self.page(question.generation, question.number)
        return []

    def holdings(self, current: Generation) -> list[tuple[Generation, int, int, int]]:
        """The latest first; what lies before the current one, as its ancestors are stated, is not told."""
        stated = {head.generation: head.size for head in self.record.ancestors(current)}
        found = []
        for generation, held in self.record.held.items():
            if generation.station == self.peer and generation != current and held.size > stated.get(generation, 0):
                signed = {strength: each.statement.head.size for strength, each in self.record.checkpoints_of(generation).items()}
                full = signed.get(FULL, 0)
                found.append((held.opening.serial, (generation, held.size, full, max(full, signed.get(LIGHT, 0)))))
        return [each for _, each in sorted(found, key=lambda each: each[0], reverse=True)]

    def page(self, generation: Generation, number: int) -> list[Returned]:
        found, size = [], 0
        held = self.record.held.get(generation)
        while held and number < held.size and len(found) < PAGE_ENTRIES and size < PAGE_BYTES:
            entry = held.entries[number]
            found.append(Returned(entry.encode()))
            number, size = number + 1, size + len(entry.content)
        return found
