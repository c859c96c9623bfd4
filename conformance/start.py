"""A start of a station: what its generation stands on, whether its record was restored, which epochs a theft has made void."""

import os
from pathlib import Path

from .chain import Chain
from .encoding import Generation
from .entries import DECLARATION, Declaration
from .epoch_store import Secrets
from .line import Line
from .party import Party
from .record import Record


def start(folder: Path, confirm: bool = False) -> Line:
    party = Party(folder)
    chain = party.chain
    own = party.number(chain)
    basis = chain.latest(own)
    secrets = Secrets(folder / "secrets.sqlite")
    erase_stolen(secrets, chain)
    record = Record(folder / "record.sqlite", chain.line, own, basis, chain.in_force(own, basis))
    lost = lacking(record, secrets)
    name = os.urandom(8)
    secrets.mark("generation to come", name)
    record.open(name, lost)
    secrets.write(name)
    line = Line(party, chain, record, secrets, confirm)
    line.restored = lost is not None
    return line


def lacking(record: Record, secrets: Secrets) -> list | None:
    """ENT-20: what the secrets know of our record that is not here, and no declaration lists: (generation, size, cover). None where it was not restored."""
    last, written = record.chain[-1].name if record.chain else None, secrets.written()
    if last is not None and last == secrets.mark("generation to come"):
        written.setdefault(last, 0)                             # killed between the two
        secrets.write(last)
    declared = {(generation, size) for entry in record.own_entries(DECLARATION) for generation, size, _ in Declaration.decode(entry.content).lost}
    lost = []
    for name, size in written.items():
        generation = Generation(record.own, name)
        held = record.held.get(generation)
        if (held is None or held.size < size) and not any(each == generation and upto >= size for each, upto in declared):
            lost.append((generation, size, 0))
    return lost if lost or last is not None and last not in written else None


def erase_stolen(secrets: Secrets, chain: Chain) -> None:
    """AGR-57: at the next start, once for each theft."""
    thefts = b"".join(each.basis.statement for sets in chain.history.values() for each in sets if each.stolen)
    if thefts and secrets.mark("thefts") != thefts:
        secrets.erase()
        secrets.mark("thefts", thefts)
