"""LINE-10: again after a time-out of at least a second, then doubled each time, up to 32-fold."""

RETRY_MIN, RETRY_FOLD_MAX = 1.0, 32


class Retry:
    def __init__(self, now: float, span: float = RETRY_MIN):
        self.wait, self.wait_max, self.due, self.sent = span, span * RETRY_FOLD_MAX, now + span, 1

    def again(self, now: float) -> None:
        self.wait = min(2 * self.wait, self.wait_max)
        self.due, self.sent = now + self.wait, self.sent + 1
