"""What a station knows of its own record at a start, and what a peer may claim of it (ENT-20, LINE-24)."""

import tempfile
import unittest
from pathlib import Path

from conformance.checkpoints import FULL
from conformance.encoding import Generation
from conformance.entries import DECLARATION, Declaration
from conformance.errors import Violation
from conformance.items import Ask, Holdings, Returned
from conformance.questions import BEYOND_ENTRIES
from conformance.record import Record
from conformance.tests.test_rules import Rules


class Starts(Rules):
    def test_what_the_secrets_know_of_the_record_is_declared_once(self):
        """ENT-20: each generation that is not here, or not as far as it was signed; in several declarations where one is too small."""
        self.pair.write(0, "x")
        self.up()
        line = self.pair.lines[0]
        signed = line.record.current
        self.assertEqual(line.secrets.written(), {signed.name: 2})
        line.secrets.write(signed.name, 9)
        for number in range(70):
            line.secrets.write(bytes([number] * 8), number)
        for again in range(2):
            self.pair.start(0)
            found = [Declaration.decode(entry.content) for entry in self.pair.lines[0].record.own_entries(DECLARATION)]
            self.assertEqual([(each.cause, len(each.lost)) for each in found], [(0, 64), (0, 7)])
            self.assertEqual(sorted((generation.name, size, cover) for each in found for generation, size, cover in each.lost),
                             sorted([(signed.name, 9, 0), *((bytes([number] * 8), number, 0) for number in range(70))]))

    def test_killed_before_the_generation_was_known_to_be_written(self):
        line = self.pair.lines[0]
        line.secrets.store.execute("delete from written")
        self.pair.start(0)
        self.assertEqual(self.pair.lines[0].record.own_entries(DECLARATION), [])

    def test_an_opening_holds_56_heads(self):
        """ENT-8: where there are more, those that were opened last."""
        with tempfile.TemporaryDirectory() as folder:
            other, own = Record(Path(folder) / "1", bytes(32), 1), Record(Path(folder) / "2", bytes(32), 2)
            for _ in range(60):
                other.open()
                own.hold(other.held[other.current].entries[0])
            own.open()
            held = [head.generation for head in own.held[own.current].opening.held]
            self.assertEqual(held, sorted(other.chain[-56:]))
            other.store.close()
            own.store.close()


class Claims(Rules):
    """Station 1 has lost what it wrote after its first letter; the test plays station 2."""

    def setUp(self):
        super().setUp()
        self.pair.write(0, "x")
        self.up()
        self.questions, self.record = self.a.questions, self.a.record
        self.lost = Generation(1, b"lost-one")
        self.questions.ask(Ask(self.record.current, 0), 0.0)

    def test_as_much_as_our_own_signatures_cover_and_a_thousand_more(self):
        """LINE-24: what the peer says of our signatures counts for nothing."""
        self.questions.holdings(Holdings(1, 0, ((self.lost, 1 << 40, 1 << 40, 1 << 40),)))
        claim = self.questions.claims[self.lost]
        self.questions.next()
        self.assertEqual((claim.told, claim.size), (1 << 40, BEYOND_ENTRIES))
        (declared,) = [Declaration.decode(entry.content) for entry in self.record.own_entries(DECLARATION)]
        self.assertEqual((declared.cause, declared.lost), (1, ((self.lost, 1 << 40, 2),)))

    def test_a_claim_that_contradicts_our_signature_is_a_violation(self):
        """LINE-24: and none of it is taken."""
        with tempfile.TemporaryDirectory() as folder:
            twins = [Record(Path(folder) / str(number), self.a.line, 1) for number in range(2)]
            for number, twin in enumerate(twins):
                twin.open(self.lost.name)
                twin.state(99, bytes([number]))
            signed = twins[0].sign(self.a.party, FULL)
            self.questions.holdings(Holdings(1, 0, ((self.lost, 2, 2, 2),)))
            self.questions.stated(signed)
            rows = [Returned(twins[1].held[twins[1].current].entries[number].encode()) for number in range(2)]
            self.questions.returned(rows[0])
            with self.assertRaises(Violation):
                self.questions.returned(rows[1])
            self.assertEqual((self.lost in self.record.held, self.questions.claims[self.lost].entries), (False, {}))
            for twin in twins:
                twin.store.close()


if __name__ == "__main__":
    unittest.main()
