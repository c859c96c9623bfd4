"""LINE-10: again after a second, then doubled each time, up to 32-fold."""

RETRY_MIN, RETRY_FOLD_MAX = 1.0, 32


class Retry:
    def __init__(self, now: float):
        self.wait, self.due = RETRY_MIN, now + RETRY_MIN

    def again(self, now: float) -> None:
        self.wait = min(2 * self.wait, RETRY_MIN * RETRY_FOLD_MAX)
        self.due = now + self.wait
