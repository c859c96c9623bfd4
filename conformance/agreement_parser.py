"""The sections of an agreement but for its keys: what their statements mean, and whether they hold (AGR-10 to AGR-30)."""

import re

from .agreement_keys import KeyBlocks
from .agreement_text import Block, Quoted, Section, Statement, read_lines, read_sections
from .agreement_values import (BEARERS, DAY, FIELD_KINDS, MARK, NAME_MAX, PRECEDENCES, ROLES, TAG, TEXT_MAX, alike, binary, date, length_of_time,
                               lower_hash, matching, not_zero, number, one_of, parameters_of, words)
from .encoding import AGREEMENT_MAX
from .errors import Malformed


class Parser(KeyBlocks):
    """Reads the sections in their order; whatever is wrong is noted, and at the end the whole text is refused."""

    def __init__(self, data: bytes):
        super().__init__()
        self.data = data

    def fields(self) -> dict:
        """What an `Agreement` is made of."""
        lines = read_lines(self.data, self.notes, AGREEMENT_MAX)
        header, self.sections, signatures = read_sections(lines, self.notes)
        self.header(header)
        self.languages()
        self.parties()
        self.posts()
        self.channels()
        self.precedences()
        self.tests()
        self.contacts()
        self.replies()
        self.glossary()
        self.phrasebook()
        self.forms()
        self.bearers()
        self.key_section()
        text = "".join(line + "\n" for line in lines[:signatures - 1]).encode() if signatures else b""
        signed = self.signature_section(lines, signatures) if signatures else {}
        self.notes.close()
        return dict(text=text, signatures=signed, keys=self.keys, version=self.version, date=self.date, first=self.first,
                    amends=self.amends, languages=self.tags, posts=self.post_of, channels=self.channel_of, nonces=self.nonces,
                    replies=self.reply_numbers, reasons=self.reason_numbers)

    # The sections, in their order.

    def header(self, section: Section) -> None:
        for block in section.blocks:
            for statement in block.body:
                self.notes.note(statement.line, "AGR-5", "a statement of the header stands at the margin")
        found = self.statements(Block(Statement(1, "the header", []), [block.head for block in section.blocks]),
                                required=("line", "date", "version", "suite"), optional=("first", "amends"))
        self.value(found.get("line"), "AGR-10", words, NAME_MAX)
        self.date = self.value(found.get("date"), "AGR-10", date)
        self.version = self.value(found.get("version"), "AGR-10", number, 1, 1_000_000)
        if self.value(found.get("suite"), "AGR-11", number, 1, 1) is None and "suite" in found:
            self.notes.note(found["suite"].line, "AGR-11", "this station has suite 1 alone")
        self.first = self.amends = None
        first, amends = found.get("first"), found.get("amends")
        later = self.version is not None and self.version > 1
        if (first is not None) != later or (amends is not None) != later:
            if self.version is not None:
                self.notes.note(1, "AGR-12", "from version 2 on, and only then, first and amends are named")
            return
        if not later:
            return
        if len(first.values) != 2:
            self.notes.note(first.line, "AGR-12", "first has a date and a hash")
            return
        when = self.try_(first.line, "AGR-12", date, first.values[0])
        hash = self.try_(first.line, "AGR-12", lower_hash, first.values[1])
        self.amends = self.value(amends, "AGR-12", lower_hash)
        if None in (when, hash, self.amends):
            return
        self.first = (when, hash)
        if (self.version == 2) != (hash == self.amends):
            self.notes.note(amends.line, "AGR-12", "first and amends are the same in version 2, and differ later")
        if self.date is not None and self.date < when:
            self.notes.note(1, "AGR-12", "the date is before that of the first")

    def languages(self) -> None:
        self.tags: dict[int, str] = {}
        for value, block in self.numbered("LANGUAGES", "language", 1, 32, extra=2, rule="AGR-14"):
            tag = self.try_(block.line, "AGR-14", matching, block.head.values[1], TAG, "language tag")
            self.try_(block.line, "AGR-5", words, block.head.values[2], NAME_MAX)
            self.statements(block)
            if tag in self.tags.values():
                self.notes.note(block.line, "AGR-14", f"{tag} stands twice")
            if tag:
                self.tags[value] = tag

    def parties(self) -> None:
        self.numbers: list[int] = []
        self.nonces: dict[int, bytes] = {}
        names, marks = set(), set()
        for value, block in self.numbered("PARTIES", "party", 1, 15, rule="AGR-13"):
            self.numbers.append(value)
            found = self.statements(block, required=("mark", "languages", "nonce"), many=("name",))
            for tag, name in self.localized(block.line, found["name"], NAME_MAX).items():
                if (tag, alike(name)) in names:
                    self.notes.note(block.line, "AGR-13", f"two parties share the name {name!r}")
                names.add((tag, alike(name)))
            mark = self.value(found.get("mark"), "AGR-13", matching, MARK, "mark")
            if mark and mark in marks:
                self.notes.note(block.line, "AGR-13", f"the mark {mark} stands twice")
            marks.add(mark)
            self.list_of(found.get("languages"), "AGR-13", one_of, tuple(self.tags.values()))
            nonce = self.value(found.get("nonce"), "AGR-13", lambda text: not_zero(binary(text, 32)))
            if nonce:
                self.nonces[value] = nonce
        if len(self.numbers) < 2:
            self.notes.note(self.line_of("PARTIES"), "AGR-13", "there are 2 to 15 parties")

    def party(self, text: str) -> int:
        value = number(text, 1, 15)
        if value not in self.numbers:
            raise Malformed(f"party {value} is not listed")
        return value

    def posts(self) -> None:
        codes, titles = set(), set()
        self.post_of: dict[int, dict] = {}
        lines = {}
        for value, block in self.numbered("POSTS", "post", 1, 255, extra=1, rule="AGR-15"):
            code = self.code(block.line, block.head.values[1], codes)
            found = self.statements(block, required=("party", "counterparts", "succession"), optional=("rank",), many=("title", "address"))
            lines[value] = block.line
            self.post_of[value] = {
                "code": code,
                "party": self.value(found.get("party"), "AGR-15", self.party),
                "counterparts": self.list_of(found.get("counterparts"), "AGR-16", number, 1, 255, none=True),
                "succession": self.list_of(found.get("succession"), "AGR-17", number, 1, 255, none=True),
                "title": self.localized(block.line, found["title"], NAME_MAX),
                "address": self.localized(block.line, found["address"], NAME_MAX),
            }
            self.value(found.get("rank"), "AGR-15", number, 1, 99)
            for tag, title in self.post_of[value]["title"].items():
                if (tag, alike(title)) in titles:
                    self.notes.note(block.line, "AGR-18", f"two posts share the title {title!r}")
                titles.add((tag, alike(title)))
        for value, post in self.post_of.items():
            self.check_post(value, post, lines[value])
        for party in self.numbers:
            if not any(post["party"] == party for post in self.post_of.values()):
                self.notes.note(self.line_of("POSTS"), "AGR-15", f"party {party} has no post")

    def check_post(self, value: int, post: dict, line: int) -> None:
        opposite = set()
        for other in post["counterparts"] or ():
            theirs = self.post_of.get(other)
            if theirs is None or theirs["party"] == post["party"]:
                self.notes.note(line, "AGR-16", f"post {other} is no post of another party")
            elif theirs["party"] in opposite or value not in (theirs["counterparts"] or (value,)):
                self.notes.note(line, "AGR-16", f"post {other} does not name {value} in turn, or is the second of its party")
            opposite.add(theirs and theirs["party"])
        for other in post["succession"] or ():
            theirs = self.post_of.get(other)
            if other == value or theirs is None or theirs["party"] != post["party"]:
                self.notes.note(line, "AGR-17", f"post {other} is no other post of the same party")

    def channels(self) -> None:
        codes = set()
        self.channel_of = {}
        for value, block in self.numbered("CHANNELS", "channel", 0, 31, extra=1, rule="AGR-19"):
            code = self.code(block.line, block.head.values[1], codes)
            found = self.statements(block, required=("precedence", "release", "suspension"), optional=("proof", "passes"), many=("title",))
            self.localized(block.line, found["title"], NAME_MAX)
            allowed = self.urgent(found.get("precedence"), "AGR-19")
            roles = self.roles(found.get("release"))
            if roles is not None and bool(roles) != ("proof" in found):
                self.notes.note(block.line, "AGR-20", "proof stands where there are roles, and only there")
            self.value(found.get("proof"), "AGR-20", one_of, ("first", "may-follow"))
            suspension = self.value(found.get("suspension"), "AGR-21", one_of, ("never", "allowed"))
            if suspension is not None and (suspension == "allowed") != ("passes" in found):
                self.notes.note(block.line, "AGR-21", "passes stands where suspension is allowed, and only there")
            passes = self.urgent(found.get("passes"), "AGR-21", none=True)
            if set(passes or ()) - set(allowed or PRECEDENCES):
                self.notes.note(found["passes"].line, "AGR-21", "passes what the channel does not allow")
            self.channel_of[value] = {"code": code, "precedence": allowed, "passes": passes, "roles": roles or []}

    def urgent(self, statement: Statement | None, rule: str, none: bool = False) -> list[str] | None:
        values = self.list_of(statement, rule, one_of, PRECEDENCES, none=none)
        if values and sorted(values, key=PRECEDENCES.index) != values:
            self.notes.note(statement.line, rule, "the most urgent stands first")
        return values

    def roles(self, statement: Statement | None) -> list[str] | None:
        """AGR-20; a role may stand twice: as many different officers sign."""
        if statement is None or statement.values == ["none"]:
            return None if statement is None else []
        if not 1 <= len(statement.values) <= 4:
            self.notes.note(statement.line, "AGR-20", "one to four roles, or none")
        return [self.try_(statement.line, "AGR-20", one_of, value, ROLES) for value in statement.values] or None

    def precedences(self) -> None:
        names, before = [], (0, 0)
        for block in self.blocks("PRECEDENCES"):
            if block.head.key != "precedence" or len(block.head.values) != 1:
                self.notes.note(block.line, "AGR-5", "expected: precedence and its name")
                continue
            name = block.head.values[0]
            names.append(name)
            flash = name == "FLASH"
            found = self.statements(block, ("receipt", "reply") + (("words", "bytes", "quota") if flash else ()))
            receipt = self.value(found.get("receipt"), "AGR-22", length_of_time)
            reply = self.value(found.get("reply"), "AGR-22", length_of_time)
            self.value(found.get("words"), "AGR-23", number, 1, 200)
            self.value(found.get("bytes"), "AGR-23", number, 1, 4_096)
            self.quota(found.get("quota"))
            if None in (receipt, reply):
                continue
            if reply < receipt or receipt < before[0] or reply < before[1]:
                self.notes.note(block.line, "AGR-22", "a deadline shorter than the one before it")
            before = (receipt, reply)
        if tuple(names) != PRECEDENCES and "PRECEDENCES" in self.sections:
            self.notes.note(self.line_of("PRECEDENCES"), "AGR-22", "FLASH, IMMEDIATE, PRIORITY, ROUTINE stand once each, in this order")

    def quota(self, statement: Statement | None) -> None:
        if statement is None:
            return
        values = statement.values
        if len(values) != 5 or values[1:4] != ["then", "1", "per"]:
            self.notes.note(statement.line, "AGR-23", "a quota is: a number, then 1 per, a length of time")
            return
        self.try_(statement.line, "AGR-23", number, values[0], 1, 100)
        self.try_(statement.line, "AGR-23", length_of_time, values[4])

    def tests(self) -> None:
        found: dict[str, int] = {}
        rest = []
        for block in self.blocks("LINE TESTS"):
            key, values = block.head.key, block.head.values
            if key not in ("probe", "silence"):
                rest.append(block)
                continue
            self.statements(block)
            if key in found or len(values) != 2 or values[0] != ("every" if key == "probe" else "after"):
                self.notes.note(block.line, "AGR-24", f"{key} stands once, as in: probe every 10s, silence after 2m")
                continue
            found[key] = self.try_(block.line, "AGR-24", length_of_time, values[1]) or 0
        if set(found) != {"probe", "silence"}:
            self.notes.note(self.line_of("LINE TESTS"), "AGR-24", "probe and silence stand once each")
        elif not 1 <= found["probe"] <= 3_600 or found["silence"] <= found["probe"]:
            self.notes.note(self.line_of("LINE TESTS"), "AGR-24", "probe is 1 s to 1 h, and silence is longer")
        if "LINE TESTS" in self.sections:
            self.sections["LINE TESTS"].blocks = rest
        for _, block in self.numbered("LINE TESTS", "test", 1, 10_000, rule="AGR-24", gaps=False):
            test = self.statements(block, ("party", "every", "from", "answer"))
            self.value(test.get("party"), "AGR-24", self.party)
            every = self.value(test.get("every"), "AGR-24", length_of_time)
            self.value(test.get("answer"), "AGR-24", length_of_time)
            start = self.time_of_day(test.get("from"))
            if every and (DAY % every or start is not None and start >= every):
                self.notes.note(block.line, "AGR-24", "every divides a day, and from is less than it")

    def time_of_day(self, statement: Statement | None) -> int | None:
        if statement is None:
            return None
        match = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d) UTC", " ".join(statement.values), re.ASCII)
        if not match or any(isinstance(value, Quoted) for value in statement.values):
            self.notes.note(statement.line, "AGR-24", "from is a time of day: hh:mm UTC")
            return None
        return int(match[1]) * 3_600 + int(match[2]) * 60

    def contacts(self) -> None:
        for _, block in self.numbered("CONTACTS", "contact", 1, 255, rule="AGR-25"):
            found = self.statements(block, ("posts", "kind", "every", "from"))
            pair = self.list_of(found.get("posts"), "AGR-25", number, 1, 255)
            if pair is not None and (len(pair) != 2 or pair[1] not in ((self.post_of.get(pair[0]) or {}).get("counterparts") or ())):
                self.notes.note(block.line, "AGR-25", "a contact is of two counterparts")
            self.value(found.get("kind"), "AGR-25", one_of, ("session", "call", "visit"))
            self.value(found.get("every"), "AGR-25", length_of_time)
            self.value(found.get("from"), "AGR-25", date)

    def replies(self) -> None:
        self.reply_numbers, self.reason_numbers = [], []
        for value, block in self.numbered("HOLDING REPLIES", "reply", 1, 255, rule="AGR-26"):
            self.reply_numbers.append(value)
            self.localized(block.line, self.statements(block, many=("text",))["text"], TEXT_MAX)
        codes = set()
        for value, block in self.numbered("DECLINE REASONS", "reason", 1, 255, extra=1, rule="AGR-26"):
            self.reason_numbers.append(value)
            self.code(block.line, block.head.values[1], codes)
            self.localized(block.line, self.statements(block, many=("text",))["text"], TEXT_MAX)

    def glossary(self) -> None:
        codes = set()
        for _, block in self.numbered("GLOSSARY", "term", 1, 255, extra=1, rule="AGR-27"):
            self.code(block.line, block.head.values[1], codes)
            owners = set()
            for statement in self.statements(block, many=("word",))["word"]:
                if len(statement.values) != 3:
                    self.notes.note(statement.line, "AGR-27", "word has a party, a language and a text")
                    continue
                party = self.try_(statement.line, "AGR-27", self.party, statement.values[0])
                tag = self.try_(statement.line, "AGR-27", one_of, statement.values[1], tuple(self.tags.values()))
                self.try_(statement.line, "AGR-5", words, statement.values[2], NAME_MAX)
                if (party, tag) in owners:
                    self.notes.note(statement.line, "AGR-27", "one word for each party and language")
                owners.add((party, tag))
            if set(self.numbers) - {party for party, _ in owners}:
                self.notes.note(block.line, "AGR-27", "at least one word of every party")

    def phrasebook(self) -> None:
        taken = set()
        for _, block in self.numbered("PHRASEBOOK", "signal", 1, 255, extra=1, rule="AGR-28"):
            name = self.try_(block.line, "AGR-28", matching, block.head.values[1], re.compile("[A-Z]{1,32}"), "code word")
            if name in taken:
                self.notes.note(block.line, "AGR-28", f"{name} stands twice")
            taken.add(name)
            texts = self.localized(block.line, self.statements(block, many=("text",))["text"], TEXT_MAX)
            parameters = [self.try_(block.line, "AGR-28", parameters_of, text) for text in texts.values()]
            if None not in parameters and any(sorted(each) != sorted(parameters[0]) for each in parameters):
                self.notes.note(block.line, "AGR-28", "the languages have different parameters")

    def forms(self) -> None:
        codes = set()
        for _, block in self.numbered("FORMS", "form", 1, 255, extra=1, rule="AGR-29"):
            self.code(block.line, block.head.values[1], codes)
            found = self.statements(block, many=("title", "field", "label", "choice"))
            self.localized(block.line, found["title"], NAME_MAX)
            field_codes, kinds = set(), {}
            for statement in found["field"]:
                if len(statement.values) != 4:
                    self.notes.note(statement.line, "AGR-29", "field has a number, a code, a kind, and required or optional")
                    continue
                value = self.try_(statement.line, "AGR-29", number, statement.values[0], 1, 64)
                self.code(statement.line, statement.values[1], field_codes)
                kind = self.try_(statement.line, "AGR-29", one_of, statement.values[2], FIELD_KINDS)
                self.try_(statement.line, "AGR-29", one_of, statement.values[3], ("required", "optional"))
                if value != len(kinds) + 1:
                    self.notes.note(statement.line, "AGR-29", "fields are numbered 1, 2, 3, …")
                kinds[value] = kind
            if not kinds:
                self.notes.note(block.line, "AGR-29", "a form has 1 to 64 fields")
            self.labels(block, found, kinds)

    def labels(self, block: Block, found: dict, kinds: dict) -> None:
        labels = {value: [] for value in kinds}
        choices: dict[int, dict[int, list]] = {value: {} for value in kinds}
        for statement in found["label"] + found["choice"]:
            choice = statement.key == "choice"
            values = [self.try_(statement.line, "AGR-29", number, text, 1, 64) for text in statement.values[:1 + choice]]
            if len(statement.values) != 3 + choice or None in values or values[0] not in kinds:
                self.notes.note(statement.line, "AGR-29", "a label or a choice of no field")
            elif choice:
                choices[values[0]].setdefault(values[1], []).append(statement)
            else:
                labels[values[0]].append(statement)
        for value, kind in kinds.items():
            self.localized(block.line, labels[value], NAME_MAX, leading=1)
            numbers = sorted(choices[value])
            if (kind == "choice") != bool(numbers) or numbers != list(range(1, len(numbers) + 1)):
                self.notes.note(block.line, "AGR-29", "choices 1, 2, 3, … of a field of the kind choice, and of no other")
            for each in choices[value].values():
                self.localized(block.line, each, NAME_MAX, leading=2)

    def bearers(self) -> None:
        numbers = []
        for block in self.blocks("BEARERS"):
            head = block.head
            self.statements(block)
            if head.key != "channel" or len(head.values) < 2:
                self.notes.note(block.line, "AGR-30", "expected: channel, its number and its bearers")
                continue
            numbers.append(self.try_(block.line, "AGR-30", number, head.values[0], 0, 31))
            self.list_of(Statement(block.line, "channel", head.values[1:]), "AGR-30", one_of, BEARERS)
        if numbers != list(self.channel_of) and "BEARERS" in self.sections:
            self.notes.note(self.line_of("BEARERS"), "AGR-30", "one line for each channel, in order")
