"""What an export's evidence and rosters must show by themselves (REC-28, REC-40)."""

from .chain import Chain
from .checkpoints import Statement
from .errors import Malformed, Unverified
from .rosters import Roster


def check_roster(chain: Chain, party: int, roster: Roster) -> None:
    """REC-28: signed by a root key that the party has had on the line."""
    for keys in {each.keys.root for each in chain.history.get(party, ())}:
        try:
            return roster.verify(keys, chain.line, party)
        except Unverified:
            continue
    raise Unverified(f"no root key of party {party} has signed roster {roster.version}")


def check_fork(chain: Chain, pair) -> Statement:
    """REC-7 and REC-40: both verify and contradict each other; the one with the lower root stands first."""
    a, b = (checkpoint.statement for checkpoint in pair)
    if a.head.root >= b.head.root:
        raise Malformed("the one with the lower root stands first")
    if (a.line, a.head.generation, a.head.size) != (b.line, b.head.generation, b.head.size):
        raise Unverified("they do not contradict each other")
    for checkpoint in pair:
        chain.verify(checkpoint)
    return a
