"""Give out the next number of an official series (发文字号): no gaps, no repeats."""

from django.db import connection
from django.db.transaction import TransactionManagementError


def next_gapless(*, series: str, year: int, count: int = 1) -> int:
    """1, 2, 3 … within ``series`` and ``year``, the first of ``count`` numbers taken together.

    The row stays locked until the caller's transaction ends, so a rollback returns them.
    Call it as late as possible in the transaction. Outside a transaction the promise could not be kept: TransactionManagementError.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("next_gapless belongs inside the transaction that uses the number")
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into kernel_codes_gaplessseries as held (series, year, last) values (%s, %s, %s) "
            "on conflict (series, year) do update set last = held.last + excluded.last returning last",
            [series, year, count],
        )
        last: int = cursor.fetchone()[0]
    return last - count + 1
