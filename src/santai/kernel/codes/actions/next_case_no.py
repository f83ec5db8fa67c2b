"""Give out a case number: a sequence, so nobody waits for anybody; numbers may leave gaps."""

from datetime import date

from django.db import connection


def next_case_no(*, region6: str, on: date) -> str:
    """Division 6 + day 8 + at least six digits that never repeat and grow wider when they must.

    The running part does not start again with the day: a reset needs a lock, and nobody counts cases by their number.
    """
    if len(region6) != 6 or not region6.isdigit():
        raise ValueError(f"six digits of a division expected, not {region6!r}")
    with connection.cursor() as cursor:
        cursor.execute("select nextval('kernel_codes_case_no')")
        number: int = cursor.fetchone()[0]
    return f"{region6}{on:%Y%m%d}{number:06d}"
