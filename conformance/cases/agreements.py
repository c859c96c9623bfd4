"""agreement.md: one text that holds, and the mistakes of each rule."""

from .. import agreement as a
from .. import cards, words
from ..encoding import base64, field, sha256
from ..make_vectors import seed

BASE = '''HOTLINE AGREEMENT 1

line          "North–South"
date          2026-03-01T00:00:00Z
version       1
suite         1

PREAMBLE

The parties want to reach each other at any hour.

Стороны хотят, чтобы связь была всегда.

PARTIES

party 1
  name          en "North"
  name          ru "Север"
  mark          N
  languages     en ru
  nonce         %(nonce1)s

party 2
  name          en "South"
  name          ru "Юг"
  mark          S
  languages     ru
  nonce         %(nonce2)s

LANGUAGES

language 1    en "English"
language 2    ru "Русский"

POSTS

post 1        n-watch
  party         1
  counterparts  4
  succession    2
  rank          3
  title         en "Watch of the North"
  title         ru "Дежурный Севера"
  address       en "Watch Officer"
  address       ru "Господин дежурный"

post 2        n-chief
  party         1
  counterparts  none
  succession    1
  title         en "Chief of the North"
  title         ru "Начальник Севера"
  address       en "General"
  address       ru "Господин генерал"

post 4        s-watch
  party         2
  counterparts  1
  succession    none
  title         en "Watch of the South"
  title         ru "Дежурный Юга"
  address       en "The \\"Duty\\" Officer"
  address       ru "Товарищ дежурный"

CHANNELS

channel 0     tests
  title         en "Tests"
  title         ru "Проверки"
  precedence    PRIORITY ROUTINE
  release       none
  suspension    never

channel 2     watch
  title         en "Watch to watch"
  title         ru "Между дежурными"
  precedence    FLASH IMMEDIATE PRIORITY ROUTINE
  release       watch releaser
  proof         may-follow
  suspension    allowed
  passes        FLASH

PRECEDENCES

precedence FLASH
  receipt       2m
  reply         10m
  words         200
  bytes         4096
  quota         3 then 1 per 5m

precedence IMMEDIATE
  receipt       5m
  reply         30m

precedence PRIORITY
  receipt       30m
  reply         3h

precedence ROUTINE
  receipt       2h
  reply         1d

LINE TESTS

probe         every 10s
silence       after 2m

test 1
  party         1
  every         2h
  from          01:00 UTC
  answer        10m

CONTACTS

contact 1
  posts         1 4
  kind          session
  every         7d
  from          2026-03-08T12:00:00Z

HOLDING REPLIES

reply 1
  text          en "Received. An answer follows."
  text          ru "Принято. Ответ последует."

DECLINE REASONS

reason 1      not-now
  text          en "Not at this time."
  text          ru "Не сейчас."

GLOSSARY

term 1        border
  word          1 en "border"
  word          2 ru "граница"

PHRASEBOOK

signal 4      MERIDIAN
  text          en "Since {hour:00-23} UTC we observe {number:1-99} objects."
  text          ru "С {hour:00-23} UTC мы наблюдаем объекты: {number:1-99}."

FORMS

form 2        activity
  title         en "Notice"
  title         ru "Уведомление"
  field         1 what choice required
  label         1 en "What"
  label         1 ru "Что"
  choice        1 1 en "Exercise"
  choice        1 1 ru "Учение"
  field         2 where place optional
  label         2 en "Where"
  label         2 ru "Где"

BEARERS

channel 0     tls radio
channel 2     tls radio courier relay

KEYS

keys 1
  light         %(light1)s
  tls-pin       %(pin1)s
  next          %(next1)s
  recovery      none
  root
%(root1)s
  station
%(station1)s

keys 2
  light         %(light2)s
  tls-pin       %(pin2)s
  next          %(next2)s
  recovery      %(recovery1)s
  recovery      %(recovery2)s
  recovery      %(recovery3)s
  root
%(root2)s
  station
%(station2)s

'''

