"""agreement.md: what lies on either side of each bound, and what two readers might read otherwise."""

from .. import agreement as a
from .. import words
from ..encoding import field, sha256
from .agreements import BASE, fields

# name, rule, about, what stands in the text that holds, what stands there instead.
GOOD = (
    ("line-of-2000-bytes", "AGR-3", "the longest", "at any hour.", "x" * 1_963),
    ("text-of-1200-bytes", "AGR-5", "the longest", '"Received. An answer follows."', '"' + "x" * 1_200 + '"'),
    ("name-of-200-bytes", "AGR-5", "the longest", '"South"', '"' + "x" * 200 + '"'),
    ("no-blank-line-between-blocks", "AGR-5", "it may stand or not", '"Господин дежурный"\n\npost 2', '"Господин дежурный"\npost 2'),
    ("blank-line-between-languages", "AGR-5", "it may stand or not", '"English"\nlanguage 2', '"English"\n\nlanguage 2'),
    ("blank-line-in-the-header", "AGR-5", "its statements stand at the margin, as blocks do", "version       1\nsuite", "version       1\n\nsuite"),
    ("no-blank-line-below-the-first", "AGR-5", "it may stand or not", "HOTLINE AGREEMENT 1\n\n", "HOTLINE AGREEMENT 1\n"),
    ("code-of-32", "AGR-6", "the longest, in parts", "n-watch", "n-" + "w" * 30),
    ("code-with-a-digit-first-in-a-part", "AGR-6", "the code begins with a letter", "n-watch", "n-1"),
    ("language-of-three-letters", "AGR-14", "with script and a region of three digits; no registry is asked", "@en", "qaa-Latn-419"),
    ("role-twice", "AGR-20", "two watch officers sign", "release       watch releaser", "release       watch watch"),
    ("roles-in-another-order", "AGR-20", "any order", "release       watch releaser", "release       releaser watch"),
    ("words-1", "AGR-23", "one word", "words         200", "words         1"),
    ("bytes-1", "AGR-23", "one byte", "bytes         4096", "bytes         1"),
    ("deadline-of-366-days", "AGR-22", "the longest", "reply         1d", "reply         366d"),
    ("deadline-of-300m", "AGR-22", "a length of time may be above 255", "reply         3h", "reply         300m"),
    ("brace-in-a-reply", "AGR-28", "it means nothing there", "Received. An answer", "{Received}. An answer"),
    ("brace-in-the-preamble", "AGR-28", "it means nothing there", "at any hour.", "at any {hour}."),
    ("party-named-as-the-other-in-another-language", "AGR-13", "names are compared in one language", '"South"', '"Север"'),
)
BAD = (
    ("values-not-parted", "AGR-5", "a key and its text without a blank", 'en "North"', 'en"North"'),
    ("word-of-other-letters", "AGR-5", "a word is visible ASCII", "mark          N", "mark          Н"),
    ("statement-of-the-header-indented", "AGR-5", "it stands at the margin", "\nsuite         1", "\n  suite         1"),
    ("statement-below-a-language", "AGR-5", "a language has none", 'language 1    en "English"\n', 'language 1    en "English"\n  mark          E\n'),
    ("statement-below-a-bearer", "AGR-5", "a channel there has none", "channel 0     tls radio\n", "channel 0     tls radio\n  mark          E\n"),
    ("mark-twice-in-a-party", "AGR-5", "a key stands once", "  mark          N\n", "  mark          N\n  mark          M\n"),
    ("code-of-33", "AGR-6", "at most 32", "n-watch", "n-" + "w" * 31),
    ("code-that-ends-in-a-hyphen", "AGR-6", "parts are joined by hyphens", "n-watch", "n-"),
    ("code-with-a-digit-first", "AGR-6", "a letter first", "n-watch", "1-watch"),
    ("channel-code-twice", "AGR-6", "unique in its section", "channel 2     watch", "channel 2     tests"),
    ("field-code-twice", "AGR-6", "unique in the form", "2 where place", "2 what place"),
    ("post-256", "AGR-6", "at most 255", "post 4        s-watch", "post 256      s-watch"),
    ("variation-selector", "AGR-2", "U+FE0F in a name", '"South"', '"South\ufe0f"'),
    ("mongolian-variation-selector", "AGR-2", "U+180B in a name", '"South"', '"South\u180b"'),
    ("braille-blank", "AGR-2", "U+2800 in a name", '"South"', '"South\u2800x"'),
    ("shorthand-control", "AGR-2", "U+1BCA0 in a name", '"South"', '"South\U0001bca0"'),
    ("language-twice-in-a-list", "AGR-13", "none twice", "languages     en ru", "languages     en en"),
    ("name-of-other-capitals", "AGR-18", "both are called North", '"South"', '"NORTH"'),
    ("language-tag-twice", "AGR-14", "each once", "language 2    ru", "language 2    en"),
    ("language-of-one-letter", "AGR-14", "two or three", "@en", "e"),
    ("language-with-a-small-region", "AGR-14", "capitals of a region", "@en", "en-gb"),
    ("proof-of-another-word", "AGR-20", "first or may-follow", "may-follow", "may-wait"),
    ("five-roles", "AGR-20", "at most four", "release       watch releaser", "release       watch watch watch watch releaser"),
    ("suspension-of-another-word", "AGR-21", "never or allowed", "suspension    never", "suspension    seldom"),
    ("deadline-without-a-unit", "AGR-22", "a number alone", "reply         1d", "reply         86400"),
    ("deadline-of-0", "AGR-22", "from 1 on", "receipt       2m", "receipt       0m"),
    ("deadline-of-367-days", "AGR-22", "at most 366", "reply         1d", "reply         367d"),
    ("deadline-in-weeks", "AGR-22", "s, m, h or d", "reply         1d", "reply         1w"),
    ("words-0", "AGR-23", "from 1 on", "words         200", "words         0"),
    ("bytes-0", "AGR-23", "from 1 on", "bytes         4096", "bytes         0"),
    ("bytes-4097", "AGR-23", "at most 4,096", "bytes         4096", "bytes         4097"),
    ("quota-of-101", "AGR-23", "at most 100", "quota         3 then", "quota         101 then"),
    ("probe-twice", "AGR-24", "once", "probe         every 10s\n", "probe         every 10s\nprobe         every 10s\n"),
    ("probe-of-another-form", "AGR-24", "every and a length of time", "every 10s", "after 10s"),
    ("test-of-no-party", "AGR-24", "a party that is listed", "test 1\n  party         1", "test 1\n  party         3"),
    ("test-at-24-00", "AGR-24", "the last minute is 23:59", "01:00 UTC", "24:00 UTC"),
    ("parameter-with-zeros-in-front-of-high", "AGR-28", "high has none", "{number:1-99} objects", "{number:1-099} objects"),
    ("parameter-twice", "AGR-28", "each once", "{hour:00-23} UTC we", "{hour:00-23} {hour:00-23} UTC we"),
    ("brace-alone-in-a-signal", "AGR-28", "it is part of no parameter", "UTC we observe", "UTC } we observe"),
    ("label-of-no-field", "AGR-29", "field 3", "label         2 en", "label         3 en"),
    ("choices-with-a-gap", "AGR-29", "1, 2, 3, …", "choice        1 1 en \"Exercise\"\n  choice        1 1 ru", "choice        1 2 en \"Exercise\"\n  choice        1 2 ru"),
    ("bearers-of-a-channel-missing", "AGR-30", "one line for each", "channel 0     tls radio\n", ""),
)


