"""How entries get across to one peer (docs/spec/line.md). Frames go in and out; time is an argument; sockets are peer.py's."""

import os

from . import entries, frames, items
from .assembly import Assembly
from .chain import Chain
from .delivery import Delivery
from .encoding import EntryName, Generation
from .entries import Entry
from .epoch_store import Secrets, Sender
from .epochs import Pair
from .errors import Dropped, Malformed, Violation
from .handshakes import Handshakes
from .items import Acknowledgement, Echo, EpochObject, Fragment, Holdings, Known, More, Name, Probe, Returned, Sent, Signed, Stated
from .party import Party
from .questions import Questions
from .record import Record
from .signing import Signing
from .tail import Answers

PROBE_EVERY = 2.0
SILENT_AFTER = 3 * PROBE_EVERY
DEAF_AFTER = max(15.0, 6 * PROBE_EVERY)                           # LINE-21
PLAINTEXT_MAX = frames.WIDE_MAX - 27
FRAGMENT = 32_768
PROBES_MAX = 3                                                  # FRM-4: so many that nobody echoes
KNOWN_EVERY = 1.0                                               # FRM-7
OPENINGS, OPENING_EVERY = 64, 10.0                              # LINE-12
VIOLATIONS_A_MINUTE = 6                                         # LINE-19


