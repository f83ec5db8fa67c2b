"""Run every sweep in this thread until nothing is left."""

from collections.abc import Iterable
from datetime import datetime

from santai.kernel.jobs.actions.register import current_time, sweeps

MOST_ROUNDS = 10_000


def drain(now: datetime | None = None, *, only: Iterable[str] = ()) -> int:
    """All sweeps (or those whose name starts with one of ``only``) in turn until a whole round finds nothing; returns the work done.

    For tests and commands: an exception of a sweep is raised, not swallowed. RuntimeError if some sweep never comes to an end.
    """
    wanted = tuple(only)
    total = 0
    for _ in range(MOST_ROUNDS):
        done = 0
        for name, one in sweeps().items():
            if not wanted or name.startswith(wanted):
                done += one.run(now or current_time())
        if not done:
            return total
        total += done
    raise RuntimeError(f"the sweeps still find work after {MOST_ROUNDS} rounds: {', '.join(sweeps())}")
