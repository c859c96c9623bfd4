"""Checkpoints, in and out: when they are signed, and what becomes of the peer's (LINE-16, LINE-17, REC-5)."""

from .checkpoints import FULL, LIGHT, Checkpoint, Statement
from .encoding import Generation
from .entries import Basis
from .errors import Failure, Malformed, Refused, Violation
from .forks import falls
from .items import Signed, Stated

AFTER, EVERY = {LIGHT: 1.0, FULL: 60.0}, {LIGHT: 32, FULL: 10_000}     # seconds of quiet, entries


class Signing:
    """`line` sends and knows the aliases."""

    def __init__(self, line):
        self.line, self.record, self.chain = line, line.record, line.chain
        self.pending: dict[int, tuple] = {}
        self.again = False                                      # a bearer has come up: the latest of each strength
        self.heads_seen, self.changed_at, self.heads_first = (), 0.0, self.heads()
        self.signed_heads: dict[int, tuple] = {}

    # In

    def signed(self, item: Signed, names: dict[int, Generation]) -> None:
        if item.alias not in names or any(alias not in names for alias, _ in item.holds):
            return
        generation = names[item.alias]
        if generation.station != self.line.peer:
            raise Violation("a checkpoint of another record than its sender's")
        holds = tuple(sorted((names[alias], size) for alias, size in item.holds))
        self.rebuild(item.strength, generation, item.size, holds, item.signature)

    def rebuild(self, strength, generation, size, holds, signature) -> None:
        """LINE-17: the text from the heads that we have computed ourselves, and the agreement on which the generation stands."""
        def here(generation, size):
            held = self.record.held.get(generation)
            return held is not None and size <= held.size
        if not all(here(*each) for each in ((generation, size), *holds)) or not self.installed(generation):
            self.pending[strength] = (strength, generation, size, holds, signature)
            return
        heads = tuple(self.record.head(*each) for each in holds)
        statement = Statement(self.line.line, self.record.head(generation, size), self.record.basis(generation).agreement, heads)
        self.keep(Checkpoint(strength, statement.encode(), signature))

    def installed(self, generation: Generation) -> bool:
        """REC-5: what stands on a basis that is not installed here is kept back, without a violation."""
        try:
            self.chain.rank(generation.station, self.record.basis(generation))
            return True
        except Refused:
            return False

    def retry(self) -> None:
        """Entries have come: what spoke of them, and heads that are held now."""
        waiting, self.pending = self.pending, {}
        self.record.begin()
        for attempt, each in [*((self.rebuild, each) for each in waiting.values()), *((self.take, (each,)) for each in self.record.forks.arrived())]:
            try:
                attempt(*each)
            except Violation as violation:
                self.line.violation(str(violation))
        self.record.commit()

    def stated(self, item: Stated) -> None:
        """The whole text: the peer's own, or ours that it gives back."""
        checkpoint = Checkpoint(FULL if len(item.signature) > 64 else LIGHT, item.text, item.signature)
        try:
            signer, generation = checkpoint.statement.signer, checkpoint.statement.head.generation
        except Malformed as error:
            raise Violation(str(error)) from None
        if signer == self.line.own:
            self.line.questions.stated(checkpoint)
        elif generation not in self.record.held or self.installed(generation):
            self.keep(checkpoint)

    def keep(self, checkpoint: Checkpoint) -> None:
        """LINE-17, LINE-18: what does not verify is a violation; what verifies is compared with all else that its signer has signed."""
        try:
            statement = checkpoint.statement
            if statement.signer != self.line.peer:
                raise Malformed("a checkpoint of another signer")
            held = self.record.held.get(statement.head.generation)
            self.chain.verify(checkpoint, held and (held.opening.basis or Basis(self.line.line)))
        except Failure as failure:
            raise Violation(f"a checkpoint that does not verify: {failure}") from None
        self.record.forks.compare(checkpoint)
        if self.record.holds(statement.head):
            self.take(checkpoint)
        else:
            self.record.forks.wait(checkpoint)

    def take(self, checkpoint: Checkpoint) -> None:
        """One whose head is held here: it counts, unless it says less than what came before it."""
        statement = checkpoint.statement
        if any(self.record.root(head.generation, head.size) not in (None, head.root) for head in statement.holds):
            return                                              # an export with it in would be none (REC-23)
        before = self.record.checkpoints_of(statement.head.generation).get(checkpoint.strength)
        if before and falls(statement, before.statement):
            raise Violation("a checkpoint whose sizes fall")
        if not self.record.covered(checkpoint):
            self.record.keep(checkpoint)

    # Out

    def due(self, now: float) -> None:
        """LINE-16."""
        heads = self.heads()
        if heads != self.heads_seen:
            self.heads_seen, self.changed_at = heads, now
        for strength in (LIGHT, FULL):
            fresh = sum(head.size for head in heads) - sum(head.size for head in self.signed_heads.get(strength, self.heads_first))
            if heads != self.signed_heads.get(strength) and (now - self.changed_at >= AFTER[strength] or fresh >= EVERY[strength]):
                self.sign(strength)
        if self.again and self.line.delivery.current is not None:
            self.again = False
            for strength in (LIGHT, FULL):
                latest = self.record.latest.get((self.line.own, strength))
                if latest and latest.statement.head.generation.name in {each.name for each in self.record.chain}:
                    self.send(latest)

    def heads(self) -> tuple:
        return self.record.head(self.record.current), *self.record.heads_of_others()

    def sign(self, strength: int) -> None:
        checkpoint = self.record.sign(self.line.party, strength)
        self.signed_heads[strength] = self.heads()
        if strength == FULL:
            self.signed_heads[LIGHT] = self.signed_heads[FULL]  # it covers every light one before it (REC-5)
            self.line.signed_in_full()
        self.line.secrets.write(self.record.current.name, checkpoint.statement.head.size)
        self.send(checkpoint)

    def send(self, checkpoint: Checkpoint) -> None:
        if self.line.up and self.line.sender.ready():
            statement, alias = checkpoint.statement, self.line.sender.alias_of
            holds = tuple((alias(held.generation), held.size) for held in statement.holds)
            self.line.send([Signed(checkpoint.strength, alias(statement.head.generation), statement.head.size, holds, checkpoint.signature)])
