"""The results of a case are opened at a window."""

from datetime import datetime

from django.db import transaction

from santai.front.counter.queries import access_results, own_results
from santai.front.hall.service import CaseView
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def open_results(*, case_no: str, actor: Actor, at: datetime) -> CaseView:
    """The case, for a window of its body or one where the person stands; opening another body's case is kept. Unknown."""
    view = access_results(case_no=case_no, actor=actor)
    if not own_results(view, actor):
        record(actor=actor, act="front.counter.open_results", on=f"case:{case_no}", at=at)
    return view
