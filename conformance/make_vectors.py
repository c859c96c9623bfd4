"""Makes vectors/ anew: python -m conformance.make_vectors

Everything comes from fixed seeds. What a primitive draws at random (ML-DSA signatures, encapsulations) is made once and kept in
kept.json, by a hash of what went in; a second run therefore gives the same bytes.
"""

import hashlib
import json
import shutil
from pathlib import Path

from . import epochs
from .keys import CompositeSigner, LightSigner
from .vectors import FOLDER, GIVEN, Vector

KEPT = Path(__file__).resolve().parent / "kept.json"


def seed(*words) -> bytes:
    return hashlib.sha256(" ".join(map(str, ("hotline/1 vectors", *words))).encode()).digest()


class Kept:
    """Random results, by what they were made of."""

    def __init__(self):
        self.all = json.loads(KEPT.read_text()) if KEPT.exists() else {}
        self.used = {}

    def keep(self, parts, make) -> bytes:
        key = hashlib.sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).hexdigest()[:32]
        self.used[key] = self.all[key] = self.all.get(key) or make().hex()
        return bytes.fromhex(self.used[key])

    def save(self) -> None:
        KEPT.write_text(json.dumps(self.used, indent=0, sort_keys=True) + "\n")


class KeptSigner:
    """A composite signer whose signatures are kept."""

    def __init__(self, kept: Kept, *words):
        self.private = seed("ml", *words) + seed("ed", *words)
        self._kept, self._signer = kept, CompositeSigner(self.private)
        self.public = self._signer.public

    def sign(self, message: bytes) -> bytes:
        return self._kept.keep((b"composite", self.private, message), lambda: self._signer.sign(message))


class Party:
    """The keys of one party, and those that come next."""

    def __init__(self, kept: Kept, number: int, age: str = "now"):
        self.number = number
        self.root, self.station = (KeptSigner(kept, key, number, age) for key in ("root", "station"))
        self.light = LightSigner(seed("light", number, age))
        self.pin, self.nonce = seed("pin", number, age), seed("nonce", number)


class Maker:
    def __init__(self):
        self.kept, self.made, self.given = Kept(), {}, {}
        self.parties = {number: Party(self.kept, number) for number in (1, 2)}
        self.later = {number: Party(self.kept, number, "later") for number in (1, 2)}

    def add(self, name: str, kind: str, expect: str, rule: str, about: str, body: bytes, **header) -> None:
        """One vector; a header value that is a list gives one line for each."""
        lines = [("kind", kind), ("expect", expect), ("rule", rule), ("about", about)]
        for key, value in header.items():
            lines += [(key.rstrip("_").replace("_", "-"), str(each)) for each in (value if isinstance(value, list) else [value])]
        if name in self.made:
            raise ValueError(f"{name} is made twice")
        self.made[name] = Vector(name, tuple(lines), body)

    def give(self, name: str, data: bytes) -> None:
        self.given[name] = data
        GIVEN.mkdir(parents=True, exist_ok=True)
        (GIVEN / name).write_bytes(data)

    def seal_to(self, key: bytes, secret: bytes, info: bytes) -> bytes:
        return self.kept.keep((b"seal", key, secret, info), lambda: epochs.seal_to(key, secret, info))

    def write(self) -> None:
        for folder in {name.split("/")[0] for name in self.made}:
            shutil.rmtree(FOLDER / folder, ignore_errors=True)
            (FOLDER / folder).mkdir(parents=True)
        for name, vector in self.made.items():
            (FOLDER / name).write_bytes(vector.encode())
        self.kept.save()


def main() -> None:
    from .cases import (agreement_bounds, agreements, channels, contacts, encodings, epochs, frames, holding, keys, presences, records, releases, statements,
                        watch)
    maker = Maker()
    for layer in (encodings, keys, agreements, agreement_bounds, epochs, frames, records, holding, statements, watch, channels, contacts, presences,
                  releases):
        layer.cases(maker)
    maker.write()
    failures = sum(vector.get("expect") not in ("good",) for vector in maker.made.values())
    print(f"{len(maker.made)} vectors, {failures} of them failures")


if __name__ == "__main__":
    main()
