"""A start of a station: what its generation stands on, whether its record was restored, which epochs a theft has made void."""

import os
from pathlib import Path

from .chain import Chain
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
    marks = {secrets.mark("generation"), secrets.mark("generation to come")} - {None}
    last = record.chain[-1].name if record.chain else None
    restored = last not in marks if last or marks else False
    name = os.urandom(8)
    secrets.mark("generation to come", name)
    record.open(name, restored)
    secrets.mark("generation", name)
    line = Line(party, chain, record, secrets, confirm)
    line.restored = restored
    return line


def erase_stolen(secrets: Secrets, chain: Chain) -> None:
    """AGR-57: at the next start, once for each theft."""
    thefts = b"".join(each.basis.statement for sets in chain.history.values() for each in sets if each.stolen)
    if thefts and secrets.mark("thefts") != thefts:
        secrets.erase()
        secrets.mark("thefts", thefts)
