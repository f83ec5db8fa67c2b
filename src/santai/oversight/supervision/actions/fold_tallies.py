"""Counters without contention: facts leave tallies, this folds them."""

from datetime import date, datetime

from django.db import connection, transaction

from santai.oversight.supervision.models import Tally

BATCH = 5000
FOLD = """
with taken as (
    delete from oversight_supervision_tally where seq in (
        select seq from oversight_supervision_tally order by seq limit %s for update skip locked
    ) returning day, organisation, item_code, metric, amount, stock
), flows as (
    insert into oversight_supervision_dayfigure as f (day, organisation, item_code, metric, amount)
    select day, organisation, item_code, metric, sum(amount) from taken where not stock group by 1, 2, 3, 4
    on conflict (day, organisation, item_code, metric) do update set amount = f.amount + excluded.amount
), stocks as (
    insert into oversight_supervision_standing as s (organisation, item_code, metric, amount)
    select organisation, item_code, metric, sum(amount) from taken where stock group by 1, 2, 3
    on conflict (organisation, item_code, metric) do update set amount = s.amount + excluded.amount
)
select count(*) from taken
"""


def tally(*, day: date, organisation: str, item_code: str, metric: str, at: datetime, amount: int = 1, stock: bool = False) -> Tally:
    """An unsaved tally; the caller saves those of one fact together."""
    return Tally(day=day, organisation=organisation, item_code=item_code, metric=metric, amount=amount, stock=stock, at=at)


def fold_tallies(*, batch: int = BATCH) -> int:
    """Fold a batch into the figures; returns how many. One worker at a time (the others find nothing to do), so no two upserts meet."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtext('oversight.supervision.fold'))")
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(FOLD, [batch])
        return int(cursor.fetchone()[0])
