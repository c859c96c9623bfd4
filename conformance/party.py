"""A party's directory: its keys, its identity card, and the agreement once it is installed."""

import datetime
import json
import os
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from . import agreement, cards
from .agreement import Agreement, Keys
from .encoding import sha256
from .keys import CompositeSigner, LightSigner
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


class Party:
    def __init__(self, folder: Path):
        self.folder = Path(folder)
        seeds = {name: bytes.fromhex(value) for name, value in json.loads((self.folder / "keys.json").read_text()).items()}
        self.root, self.station = CompositeSigner(seeds["root"]), CompositeSigner(seeds["station"])
        self.light = LightSigner(seeds["light"])
        next_root, next_station, next_light = CompositeSigner(seeds["next-root"]), CompositeSigner(seeds["next-station"]), LightSigner(seeds["next-light"])
        self.next = sha256(agreement.IDENTITY + next_root.public.raw + next_station.public.raw + next_light.public.raw)
        self.certificate, self.tls_key = make_certificate(seeds["tls"])

    @classmethod
    def make(cls, folder: Path, names: list[tuple[str, str]], mark: str, languages: list[str]) -> "Party":
        """Fresh keys, in the clear: this is a station for tests."""
        folder = Path(folder)
        folder.mkdir(mode=0o700)
        seeds = {name: os.urandom(32 if name in ("light", "tls", "next-light") else 64).hex() for name in NAMES}
        path = folder / "keys.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps(seeds))
        party = cls(folder)
        created = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        card = cards.Card(tuple(names), mark, tuple(languages), created, os.urandom(32), party.public, b"")
        text = card.text
        (folder / "identity.card").write_bytes(text + b"signature\n" + agreement.wrap(party.root.sign(cards.LABEL + text), "  "))
        cards.Card.decode((folder / "identity.card").read_bytes()).verify()
        return party

    @property
    def public(self) -> Keys:
        return Keys(self.light.public, pin_of(self.certificate), self.next, (), self.root.public, self.station.public)

    def number(self, text: Agreement) -> int:
        """Our station number: the party whose keys are ours."""
        return next(number for number, keys in text.keys.items() if keys == self.public)

    def sign(self, path: Path) -> None:
        """Puts our signature into an agreement, beside those that are there."""
        text = Agreement.decode(path.read_bytes())
        signatures = text.signatures | {self.number(text): self.root.sign(agreement.LABEL + text.text)}
        path.write_bytes(text.text + b"SIGNATURES\n" + b"".join(
            b"\nsignature %d\n" % number + agreement.wrap(signatures[number], "  ") for number in sorted(signatures)))

    def install(self, path: Path) -> Agreement:
        text = Agreement.decode(path.read_bytes())
        text.verify()
        (self.folder / "agreement.txt").write_bytes(path.read_bytes())
        return text

    @property
    def agreement(self) -> Agreement:
        text = Agreement.decode((self.folder / "agreement.txt").read_bytes())
        text.verify()
        return text
