"""encoding.md."""


def cases(maker):
    def add(name, kind, expect, rule, about, body, **header):
        maker.add(f"encoding/{name}", kind, expect, rule, about, bytes.fromhex(body) if isinstance(body, str) else body, **header)

    for value, body in ((0, "00"), (63, "3f"), (64, "4040"), (16_383, "7fff"), (16_384, "80004000"), (1_073_741_823, "bfffffff"),
                        (1_073_741_824, "c000000040000000"), (2**62 - 1, "ffffffffffffffff")):
        add(f"integer-{value}", "integer", "good", "ENC-1", "the first or the last value of a width", body, value=value)
    for name, body in (("zero-in-two", "4000"), ("63-in-two", "403f"), ("64-in-four", "80000040"), ("16383-in-four", "80003fff"),
                       ("16384-in-eight", "c000000000004000"), ("1073741823-in-eight", "c00000003fffffff")):
        add(f"integer-{name}", "integer", "malformed", "ENC-1", "a longer form than the shortest", body)
    add("integer-of-nothing", "integer", "malformed", "ENC-4", "no byte at all", "")
    add("integer-cut-short", "integer", "malformed", "ENC-4", "four bytes announced, three there", "800040")
    add("integer-and-one-byte-more", "integer", "malformed", "ENC-4", "a byte is left over", "0500")

    add("field", "field", "good", "ENC-2", "two bytes behind their length", "02aabb", limit=2, value="aabb")
    add("field-empty", "field", "good", "ENC-2", "a field may be empty", "00", limit=2, value="")
    add("field-above-its-limit", "field", "malformed", "ENC-2", "three bytes where two are the limit", "03aabbcc", limit=2)
    add("field-above-its-limit-and-not-there", "field", "malformed", "ENC-2", "a length of 2^62 - 1: refused before anything is allocated",
        "ffffffffffffffff", limit=262_144)
    add("field-cut-short", "field", "malformed", "ENC-4", "three bytes announced, two there", "03aabb", limit=9)
    add("field-length-in-a-longer-form", "field", "malformed", "ENC-1", "the length stands in two bytes where one is enough", "4002aabb", limit=9)
    add("field-and-one-byte-more", "field", "malformed", "ENC-4", "a byte is left over", "02aabbcc", limit=9)

    def text(name, expect, about, body):
        add(f"text-{name}", "text", expect, "ENC-3", about, bytes([len(body)]) + body, limit=64)
    text("two-letters", "good", "letters of two bytes each", "да".encode())
    text("not-normalised", "good", "a letter and a combining mark stay as typed", "e\u0301".encode())
    text("highest-scalar", "good", "U+10FFFF", "\U0010ffff".encode())
    text("with-a-zero-byte", "good", "U+0000 is UTF-8; whether it may be shown is asked elsewhere", b"a\x00b")
    text("overlong", "malformed", "a slash in two bytes", b"\xc0\xaf")
    text("overlong-in-three", "malformed", "U+07FF in three bytes", b"\xe0\x9f\xbf")
    text("surrogate", "malformed", "U+D800 as three bytes", b"\xed\xa0\x80")
    text("above-the-last", "malformed", "U+110000", b"\xf4\x90\x80\x80")
    text("cut-inside-a-letter", "malformed", "the first byte of two", b"\xd0")
    text("lone-continuation", "malformed", "a continuation byte by itself", b"\x80")
    text("latin-1", "malformed", "a letter of another encoding", b"caf\xe9")

    add("generation", "generation", "good", "ENC-6", "station 15", "0f0123456789abcdef", written="15/0123456789abcdef")
    add("generation-of-station-0", "generation", "malformed", "ENC-5", "there is no station 0", "000123456789abcdef")
    add("generation-of-station-16", "generation", "malformed", "ENC-5", "there is no station 16", "100123456789abcdef")
    add("generation-cut-short", "generation", "malformed", "ENC-4", "seven bytes of a name", "010123456789abcd")
    add("entry", "entry-name", "good", "ENC-7", "the last number that an entry can have", "010123456789abcdef" "fffffffffffffffe",
        written=f"1/0123456789abcdef/{2**62 - 2}")
    add("entry-number-too-high", "entry-name", "malformed", "ENC-7", "no size would stand above it", "010123456789abcdef" "ffffffffffffffff")
    add("head", "head", "good", "ENC-8", "a size and a root", "020123456789abcdef" "4046" + "11" * 32,
        written="2/0123456789abcdef 70 ERERERERERERERERERERERERERERERERERERERERERE=")
    add("head-cut-short", "head", "malformed", "ENC-4", "a root of 31 bytes", "020123456789abcdef" "4046" + "11" * 31)

    def spelled(kind, name, expect, about, body, **header):
        add(f"{kind}-{name}", kind, expect, "ENC-9" if kind == "hexadecimal" else "ENC-10", about, body, **header)
    spelled("hexadecimal", "lower-case", "good", "three bytes", b"00abff", value="00abff")
    spelled("hexadecimal", "upper-case", "malformed", "capitals", b"00ABFF")
    spelled("hexadecimal", "odd", "malformed", "five digits", b"00abf")
    spelled("hexadecimal", "blank", "malformed", "a blank between bytes", b"00 ab")
    spelled("base64", "padded", "good", "one byte", b"qg==", value="aa")
    spelled("base64", "empty", "good", "no byte", b"", value="")
    spelled("base64", "unpadded", "malformed", "padding is missing", b"qg")
    spelled("base64", "over-padded", "malformed", "padding that is not needed", b"qqqq====")
    spelled("base64", "set-bits-behind-the-last-byte", "malformed", "bits that belong to no byte", b"qh==")
    spelled("base64", "url-alphabet", "malformed", "- and _ for + and /", b"-_-_")
    spelled("base64", "white-space", "malformed", "a line feed at the end", b"qg==\n")
    spelled("base64", "blank-inside", "malformed", "a blank inside", b"qq qg")