class Line:
    def __init__(self, party: Party, chain: Chain, record: Record, secrets: Secrets, confirm: bool = False):
        self.party, self.chain, self.record, self.secrets = party, chain, record, secrets
        self.own = party.number(chain)
        (self.peer,) = (number for number in chain.history if number != self.own)     # this station has one peer
        self.line = chain.line
        self.opener = frames.Opener(self.line, self.own, self.peer)
        self.opener.secrets = secrets.all()
        self.sender = Sender(secrets, Pair(self.line, self.own, self.peer))
        self.names_in: dict[bytes, dict[int, Generation]] = {}
        self.salt_aliases: dict[tuple[int, bytes], int] = {}
        self.next_alias = 0
        self.known_at: dict[tuple[int, bytes], float] = {}
        self.out: list[bytes] = []                              # frames to send
        self.up = self.restored = False
        self.now = self.heard = 0.0
        self.deaf, self.ticked = 0.0, None                      # seconds with a path, in which nothing opened
        self.openings, self.openings_at = float(OPENINGS), 0.0
        self.violations_at: list[float] = []
        self.handshakes = Handshakes(self.line, self.own, self.peer, party.station, self.peer_keys, secrets, self.opener.secrets, self.handshake,
                                     self.violation)
        self.delivery = Delivery(record)
        self.answers = Answers(record, self.peer)
        self.questions = Questions(record, chain, self.own, self.peer, confirm)
        self.signing = Signing(self)
        self.challenges: dict[bytes, float] = {}
        self.next_probe = 0.0
        self.unechoed = 0
        self.fragments = Assembly()
        self.next_object = 0
        self.objects: dict[tuple, int] = {}                     # entries that are under way in fragments, by name and salt
        self.held: dict[int, int] = {}                          # what the peer has of an object
        self.counts = {"dropped": 0, "violations": 0, "frames": 0}

    def peer_keys(self) -> list:
        """The station keys under which a handshake object may come: those on which the peer's record stands, or later ones; none from before a theft."""
        floor = self.chain.theft(self.peer)
        for generation in self.record.held:
            if generation.station == self.peer and self.signing.installed(generation):
                floor = max(floor, self.chain.rank(self.peer, self.record.basis(generation)))
        return [each.keys.station for each in self.chain.history[self.peer][floor:]]

    # Paths

    def path_up(self, now: float) -> None:
        self.up, self.next_probe, self.heard, self.ticked, self.unechoed = True, now, now, now, 0
        self.sender.alias = None                                # FRM-4
        self.delivery.flying.clear()                            # LINE-10
        self.handshakes.path_up(now)
        self.signing.again = True

    def path_down(self) -> None:
        self.up = False
        self.challenges.clear()
        self.out.clear()

    # Frames in

    def receive(self, frame: bytes, now: float) -> None:
        try:
            opened = self.opener.open(frame)
        except Dropped:
            self.counts["dropped"] += 1
            return
        self.counts["frames"] += 1
        if isinstance(opened, frames.Part):
            self.handshakes.receive(opened, now)
            return
        self.heard, self.deaf = now, 0.0
        self.secrets.begin(opened.epoch)
        self.now, self.replies, self.touched, self.salt, self.named, self.named_new = now, [], set(), opened.salt, False, False
        ready = self.sender.ready()                             # a new salt now, if one is due: what is answered uses its aliases
        self.record.begin()
        if opened.salt not in self.names_in:
            self.sender.alias = None                            # FRM-4: the peer may have started anew, and forgotten our alias
            self.forget_salts()
        names = self.names_in.setdefault(opened.salt, {})
        try:
            for item in sorted(items.decode(opened.plaintext), key=in_order):
                try:
                    self.item(item, names)
                except Violation as violation:
                    self.violation(str(violation))              # LINE-19: of this item, and no other
        except Violation as violation:
            self.violation(str(violation))                      # FRM-5
        self.record.commit()                                    # LINE-7: durable, and then acknowledged
        if self.touched:
            self.signing.retry()
        if not ready:
            return
        if self.named_new or (self.named or opened.wrote_salt) and now - self.known_at.get((opened.epoch, opened.salt), float("-inf")) >= KNOWN_EVERY:
            self.known_at[opened.epoch, opened.salt] = now
            self.replies.append(self.known(opened))
        for generation in sorted(self.touched):
            held = self.record.held[generation]
            self.replies.append(Acknowledgement(self.sender.alias_of(self.record.current), self.sender.alias_of(generation),
                                                held.size, self.record.complete_before(generation), held.ranges()))
        self.send(self.replies)
        self.send_whole(self.answers.answer())

    def forget_salts(self) -> None:
        """FRM-3: with the window of a salt goes all else that we know of it."""
        kept, salts = set(self.opener.windows), {salt for _, salt in self.opener.windows}
        self.names_in = {salt: names for salt, names in self.names_in.items() if salt in salts}
        self.known_at = {key: at for key, at in self.known_at.items() if key in kept}
        self.salt_aliases = {key: alias for key, alias in self.salt_aliases.items() if key in kept}
        self.opener.aliases = {alias: key for key, alias in self.salt_aliases.items()}

    def violation(self, what: str) -> None:
        self.counts["violations"] += 1
        self.violations_at = [at for at in self.violations_at if self.now - at < 60]
        if len(self.violations_at) < VIOLATIONS_A_MINUTE:
            self.violations_at.append(self.now)
            self.record.violation(what)

    def known(self, opened) -> Known:
        key = opened.epoch, opened.salt
        if key not in self.salt_aliases:
            while self.next_alias in self.opener.aliases:       # of 256, at most 16 are in use
                self.next_alias = (self.next_alias + 1) % 256
            self.salt_aliases[key], self.opener.aliases[self.next_alias] = self.next_alias, key
            self.next_alias = (self.next_alias + 1) % 256
        names = self.names_in[opened.salt]
        count = 0
        while count in names:
            count += 1
        return Known(opened.salt, self.salt_aliases[key], count)

    def item(self, item, names: dict[int, Generation]) -> None:
        if isinstance(item, Name):
            self.named, self.named_new = True, self.named_new or item.alias not in names
            if names.setdefault(item.alias, item.generation) != item.generation:
                raise Violation("an alias is given a second meaning")
        elif isinstance(item, Probe):
            if self.sender.current:
                self.replies += [Echo(item.challenge, self.sender.alias_of(self.record.current)), *([More()] if self.answers.more else [])]
        elif isinstance(item, Echo):
            sent = self.challenges.pop(item.challenge, None)
            if sent is not None:
                self.unechoed, self.delivery.round_trip = 0, self.now - sent
                if item.current in names:
                    self.delivery.named(names[item.current])
        elif isinstance(item, Known):
            if item.salt == self.sender.salt:
                self.sender.alias, self.sender.known = item.alias, item.names
        elif isinstance(item, Acknowledgement):
            if item.receiver in names and item.author in names:
                lost = self.delivery.acknowledged(names[item.receiver], names[item.author], item.size, item.ranges, item.chain)
                self.questions.more = self.questions.more or lost
        elif isinstance(item, Sent):
            self.entry(item, names)
        elif isinstance(item, Signed):
            self.signing.signed(item, names)
        elif isinstance(item, Stated):
            self.signing.stated(item)
        elif isinstance(item, Fragment):
            self.fragment(item, names)
        elif isinstance(item, EpochObject):
            self.handshakes.take(item.kind, item.data, self.now)
        elif isinstance(item, Holdings):
            self.questions.holdings(item)
        elif isinstance(item, Returned):
            self.questions.returned(item)
        elif isinstance(item, More):
            self.questions.more = True
        elif isinstance(item, items.Held):
            self.held[item.object] = item.size
        else:
            self.answers.take(item)

    # Entries in

    def entry(self, sent: Sent, names: dict[int, Generation]) -> None:
        aliases = [sent.alias, *(alias for alias, _ in sent.seen), *(alias for alias, _ in sent.references)]
        if any(alias not in names for alias in aliases):
            return                                              # FRM-6: it comes again
        generation = names[sent.alias]
        if generation.station != self.peer:
            raise Violation("an entry of another author")       # LINE-15
        entry = Entry(self.agreement_of(generation, sent), EntryName(generation, sent.number), sent.kind, sent.handling >> 6, bool(sent.handling & 0x20),
                      sent.handling & 0x1F, sent.from_post, sent.to_post, sent.language, sent.time,
                      tuple(EntryName(names[alias], number) for alias, number in sent.references),
                      tuple((names[alias], size) for alias, size in sent.seen), sent.content)
        try:
            entry = Entry.decode(entry.encode())                # all rules of ENT-1 to ENT-3
        except Malformed as error:
            raise Violation(str(error)) from None
        held = self.record.held.get(generation)
        if held is None and not self.may_open():
            return
        fresh = held is None or sent.number not in held.leaves
        if self.record.hold(entry):
            self.touched.add(generation)
            if held is None:
                self.openings -= 1
            if fresh and generation != (self.delivery.current or self.record.newest(self.peer)):
                self.answers.more = True                        # LINE-25: the peer writes another one, and may have lost this

    def may_open(self) -> bool:
        """LINE-12: so many generations in a row, and one more every ten seconds."""
        self.openings = min(OPENINGS, self.openings + (self.now - self.openings_at) / OPENING_EVERY)
        self.openings_at = self.now
        return self.openings >= 1

    def agreement_of(self, generation: Generation, sent: Sent) -> bytes:
        """ENT-30: no agreement travels; the opening of the generation names it."""
        held = self.record.held.get(generation)
        if held and sent.number:
            return held.opening.agreement(self.line)
        if sent.number or sent.kind != entries.OPENING:
            return self.line                                    # LINE-12: without its opening it is not held
        try:
            return entries.Opening.decode(sent.content).agreement(self.line)
        except Malformed as error:
            raise Violation(str(error)) from None

    def fragment(self, item: Fragment, names: dict[int, Generation]) -> None:
        """An object's aliases are those of the salt that its fragments come under."""
        held, whole = self.fragments.add((self.salt, item.object), item.offset, item.total, item.data)
        if whole is None:
            self.replies.append(items.Held(item.object, held))
        else:                                                   # an acknowledgement says that all of it is here, or nothing
            self.item(items.decode_object(whole), names)

    # Frames out

    def send(self, body: list) -> None:
        """One frame, with the names that the peer may lack in front."""
        if not body or not self.up:
            return
        sender = self.sender
        used = {alias for item in body for alias in aliases_of(item)}
        names = [Name(alias, sender.names[alias]) for alias in range(sender.known, len(sender.names))] if used and max(used) >= sender.known else []
        self.out.append(sender.seal(items.encode([*names, *sorted(body, key=in_order)])))

    def handshake(self, whole: bytes) -> None:
        if self.up:
            self.out += frames.handshake_frames(self.own, self.peer, whole)

    def tick(self, now: float) -> None:
        """What is due."""
        if not self.up:
            return
        ready, self.now = self.sender.ready(), now
        due = self.delivery.due(now) if ready and self.delivery.current is not None else []
        if any(entry.precedence == 0 for entry in due):         # LINE-9: behind no control that is not under way
            self.send_entries(due)
            due = []
        self.deaf, self.ticked = self.deaf + now - self.ticked, now
        self.handshakes.tick(now, ready, self.secrets.worn(), self.deaf > DEAF_AFTER)
        if not ready:
            return
        if now - self.heard > SILENT_AFTER or self.unechoed >= PROBES_MAX:
            self.sender.alias = None                            # FRM-4: the path has fallen silent, or the peer opens nothing
        if self.next_probe <= now:
            self.next_probe = now + PROBE_EVERY
            challenge = os.urandom(4)
            self.challenges = {each: at for each, at in self.challenges.items() if now - at < 30}
            self.challenges[challenge] = now
            self.unechoed += 1
            self.send([Probe(challenge)])
        self.questions.no_checkpoints(now)
        self.send(self.questions.due(now, self.delivery.current is not None))
        self.signing.due(now)
        self.send_entries(due)

    def send_entries(self, due: list[Entry]) -> None:
        body, size = [], 0
        self.secrets.count(self.sender.epoch, len(due))
        for entry in due:
            if len(self.sender.names) > 200:
                self.sender.counter = self.sender.counters      # a new salt before names run out
                self.sender.ready()
            sent = self.sent(entry)
            length = len(sent.encode(last=False))
            if length + 256 * 11 > PLAINTEXT_MAX:
                self.send(body)                                 # LINE-9: what is more urgent first
                body, size = [], 0
                self.send_fragments(sent, entry.name)
                continue
            if size + length + 256 * 11 > PLAINTEXT_MAX or len(body) >= 200:
                self.send(body)
                body, size = [], 0
            body.append(sent)
            size += length
        self.send(body)

    def sent(self, entry: Entry) -> Sent:
        alias = self.sender.alias_of
        return Sent(alias(entry.generation), entry.number, entry.kind, entry.handling, entry.from_post, entry.to_post, entry.language, entry.time,
                    tuple((alias(generation), size) for generation, size in entry.seen),
                    tuple((alias(name.generation), name.number) for name in entry.references), entry.content)

    def send_whole(self, each: list) -> None:
        """Answers, as many frames as they take; what is lost is asked for again."""
        body, size = [], 0
        for item in each:
            length = len(item.encode())
            if length > PLAINTEXT_MAX:
                self.send_fragments(item)
                continue
            if size + length > PLAINTEXT_MAX or len(body) == items.ITEMS_MAX:
                self.send(body)
                body, size = [], 0
            body.append(item)
            size += length
        self.send(body)

    def send_fragments(self, item, name: EntryName | None = None) -> None:
        """An entry goes on under the object that it began, from what the peer has of it, as long as its aliases are the same."""
        whole, key = item.encode(), (name, self.sender.salt)
        if name is None or key not in self.objects:
            self.next_object += 1
            self.objects = {each: object for each, object in self.objects.items() if each[0] in self.delivery.flying and each[1] == self.sender.salt}
            self.objects |= {key: self.next_object} if name else {}
        object = self.objects[key] if name else self.next_object
        self.held = {each: size for each, size in self.held.items() if each in self.objects.values()}
        start = self.held.get(object, 0)
        names = [Name(alias, self.sender.names[alias]) for alias in range(self.sender.known, len(self.sender.names))]
        for at in range(start if start < len(whole) else 0, len(whole), FRAGMENT):
            self.out.append(self.sender.seal(items.encode([*names, Fragment(object, at, len(whole), whole[at:at + FRAGMENT])])))

    def signed_in_full(self) -> None:
        """LINE-4: the epochs that both have left go, but for the last of them."""
        self.secrets.erase_left()
        known = self.secrets.all()
        for number in set(self.opener.secrets) - set(known):
            del self.opener.secrets[number]


def in_order(item) -> int:
    """Entries of one frame in the order of their numbers, behind all else (LINE-13): one of the first that is lacking fills the gap before the next."""
    return item.number if isinstance(item, Sent) else -1


def aliases_of(item) -> list[int]:
    """The aliases of generations that an item uses."""
    if isinstance(item, Echo):
        return [item.current]
    if isinstance(item, Acknowledgement):
        return [item.receiver, item.author]
    if isinstance(item, Signed):
        return [item.alias, *(alias for alias, _ in item.holds)]
    if isinstance(item, Sent):
        return [item.alias, *(alias for alias, _ in item.seen), *(alias for alias, _ in item.references)]
    return []
