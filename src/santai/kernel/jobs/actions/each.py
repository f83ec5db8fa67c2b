"""A sweep over rows of which one may not stop the others."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.db import OperationalError

log = logging.getLogger(__name__)


def for_each(rows: Iterable[Any], do: Callable[[Any], Any], *, what: str) -> int:
    """Call ``do`` with every row; how many did something (``do`` answers something true). What fails is logged and met again at the next
    run, and the rows after it are done all the same. ``do`` has a transaction of its own.

    A data store that is gone is everybody's trouble: that one is raised.
    """
    done = 0
    for row in rows:
        try:
            done += bool(do(row))
        except OperationalError:
            raise
        except Exception:
            log.exception("%s: %s failed and is tried again at the next run", what, row)
    return done
