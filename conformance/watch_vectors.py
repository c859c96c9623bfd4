"""The kinds of vectors about what entries mean: watch.md."""

from . import release as releases
from . import vectors, watch
from .agreement import Agreement
from .chain import Chain
from .encoding import OBJECT_MAX, Generation, Reader
from .entries import Entry


def statement(vector):
    said = watch.Said.decode(vector.body[0], vector.body[1:])
    assert said.encode() == (vector.body[0], vector.body[1:])
    told = {"says": said.says, "number": said.number, "until": said.until, "post": said.post, "text": said.text}
    return {name: value.encode().hex() if name == "text" else str(value) for name, value in told.items() if value is not None}


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


def release(vector):
    (statement, *others), agreements, records = records_of(vector)
    chain = Chain([vectors.given(name) for name in vector.get("agreements").split(" ")])
    found = releases.released(statement, [statement, *others], agreements, chain, records)
    return {"light": " ".join(found.light or ("none",)), "composite": " ".join(found.composite or ("none",)),
            "breaches": ", ".join(f"{name} {reason}" for name, reason in found.breaches) or "none"}
