"""What docs/spec asks of a station that two honest ones seldom show each other: bounds, pauses, and what a hostile one sends."""

import tempfile
import unittest
from pathlib import Path

from conformance import epochs, frames, items
from conformance.agreement import Agreement
from conformance.assembly import Assembly
from conformance.encoding import EntryName
from conformance.entries import IN_FORCE, Basis, InForce
from conformance.epochs import Batch, KemKey, Offer, Pair as Epoch, Stale
from conformance.items import Acknowledgement, Echo, Known, Probe, Sent
from conformance.tests.test_pair import Pair
from conformance.watch import Said, may_send


class Rules(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder, self.pair = Path(folder.name), Pair(Path(folder.name))
        self.addCleanup(lambda: [self.pair.close(place) for place in (0, 1)])

    def up(self, seconds: float = 8) -> None:
        self.pair.run(seconds)
        self.a, self.b = self.pair.lines
        for line in self.pair.lines:
            line.out.clear()

    def heard(self, line) -> list:
        """The items of what the line has sent, which nobody else gets."""
        other = next(each for each in self.pair.lines if each is not line)
        sent, line.out = line.out, []
        opened = [other.opener.open(frame) for frame in sent]
        return [item for each in opened if isinstance(each, frames.Opened) for item in items.decode(each.plaintext)]

    def frame(self, *body, wrote_salt: bool = False) -> bytes:
        if wrote_salt:
            self.a.sender.alias = None
        return self.a.sender.seal(items.encode(body))

    def sent(self, number: int, kind: int = 1, content: bytes = b"x", alias: int | None = None) -> Sent:
        alias = self.a.sender.alias_of(self.a.record.current) if alias is None else alias
        return Sent(alias, number, kind, 0xC2, 1, 4, 1, 0, (), (), content)


class Epochs(Rules):
    def setUp(self):
        super().setUp()
        self.epoch, self.line = Epoch(self.pair.lines[0].line, 1, 2), self.pair.lines[1]
        self.hand, self.told = self.line.handshakes, []
        self.hand.send = self.told.append

    def offer(self, *numbers: int, signer=None) -> bytes:
        offers = [Offer(number, KemKey(bytes([number % 251] * 32)).public) for number in numbers]
        return epochs.sign_batch(signer or self.pair.parties[0].station, self.epoch, offers).encode()

    def kinds(self) -> list[int]:
        return [whole[0] for whole in self.told]

    def test_an_accept_that_was_sent_seven_times_keeps_nobody_from_offering(self):
        """LINE-20, LINE-2: it goes on being sent all the same."""
        self.hand.take(1, self.offer(1), 0.0)
        for second in range(1, 40):
            self.hand.tick(float(second), ready=False, worn=False)
        self.assertEqual(self.kinds(), [2] * 6)                 # at 0, 1, 3, 7, 15, 31
        for second in range(40, 140):
            self.hand.tick(float(second), ready=False, worn=False)
        self.assertEqual(self.kinds().count(2), 9)
        self.assertEqual(self.kinds()[6:8], [2, 1])             # the seventh, and then an offer of our own

    def test_the_same_accept_again(self):
        """SEAL-12, LINE-2: as it was, its signature too."""
        offer = self.offer(1)
        for at in (0.0, 1.0, 2.0):
            self.hand.take(1, offer, at)
        self.assertEqual(len(set(self.told)), 1)

    def test_the_higher_station_waits_three_seconds_each_time(self):
        """LINE-1."""
        for start in (0.0, 100.0):
            self.told.clear()
            self.hand.tick(start, ready=True, worn=False)
            for tenth in range(29):
                self.hand.tick(start + 1 + tenth / 10, ready=False, worn=False)
            self.assertEqual(self.told, [])
            self.hand.tick(start + 4.2, ready=False, worn=False)
            self.assertEqual(self.kinds(), [1])
            self.hand.offered.clear()
            self.hand.sending.clear()

    def test_numbers_that_are_never_offered_accuse_whoever_signed_them(self):
        """SEAL-18, LINE-20."""
        stranger = self.pair.parties[1].station
        for numbers in ((epochs.HIGHEST_MAX + 1,), (2,), (3, 3), (5, 3)):
            self.hand.take(1, self.offer(*numbers, signer=stranger), 0.0)
        self.assertEqual((self.line.counts["violations"], self.hand.dropped), (0, 4))
        for count, numbers in enumerate(((epochs.HIGHEST_MAX + 1,), (2,), (3, 3), (5, 3)), 1):
            self.hand.take(1, self.offer(*numbers), 0.0)
            self.assertEqual(self.line.counts["violations"], count)
        self.hand.offer(0.0)
        (offer, _), = self.hand.offered.values()
        pair = Epoch(self.epoch.line, 2, 1)
        stale = Stale(epochs.offers_hash(pair, [offer]), epochs.HIGHEST_MAX + 1)
        for signer, count in ((stranger, 4), (self.pair.parties[0].station, 5)):
            self.hand.take(4, stale.sign(signer, pair).encode(), 0.0)
            self.assertEqual((self.line.counts["violations"], len(self.hand.offered)), (count, 1))

    def test_the_last_number_erases_nothing_while_an_epoch_is_left(self):
        """LINE-20."""
        self.line.secrets.raise_highest("offered", epochs.HIGHEST_MAX)
        self.line.secrets.bank(2, bytes(32))
        self.hand.tick(0.0, ready=True, worn=True)
        self.assertEqual((self.told, list(self.line.secrets.all())), ([], [2]))
        self.hand.tick(1.0, ready=True, worn=True, deaf=True)
        self.assertEqual((self.kinds(), self.line.secrets.all()), ([1], {}))

    def test_the_epochs_that_both_have_left_go_but_for_the_last(self):
        """LINE-4."""
        secrets = self.line.secrets
        for number in (1, 2, 3, 5, 7):
            secrets.bank(number, bytes([number] * 32))
        secrets.begin(5)
        self.line.opener.secrets.update(secrets.all())
        self.line.signed_in_full()
        self.assertEqual((list(secrets.all()), sorted(self.line.opener.secrets)), ([3, 5, 7], [3, 5, 7]))

    def test_the_last_salt_of_an_epoch_is_used_to_its_end(self):
        """FRM-2, LINE-4."""
        sender, secrets = self.line.sender, self.line.secrets
        secrets.bank(2, bytes(32))
        secrets.store.execute("update epoch set salts = 255")
        sender.counters = 3
        self.assertEqual([sender.ready() and sender.seal(b"")[3:9] == sender.salt for _ in range(4)], [True, True, True, False])

    def test_a_batch_is_answered_once(self):
        self.hand.take(1, self.offer(1, 3, 5), 0.0)
        self.assertEqual(len(Batch.decode(epochs.Accept, self.told[0][1:]).each), 3)


class Frames(Rules):
    def test_known_is_said_at_most_once_a_second_of_a_salt_that_names_nothing_new(self):
        """FRM-7."""
        self.up()
        now = self.pair.now + 1
        said = []
        for tenth in range(30):
            self.b.receive(self.frame(Probe(bytes(4)), wrote_salt=True), now + tenth / 10)
            said += [item for item in self.heard(self.b) if isinstance(item, Known)]
        self.assertEqual(len(said), 3)
        alias = len(self.a.sender.names)
        for number in range(4):                                 # whoever names something new is answered at once
            generation = type(self.a.record.current)(1, bytes([number] * 8))
            self.b.receive(self.frame(items.Name(alias + number, generation), wrote_salt=True), now + 3)
            self.assertEqual([item.names for item in self.heard(self.b) if isinstance(item, Known)], [alias + number + 1])

    def test_three_probes_that_nobody_echoes_are_a_reason_to_write_the_salt_out(self):
        """FRM-4."""
        self.up()
        self.assertIsNotNone(self.a.sender.alias)
        for tenth in range(80):
            self.a.heard = self.pair.now + tenth / 10           # the peer is heard all the same
            self.a.tick(self.pair.now + tenth / 10)
        self.assertIsNone(self.a.sender.alias)

    def test_aliases_of_salts_go_round(self):
        """FRM-3, FRM-4: of 300 salts each has an alias that is its own while it is remembered."""
        self.up()
        for number in range(300):
            self.a.sender.salt, self.a.sender.counter = number.to_bytes(6, "big"), 0
            self.b.receive(self.frame(Probe(bytes(4)), wrote_salt=True), self.pair.now)
        self.assertEqual((len(self.b.salt_aliases), len(self.b.names_in), len(set(self.b.salt_aliases.values()))), (16, 16, 16))
        known = [item for item in self.heard(self.b) if isinstance(item, Known)][-1]
        self.assertEqual((known.salt, self.b.opener.aliases[known.alias][1]), (self.a.sender.salt, self.a.sender.salt))

    def test_objects_in_parts(self):
        """FRM-9."""
        assembly, whole = Assembly(), bytes(range(100))
        self.assertEqual(assembly.add("x", 40, 100, whole[40:70]), (0, None))
        self.assertEqual(assembly.add("x", 0, 100, whole[:50]), (70, None))             # cut in another way
        self.assertEqual(assembly.add("x", 60, 100, whole[60:]), (100, whole))
        for number in range(80):
            assembly.add("y", 2 * number, 200, b"a")
        self.assertEqual(len(assembly.objects["y"].runs), 64)
        for number in range(10):
            assembly.add(number, 1, 3, b"b")
        self.assertEqual(list(assembly.objects), [4, 5, 6, 7, 8, 9])
        self.assertEqual(assembly.add(9, 0, 2, b"cd"), (2, b"cd"))                      # another total, so another object

    def test_a_long_entry_goes_on_from_what_the_peer_has(self):
        """FRM-9: under one object as long as its aliases are the same; all of it is told by an acknowledgement alone."""
        self.up()
        self.pair.write(0, "s" * 200_000)
        found = []
        for moment in range(2):
            self.a.tick(self.pair.now + 1 + 2 * moment)
            parts = [each for each in self.heard(self.a) if isinstance(each, items.Fragment)]
            found.append([(part.object, part.offset) for part in parts])
            if moment == 0:
                for part in parts[:2]:
                    self.b.receive(self.frame(part), self.pair.now + 1)
                held = [each for each in self.heard(self.b) if isinstance(each, items.Held)]
                self.assertEqual([each.size for each in held], [32_768, 65_536])
                self.a.held[held[-1].object] = held[-1].size
        self.assertEqual((len(found[0]), found[1]), (7, found[0][2:]))

    def test_one_bad_item_costs_the_others_nothing(self):
        """LINE-19."""
        self.up()
        count = self.a.record.head(self.a.record.current).size
        strange = Acknowledgement(0, self.a.sender.alias_of(self.a.record.current), 1, True)
        self.b.receive(self.frame(strange, self.sent(count, content=b"good")), self.pair.now)
        self.assertEqual(self.b.record.held[self.a.record.current].size, count + 1)


class Lines(Rules):
    def test_violations_are_recorded_at_most_six_a_minute(self):
        """LINE-19."""
        self.up()
        for second in range(120):
            self.b.receive(self.frame(Probe(bytes(4)))[:-1] + b"", self.pair.now + second)      # dropped: no violation
            self.b.receive(self.a.sender.seal(b"\xff"), self.pair.now + second)
        (recorded,) = self.b.record.store.execute("select count(*) from violation").fetchone()
        self.assertEqual((self.b.counts["violations"], recorded), (120, 12))

    def test_a_peer_opens_64_generations_and_one_more_every_ten_seconds(self):
        """LINE-12."""
        self.up()
        now, before = self.pair.now + 20, len(self.b.record.held)
        self.a.record.store.execute("pragma synchronous = off")
        self.b.record.store.execute("pragma synchronous = off")
        for number in range(70):
            self.a.record.open()
            opening = self.a.record.held[self.a.record.current].entries[0]
            alias = len(self.a.sender.names)
            self.a.sender.names.append(opening.generation)
            self.b.receive(self.frame(items.Name(alias, opening.generation), self.sent(0, 0, opening.content, alias)), now)
        self.assertEqual(len(self.b.record.held) - before, 64)
        self.b.receive(self.frame(self.sent(0, 0, opening.content, alias)), now + 9)
        self.assertEqual(len(self.b.record.held) - before, 64)
        self.b.receive(self.frame(self.sent(0, 0, opening.content, alias)), now + 11)
        self.assertEqual(len(self.b.record.held) - before, 65)
        self.assertEqual(self.b.counts["violations"], 0)

    def test_beyond_a_gap_so_many_entries_and_bytes_are_held(self):
        """LINE-13."""
        self.up()
        held = self.b.record.held[self.a.record.current]
        self.b.record.store.execute("pragma synchronous = off")
        for number in range(400):
            self.b.receive(self.frame(self.sent(held.size + 1 + number)), self.pair.now)
        self.assertEqual(len(held.beyond), 320)
        self.b.receive(self.frame(self.sent(held.size)), self.pair.now)
        self.assertEqual(held.beyond, {})
        start = held.size + 1
        for number in range(60):
            entry = self.sent(start + number, content=bytes(50_000))
            self.b.receive(self.frame(entry), self.pair.now)
        self.assertEqual(len(held.beyond), (2 << 20) // 50_000)

    def test_the_entries_of_one_frame_fill_a_gap_together(self):
        """LINE-13: whatever their order in the frame, also where there is no room beyond the gap."""
        self.up()
        held = self.b.record.held[self.a.record.current]
        held.beyond.update({number: 1 for number in range(1_000, 1_320)})
        body = [self.sent(held.size + number) for number in (3, 1, 0, 2)]
        self.b.receive(self.a.sender.seal(items.encode(body)), self.pair.now)
        self.assertEqual(held.size, 5)
        self.a.out.clear()
        self.a.send(body)
        self.assertEqual([item.number for item in self.heard(self.a)], [1, 2, 3, 4])

    def test_what_is_under_way_is_bounded(self):
        """LINE-11: 256 entries and 64 that are FLASH; what becomes one of the first that the peer lacks goes out as if it were new."""
        self.up()
        for number in range(600):
            self.pair.write(0, str(number), number % 4)
        delivery, now = self.a.delivery, self.pair.now
        for second in (0, 2, 4, 8):
            delivery.due(now + second)
            self.assertLessEqual(len(delivery.flying), 256 + 64 + 16)
        late = [entry.name for entry in delivery.wanted()[40:56] if entry.precedence == 0]
        self.assertEqual([delivery.flying[name].sent for name in late], [4] * 4)
        delivery.acknowledged(self.b.record.current, self.a.record.current, late[0].number - 1, (), True)
        self.assertLessEqual(set(late), {entry.name for entry in delivery.due(now + 9)})

    def test_the_time_out_is_three_round_trips(self):
        """LINE-10."""
        self.up()
        self.a.tick(self.pair.now + 2)
        challenge = next(item.challenge for item in self.heard(self.a) if isinstance(item, Probe))
        self.a.now = self.pair.now + 4
        self.a.item(Echo(challenge, 0), {})
        self.pair.write(0, "x")
        self.a.delivery.due(self.pair.now + 4)
        (retry,) = self.a.delivery.flying.values()
        self.assertEqual((round(retry.due - self.pair.now, 3), retry.sent), (4 + 3 * 2, 1))
        for _ in range(8):
            retry.again(0.0)
        self.assertEqual(round(retry.due), 6 * 32)

    def test_a_flash_goes_before_all_control_that_is_due(self):
        """LINE-9."""
        self.up()
        for precedence in (3, 0, 2):
            self.pair.write(0, "x" * 40_000, precedence)
        self.a.signing.again = True
        self.a.tick(self.pair.now + 4)
        found = [item for item in self.heard(self.a) if not isinstance(item, items.Name)]
        kinds = [type(item) for item in found]
        self.assertEqual(kinds[:4], [Sent, Sent, Sent, Probe])
        self.assertEqual([item.handling >> 6 for item in found if isinstance(item, Sent)], [0, 2, 3])

    def test_the_opening_of_what_we_write_goes_first(self):
        """LINE-12."""
        self.up()
        for _ in range(3):
            self.pair.start(0)
            self.pair.write(0, "urgent", precedence=0)
        self.a = self.pair.lines[0]
        self.a.delivery.named(self.b.record.current)
        self.assertEqual([entry.name for entry in self.a.delivery.due(0.0)], [EntryName(self.a.record.current, 0)])

    def test_an_acknowledgement_of_what_we_lack_is_a_reason_to_ask(self):
        """LINE-8: of what this start writes it is a violation."""
        self.up()
        self.pair.start(0)
        self.up()
        record, delivery = self.a.record, self.a.delivery
        self.assertTrue(delivery.acknowledged(self.b.record.current, record.chain[0], 900, (), False))
        with self.assertRaises(Exception):
            delivery.acknowledged(self.b.record.current, record.current, 900, (), False)

    def test_what_was_acknowledged_stays_acknowledged(self):
        """LINE-8: one that comes late changes nothing."""
        self.up()
        for number in range(40):
            self.pair.write(0, str(number))
        delivery, peer, own = self.a.delivery, self.b.record.current, self.a.record.current
        for size, ranges in ((3, ((2, 3), (1, 1))), (3, ((2, 1),)), (2, ()), (3, ((8, 2),))):
            delivery.acknowledged(peer, own, size, ranges, False)
        self.assertEqual((delivery.acked[own].size, sorted(delivery.acked[own].beyond)), (3, [5, 6, 7, 9, 11, 12]))
        delivery.acknowledged(peer, own, 8, (), True)
        self.assertEqual((delivery.acked[own].size, sorted(delivery.acked[own].beyond)), (8, [9, 11, 12]))

    def test_more_is_said_of_new_entries_alone(self):
        """LINE-25."""
        self.pair.write(0, "x")
        self.up()
        self.pair.start(0)
        self.up()
        old = self.a.record.chain[0]
        alias, size = self.a.sender.alias_of(old), self.a.record.head(old).size
        self.b.receive(self.frame(items.Name(alias, old), self.sent(1, alias=alias)), self.pair.now)
        self.assertFalse(self.b.answers.more)
        self.b.receive(self.frame(self.sent(size, alias=alias)), self.pair.now)
        self.assertTrue(self.b.answers.more)


    def test_an_entry_in_force_that_is_none_is_not_held(self):
        """ENT-10."""
        self.up()
        for count, content in enumerate((b"\x01\x02", InForce(Basis(self.a.line), 1, 3).encode(), InForce(Basis(bytes(32)), 1, 0).encode()), 1):
            self.b.receive(self.frame(self.sent(1, IN_FORCE, content)), self.pair.now)
            self.assertEqual((self.b.counts["violations"], self.b.record.held[self.a.record.current].size), (count, 1))

    def test_what_a_channel_does_not_let_pass_is_not_sent(self):
        """WAT-10, WAT-15: channel 2 needs a release, as this agreement has it; channel 0 is never suspended."""
        agreement = Agreement.decode(self.pair.text)
        line, free = self.pair.lines[0], {each: terms | {"roles": []} for each, terms in agreement.channels.items()}

        def may(channel: int, precedence: int) -> bool:
            return may_send({line.line: agreement}, line.line, channel, precedence, *line.record.channel_statements())
        self.assertEqual([may(0, 3), may(0, 0), may(2, 3), may(7, 3)], [True, False, False, False])
        agreement.channels.update(free)
        self.assertEqual([may(2, each) for each in range(4)], [True] * 4)
        for said, expected in ((Said("suspended", text="why"), [True, False, False, False]), (Said("resumed", text=""), [True] * 4)):
            kind, content = said.encode()
            line.record.write(kind=kind, precedence=1, exercise=False, channel=2, from_post=0, to_post=0, language=0, time=0, references=(), content=content)
            self.assertEqual([may(2, each) for each in range(4)], expected)


if __name__ == "__main__":
    unittest.main()
