"""Make the month partitions that will be needed soon."""

import logging
from datetime import datetime

from django.db import DatabaseError, connection, transaction

from santai.kernel.jobs.actions.register import current_time, monthly_tables, sweep
from santai.kernel.jobs.rules import months_around

log = logging.getLogger(__name__)


def ensure_partitions(now: datetime | None = None) -> int:
    """Create missing partitions, twelve months back to three ahead, for every registered table that exists; returns how many.

    The work is done by a SQL function that runs with its owner's rights, so the application's role needs none on the schema. Rows are
    never moved: a month whose rows already lie in the default partition stays there, with a warning in the log.
    """
    months = months_around(now or current_time())
    made = 0
    with connection.cursor() as cursor:
        cursor.execute("select c.relname from pg_class c where c.relkind = 'p' and c.relname = any(%s)", [list(monthly_tables())])
        tables = sorted(row[0] for row in cursor.fetchall())
    for table in tables:
        for month in months:
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("select kernel_jobs_ensure_month(%s, %s)", [table, month])
                    made += int(bool(cursor.fetchone()[0]))
            except DatabaseError as trouble:
                log.warning("no partition of %s for %s: %s", table, month.strftime("%Y-%m"), str(trouble).strip().splitlines()[0])
    return made


@sweep("kernel.jobs.partitions", every=6 * 3600)
def _partitions_ahead(now: datetime) -> int:
    return ensure_partitions(now)