# name, rule, what is wrong, what stands in the text that holds, what stands there instead. @ marks a plain replacement.
MISTAKES = (
    ("preamble-in-the-preamble", "AGR-4", "a line of the preamble is a heading", "The parties want", "PREAMBLE\n\nThe parties want"),
    ("byte-order-mark", "AGR-1", "a byte order mark stands first", "HOTLINE AGREEMENT 1", "\ufeffHOTLINE AGREEMENT 1"),
    ("carriage-return", "AGR-1", "a line ends in CR LF", "suite         1\n", "suite         1\r\n"),
    ("tab", "AGR-2", "a tab for blanks", "  mark          N", "  mark\t\tN"),
    ("next-line-control", "AGR-2", "U+0085 in the preamble", "at any hour.", "at any\u0085hour."),
    ("line-separator", "AGR-2", "U+2028 in a text", "Received. An answer", "Received.\u2028An answer"),
    ("right-to-left-override", "AGR-2", "U+202E in a name", '"North"', '"No\u202erth"'),
    ("arabic-letter-mark", "AGR-2", "U+061C in the preamble", "at any hour.", "at any\u061c hour."),
    ("zero-width-space", "AGR-2", "U+200B in a name", '"South"', '"So\u200buth"'),
    ("hangul-filler", "AGR-2", "U+3164 in a name", '"South"', '"South\u3164x"'),
    ("noncharacter", "AGR-2", "U+FDD0 in the preamble", "at any hour.", "at any \ufdd0 hour."),
    ("noncharacter-of-a-plane", "AGR-2", "U+1FFFE in the preamble", "at any hour.", "at any \U0001fffe hour."),
    ("blank-at-the-end-of-a-line", "AGR-3", "a blank at the end", "suite         1\n", "suite         1 \n"),
    ("no-break-space-at-the-end-of-a-line", "AGR-3", "U+00A0 at the end, in the preamble", "at any hour.\n", "at any hour.\u00a0\n"),
    ("line-of-2001-bytes", "AGR-3", "a line too long", "at any hour.", "x" * 1_964),
    ("two-blank-lines", "AGR-3", "two blank lines follow each other", "PREAMBLE\n\n", "PREAMBLE\n\n\n"),
    ("other-first-line", "AGR-4", "the format is another version", "HOTLINE AGREEMENT 1", "HOTLINE AGREEMENT 2"),
    ("section-missing", "AGR-4", "there is no GLOSSARY", 'GLOSSARY\n\nterm 1        border\n  word          1 en "border"\n  word          2 ru "граница"\n\n', ""),
    ("sections-swapped", "AGR-4", "BEARERS stands before FORMS", "PHRASEBOOK\n", "BEARERS\n"),
    ("heading-without-a-blank-line-below", "AGR-4", "a statement follows the heading at once", "BEARERS\n\n", "BEARERS\n"),
    ("heading-without-a-blank-line-above", "AGR-4", "a statement stands right above", '"Русский"\n\nPOSTS', '"Русский"\nPOSTS'),
    ("none-where-none-may-be", "AGR-4", "LANGUAGES says none", 'language 1    en "English"\nlanguage 2    ru "Русский"', "none"),
    ("statement-of-three-blanks", "AGR-5", "three blanks in", "  mark          N", "   mark          N"),
    ("unknown-key", "AGR-5", "a key that a party does not have", "  mark          N", "  mark          N\n  colour        red"),
    ("key-missing", "AGR-5", "a post without succession", "  succession    none\n", ""),
    ("comment", "AGR-5", "there are no comments", "suite         1\n", "suite         1\n# a comment\n"),
    ("unknown-escape", "AGR-5", "\\n is no escape", '"Received. An answer', '"Received.\\nAn answer'),
    ("quotation-mark-unclosed", "AGR-5", "a text that does not end", '"Watch Officer"', '"Watch Officer'),
    ("white-space-at-the-end-of-a-text", "AGR-5", "a blank before the closing mark", '"Watch Officer"', '"Watch Officer "'),
    ("text-empty", "AGR-5", "a text of no byte", '"Watch Officer"', '""'),
    ("name-of-201-bytes", "AGR-5", "a name has at most 200", '"South"', '"' + "x" * 201 + '"'),
    ("text-of-1201-bytes", "AGR-5", "a text has at most 1,200", '"Received. An answer follows."', '"' + "x" * 1_201 + '"'),
    ("word-without-quotation-marks", "AGR-5", "a name is a text", 'en "North"', "en North"),
    ("blank-line-inside-a-block", "AGR-5", "blank lines stand between blocks", "  mark          N\n", "\n  mark          N\n"),
    ("leading-zero", "AGR-6", "a number with a leading zero", "post 4        s-watch", "post 04       s-watch"),
    ("numbers-fall", "AGR-6", "post 1 after post 4", "post 2        n-chief", "post 5        n-chief"),
    ("code-with-a-capital", "AGR-6", "a code is small", "n-watch", "n-Watch"),
    ("code-twice", "AGR-6", "two posts of one code", "s-watch", "n-watch"),
    ("date-without-z", "AGR-10", "one form", "2026-03-01T00:00:00Z", "2026-03-01T00:00:00+00:00"),
    ("date-that-is-none", "AGR-10", "2026 has no 29 February", "2026-03-01T00:00:00Z", "2026-02-29T00:00:00Z"),
    ("date-with-second-60", "AGR-10", "second 60 does not exist", "2026-03-01T00:00:00Z", "2026-03-01T23:59:60Z"),
    ("date-before-1970", "AGR-10", "from 1970 on", "2026-03-01T00:00:00Z", "1969-12-31T23:59:59Z"),
    ("version-0", "AGR-10", "the first is 1", "version       1", "version       0"),
    ("suite-2", "AGR-11", "reserved", "suite         1", "suite         2"),
    ("version-2-without-first", "AGR-12", "first and amends are missing", "version       1", "version       2"),
    ("version-1-with-amends", "AGR-12", "version 1 amends nothing", "version       1", "version       1\namends        " + "ab" * 32),
    ("one-party", "AGR-13", "party 2 has no number of its own", "party 2\n", "party 1\n"),
    ("party-16", "AGR-13", "1 to 15", "party 2\n", "party 16\n"),
    ("mark-twice", "AGR-13", "both parties are N", "mark          S", "mark          N"),
    ("name-twice", "AGR-13", "both are called North in English", '"South"', '"North"'),
    ("party-language-unknown", "AGR-13", "not a language of the line", "languages     ru", "languages     fr"),
    ("nonce-of-31-bytes", "AGR-13", "32 bytes", "@nonce2", base64(bytes(range(31)))),
    ("nonce-of-zeros", "AGR-8", "all zeros", "@nonce2", base64(bytes(32))),
    ("language-tag-in-capitals", "AGR-14", "en-gb for en-GB", 'en "English"', 'EN "English"'),
    ("language-33", "AGR-14", "1 to 32", "language 2 ", "language 33"),
    ("title-missing-in-a-language", "AGR-14", "no Russian title", '  title         ru "Дежурный Юга"\n', ""),
    ("title-twice-in-a-language", "AGR-14", "two Russian titles", '  title         ru "Дежурный Юга"\n', '  title         ru "Дежурный Юга"\n  title         ru "Дежурный"\n'),
    ("title-in-another-language", "AGR-14", "French is no language of the line", '  title         ru "Дежурный Юга"\n', '  title         ru "Дежурный Юга"\n  title         fr "Garde"\n'),
    ("post-of-nobody", "AGR-15", "party 3 is not listed", "  party         2\n  counterparts  1", "  party         3\n  counterparts  1"),
    ("party-without-a-post", "AGR-15", "all posts are the North's", "  party         2\n  counterparts  1", "  party         1\n  counterparts  1"),
    ("counterpart-that-is-none", "AGR-16", "post 9 is not listed", "counterparts  1\n", "counterparts  9\n"),
    ("counterpart-not-in-turn", "AGR-16", "post 2 names post 4, which does not name it", "counterparts  none", "counterparts  4"),
    ("counterpart-of-the-same-party", "AGR-16", "post 2 names post 1", "counterparts  none", "counterparts  1"),
    ("succession-by-oneself", "AGR-17", "post 1 stands in for post 1", "succession    2", "succession    1"),
    ("succession-by-the-other-side", "AGR-17", "post 4 stands in for post 1", "succession    2", "succession    4"),
    ("titles-that-differ-in-capitals", "AGR-18", "two posts share a title", '"Watch of the South"', '"WATCH OF THE NORTH"'),
    ("channel-least-urgent-first", "AGR-19", "the most urgent stands first", "precedence    PRIORITY ROUTINE", "precedence    ROUTINE PRIORITY"),
    ("release-by-an-unknown-role", "AGR-20", "no such role", "release       watch releaser", "release       watch janitor"),
    ("release-by-five", "AGR-20", "one to four", "release       watch releaser", "release       watch watch watch watch watch"),
    ("proof-missing", "AGR-20", "roles need a proof", "  proof         may-follow\n", ""),
    ("proof-without-roles", "AGR-20", "no role, no proof", "  release       none\n", "  release       none\n  proof         first\n"),
    ("passes-missing", "AGR-21", "suspension is allowed", "  passes        FLASH\n", ""),
    ("passes-on-a-channel-that-is-never-suspended", "AGR-21", "suspension is never", "  suspension    never\n", "  suspension    never\n  passes        PRIORITY\n"),
    ("passes-what-is-not-allowed", "AGR-21", "the channel allows no FLASH", "  suspension    never\n", "  suspension    allowed\n  passes        FLASH\n"),
    ("precedence-missing", "AGR-22", "there is no ROUTINE", "precedence ROUTINE\n  receipt       2h\n  reply         1d\n\n", ""),
    ("precedence-out-of-order", "AGR-22", "IMMEDIATE stands in FLASH's place", "precedence IMMEDIATE", "precedence PRIORITY"),
    ("reply-before-receipt", "AGR-22", "a reply within a minute, a receipt within two", "reply         10m", "reply         1m"),
    ("deadline-shorter-than-a-more-urgent-one", "AGR-22", "IMMEDIATE is quicker than FLASH", "receipt       5m", "receipt       1m"),
    ("deadline-above-366-days", "AGR-22", "at most 366 days", "reply         1d", "reply         367d"),
    ("flash-of-201-words", "AGR-23", "at most 200", "words         200", "words         201"),
    ("flash-without-quota", "AGR-23", "FLASH has a quota", "  quota         3 then 1 per 5m\n", ""),
    ("quota-in-other-words", "AGR-23", "one form", "3 then 1 per 5m", "3 then 2 per 5m"),
    ("probe-above-an-hour", "AGR-24", "1 s to 1 h", "every 10s", "every 2h"),
    ("silence-not-longer-than-probe", "AGR-24", "silence is longer", "after 2m", "after 10s"),
    ("test-that-does-not-divide-a-day", "AGR-24", "seven hours do not", "every         2h", "every         7h"),
    ("test-from-beyond-its-interval", "AGR-24", "from is less than every", "01:00 UTC", "02:00 UTC"),
    ("test-with-a-gap", "AGR-24", "tests are 1, 2, 3", "test 1\n", "test 2\n"),
    ("time-of-day-without-utc", "AGR-24", "a time of day is UTC", "01:00 UTC", "01:00"),
    ("contact-of-no-counterparts", "AGR-25", "posts 2 and 4 are none", "posts         1 4", "posts         2 4"),
    ("contact-of-another-kind", "AGR-25", "session, call or visit", "kind          session", "kind          dinner"),
    ("no-holding-reply", "AGR-26", "at least one", 'reply 1\n  text          en "Received. An answer follows."\n  text          ru "Принято. Ответ последует."', "none"),
    ("term-without-a-word-of-a-party", "AGR-27", "the South has no word", '  word          2 ru "граница"\n', ""),
    ("word-twice", "AGR-27", "two Russian words of the South", '  word          2 ru "граница"\n', '  word          2 ru "граница"\n  word          2 ru "рубеж"\n'),
    ("signal-with-a-small-code-word", "AGR-28", "Latin capitals", "MERIDIAN", "Meridian"),
    ("parameter-with-bounds-reversed", "AGR-28", "low below high", "{number:1-99}", "{number:99-1}"),
    ("parameter-above-the-limit", "AGR-28", "up to 999,999,999", "{number:1-99}", "{number:1-1000000000}"),
    ("parameter-of-uneven-width", "AGR-28", "leading zeros and another width", "{hour:00-23}", "{hour:00-123}"),
    ("parameters-that-differ", "AGR-28", "the Russian text has other bounds", "{number:1-99}.", "{number:1-98}."),
    ("brace-that-means-nothing", "AGR-28", "a brace by itself", "objects.", "{objects."),
    ("form-field-with-a-gap", "AGR-29", "fields are 1, 2, 3", "field         2 where", "field         3 where"),
    ("form-field-of-another-kind", "AGR-29", "no such kind", "where place optional", "where map optional"),
    ("choices-of-no-choice", "AGR-29", "a place has no choices", "2 where place optional", "2 where place optional\n  choice        2 1 en \"A\"\n  choice        2 1 ru \"А\""),
    ("choice-without-choices", "AGR-29", "a choice has choices", "where place optional", "where choice optional"),
    ("bearer-unknown", "AGR-30", "no such kind", "channel 0     tls radio", "channel 0     tls pigeon"),
    ("bearers-of-no-channel", "AGR-30", "channel 1 is not listed", "channel 2     tls radio courier relay", "channel 1     tls radio courier relay"),
    ("keys-missing", "AGR-31", "party 2 has none", "keys 2\n", "keys 3\n"),
    ("recovery-of-two-lines", "AGR-31", "three or none", "@recovery3", ""),
    ("pin-twice", "AGR-7", "both parties have one pin", "@pin2", "@pin1"),
    ("nonce-that-is-a-pin", "AGR-7", "a nonce stands again as a pin", "@pin2", "@nonce1"),
    ("light-key-that-is-half-of-another", "AGR-7", "the Ed25519 half of a root key", "@light2", "@half"),
    ("root-that-is-a-station-key", "AGR-7", "one key for two purposes", "@root2", "@station2"),
    ("light-key-of-31-bytes", "AGR-8", "32 bytes", "@light2", base64(bytes(range(1, 32)))),
    ("light-key-of-small-order", "AGR-8", "y = p - 1", "@light2", base64(bytes.fromhex("ec" + "ff" * 30 + "7f"))),
    ("light-key-of-small-order-not-canonical", "AGR-8", "y = p + 1 with the sign bit", "@light2", base64(bytes.fromhex("ee" + "ff" * 31))),
    ("root-half-of-small-order", "AGR-8", "the Ed25519 half of a root key", "@root2", "@small"),
    ("pin-of-zeros", "AGR-8", "all zeros", "@pin2", base64(bytes(32))),
    ("base64-without-padding", "AGR-9", "padding is missing", "@pin2", "@unpadded"),
    ("base64-with-set-bits", "AGR-9", "bits that belong to no byte", "@pin2", "@bits"),
    ("root-in-lines-of-64", "AGR-9", "wrapped at 72", "@root2", "@narrow"),
)


