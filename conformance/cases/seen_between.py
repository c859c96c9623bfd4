"""watch.md, WAT-7: what the asker's record shows between its letter and its word."""

from ..encoding import EntryName, Head
from ..entries import LETTER, Entry, Opening
from .watch import ANSWER, LAPSE, WITHDRAW


def other_letter(case, seen, generation="a"):
    """Another entry of the asker, which is about nothing here."""
    return case.asker((LETTER, b"Another matter."), about=(), seen=seen, generation=generation)


def opening(case, generation, before=None, held=()):
    """`before` is a generation and how many entries of it its author had."""
    name = case.north.generation(generation)
    heads = tuple(Head(where, size, bytes(32)) for where, size in held)
    predecessor = before and Head(case.north.generation(before[0]), before[1], bytes(32))
    case.entries.append(Entry(case.line, EntryName(name, 0), 0, 3, False, 0, 0, 0, 0, 60, (), (), Opening(bytes(32), 0, predecessor, heads).encode()))
    case.before[name] = predecessor and predecessor.generation
    return case


def cases(scene):
    about = "an entry before the lapse had seen the answer; the lapse states nothing"
    case = scene().other(ANSWER)
    other_letter(case, case.seen_of(1)).asker(LAPSE).end("lapse-after-it-had-seen", "WAT-7", about, "answered", (3, "had-seen"))
    case = scene().other(ANSWER)
    other_letter(case, case.seen_of(1)).asker(WITHDRAW).end("withdrawal-after-it-had-seen", "WAT-7", "likewise a withdrawal", "answered", (3, "had-seen"))
    case = scene().other(ANSWER)
    other_letter(case, case.seen_of(1, 0)).asker(LAPSE).end(
        "lapse-after-it-had-seen-one-short", "WAT-7", "what it had seen ends before the answer", "lapsed answered-late")
    case = scene().other(ANSWER).asker(LAPSE)
    other_letter(case, case.seen_of(1)).end("lapse-before-it-had-seen", "WAT-7", "an entry behind the lapse says nothing of it", "lapsed answered-late")
    case = scene()
    case.asker((LETTER, b"Another matter."), about=(), seen=[(case.south.generation("a"), 9)]).other(ANSWER).asker(LAPSE).end(
        "lapse-after-it-claimed-more", "WAT-7", "what it states to have seen counts, though the answer came here later", "answered", (3, "had-seen"))

    def restart(held=(), before=("a", 2), seen=None, **more):
        case = scene().other(ANSWER)
        if seen:
            other_letter(case, seen(case))
        opening(case, "b", before, held and [(case.south.generation(each), size) for each, size in held])
        return case
    case = restart(held=[("a", 2)]).asker(LAPSE, generation="b")
    case.end("lapse-in-a-generation-that-held", "WAT-7", "its opening holds the answer", "answered", (3, "had-seen"))
    case = restart(held=[("a", 1)]).asker(LAPSE, generation="b")
    case.end("lapse-in-a-generation-that-held-one-short", "WAT-7", "its opening holds the entry before the answer", "lapsed answered-late")
    case = restart().asker(LAPSE, generation="b")
    case.end("lapse-in-a-new-generation", "WAT-7", "its opening holds nothing, and nothing was seen before", "lapsed answered-late")
    case = restart(before=("a", 3), seen=lambda case: case.seen_of(1)).asker(LAPSE, generation="b")
    case.end("lapse-in-a-new-generation-after-it-had-seen", "WAT-7", "the generation before had seen the answer", "answered", (4, "had-seen"))
    case = restart(before=("a", 2), seen=lambda case: case.seen_of(1)).asker(LAPSE, generation="b")
    case.end("lapse-after-a-restore-from-before-it-had-seen", "WAT-7", "it goes on from before the entry that had seen the answer", "lapsed answered-late")
    case = restart(before=None, seen=lambda case: case.seen_of(1)).asker(LAPSE, generation="b")
    case.end("lapse-in-a-record-begun-anew", "WAT-7", "it goes on from none", "lapsed answered-late")
    case = restart(held=[("a", 2)])
    opening(case, "c", ("b", 1)).asker(LAPSE, generation="c").end(
        "lapse-two-generations-after-it-held", "WAT-7", "the opening between holds the answer", "answered", (4, "had-seen"))
    case = restart(held=[("a", 2)])
    opening(case, "c", ("a", 2)).asker(LAPSE, generation="c").end(
        "lapse-beside-a-generation-that-held", "WAT-7", "a generation beside it says nothing", "lapsed answered-late")
    case = scene().other(ANSWER)
    opening(case, "a", None, [(case.south.generation("a"), 2)]).asker(LAPSE).end(
        "lapse-in-the-generation-of-the-letter", "WAT-7", "the opening before the letter is not asked", "lapsed answered-late")
    case = restart(before=("b", 9)).asker(LAPSE, generation="b")
    case.end("lapse-in-a-ring", "WAT-7", "an opening that states its own generation is passed once", "lapsed answered-late")
