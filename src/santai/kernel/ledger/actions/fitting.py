"""What does not fit its place in the data store is told to the person, whichever verb was called."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DataError

from santai.kernel.ledger.errors import ActRefused

TOO_LONG = "有一处填写的内容太长或者超出范围，没有保存任何内容。请缩短名称、地点等单行内容后再提交。"


@contextmanager
def fitting() -> Iterator[None]:
    """Round the verbs a page calls (``with fitting():`` or ``@fitting()``): ActRefused instead of a page of error.

    The verb's own transaction is over by then, so nothing of it was kept. Deliveries and sweeps go without: there it is a fault of ours.
    """
    try:
        yield
    except DataError as error:
        raise ActRefused(TOO_LONG) from error
