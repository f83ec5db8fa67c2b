"""Take an application back."""

from datetime import datetime

from django.db import transaction

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import ApplicationWithdrawn
from santai.front.hall.errors import NotFound, NotOpen
from santai.front.hall.models import Application, CaseLine, CaseView
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def ask_withdrawal(*, case_no: str, reason: str, actor: Actor, at: datetime) -> Application:
    """Send the wish once; what was decided before stays decided. Errors: NotFound, NotOpen."""
    application = Application.objects.select_for_update().filter(case_no=case_no).first()
    view = CaseView.objects.filter(case_no=case_no).first()
    if application is None or view is None:
        raise NotFound()
    if view.state == "completed":
        raise NotOpen()
    if application.withdrawal_asked_at:
        return application
    application.withdrawal_asked_at = at
    application.save(update_fields=["withdrawal_asked_at"])
    CaseLine.objects.create(case_no=case_no, at=at, event="withdrawal_asked", text="您申请撤回。")
    record(actor=actor, act="front.hall.ask_withdrawal", on=f"case:{case_no}", at=at, why=reason)
    publish(ApplicationWithdrawn(case_no=case_no, withdrawn_at=at.isoformat(), reason=reason), actor=actor, order_key=case_no, at=at)
    return application
