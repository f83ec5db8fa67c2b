"""对账: the provider's statement of a day beside our books, and the answers to what differs."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime, make_aware

from santai.exchange.payments import rules
from santai.exchange.payments.adapters import GatewayAway, provider
from santai.exchange.payments.errors import DayNotOver, NoProvider, NotSettled, OrderNotFound
from santai.exchange.payments.messages import Found, StatementLine
from santai.exchange.payments.models import Difference, PaymentOrder, Refund, StatementDay
from santai.exchange.payments.rules.reconcile import compare
from santai.kernel.access.service import require
from santai.kernel.ledger.service import Actor, record, system_actor

READY_AT = time(9, 0)  # the provider's statement of yesterday is there by then
LOOK_BACK = 92  # days; providers keep statements of about three months within easy reach
A_TURN = 5


def reconcile_due(at: datetime) -> int:
    """Every day up to yesterday on which money could have moved and that was not reconciled, however long the platform stood still;
    yesterday only once its statement is ready. Days whose statement did not come are tried again.
    """
    here = localtime(at)
    if provider() is None:
        return 0
    days = set(StatementDay.objects.filter(fetched_at=None, next_attempt_at__lte=at).values_list("day", flat=True)[:5])
    yesterday = here.date() - timedelta(days=1)
    days.update(_days_missed(yesterday if here.time() >= READY_AT else yesterday - timedelta(days=1)))
    for day in sorted(days):
        _reconcile(day, system_actor("exchange.payments"), at)
    return len(days)


def reconcile(*, day: date, actor: Actor, at: datetime) -> StatementDay:
    """The same by hand, for any day that is over; answered differences stay as they are. NotAllowed, DayNotOver, NoProvider."""
    require(actor, "cashier")
    if day >= localtime(at).date():
        raise DayNotOver(fields={"day": DayNotOver.message})
    if provider() is None:
        raise NoProvider
    return _reconcile(day, actor, at)


@transaction.atomic
def _reconcile(day: date, actor: Actor, at: datetime) -> StatementDay:
    kept, _ = StatementDay.objects.select_for_update().get_or_create(day=day, defaults={"next_attempt_at": at})
    way = provider()
    if way is None:
        return kept
    kept.attempts += 1
    try:
        theirs = way.statement(day=day, at=at)
    except GatewayAway as trouble:
        kept.trouble, kept.next_attempt_at = str(trouble), at + timedelta(seconds=rules.seconds_until_next(kept.attempts))
        kept.save()
        return kept
    ours = _our_lines(day)
    kept.fetched_at, kept.trouble = at, ""
    kept.payments, kept.payments_sum = _sums(theirs, "payment")
    kept.refunds, kept.refunds_sum = _sums(theirs, "refund")
    kept.our_payments, kept.our_payments_sum = _sums(ours, "payment")
    kept.our_refunds, kept.our_refunds_sum = _sums(ours, "refund")
    kept.save()
    _write(kept, compare(ours, theirs))
    record(actor=actor, act="exchange.payments.reconcile", on=f"statement:{day.isoformat()}", at=at, details={"lines": len(theirs)})
    return kept


def _write(day: StatementDay, found: list[Found]) -> None:
    day.differences.filter(settled_at=None).delete()
    settled = set(day.differences.values_list("movement", "number"))
    organisations = dict(PaymentOrder.objects.filter(order_no__in=[one.order_no for one in found]).values_list("order_no", "organisation"))
    Difference.objects.bulk_create(
        Difference(
            day=day, kind=one.kind, movement=one.movement, number=one.number[:64], order_no=one.order_no[:64], trade_no=one.trade_no[:64],
            organisation=organisations.get(one.order_no, ""), ours=one.ours, theirs=one.theirs,
        )
        for one in found
        if (one.movement, one.number[:64]) not in settled
    )  # fmt: skip


def _span(day: date) -> tuple[datetime, datetime]:
    return make_aware(datetime.combine(day, time.min)), make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _days_missed(last: date) -> list[date]:
    """The days to ``last`` without a row on which money moved, the oldest first, a few a turn."""
    until = _span(last)[1]
    begun = PaymentOrder.objects.filter(started_at__lt=until).order_by("started_at").values_list("started_at", flat=True).first()
    if begun is None:
        return []
    first = max(localtime(begun).date(), last - timedelta(days=LOOK_BACK))
    known = set(StatementDay.objects.filter(day__gte=first).values_list("day", flat=True))
    missed = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return list(islice((day for day in missed if day not in known and _moved(day)), A_TURN))


def _moved(day: date) -> bool:
    since, until = _span(day)
    return (
        PaymentOrder.objects.filter(started_at__gte=since, started_at__lt=until).exists()
        or PaymentOrder.objects.filter(paid_at__gte=since, paid_at__lt=until).exists()
        or Refund.objects.filter(done_at__gte=since, done_at__lt=until).exists()
    )


def _our_lines(day: date) -> list[StatementLine]:
    since, until = _span(day)
    paid = PaymentOrder.objects.filter(paid_at__gte=since, paid_at__lt=until)
    back = Refund.objects.filter(done_at__gte=since, done_at__lt=until)
    return [
        *(StatementLine(kind="payment", order_no=one.order_no, trade_no=one.trade_no, amount=one.paid_amount) for one in paid),
        *(
            StatementLine(kind="refund", order_no=one.order_id, trade_no=one.trade_no, amount=one.amount, refund_no=one.refund_no)
            for one in back
        ),
    ]


def _sums(lines: list[StatementLine], kind: str) -> tuple[int, Decimal]:
    amounts = [line.amount for line in lines if line.kind == kind]
    return len(amounts), sum(amounts, Decimal(0))


@transaction.atomic
def settle_difference(*, difference: UUID, answer: str, actor: Actor, at: datetime) -> Difference:
    """Somebody answers for a difference. NotAllowed, OrderNotFound, NotSettled."""
    require(actor, "cashier")
    found = Difference.objects.select_for_update().filter(id=difference).first()
    if found is None:
        raise OrderNotFound
    if not answer.strip():
        raise NotSettled(fields={"answer": NotSettled.message})
    if found.settled_at is None:
        found.answer, found.settled_at, found.settled_by = answer.strip(), at, f"{actor.organisation_name} {actor.name}"
        found.save(update_fields=["answer", "settled_at", "settled_by"])
        record(actor=actor, act="exchange.payments.settle_difference", on=f"statement:{found.day_id}", at=at, why=answer.strip())
    return found
