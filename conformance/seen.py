"""What an author has seen never falls within a generation (ENT-3)."""

from .encoding import Generation
from .errors import Malformed

LEFT_MAX = 64

Seen = tuple[tuple[Generation, int], ...]


class SeenSoFar:
    """By station: how far an author has seen its generation, and the last ones that it had left."""

    def __init__(self):
        self.latest: dict[int, tuple[Generation, int]] = {}
        self.left: dict[int, tuple[Generation, ...]] = {}

    def copy(self) -> "SeenSoFar":
        other = SeenSoFar()
        other.latest, other.left = dict(self.latest), dict(self.left)
        return other

    def check(self, seen: Seen) -> None:
        stated = {generation.station: (generation, size) for generation, size in seen}
        for station, (generation, size) in self.latest.items():
            found, reached = stated.get(station, (generation, size))      # one that is not listed: nothing is said of it
            if found == generation and reached < size or found in self.left.get(station, ()):
                raise Malformed(f"it has seen less of station {station} than an entry before it")

    def take(self, seen: Seen) -> None:
        self.check(seen)
        for generation, size in seen:
            before = self.latest.get(generation.station)
            if before and before[0] != generation:
                self.left[generation.station] = (*self.left.get(generation.station, ()), before[0])[-LEFT_MAX:]
            self.latest[generation.station] = generation, size

    def forward(self, seen: Seen) -> Seen:
        """What an author states that would say so much: nothing that falls."""
        stated = {generation.station: (generation, size) for generation, size in seen}
        for station, before in self.latest.items():
            found = stated.get(station)
            if found is None or found[0] in self.left.get(station, ()) or found[0] == before[0] and found[1] < before[1]:
                stated[station] = before
        return tuple(stated[station] for station in sorted(stated))
