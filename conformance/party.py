"""A party's directory: its keys, its identity card, and the agreements and key statements that are installed."""

import datetime
import json
import os
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from . import agreement, cards
from .agreement import Agreement, Keys
from .chain import Chain
from .encoding import sha256
from .keys import CompositeSigner, LightSigner
from .statements import KeyStatement
from .tls13 import pin_of

NAMES = ("root", "station", "light", "tls", "next-root", "next-station", "next-light")


def make_certificate(seed: bytes | None = None) -> tuple[bytes, Ed25519PrivateKey]:
    """TLS-2: self-signed Ed25519; names and dates are ignored."""
    key = Ed25519PrivateKey.from_private_bytes(seed or os.urandom(32))
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "hotline")])
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
            .not_valid_before(start).not_valid_after(start.replace(year=2099)).sign(key, None))
    return made.public_bytes(Encoding.DER), key


class Seeds:
    """The private halves of one set of keys, and of the identity that comes next (AGR-38)."""

    def __init__(self, seeds: dict[str, str]):
        self.hex = seeds
        seeds = {name: bytes.fromhex(value) for name, value in seeds.items()}
        self.root, self.station = CompositeSigner(seeds["root"]), CompositeSigner(seeds["station"])
        self.light = LightSigner(seeds["light"])
        next_root, next_station, next_light = CompositeSigner(seeds["next-root"]), CompositeSigner(seeds["next-station"]), LightSigner(seeds["next-light"])
        self.next = sha256(agreement.IDENTITY + next_root.public.raw + next_station.public.raw + next_light.public.raw)
        self.certificate, self.tls_key = make_certificate(seeds["tls"])

    @staticmethod
    def draw(*names: str) -> dict[str, str]:
        return {name: os.urandom(32 if name in ("light", "tls", "next-light") else 64).hex() for name in names}

    @property
    def public(self) -> Keys:
        return Keys(self.light.public, pin_of(self.certificate), self.next, (), self.root.public, self.station.public)

    def keep(self, path: Path) -> None:
        path.touch(mode=0o600)
        path.write_text(json.dumps(self.hex))


class Party:
    """`seeds` are those whose public halves are in force by what is installed; those of the first agreement before."""

    def __init__(self, folder: Path):
        self.folder = Path(folder)
        self.sets = [Seeds(json.loads(path.read_text())) for path in sorted(self.folder.glob("keys*.json"))]
        self.first = self.seeds = self.sets[0]
        if self.texts:
            chain = self.chain
            in_force = chain.history[self.number(chain)][-1].keys
            self.seeds = next(each for each in self.sets if each.public == in_force)
        self.root, self.station, self.light = self.seeds.root, self.seeds.station, self.seeds.light
        self.certificate, self.tls_key = self.seeds.certificate, self.seeds.tls_key

    @classmethod
    def make(cls, folder: Path, names: list[tuple[str, str]], mark: str, languages: list[str]) -> "Party":
        """Fresh keys, in the clear: this is a station for tests."""
        folder = Path(folder)
        folder.mkdir(mode=0o700)
        Seeds(Seeds.draw(*NAMES)).keep(folder / "keys.json")
        party = cls(folder)
        card = cards.Card(tuple(names), mark, tuple(languages), now(), os.urandom(32), party.public, b"")
        text = card.text
        (folder / "identity.card").write_bytes(text + b"signature\n" + agreement.wrap(party.root.sign(cards.LABEL + text), "  "))
        cards.Card.decode((folder / "identity.card").read_bytes()).verify()
        return party

    @property
    def public(self) -> Keys:
        return self.first.public

    def number(self, text: "Agreement | Chain") -> int:
        """Our station number: the party whose keys were ours in the first agreement, or are ours in this one."""
        if isinstance(text, Chain):
            text = text.agreements[0]
        return next(number for number, keys in text.keys.items() if keys in [each.public for each in self.sets])

    def sign(self, path: Path) -> None:
        """Puts our signature into an agreement, beside those that are there."""
        text = Agreement.decode(path.read_bytes())
        signatures = text.signatures | {self.number(text): self.root.sign(agreement.LABEL + text.text)}
        path.write_bytes(text.text + b"SIGNATURES\n" + b"".join(
            b"\nsignature %d\n" % number + agreement.wrap(signatures[number], "  ") for number in sorted(signatures)))

    def replace_keys(self, path: Path, stolen: bool = False, next_identity: bool = False) -> None:
        """A key statement of ours (AGR-53), to be installed on both sides; the new keys lie beside the old ones."""
        chain = self.chain
        own, before = self.number(chain), self.seeds.hex
        if next_identity:
            seeds = {name: before[f"next-{name}"] for name in ("root", "station", "light")} | Seeds.draw("tls", "next-root", "next-station", "next-light")
        else:
            seeds = before | Seeds.draw("station", "light", "tls")
        new = Seeds(seeds)
        version = chain.versions.get(own, 0) + 1
        statement = KeyStatement(chain.line, chain.last.hash, own, version, now(), "stolen" if stolen else "replaced", "next" if next_identity else "root",
                                 new.public).sign(new.root)
        path.write_bytes(statement.encode())
        new.keep(self.folder / f"keys-{version:04}.json")

    def install(self, path: Path) -> None:
        """An agreement, an amendment or a key statement of either side: at our next start (ENT-31)."""
        data = path.read_bytes()
        Chain([*self.texts, data])
        if not (self.folder / "agreement.txt").exists():
            (self.folder / "agreement.txt").write_bytes(data)
            return
        later = self.folder / "later"
        later.mkdir(exist_ok=True)
        (later / f"{len(self.texts):04}").write_bytes(data)

    @property
    def texts(self) -> list[bytes]:
        """The first agreement, then amendments and key statements, as they were installed."""
        paths = [self.folder / "agreement.txt", *sorted((self.folder / "later").glob("*"))]
        return [path.read_bytes() for path in paths if path.exists()]

    @property
    def chain(self) -> Chain:
        return Chain(self.texts)


def now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