def fields(maker) -> dict[str, str]:
    values = {}
    for number, party in maker.parties.items():
        later = maker.later[number]
        values |= {f"nonce{number}": base64(party.nonce), f"light{number}": base64(party.light.public.raw), f"pin{number}": base64(party.pin),
                   f"next{number}": base64(sha256(a.IDENTITY + later.root.public.raw + later.station.public.raw + later.light.public.raw)),
                   f"root{number}": wrapped(party.root.public.raw), f"station{number}": wrapped(party.station.public.raw)}
    return values | {f"recovery{place}": base64(seed("recovery", place)) for place in (1, 2, 3)}


def wrapped(key: bytes, width: int = 72) -> str:
    text = base64(key)
    return "\n".join("    " + text[at:at + width] for at in range(0, len(text), width))


def replacement(maker, values: dict[str, str], new: str) -> str:
    """What an @ stands for."""
    root = maker.parties[2].root.public.raw
    pin = values["pin2"]
    special = {"half": base64(maker.parties[1].root.public.raw[-32:]), "small": wrapped(root[:-32] + b"\x01" + bytes(31)),
               "unpadded": pin.rstrip("="), "bits": pin[:-2] + chr(ord(pin[-2]) + 1) + "=", "narrow": wrapped(root, 64)}
    return (special | values)[new[1:]] if new.startswith("@") else new


