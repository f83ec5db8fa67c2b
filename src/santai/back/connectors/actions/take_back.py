"""A task was called back: the line system stops working on it."""

from datetime import datetime

from django.db import transaction

from santai.back.connectors.models import HandedTask
from santai.exchange.contracts.service import TaskCalledBack
from santai.kernel.ledger.service import record, system_actor


@transaction.atomic
def take_back(*, message: TaskCalledBack, at: datetime) -> int:
    """Mark every unanswered task of the part; returns how many. What was answered stays as it was answered."""
    waiting = HandedTask.objects.filter(sub_case_no=message.sub_case_no, answer="", called_back_at=None)
    marked = waiting.update(called_back_at=datetime.fromisoformat(message.called_back_at), called_back_why=message.reason[:200])
    if marked:
        record(actor=system_actor("back.connectors"), act="back.connectors.take_back", on=f"subcase:{message.sub_case_no}", at=at)
    return marked
