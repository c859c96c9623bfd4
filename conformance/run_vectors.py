"""Runs this implementation over all vectors: python -m conformance.run_vectors"""

import sys

from . import entries, epochs, exports, frames, items, record_vectors, trees, vectors, watch_vectors, words
from .agreement import Agreement
from .cards import Card
from .chain import Chain
from .checkpoints import Checkpoint, Statement
from .disclosures import Disclosure, Evidence
from .encoding import Reader, base64, unbase64, unhex
from .entries import Entry, Opening, check_holdable
from .epochs import Accept, Accepted, Batch, Confirmation, KemKey, Offer, Pair
from .errors import Failure, Malformed, Refused
from .keys import COMPOSITE_KEY, COMPOSITE_SIGNATURE, CompositeKey, LightKey
from .rosters import Roster
from .statements import KeyStatement
from .vectors import Vector

KINDS = {}


def kind(function):
    """Each function takes a vector, raises what `expect` names, or returns what the header says of the outcome."""
    KINDS[function.__name__.replace("_", "-")] = function
    return function


def whole(vector: Vector, read):
    reader = Reader(vector.body)
    value = read(reader)
    reader.end()
    return value


def chain(vector: Vector) -> Chain:
    return Chain([vectors.given(name) for name in vector.get("agreements").split(" ")])


@kind
def integer(vector):
    return {"value": str(whole(vector, Reader.integer))}


@kind
def field(vector):
    return {"value": whole(vector, lambda reader: reader.field(vector.number("limit"))).hex()}


@kind
def text(vector):
    whole(vector, lambda reader: reader.text(vector.number("limit")))
    return {}


@kind
def generation(vector):
    return {"written": str(whole(vector, Reader.generation))}


@kind
def entry_name(vector):
    return {"written": str(whole(vector, Reader.entry_name))}


@kind
def head(vector):
    head = whole(vector, Reader.head)
    return {"written": f"{head.generation} {head.size} {base64(head.root)}"}


