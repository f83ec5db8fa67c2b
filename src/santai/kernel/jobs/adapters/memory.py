"""What hardly changes is read once a second and kept in the process: bodies, the newest version of a process, grants, items on offer."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

SECONDS_TO_TRUST = 1.0  # another process's edit is seen after at most this; the process that edits forgets at once
MOST = 5000  # answers of one function

P = ParamSpec("P")
R = TypeVar("R")
_kept: list[dict[Any, tuple[float, Any]]] = []


def kept_briefly(function: Callable[P, R]) -> Callable[P, R]:
    """Keep the function's answers for a second. Arguments must be hashable, answers are shared: plain values, never rows to be changed.

    Errors are not kept. Whoever changes what the function reads calls ``forget_kept``.
    """
    answers: dict[Any, tuple[float, R]] = {}
    _kept.append(answers)

    @wraps(function)
    def kept(*args: P.args, **kwargs: P.kwargs) -> R:
        key = (args, tuple(sorted(kwargs.items())))
        known = answers.get(key)
        now = time.monotonic()
        if known is not None and now - known[0] < SECONDS_TO_TRUST:
            return known[1]
        answer = function(*args, **kwargs)
        if len(answers) >= MOST:
            answers.clear()
        answers[key] = (now, answer)
        return answer

    return kept


def forget_kept() -> None:
    """Read everything anew: after an edit, and between tests whose edits were rolled back."""
    for answers in _kept:
        answers.clear()
