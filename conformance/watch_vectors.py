"""The kinds of vectors about what entries mean: watch.md."""

from . import vectors, watch
from .agreement import Agreement
from .encoding import OBJECT_MAX, Generation, Reader
from .entries import Entry


def statement(vector):
    said = watch.Said.decode(vector.body[0], vector.body[1:])
    assert said.encode() == (vector.body[0], vector.body[1:])
    told = {"says": said.says, "number": said.number, "until": said.until, "post": said.post, "text": said.text}
    return {name: value.encode().hex() if name == "text" else str(value) for name, value in told.items() if value is not None}


def course(vector):
    agreements = {each.hash: each for each in (Agreement.decode(vectors.given(name)) for name in vector.get("agreements").split(" "))}
    pairs = (value.split(" ") for value in vector.all("generation"))
    records = watch.Records({Generation.parse(each): None if before == "none" else Generation.parse(before) for each, before in pairs})
    reader, found = Reader(vector.body), []
    while reader.left:
        found.append(Entry.decode(reader.field(OBJECT_MAX)))
    course = watch.course(found[0], found[1:], agreements, records)
    return {"standing": course.standing, "stages": " ".join(map(str, course.stages)) or "none",
            "until": "none" if course.until is None else str(course.until),
            "breaches": ", ".join(f"{name} {reason}" for name, reason in course.breaches) or "none"}
