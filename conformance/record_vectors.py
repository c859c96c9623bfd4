"""The kinds of vectors about what a receiver may hold: entries.md."""

from .encoding import OBJECT_MAX, Reader
from .entries import Entry, Opening, check_holdable, check_in_force
from .record import Held


def held_after(vector):
    reader, found = Reader(vector.body), []
    while reader.left:
        found.append(Entry.decode(reader.field(OBJECT_MAX)))
    opening, *others, last = found if len(found) > 1 else (found[0], found[0])
    held = Held(Opening.of(opening))
    check_holdable(last)
    if last is opening:
        held.opening.check_basis(opening, vector.bytes("line"))
        return {}
    for each in (opening, *others):
        held.add(each, bytes(32))
    check_in_force(last, held.opening, vector.bytes("line"))
    held.check_seen(last)
    return {}
