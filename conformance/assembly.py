"""Objects that come in parts (FRM-9): few of a peer, each bounded, the oldest dropped beyond."""

from collections import OrderedDict

OBJECTS_MAX, RUNS_MAX = 6, 64


class Object:
    def __init__(self, total: int):
        self.data, self.runs = bytearray(total), []             # runs are (from, to), apart and in order

    def add(self, offset: int, part: bytes) -> None:
        """A part that would make one run too many is ignored: it comes again."""
        start, end = offset, offset + len(part)
        apart = [(a, b) for a, b in self.runs if b < start or a > end]
        touched = [each for each in self.runs if each not in apart]
        if len(apart) < RUNS_MAX:
            self.data[start:end] = part
            self.runs = sorted([*apart, (min([start, *(a for a, _ in touched)]), max([end, *(b for _, b in touched)]))])

    @property
    def held(self) -> int:
        """Bytes from the start without a gap."""
        return self.runs[0][1] if self.runs and self.runs[0][0] == 0 else 0


class Assembly:
    def __init__(self):
        self.objects: OrderedDict = OrderedDict()

    def add(self, name, offset: int, total: int, part: bytes) -> tuple[int, bytes | None]:
        """How much is held from the start, and all of it once it is there. A part of another total is of another object, and begins it anew."""
        found = self.objects.get(name)
        if found is None or len(found.data) != total:
            self.objects.pop(name, None)
            found = self.objects[name] = Object(total)
            while len(self.objects) > OBJECTS_MAX:
                self.objects.popitem(last=False)
        found.add(offset, part)
        if found.held < total:
            return found.held, None
        del self.objects[name]
        return total, bytes(found.data)
