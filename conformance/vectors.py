"""A vector is a small file: `name: value` lines, a blank line, then raw bytes (vectors/README.md)."""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "vectors"
GIVEN = FOLDER / "given"


@dataclass(frozen=True)
class Vector:
    name: str
    header: tuple[tuple[str, str], ...]
    body: bytes

    def encode(self) -> bytes:
        return "".join(f"{name}: {value}\n" for name, value in self.header).encode() + b"\n" + self.body

    @classmethod
    def decode(cls, name: str, data: bytes) -> "Vector":
        head, _, body = data.partition(b"\n\n")
        lines = [line.partition(": ") for line in head.decode().split("\n")]
        return cls(name, tuple((name, value) for name, _, value in lines), body)

    def all(self, name: str) -> list[str]:
        return [value for each, value in self.header if each == name]

    def get(self, name: str, otherwise: str | None = None) -> str:
        found = self.all(name)
        if not found and otherwise is None:
            raise KeyError(f"{self.name}: the header has no {name!r}")
        return found[0] if found else otherwise

    def number(self, name: str) -> int:
        return int(self.get(name))

    def bytes(self, name: str, otherwise: str | None = None) -> bytes:
        return bytes.fromhex(self.get(name, otherwise))


def load() -> list[Vector]:
    paths = [path for path in sorted(FOLDER.glob("*/*")) if path.parent != GIVEN]
    return [Vector.decode(str(path.relative_to(FOLDER)), path.read_bytes()) for path in paths]


def given(name: str) -> bytes:
    return (GIVEN / name).read_bytes()
