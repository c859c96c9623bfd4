"""The sections KEYS and SIGNATURES of an agreement (AGR-7 to AGR-9, AGR-31 to AGR-33)."""

import re

from .agreement_blocks import Blocks
from .agreement_text import Block, Statement
from .agreement_values import Keys, binary, not_zero, unwrap
from .keys import COMPOSITE_KEY, COMPOSITE_SIGNATURE, ML_KEY, CompositeKey, LightKey


class KeyBlocks(Blocks):
    def key_section(self) -> None:
        self.keys: dict[int, Keys] = {}
        seen = {nonce: 0 for nonce in self.nonces.values()}
        listed = set()
        for value, block in self.numbered("KEYS", "keys", 1, 15, rule="AGR-31"):
            listed.add(value)
            found = self.statements(block, ("light", "tls-pin", "next", "root", "station"), many=("recovery",), wrapped=("root", "station"))
            light = self.value(found.get("light"), "AGR-8", lambda text: LightKey(binary(text, 32)))
            pin = self.value(found.get("tls-pin"), "AGR-8", lambda text: not_zero(binary(text, 32)))
            next = self.value(found.get("next"), "AGR-8", lambda text: not_zero(binary(text, 32)))
            root, station = (self.composite(found.get(key)) for key in ("root", "station"))
            recovery = self.recovery(block, found["recovery"])
            if value not in self.numbers:
                self.notes.note(block.line, "AGR-31", f"party {value} is not listed")
            if None in (light, pin, next, root, station):
                continue
            self.keys[value] = Keys(light, pin, next, tuple(recovery), root, station)
            for data in (light.raw, pin, next, *recovery, root.raw[:ML_KEY], root.raw[ML_KEY:], station.raw[:ML_KEY], station.raw[ML_KEY:]):
                if data in seen:
                    self.notes.note(block.line, "AGR-7", "a value stands twice")
                seen[data] = value
        if len(set(self.nonces.values())) != len(self.nonces):
            self.notes.note(self.line_of("PARTIES"), "AGR-7", "a nonce stands twice")
        if set(self.numbers) - listed:
            self.notes.note(self.line_of("KEYS"), "AGR-31", "a party has no keys")

    def composite(self, statement: Statement | None) -> CompositeKey | None:
        if statement is None:
            return None
        if statement.values:
            self.notes.note(statement.line, "AGR-9", "a composite key stands on the lines below")
            return None
        return self.try_(statement.line, "AGR-9", lambda: CompositeKey(unwrap(statement.wrapped, COMPOSITE_KEY)))

    def recovery(self, block: Block, statements: list[Statement]) -> list[bytes]:
        if len(statements) == 1 and statements[0].values == ["none"]:
            return []
        if len(statements) != 3:
            self.notes.note(block.line, "AGR-31", "recovery is none, or three lines")
        hashes = [self.value(each, "AGR-31", lambda text: not_zero(binary(text, 32))) for each in statements]
        return [each for each in hashes if each]

    def signature_section(self, lines: list[str], heading: int) -> dict[int, bytes]:
        """AGR-33. `heading` is the number of the line SIGNATURES."""
        signatures: dict[int, bytes] = {}
        at = heading
        while at < len(lines):
            if lines[at] != "" or at + 1 == len(lines):
                self.notes.note(at + 1, "AGR-33", "expected: a blank line, then a signature")
                return signatures
            match = re.fullmatch(r"signature ([1-9]\d?)", lines[at + 1], re.ASCII)
            if not match or int(match[1]) not in self.numbers or int(match[1]) <= max(signatures, default=0):
                self.notes.note(at + 2, "AGR-33", "expected: signature and the number of a party, each once, in their order")
                return signatures
            first = at = at + 2
            while at < len(lines) and lines[at] != "":
                at += 1
            body = [(number + 1, lines[number]) for number in range(first, at)]
            if any(not line.startswith("  ") for _, line in body):
                self.notes.note(first + 1, "AGR-33", "the signature is two blanks in")
                return signatures
            signature = self.try_(first + 1, "AGR-33", unwrap, [(number, line[2:]) for number, line in body], COMPOSITE_SIGNATURE)
            signatures[int(match[1])] = signature or b""
        return signatures