def cases(maker) -> None:
    values = fields(maker)
    text = BASE % values

    def add(name, kind, expect, rule, about, body, **header):
        maker.add(f"agreement/{name}", kind, expect, rule, about, body, **header)

    def change(old: str, new: str) -> str:
        if old.startswith("@"):
            changed = BASE % (values | {old[1:]: replacement(maker, values, new)})
            return changed.replace("  recovery      \n", "")
        if text.count(old) < 1:
            raise ValueError(f"{old!r} does not stand in the text")
        return text.replace(old, new, 1)

    unsigned = text.encode() + b"SIGNATURES\n"
    add("text", "agreement", "good", "AGR-35", "a text that holds, not yet signed", unsigned, hash=sha256(text.encode()).hex())
    joiner = text.replace("at any hour.", "at any\u200dhour.").encode()
    add("joiner-in-the-preamble", "agreement", "good", "AGR-2", "U+200D may stand", joiner + b"SIGNATURES\n", hash=sha256(joiner).hex())
    empty = text
    for name in ("CONTACTS", "DECLINE REASONS", "GLOSSARY", "PHRASEBOOK", "FORMS"):
        start = empty.index(f"\n{name}\n") + len(name) + 3
        end = min(empty.index(f"\n{other}\n") for other in ("HOLDING REPLIES", "GLOSSARY", "PHRASEBOOK", "FORMS", "BEARERS") if empty.index(f"\n{other}\n") > start)
        empty = empty[:start] + "none\n" + empty[end:]
    add("sections-that-say-none", "agreement", "good", "AGR-4", "the five sections that may be empty", empty.encode() + b"SIGNATURES\n",
        hash=sha256(empty.encode()).hex())
    other_order = text.replace('  mark          N\n  languages     en ru\n', '  languages     en ru\n  mark          N\n')
    add("statements-in-another-order", "agreement", "good", "AGR-5", "within a block the order is free", other_order.encode() + b"SIGNATURES\n",
        hash=sha256(other_order.encode()).hex())
    for name, rule, about, old, new in MISTAKES:
        add(name, "agreement", "malformed", rule, about, change(old, new).encode() + b"SIGNATURES\n")
    add("not-utf-8", "agreement", "malformed", "AGR-1", "a byte of another encoding", unsigned.replace("Север".encode(), b"\xd1\xe5\xe2\xe5\xf0"))
    add("no-line-feed-at-the-end", "agreement", "malformed", "AGR-1", "the last line ends in nothing", unsigned[:-1])
    add("blank-line-at-the-end", "agreement", "malformed", "AGR-33", "a blank line behind the heading and no signature", unsigned + b"\n")
    add("no-signatures-section", "agreement", "malformed", "AGR-4", "there is no SIGNATURES", text.encode()[:-1])

    signers = {number: party.root for number, party in maker.parties.items()}
    signed = a.sign(text.encode(), signers)
    maker.give("agreement.txt", signed)
    one = a.sign(text.encode(), {1: signers[1]})
    two = a.sign(text.encode(), {2: signers[2]})
    below_one, below_two = one[len(unsigned):], two[len(unsigned):]

    def force(name, expect, rule, about, body, **header):
        add(f"in-force-{name}", "agreement-in-force", expect, rule, about, body, **header)
    force("signed-by-all", "good", "AGR-34", "both have signed", signed, hash=sha256(text.encode()).hex(), line=sha256(text.encode()).hex())
    force("signed-by-nobody", "unverified", "AGR-34", "no signature", unsigned)
    force("signed-by-one", "unverified", "AGR-34", "the second party has not signed", one)
    force("text-changed-after-signing", "unverified", "AGR-34", "200 words became 100", signed.replace(b"words         200", b"words         100"))
    force("signature-of-the-other", "unverified", "AGR-34", "the first party's signature stands under both numbers",
          unsigned + below_one + below_one.replace(b"signature 1", b"signature 2"))
    station = {number: party.station for number, party in maker.parties.items()}
    force("signed-with-the-station-key", "unverified", "AGR-32", "the root key signs", a.sign(text.encode(), {1: signers[1], 2: station[2]}))
    bare = signers[2].sign(text.encode())
    force("signed-without-the-label", "unverified", "AGR-32", "the label is missing", one + b"\nsignature 2\n" + a.wrap(bare, "  "))
    force("signatures-out-of-order", "malformed", "AGR-33", "2 stands before 1", unsigned + below_two + below_one)
    force("signature-twice", "malformed", "AGR-33", "the first party has signed twice", unsigned + below_one + below_one + below_two)
    force("signature-of-no-party", "malformed", "AGR-33", "there is no party 3", signed + below_one.replace(b"signature 1", b"signature 3"))
    force("line-between-signatures", "malformed", "AGR-33", "no other byte may stand there", unsigned + below_one + b"\n" + below_two)
    force("remark-below", "malformed", "AGR-33", "a remark behind the last signature", signed + b"\nseen and approved\n")
    force("signature-cut-short", "malformed", "AGR-33", "a signature of 3,370 bytes", signed[:-1 - 5] + b"\n")

    version2 = text.replace("version       1\n", f"version       2\nfirst         2026-03-01T00:00:00Z {sha256(text.encode()).hex()}\n"
                            f"amends        {sha256(text.encode()).hex()}\n").replace("date          2026-03-01", "date          2026-09-01")
    amendment = a.sign(version2.encode(), signers)
    maker.give("amendment.txt", amendment)
    rotated_values = values | {"light2": base64(maker.later[2].light.public.raw), "root2": wrapped(maker.later[2].root.public.raw),
                               "station2": wrapped(maker.later[2].station.public.raw), "next2": base64(seed("next but one"))}
    rotated = version2
    for key in ("light2", "root2", "station2", "next2"):
        rotated = rotated.replace(values[key], rotated_values[key])

    def follow(name, expect, about, after, before=text):
        body = field(before.encode() + b"SIGNATURES\n") + field(after.encode() + b"SIGNATURES\n")
        add(f"succession-{name}", "succession", expect, "AGR-36", about, body)
    follow("same-keys", "good", "one version higher, the same keys", version2)
    follow("keys-announced", "good", "the second party's keys are those that it had announced", rotated)
    follow("keys-not-announced", "refused", "only the light key is another", version2.replace(values["light2"], rotated_values["light2"]))
    follow("of-another-line", "refused", "the first agreement has another hash", version2.replace(sha256(text.encode()).hex(), "ab" * 32))
    follow("earlier-date", "refused", "dated before the agreement that it replaces",
           version2.replace("2026-09-01T00:00:00Z", "2026-03-01T00:00:00Z"), before=text.replace("date          2026-03-01", "date          2026-04-01"))
    follow("by-itself", "refused", "the same version again", text)
    follow("parties-renumbered", "refused", "party 2 is now party 3", renumber(version2))
    add("version-2-first-and-amends-differ", "agreement", "malformed", "AGR-12", "in version 2 they are the same",
        version2.replace("amends        " + sha256(text.encode()).hex(), "amends        " + "ab" * 32).encode() + b"SIGNATURES\n")
    add("version-3-first-and-amends-the-same", "agreement", "malformed", "AGR-12", "in version 3 they differ",
        version2.replace("version       2", "version       3").encode() + b"SIGNATURES\n")
    add("amendment-before-the-first", "agreement", "malformed", "AGR-12", "dated before the first",
        version2.replace("date          2026-09-01", "date          2026-02-01").encode() + b"SIGNATURES\n")
    cards_(maker, add)
    read_aloud(add)


