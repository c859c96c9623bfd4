"""What the sections of an agreement have in common: numbered blocks, statements, values, texts in every language."""

from .agreement_text import Block, Notebook, Quoted, Section, Statement
from .agreement_values import CODE, matching, number, one_of, words
from .errors import Malformed


class Blocks:
    def __init__(self):
        self.notes = Notebook()
        self.sections: dict[str, Section] = {}
        self.tags: dict[int, str] = {}

    def try_(self, line: int, rule: str, function, *arguments):
        """A value, or None and a mistake."""
        try:
            return function(*arguments)
        except Malformed as error:
            self.notes.note(line, rule, str(error))
            return None

    def blocks(self, name: str) -> list[Block]:
        return self.sections[name].blocks if name in self.sections else []

    def numbered(self, name: str, key: str, low: int, high: int, extra: int = 0, rule: str = "AGR-6", gaps: bool = True):
        """The blocks of a section whose heads are `key number`, with `extra` values more; numbers rise (AGR-6)."""
        last = low - 1
        for block in self.blocks(name):
            head = block.head
            if head.key != key or len(head.values) != 1 + extra or head.wrapped:
                self.notes.note(block.line, "AGR-5", f"expected: {key}, a number and {extra} more; found {head.key!r}")
                continue
            value = self.try_(block.line, rule, number, head.values[0], low, high)
            if value is None:
                continue
            if value <= last or not gaps and value != last + 1:
                self.notes.note(block.line, rule, f"the number {value} does not follow {last}")
            last = max(last, value)
            yield value, block

    def statements(self, block: Block, required=(), optional=(), many=(), wrapped=()) -> dict[str, Statement | list[Statement]]:
        """AGR-5: keys that a block does not have, keys that stand twice, keys that are missing."""
        found: dict = {key: [] for key in many}
        for statement in block.body:
            key = statement.key
            if key in many:
                found[key].append(statement)
            elif key not in required and key not in optional:
                self.notes.note(statement.line, "AGR-5", f"{block.head.key} has no {key!r}")
            elif key in found:
                self.notes.note(statement.line, "AGR-5", f"{key!r} stands twice")
            else:
                found[key] = statement
            if statement.wrapped and key not in wrapped:
                self.notes.note(statement.wrapped[0][0], "AGR-5", "a line that is four blanks in")
        for key in required:
            if key not in found:
                self.notes.note(block.line, "AGR-5", f"{key!r} is missing")
        return found

    def value(self, statement: Statement | None, rule: str, function, *arguments):
        """The one value of a statement."""
        if statement is None:
            return None
        if len(statement.values) != 1:
            self.notes.note(statement.line, "AGR-5", f"{statement.key!r} has one value, not {len(statement.values)}")
            return None
        return self.try_(statement.line, rule, function, statement.values[0], *arguments)

    def list_of(self, statement: Statement | None, rule: str, function, *arguments, none: bool = False) -> list | None:
        """The values of a statement, none twice; `none` alone for no value, where that is allowed."""
        if statement is None:
            return None
        if none and statement.values == ["none"] and not isinstance(statement.values[0], Quoted):
            return []
        if not statement.values:
            self.notes.note(statement.line, "AGR-5", f"{statement.key!r} has no value")
            return None
        values = [self.try_(statement.line, rule, function, value, *arguments) for value in statement.values]
        if len(set(values)) != len(values):
            self.notes.note(statement.line, rule, "a value stands twice")
        return None if None in values else values

    def localized(self, line: int, statements: list[Statement], limit: int, leading: int = 0) -> dict[str, str]:
        """AGR-14: exactly once in every language of the line, and in no other."""
        found: dict[str, str] = {}
        for statement in statements:
            values = statement.values[leading:]
            if len(values) != 2:
                self.notes.note(statement.line, "AGR-5", f"{statement.key!r} has a language and a text")
                continue
            tag = self.try_(statement.line, "AGR-14", one_of, values[0], tuple(self.tags.values()))
            text = self.try_(statement.line, "AGR-5", words, values[1], limit)
            if tag in found:
                self.notes.note(statement.line, "AGR-14", f"{statement.key!r} stands twice in {tag}")
            if tag and text is not None:
                found[tag] = text
        missing = set(self.tags.values()) - {statement.values[leading] for statement in statements if len(statement.values) > leading}
        if missing:
            self.notes.note(line, "AGR-14", f"not in every language: {' '.join(sorted(missing))} is missing")
        return found

    def code(self, line: int, text: str, taken: set[str]) -> str | None:
        code = self.try_(line, "AGR-6", matching, text, CODE, "code")
        if code in taken:
            self.notes.note(line, "AGR-6", f"{code} stands twice")
        taken.add(code)
        return code

    def line_of(self, name: str) -> int:
        return self.sections[name].line if name in self.sections else 1
