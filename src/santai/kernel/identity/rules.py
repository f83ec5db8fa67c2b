"""When signing in must wait, over plain values."""

from datetime import datetime, timedelta

FREE_FAILURES = {"login": 5, "source": 20}
LONGEST = timedelta(minutes=5)
FORGOTTEN_AFTER = timedelta(hours=1)


def wait_after(kind: str, failures: int) -> timedelta:
    """How long the next try must wait after so many failures: nothing, then 1 s, 2 s, 4 s … and never more than five minutes.

    Two counters run: one for the login as typed, existing or not, and one for the source address. Neither ever closes for good.
    """
    excess = failures - FREE_FAILURES[kind]
    if excess < 0:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(excess, 20)), LONGEST)


def failures_now(failures: int, last_failed_at: datetime, at: datetime) -> int:
    """What still counts: an hour without a failure forgets them."""
    return 0 if at - last_failed_at > FORGOTTEN_AFTER else failures