def renumber(text: str) -> str:
    for old, new in (("party 2\n", "party 3\n"), ("  party         2\n", "  party         3\n"), ("keys 2\n", "keys 3\n"),
                     ('word          2 ru', 'word          3 ru')):
        text = text.replace(old, new)
    return text


def cards_(maker, add) -> None:
    party, later = maker.parties[2], maker.later[2]
    next = sha256(a.IDENTITY + later.root.public.raw + later.station.public.raw + later.light.public.raw)
    keys = a.Keys(party.light.public, party.pin, next, (), party.root.public, party.station.public)
    unsigned = cards.Card((("ru", "Юг"), ("en", "South")), "S", ("ru", "en"), "2026-02-20T09:00:00Z", party.nonce, keys, b"")

    def card(signer=party.root, text=None) -> bytes:
        text = text or unsigned.text
        return text + b"signature\n" + a.wrap(signer.sign(cards.LABEL + text), "  ")
    good = card()

    def one(name, expect, rule, about, body, **header):
        add(f"card-{name}", "card", expect, rule, about, body, **header)
    one("good", "good", "AGR-41", "a card that holds", good, hash=unsigned.hash.hex())
    one("changed", "unverified", "AGR-40", "the mark became another letter", good.replace(b"mark          S", b"mark          T"))
    one("signed-with-the-station-key", "unverified", "AGR-40", "the root key signs", card(party.station))
    as_agreement = unsigned.text + b"signature\n" + a.wrap(party.root.sign(a.LABEL + unsigned.text), "  ")
    one("signed-under-another-label", "unverified", "AGR-40", "signed as if it were an agreement", as_agreement)
    for name, rule, about, old, new in (
            ("other-order", "AGR-39", "suite stands before created", b"created       2026-02-20T09:00:00Z\nsuite         1\n", b"suite         1\ncreated       2026-02-20T09:00:00Z\n"),
            ("other-column", "AGR-39", "values stand in column 15", b"mark          S", b"mark         S"),
            ("blank-line-missing", "AGR-39", "no blank line above root", b"\n\nroot\n", b"\nroot\n"),
            ("of-suite-2", "AGR-11", "reserved", b"suite         1", b"suite         2"),
            ("name-of-another-language-first", "AGR-39", "the party's own stands first", "name          ru \"Юг\"\nname          en \"South\"\n".encode(),
             "name          en \"South\"\nname          ru \"Юг\"\n".encode()),
            ("two-names-in-one-language", "AGR-39", "each in another language", b'name          en "South"', b'name          ru "South"'),
            ("nonce-of-zeros", "AGR-8", "all zeros", base64(party.nonce).encode(), base64(bytes(32)).encode()),
            ("pin-that-is-the-nonce", "AGR-7", "a value stands twice", base64(party.pin).encode(), base64(party.nonce).encode()),
            ("light-key-of-small-order", "AGR-8", "the neutral element", base64(party.light.public.raw).encode(), base64(b"\x01" + bytes(31)).encode()),
            ("zero-width-space", "AGR-2", "U+200B in a name", b'"South"', '"So\u200buth"'.encode())):
        if old not in unsigned.text:
            raise ValueError(name)
        one(name, "malformed", rule, about, card(text=unsigned.text.replace(old, new, 1)))
    one("without-signature", "malformed", "AGR-39", "the text ends above the signature", unsigned.text)
    one("byte-too-many", "malformed", "AGR-39", "a blank line at the end", good + b"\n")


def read_aloud(add) -> None:
    hash = seed("a hash")
    right = words.fingerprint(hash)

    def said(name, expect, about, text):
        add(f"fingerprint-{name}", "fingerprint", expect, "AGR-43", about, text.encode(), hash=hash.hex())
    said("four-groups", "good", "as it is shown", "\n".join(" ".join(right[at:at + 4]) for at in range(0, 16, 4)))
    said("small-letters-and-commas", "good", "capitals and what parts the words do not matter", ", ".join(word.lower() for word in right))
    said("two-words-swapped", "malformed", "a word from the wrong list", " ".join([right[1], right[0], *right[2:]]))
    said("word-left-out", "malformed", "fifteen words", " ".join(right[1:]))
    said("word-said-twice", "malformed", "seventeen words", " ".join([right[0], *right]))
    said("other-word", "unverified", "the last word is another of its list", " ".join([*right[:15], words.LISTS[1][hash[15] ^ 1]]))
