"""The agreements of a line and the key statements on them, one chain from the first on (AGR-51 to AGR-58, REC-5, REC-25)."""

from dataclasses import dataclass

from . import statements
from .agreement import Agreement
from .agreement_values import Keys
from .checkpoints import Checkpoint, Statement
from .entries import Basis
from .errors import Malformed, Refused, Unverified
from .keyed_text import standing_values
from .statements import KeyStatement


@dataclass(frozen=True)
class KeySet:
    """The keys of one party on one basis. `stolen`: what brought them in says that those before were stolen."""

    basis: Basis
    keys: Keys
    version: int = 0
    stolen: bool = False


class Chain:
    def __init__(self, texts):
        self.agreements: list[Agreement] = []
        self.statements: dict[bytes, KeyStatement] = {}
        self.history: dict[int, list[KeySet]] = {}              # by party, in order
        self.versions: dict[int, int] = {}                      # of the last key statement
        self.stood: set[bytes] = set()
        self.places: dict[bytes, int] = {}
        for text in texts:
            self.add(text)
        if not self.agreements:
            raise Malformed("there is no agreement")

    def add(self, text: bytes) -> None:
        if text.startswith(statements.TITLE.encode() + b"\n"):
            self.add_statement(KeyStatement.decode(text))
        else:
            self.add_agreement(Agreement.decode(text))

    def add_agreement(self, agreement: Agreement) -> None:
        agreement.verify()
        if self.agreements:
            agreement.check_succession(self.agreements[-1], {party: sets[-1].keys for party, sets in self.history.items()}, self.stood)
        elif agreement.version != 1:
            raise Refused("the first agreement is not version 1")
        self.places[agreement.hash] = len(self.agreements)
        self.agreements.append(agreement)
        self.stood.update(agreement.nonces.values())
        for party, keys in agreement.keys.items():
            self.history.setdefault(party, []).append(KeySet(Basis(agreement.hash), keys))
            self.stood.update(standing_values(keys))

    def add_statement(self, statement: KeyStatement) -> None:
        if not self.agreements or statement.party not in self.history:
            raise Refused("a key statement of nobody")
        sets = self.history[statement.party]
        statement.check(self.line, self.agreements[-1].hash, self.versions.get(statement.party, 0), sets[-1].keys, self.stood)
        self.versions[statement.party] = statement.version
        self.statements[statement.hash] = statement
        sets.append(KeySet(Basis(self.agreements[-1].hash, statement.hash), statement.keys, statement.version, statement.stolen))
        self.stood.update(standing_values(statement.keys))

    @property
    def line(self) -> bytes:
        return self.agreements[0].hash

    @property
    def last(self) -> Agreement:
        return self.agreements[-1]

    def place(self, hash: bytes) -> int:
        if hash not in self.places:
            raise Refused("an agreement that is not of this line")
        return self.places[hash]

    def rank(self, party: int, basis: Basis) -> int:
        """Where the basis stands in the history of the party."""
        for rank, each in enumerate(self.history.get(party, ())):
            if each.basis == basis:
                return rank
        raise Refused("a basis that is not of this line")

    def is_known(self, party: int, basis: Basis) -> bool:
        return any(each.basis == basis for each in self.history.get(party, ()))

    def latest(self, party: int) -> Basis:
        """ENT-31."""
        return self.history[party][-1].basis

    def keys(self, party: int, basis: Basis) -> Keys:
        return self.history[party][self.rank(party, basis)].keys

    def theft(self, party: int) -> int:
        """The rank of the keys that came after the last theft; 0 where there was none (AGR-57)."""
        return max((rank for rank, each in enumerate(self.history[party]) if each.stolen), default=0)

    def pins(self, party: int) -> set[bytes]:
        """TLS-2: the last one or the one before it; after a theft the last one alone."""
        sets = self.history[party]
        found = [each.keys.pin for each in sets[self.theft(party):]]
        distinct = [pin for place, pin in enumerate(found) if place == 0 or pin != found[place - 1]]
        return set(distinct[-1:] if sets[-1].stolen else distinct[-2:])

    def in_force(self, party: int, basis: Basis) -> tuple[int, int]:
        """The versions that an entry of kind 4 tells (ENT-32)."""
        return self.agreements[self.place(basis.agreement)].version, self.history[party][self.rank(party, basis)].version

    def verify(self, checkpoint: Checkpoint, basis: Basis | None = None) -> Statement:
        """REC-5: under the keys of the basis; without one, each of the key sets that the signer had under the agreement."""
        statement = checkpoint.statement
        if statement.line != self.line:
            raise Unverified("the checkpoint is of another line")
        self.place(statement.agreement)
        sets = self.history.get(statement.signer)
        if not sets:
            raise Unverified("the signer is no party")
        if basis and basis.agreement != statement.agreement:
            raise Unverified("the checkpoint names another agreement than its generation stands on")
        candidates = [each.keys for each in sets if each.basis == basis or basis is None and each.basis.agreement == statement.agreement]
        for keys in candidates:
            try:
                return checkpoint.verify(keys)
            except Unverified:
                continue
        raise Unverified("the signature is not one by the signer's keys")
