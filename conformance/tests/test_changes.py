"""Two Python stations whose line changes under them: amendments, key statements, rosters, and a record that was restored."""

import shutil
import tempfile
import unittest
from pathlib import Path

from conformance import agreement, entries, exports
from conformance.agreement import Agreement
from conformance.checkpoints import FULL
from conformance.entries import Basis, Declaration, InForce, Recovered
from conformance.keys import CompositeSigner, LightSigner
from conformance.party import Party
from conformance.rosters import Officer, Roster, rosters_of
from conformance.tests.test_pair import Pair


class Changes(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder, self.pair, self.written = Path(folder.name), Pair(Path(folder.name)), [0, 0]
        self.addCleanup(lambda: [self.pair.close(place) for place in (0, 1)])

    def write(self, count: int = 3) -> None:
        for _ in range(count):
            for place in (0, 1):
                self.pair.write(place, f"{place} {self.written[place]}")
                self.written[place] += 1

    def install(self, path: Path, *places: int) -> None:
        for place in places:
            Party(self.pair.parties[place].folder).install(path)

    def check(self) -> None:
        for author in (0, 1):
            expected = [f"{author} {number}" for number in range(self.written[author])]
            for place in (0, 1):
                self.assertEqual(sorted(self.pair.letters(place, author)), sorted(expected))
            self.assertTrue(self.pair.lines[author].delivery.delivered())
        for line in self.pair.lines:
            line.signing.sign(FULL)
        self.pair.run(2)
        for line in self.pair.lines:
            report = exports.verify(line.record.export(line.party.texts, rosters_of(line.record, line.chain)[0]))
            self.assertEqual(report.problems + report.forks + report.misstatements, [])
            newest = next(each for each in report.generations if each.generation == line.record.newest(line.peer))
            self.assertEqual(newest.signed[1], newest.size)
        self.assertEqual([line.counts["violations"] for line in self.pair.lines], [0, 0])

    def basis(self, place: int) -> Basis:
        record = self.pair.lines[place].record
        return record.basis(record.current)

    def amend(self, version: int, before: bytes) -> Path:
        first = Agreement.decode(self.pair.text)
        text = self.pair.text.partition(b"SIGNATURES\n")[0].replace(b"version       1\n", b"version       %d\nfirst         2026-03-01T00:00:00Z %s\n"
                                                                      b"amends        %s\n" % (version, first.hash.hex().encode(), before.hex().encode()), 1)
        path = self.folder / f"amendment-{version}.txt"
        path.write_bytes(agreement.sign(text, {place: party.root for place, party in enumerate(self.pair.parties, 1)}))
        return path

    def test_an_amendment_is_in_force_for_each_record_by_its_own_entry(self):
        pair = self.pair
        self.write()
        pair.run(6)
        path = self.amend(2, Agreement.decode(pair.text).hash)
        later = Agreement.decode(path.read_bytes()).hash
        self.install(path, 0, 1)
        self.write()                                            # in flight while the one changes
        pair.start(0)
        self.write()
        pair.run(8)
        self.assertEqual([self.basis(place).agreement == later for place in (0, 1)], [True, False])
        entry = pair.lines[1].record.held[pair.lines[0].record.current].entries[1]
        self.assertEqual((entry.kind, InForce.decode(entry.content)), (entries.IN_FORCE, InForce(Basis(later), 2, 0)))
        pair.start(1)
        self.write()
        pair.run(30)
        self.check()

    def test_what_stands_on_an_amendment_that_is_not_installed_is_kept_without_its_signatures(self):
        pair = self.pair
        path = self.amend(2, Agreement.decode(pair.text).hash)
        self.install(path, 0)
        pair.start(0)
        self.write()
        pair.run(10)
        theirs = pair.lines[1].record.newest(1)
        self.assertEqual(pair.lines[1].record.checkpoints_of(theirs), {})
        self.install(path, 1)
        pair.start(1)
        pair.run(30)
        self.check()
        self.assertTrue(pair.lines[1].record.checkpoints_of(theirs))

    def replace(self, place: int, *restarts: int, **how) -> None:
        path = self.folder / f"statement-{place}-{len(list(self.folder.glob('statement*')))}"
        Party(self.pair.parties[place].folder).replace_keys(path, **how)
        self.install(path, 1 - place, place)
        for each in restarts:
            self.pair.start(each)

    def test_keys_are_replaced_in_order(self):
        self.write()
        self.pair.run(6)
        epochs = self.pair.lines[0].secrets.all()
        self.replace(1, 0, 1)
        self.write()
        self.pair.run(20)
        self.assertEqual(self.pair.lines[0].chain.versions, {2: 1})
        self.assertEqual(self.pair.lines[0].secrets.all(), epochs)      # epochs live on
        self.replace(0, 1, 0)
        self.replace(1, 0, 1)
        self.write()
        self.pair.run(30)
        self.check()

    def test_keys_are_replaced_after_a_theft(self):
        self.write()
        self.pair.run(6)
        before = [set(line.secrets.all().values()) for line in self.pair.lines]
        self.replace(0, 0, 1, stolen=True, next_identity=True)
        self.write()
        self.pair.run(20)
        for place, line in enumerate(self.pair.lines):
            self.assertFalse(before[place] & set(line.secrets.all().values()))
        self.assertEqual(len(self.pair.lines[1].chain.pins(1)), 1)
        self.check()

    def test_an_amendment_after_a_key_statement_lists_the_new_keys(self):
        self.replace(0, 0, 1)
        pair = self.pair
        old, new = pair.parties[0].public, Party(pair.parties[0].folder).seeds.public
        path = self.amend(2, Agreement.decode(pair.text).hash)
        with self.assertRaises(Exception):
            self.install(path, 1)                               # it lists the keys of before
        from conformance.cases.agreements import wrapped
        from conformance.encoding import base64
        text = path.read_bytes().partition(b"SIGNATURES\n")[0].decode()
        for a, b in ((base64(old.light.raw), base64(new.light.raw)), (base64(old.pin), base64(new.pin)), (wrapped(old.station.raw), wrapped(new.station.raw))):
            self.assertIn(a, text)
            text = text.replace(a, b)
        path.write_bytes(agreement.sign(text.encode(), {place: party.root for place, party in enumerate(pair.parties, 1)}))
        self.install(path, 0, 1)
        pair.start(0)
        pair.start(1)
        self.write()
        pair.run(20)
        self.check()
        self.assertEqual(self.basis(0), Basis(Agreement.decode(path.read_bytes()).hash))

    def roster(self, version: int, count: int, root=None) -> bytes:
        party, line = self.pair.parties[0], self.pair.lines[0].line
        officers = tuple(Officer(f"officer-{number}", 1 << number, LightSigner(bytes([version, number + 64] * 16)).public,
                                 CompositeSigner(bytes([version, number] * 32)).public) for number in range(1, count + 1))
        return Roster(version, officers).sign(root or party.root, line, 1).encode()

    def test_rosters_are_kept_and_the_older_refused(self):
        for content in (self.roster(1, 2), self.roster(3, 0), self.roster(2, 1), self.roster(4, 1, CompositeSigner(bytes([7] * 64)))):
            self.pair.lines[0].record.state(entries.ROSTER, content)
        self.pair.run(20)
        for line in self.pair.lines:
            good, refused = rosters_of(line.record, line.chain)
            self.assertEqual([Roster.decode(content).version for _, content in good], [1, 3])
            self.assertEqual(len(refused), 2)
        self.check()

    def restore(self, secrets: bool = False, confirm: bool = False, sign: bool = True) -> None:
        """Back to where the record was, after which a restart, six letters and perhaps a full signature are gone."""
        pair, folder = self.pair, self.pair.parties[0].folder
        self.write()
        pair.run(8)
        pair.close(0)
        shutil.copytree(folder, self.folder / "backup")
        pair.lines[0] = None
        pair.start(0)
        self.write()
        pair.run(5)
        pair.start(0)
        self.write()
        pair.run(5)
        if sign:
            pair.lines[0].signing.sign(FULL)
            pair.run(3)
        pair.close(0)
        kept = {path.name: path.read_bytes() for path in folder.glob("secrets*")}
        shutil.rmtree(folder)
        shutil.copytree(self.folder / "backup", folder)
        for path in folder.glob("secrets*"):
            path.unlink()
        if secrets:
            for name, data in kept.items():
                (folder / name).write_bytes(data)
        pair.lines[0], pair.confirm = None, confirm
        pair.start(0)
        pair.run(40)

    def stated(self, kind: int) -> list:
        return [entry.content for entry in self.pair.lines[1].record.held[self.pair.lines[0].record.current].entries.values() if entry.kind == kind]

    def test_a_restored_station_takes_back_what_it_has_signed_in_full(self):
        for secrets in (True, False):
            with self.subTest(secrets=secrets):
                self.setUp()
                self.restore(secrets)
                self.check()
                declared = [Declaration.decode(content) for content in self.stated(entries.DECLARATION)]
                self.assertEqual([each.cause for each in declared], [0, 1])
                self.assertEqual([cover for _, _, cover in declared[1].lost], [2, 1])        # the one between is stated by the one after it
                self.assertEqual({Recovered.decode(content).head.generation for content in self.stated(entries.RECOVERED)},
                                 {generation for generation, _, _ in declared[1].lost})
                restored = exports.verify(self.pair.lines[1].record.export(self.pair.lines[1].party.texts)).restored
                self.assertEqual(len([each for each in restored if "restored or cloned" in each]), 1)      # REC-12
                self.pair.start(0)                              # and goes on from there, without asking for more
                self.write()
                self.pair.run(20)
                self.check()

    def test_what_a_light_signature_covers_waits_for_an_officer(self):
        self.restore(sign=False)
        line = self.pair.lines[0]
        self.assertEqual(len(self.pair.letters(0, 0)), 3)
        self.assertGreater(len(line.questions.left()), 0)
        self.pair.confirm = True
        self.pair.start(0)
        self.pair.run(40)
        self.assertEqual(self.pair.lines[0].questions.left(), [])
        self.check()

    def test_without_signatures_that_are_ours_it_stays_a_claim(self):
        """The stolen keys have signed it, and are stolen."""
        self.restore(sign=False)
        self.replace(0, 0, 1, stolen=True, next_identity=True)
        self.pair.confirm = True
        self.pair.start(0)
        self.pair.run(40)
        self.assertGreater(len(self.pair.lines[0].questions.left()), 0)
        self.assertEqual([line.counts["violations"] for line in self.pair.lines], [0, 0])


if __name__ == "__main__":
    unittest.main()
