"""The kinds of vectors about what entries mean: watch.md."""

from . import release as releases
from . import contacts, presences, vectors, watch
from .agreement import Agreement
from .chain import Chain
from .encoding import OBJECT_MAX, Generation, Reader
from .entries import Entry


def statement(vector):
    if vector.body[0] in (contacts.REQUEST, contacts.CONTACT):
        return contact_statement(vector)
    if vector.body[0] == presences.PRESENCE:
        said = presences.Presence.decode(vector.body[1:])
        assert said.encode() == (vector.body[0], vector.body[1:])
        return {"says": said.says} | ({} if said.post is None else {"post": str(said.post)})
    said = watch.Said.decode(vector.body[0], vector.body[1:])
    assert said.encode() == (vector.body[0], vector.body[1:])
    told = {"says": said.says, "number": said.number, "until": said.until, "post": said.post, "text": said.text}
    return {name: value.encode().hex() if name == "text" else str(value) for name, value in told.items() if value is not None}


def contact_statement(vector):
    kind, content = vector.body[0], vector.body[1:]
    said = contacts.Request.decode(content) if kind == contacts.REQUEST else contacts.Step.decode(content)
    assert said.encode() == (kind, content)
    if kind == contacts.REQUEST:
        return {"says": "request", "medium": said.medium, "until": str(said.by), "windows": windows(said.windows), "text": said.subject.encode().hex()}
    told = {"says": said.says, "number": said.place if said.place is not None else said.party, "windows": windows(said.windows) or None,
            "text": None if said.text is None else said.text.encode().hex()}
    return {name: str(value) for name, value in told.items() if value is not None}


def windows(found):
    return ", ".join(f"{first} {length}" for first, length in found)


def records_of(vector):
    """The entries, the agreements that they name, by hash, and the order of the records."""
    agreements = {each.hash: each for each in (Agreement.decode(vectors.given(name)) for name in vector.get("agreements").split(" "))}
    pairs = (value.split(" ") for value in vector.all("generation"))
    records = watch.Records({Generation.parse(each): None if before == "none" else Generation.parse(before) for each, before in pairs})
    reader, found = Reader(vector.body), []
    while reader.left:
        found.append(Entry.decode(reader.field(OBJECT_MAX)))
    return found, agreements, records


def course(vector):
    (letter, *others), agreements, records = records_of(vector)
    course = watch.course(letter, others, agreements, records)
    return {"standing": course.standing, "stages": " ".join(map(str, course.stages)) or "none",
            "until": "none" if course.until is None else str(course.until),
            "breaches": ", ".join(f"{name} {reason}" for name, reason in course.breaches) or "none"}


def channels(vector):
    found, agreements, records = records_of(vector)
    suspended, last = watch.suspensions(found, agreements, records), list(agreements.values())[-1]
    passing = {channel: " ".join(watch.passing(last, channel)) or "none" for channel, _ in suspended if channel in last.channels}
    return {"suspended": ", ".join(f"{channel} by {party}" for channel, party in suspended) or "none",
            "passes": ", ".join(f"{channel} {each}" for channel, each in passing.items()) or "none"}


def presence(vector):
    found, agreements, records = records_of(vector)
    standings, last = presences.standings(found, agreements, records), list(agreements.values())[-1]
    words = {post: each.word.says + (f" {each.word.post}" if each.word.says == "stand-in" else "") for post, each in sorted(standings.items()) if each.word}
    rings = {post: presences.ringing(post, last, standings) for post in sorted(last.posts)}
    return {"posts": ", ".join(f"{post} {word}" for post, word in words.items()) or "none",
            "asked": ", ".join(f"{post} by {party}" for post, each in sorted(standings.items()) for party in each.asked) or "none",
            "rings": ", ".join(f"{post} at {other}" for post, other in rings.items() if other != post) or "none"}


def release(vector):
    (statement, *others), agreements, records = records_of(vector)
    chain = Chain([vectors.given(name) for name in vector.get("agreements").split(" ")])
    found = releases.released(statement, [statement, *others], agreements, chain, records)
    return {"light": " ".join(found.light or ("none",)), "composite": " ".join(found.composite or ("none",)),
            "breaches": ", ".join(f"{name} {reason}" for name, reason in found.breaches) or "none"}


def contact(vector):
    (request, *others), agreements, records = records_of(vector)
    found = contacts.course(request, others, agreements, records)
    words = {party: "held " + windows(step.windows) if step.says == "held" else f"missed by {step.party}" for party, step in sorted(found.words.items())}
    told = {"standing": found.standing, "stages": " ".join(map(str, found.stages)), "until": "" if found.until is None else str(found.until),
            "offers": ", ".join(str(name) for _, (name, _) in sorted(found.offers.items())),
            "agreed": windows([found.agreed] if found.agreed else []), "moved-from": windows([found.moved] if found.moved else []),
            "opened": " ".join(map(str, found.opened)), "said": ", ".join(map(str, found.said)),
            "words": ", ".join(f"{party} {word}" for party, word in words.items()),
            "minutes": ", ".join(f"{name}{' agreed' if agreed else ''}" for name, agreed in found.minutes.items()),
            "void": ", ".join(f"{name} {why}" for name, why in sorted(found.void.items()))}
    return {name: value or "none" for name, value in told.items()}
