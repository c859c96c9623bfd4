"""What a peer has signed, compared: sizes that fall, and heads that contradict each other (LINE-17, LINE-18, REC-6, REC-7)."""

from .checkpoints import Checkpoint, Statement
from .encoding import Reader

STATEMENTS_MAX, PROOFS_MAX = 64, 64                             # LINE-18, of one signer

SCHEMA = """
create table if not exists statement (place integer primary key, stored blob);
create table if not exists fork (place integer primary key, stored blob);
"""


def sizes(statement: Statement) -> dict:
    return {head.generation: head.size for head in (statement.head, *statement.holds)}


def covers_more(statement: Statement, before: Statement) -> bool:
    """Than another of its signer and generation: less of its own generation is older, whatever it holds."""
    known = sizes(before)
    return statement.head.size >= before.head.size and any(size > known.get(generation, 0) for generation, size in sizes(statement).items())


def falls(statement: Statement, before: Statement) -> bool:
    """REC-6: less of a generation that both hold, and not older."""
    known = sizes(before)
    return covers_more(statement, before) and any(size < known.get(generation, 0) for generation, size in sizes(statement).items())


class Forks:
    """`waiting` are verified statements whose head is not the one that is held, or not yet; `proofs` two that contradict each other, the lower root first."""

    def __init__(self, record):
        self.record, self.store = record, record.store
        self.store.executescript(SCHEMA)
        self.waiting = [Checkpoint.decode(data) for (data,) in self.store.execute("select stored from statement order by place")]
        self.proofs = [self.pair(data) for (data,) in self.store.execute("select stored from fork order by place")]

    @staticmethod
    def pair(data: bytes) -> tuple[Checkpoint, Checkpoint]:
        reader = Reader(data)
        return Checkpoint.read(reader), Checkpoint.read(reader)

    def compare(self, checkpoint: Checkpoint) -> None:
        """With all that its signer has signed before, as far as it is kept."""
        head = checkpoint.statement.head
        for other in (*self.record.signed_at(head.generation, head.size), *self.waiting):
            against = other.statement.head
            if (against.generation, against.size) == (head.generation, head.size) and against.root != head.root:
                self.prove(*sorted((checkpoint, other), key=lambda each: each.statement.head.root))

    def prove(self, low: Checkpoint, high: Checkpoint) -> None:
        proofs = [pair for pair in self.proofs if pair[0].statement.signer == low.statement.signer]
        if len(proofs) < PROOFS_MAX and self.key(low, high) not in {self.key(*pair) for pair in proofs}:
            self.store.execute("insert into fork (stored) values (?)", (low.encode() + high.encode(),))
            self.proofs.append((low, high))

    @staticmethod
    def key(*checkpoints: Checkpoint) -> tuple:
        """What makes one the same as another: not the other heads in its text, nor its signature."""
        return tuple((each.strength, each.statement.head) for each in checkpoints)

    def wait(self, checkpoint: Checkpoint) -> None:
        waiting = [each for each in self.waiting if each.statement.signer == checkpoint.statement.signer]
        if len(waiting) < STATEMENTS_MAX and self.key(checkpoint) not in {self.key(each) for each in waiting}:
            self.store.execute("insert into statement (stored) values (?)", (checkpoint.encode(),))
            self.waiting.append(checkpoint)

    def arrived(self) -> list[Checkpoint]:
        """Statements whose head is the one that is held now: they wait no longer."""
        found = [each for each in self.waiting if self.record.holds(each.statement.head)]
        for each in found:
            self.waiting.remove(each)
            self.store.execute("delete from statement where stored = ?", (each.encode(),))
        return found
