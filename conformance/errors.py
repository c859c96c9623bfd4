"""What can go wrong, as the specification and vectors/README.md tell it apart."""


class Failure(Exception):
    """Something was not accepted. `expect` is the class that a vector names."""

    expect = "malformed"


class Malformed(Failure):
    """The bytes alone show it: they are not the one form of what they should be, or break a rule of form or value."""


class Unverified(Failure):
    """The form is right; a signature, a proof, a tag, a digest or a root is not."""

    expect = "unverified"


class Refused(Failure):
    """All of it is right in itself; what came before does not allow it."""

    expect = "refused"


class Dropped(Failure):
    """A frame that is dropped and counted: no answer, no reason, no change of state."""

    expect = "dropped"


class Violation(Failure):
    """The peer's frame opened, and what is in it breaks a rule: recorded and shown, and nothing of it counts."""

    expect = "violation"