@kind
def hexadecimal(vector):
    text = vector.body.decode()
    return {"value": unhex(text, len(text) // 2).hex()}


@kind
def base64_(vector):
    return {"value": unbase64(vector.body.decode()).hex()}


KINDS["base64"] = KINDS.pop("base64-")


@kind
def light_key(vector):
    LightKey(vector.body)
    return {}


@kind
def composite_key(vector):
    CompositeKey(vector.body)
    return {}


@kind
def light_signature(vector):
    LightKey(vector.bytes("key")).verify(vector.bytes("signature"), vector.body)
    return {}


@kind
def composite_signature(vector):
    reader = Reader(vector.body)
    key, signature = CompositeKey(reader.take(COMPOSITE_KEY)), reader.take(COMPOSITE_SIGNATURE)
    key.verify(signature, reader.rest())
    return {}


@kind
def agreement(vector):
    return {"hash": Agreement.decode(vector.body).hash.hex()}


@kind
def agreement_in_force(vector):
    agreement = Agreement.decode(vector.body)
    agreement.verify()
    return {"hash": agreement.hash.hex(), "line": agreement.line.hex()}


@kind
def succession(vector):
    reader = Reader(vector.body)
    before, after = (Agreement.decode(reader.field(1 << 20)) for _ in range(2))
    reader.end()
    after.check_succession(before)
    return {}


@kind
def key_statement(vector):
    statement = KeyStatement.decode(vector.body)
    return {"hash": statement.hash.hex(), "party": str(statement.party), "version": str(statement.version)}


@kind
def installed(vector):
    before = chain(vector)
    before.add(vector.body)
    return {"hash": before.last.hash.hex(), "versions": " ".join(str(before.versions.get(party, 0)) for party in sorted(before.history))}


@kind
def roster(vector):
    roster, line, party = Roster.decode(vector.body), chain(vector), vector.number("party")
    roster.verify(line.history[party][-1].keys.root, line.line, party)
    roster.check_version(vector.number("in-force"))
    return {"officers": " ".join(each.code for each in roster.officers)}


@kind
def in_force(vector):
    found = entries.InForce.decode(vector.body)
    assert found.encode() == vector.body
    return {"version": str(found.version), "keys-version": str(found.keys_version)}


@kind
def card(vector):
    card = Card.decode(vector.body)
    card.verify()
    return {"hash": card.hash.hex()}


@kind
def fingerprint(vector):
    words.check(vector.bytes("hash"), vector.body.decode())
    return {}


@kind
def kem_key(vector):
    if len(vector.body) != epochs.KEM_KEY:
        raise Malformed("another length")
    epochs.seal_to(vector.body, bytes(32), b"")
    return {}


@kind
def offers(vector):
    sender, receiver = vector.number("from"), vector.number("to")
    pair, batch = Pair(chain(vector).line, sender, receiver), Batch.decode(Offer, vector.body)
    epochs.check_numbers(pair, batch)
    epochs.verify_batch(chain(vector).agreements[0].keys[sender].station, pair, batch)
    accepted = Accepted(int(vector.get("highest", "-1")))
    for offer in batch.each:
        accepted.take(offer.hash(pair), offer.epoch, lambda: None)
    return {"epochs": " ".join(str(each.epoch) for each in batch.each), "hash": batch.each[0].hash(pair).hex(),
            "object": frames.object_name(b"\x01" + vector.body).hex()}


@kind
def accepts(vector):
    sender, receiver = vector.number("from"), vector.number("to")
    pair, batch = Pair(chain(vector).line, receiver, sender), Batch.decode(Accept, vector.body)
    epochs.verify_batch(chain(vector).agreements[0].keys[sender].station, pair, batch)
    key = KemKey(vector.bytes("seed"))
    offer, packs = Offer(vector.number("epoch"), key.public), vector.bytes("packs", "")
    return {"secret": epochs.open_accept(pair, offer, key, batch.each[0], packs).hex(), "hash": batch.each[0].hash(pair).hex(),
            "object": frames.object_name(b"\x02" + vector.body).hex()}


@kind
def confirmations(vector):
    confirmation = Batch.decode(Confirmation, vector.body).each[0]
    expected = Confirmation(vector.number("epoch"), vector.bytes("accept"),
                            epochs.confirmation_proof(vector.bytes("secret"), vector.bytes("accept")))
    if confirmation != expected:
        raise epochs.Unverified("the confirmation does not hold")
    return {}


@kind
def stale(vector):
    answering, offering = vector.number("from"), vector.number("to")
    stale, pair = epochs.Stale.decode(vector.body), Pair(chain(vector).line, offering, answering)
    stale.verify(chain(vector).agreements[0].keys[answering].station, pair)
    if stale.offers != vector.bytes("offers"):
        raise Refused("it answers other offers than those under way")
    return {"highest": str(stale.highest)}


@kind
def frame(vector):
    opener = frames.Opener(vector.bytes("line"), vector.number("own"), vector.number("peer"),
                           frames.RADIO_MAX if vector.get("bearer") == "radio" else frames.WIDE_MAX)
    for value in vector.all("epoch"):
        epoch, secret = value.split(" ")
        opener.secrets[int(epoch)] = bytes.fromhex(secret)
    for value in vector.all("alias"):
        alias, epoch, salt = value.split(" ")
        opener.aliases[int(alias)] = int(epoch), bytes.fromhex(salt)
    for value in vector.all("opened"):
        epoch, salt, counter = value.split(" ")
        window = opener.windows.get((int(epoch), bytes.fromhex(salt))) or frames.Window()
        window.mark(int(counter))
        opener.use(int(epoch), bytes.fromhex(salt), window)
    opened = opener.open(vector.body)
    if isinstance(opened, frames.Part):
        return {"object": opened.name.hex(), "offset": str(opened.offset), "total": str(opened.total), "part": opened.data.hex()}
    return {"plaintext": opened.plaintext.hex()}


@kind
def plaintext(vector):
    found = items.decode(vector.body)
    assert items.encode(found) == vector.body
    return {"items": " ".join(type(item).__name__.lower() for item in found)}


@kind
def fragmented(vector):
    return {"items": type(items.decode_object(vector.body)).__name__.lower()}


@kind
def entry(vector):
    entry = Entry.decode(vector.body)
    assert entry.encode() == vector.body
    blind = entries.blind(vector.bytes("secret"), entry.number)
    return {"leaf": entries.leaf(vector.bytes("line"), vector.body, blind).hex()}


@kind
def opening(vector):
    opening = Opening.of(Entry.decode(vector.body))
    return {"secret": opening.secret.hex()}


@kind
def declaration(vector):
    found = entries.Declaration.decode(vector.body)
    assert found.encode() == vector.body
    head = found.restored_from
    return {"cause": str(found.cause), "restored-from": str(head.generation) if head else "none", "lost": str(len(found.lost))}


@kind
def recovered(vector):
    found = entries.Recovered.decode(vector.body)
    assert found.encode() == vector.body
    return {"station": str(found.station), "first": str(found.first), "size": str(found.head.size)}


@kind
def holdable(vector):
    check_holdable(Entry.decode(vector.body))
    return {}


@kind
def checkpoint_text(vector):
    Statement.decode(vector.body)
    return {}


@kind
def checkpoint(vector):
    statement = chain(vector).verify(Checkpoint.decode(vector.body))
    return {"signer": str(statement.signer), "size": str(statement.head.size)}


def path(vector) -> list[bytes]:
    if len(vector.body) % 32:
        raise Malformed("a path of hashes")
    return [vector.body[at:at + 32] for at in range(0, len(vector.body), 32)]


@kind
def inclusion(vector):
    trees.check_inclusion(vector.bytes("leaf"), vector.number("index"), vector.number("size"), path(vector), vector.bytes("root"))
    return {}


@kind
def consistency(vector):
    trees.check_consistency(vector.number("first"), vector.bytes("first-root"), vector.number("second"), vector.bytes("second-root"),
                            path(vector))
    return {}


class Problem(Failure):
    expect = "problem"


class Fork(Failure):
    expect = "fork"


@kind
def export(vector):
    report = exports.verify(vector.body)
    at = vector.get("at", "")
    if report.forks:
        raise Fork(report.forks[0])
    if report.problems:
        if at and not any(f"entry {at}" in problem for problem in report.problems):
            raise AssertionError(f"{at} is not named in {report.problems}")
        if at and len(report.problems) != 1:
            raise AssertionError(f"one changed entry makes one problem, not {report.problems}")
        raise Problem(report.problems[0])
    return {"entries": str(sum(each.size for each in report.generations)), "notes": str(len(report.notes)),
            "misstatements": str(len(report.misstatements))}


@kind
def disclosure(vector):
    entry = Disclosure.decode(vector.body).verify()
    return {"entry": str(entry.name), "content": entry.content.hex()}


for elsewhere in (watch_vectors.statement, watch_vectors.course, watch_vectors.channels, watch_vectors.contact, watch_vectors.presence,
                  watch_vectors.release, record_vectors.held_after):
    kind(elsewhere)


@kind
def evidence(vector):
    raise Fork(str(Evidence.decode(vector.body).verify().head))


def run(vector: Vector) -> str | None:
    """None where it passed, else what went otherwise."""
    expected = vector.get("expect")
    try:
        outcome = KINDS[vector.get("kind")](vector)
    except Failure as failure:
        if failure.expect != expected:
            return f"{expected} is expected, {failure.expect} came: {failure}"
        return None
    except AssertionError as error:
        return str(error) or "it is not written again as it was read"
    if expected != "good":
        return f"{expected} is expected, and it was accepted"
    for name, value in outcome.items():
        if vector.get(name, value) != value:
            return f"{name}: {vector.get(name)} is expected, {value} came"
    return None


def main() -> int:
    passed = failed = 0
    for vector in vectors.load():
        reason = run(vector)
        passed, failed = passed + (reason is None), failed + (reason is not None)
        if reason:
            print(f"{vector.name}: {reason}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