def cases(maker):
    values = fields(maker)
    text = BASE % values
    signers = {number: party.root for number, party in maker.parties.items()}

    def add(name, kind, expect, rule, about, body, **header):
        maker.add(f"agreement/{name}", kind, expect, rule, about, body, **header)

    def changed(old, new) -> bytes:
        if old == "@en":
            result = text.replace(" en ", f" {new} ").replace("languages     en", f"languages     {new}")
        else:
            assert text.count(old) >= 1, old
            result = text.replace(old, new, 1)
        return result.encode()
    for name, rule, about, old, new in GOOD:
        add(name, "agreement", "good", rule, about, changed(old, new) + b"SIGNATURES\n", hash=sha256(changed(old, new)).hex())
    for name, rule, about, old, new in BAD:
        add(name, "agreement", "malformed", rule, about, changed(old, new) + b"SIGNATURES\n")
    signed, above = a.sign(text.encode(), signers), len(text.encode())
    add("signature-indented-by-three", "agreement", "malformed", "AGR-33", "two blanks in", signed[:above] + signed[above:].replace(b"\n  ", b"\n   "))
    titles = text.replace('"Chief of the North"', '"Strasse ΟΔΟΣ é"').encode()
    for name, title, about in (("-in-capitals", "STRASSE οδος É", "capitals alone, also at the end of a word"), ("-with-a-sharp-s", "Straße ΟΔΟΣ é", "ß is SS in capitals"),
                               ("-of-another-form", "Strasse ΟΔΟΣ e\u0301", "an accent that is a character of its own")):
        add(f"title-twice{name}", "agreement", "malformed", "AGR-18", about, titles.replace(b'"Watch of the South"', f'"{title}"'.encode()) + b"SIGNATURES\n")
    add("title-of-another-accent", "agreement", "good", "AGR-18", "e is not é", titles.replace(b'"Watch of the South"', '"Strasse ΟΔΟΣ e"'.encode()) + b"SIGNATURES\n")
    below = text.index("party 2\n"), text.index("\nLANGUAGES\n")
    alone = text[:below[0] - 1] + text[below[1]:]
    add("one-party-alone", "agreement", "malformed", "AGR-13", "two at least; its posts and keys stand there all the same", alone.encode() + b"SIGNATURES\n")

    hash = sha256(text.encode())
    right = words.fingerprint(hash)

    def said(name, about, read, expect="malformed", **header):
        add(f"fingerprint-{name}", "fingerprint", expect, "AGR-43", about, read.encode(), hash=hash.hex(), **header)
    said("two-words-left-out", "fourteen words, each of its list", " ".join(right[2:]))
    said("two-words-said-twice", "eighteen words, each of its list", " ".join([*right, *right[:2]]))
    maker.add("agreement/fingerprint-of-every-byte", "fingerprint", "good", "AGR-44", "bytes that no other vector reads", " ".join(words.fingerprint(bytes(range(0xF0, 0x100)) * 2)).encode(),
              hash=(bytes(range(0xF0, 0x100)) * 2).hex())

    def version(number, before, date):
        first = sha256(text.encode())
        return text.replace("version       1\n", f"version       {number}\nfirst         2026-03-01T00:00:00Z {first.hex()}\namends        {sha256(before).hex()}\n") \
            .replace("date          2026-03-01", f"date          {date}").encode()
    second = version(2, text.encode(), "2026-04-01")
    for name, expect, date, about in (("third-earlier", "refused", "2026-03-15", "the third is dated before the second, and after the first"),
                                      ("third-of-the-same-date", "good", "2026-04-01", "the third is dated as the second")):
        add(f"succession-{name}", "succession", expect, "AGR-36", about, b"".join(field(each + b"SIGNATURES\n") for each in (second, version(3, second, date))))
