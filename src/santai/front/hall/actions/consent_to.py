"""The applicant agrees to what the office proposed: that the application goes on under another item."""

from datetime import datetime

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import ApplicantConsented
from santai.front.hall.errors import NotFound, NotOpen
from santai.front.hall.models import Application, CaseLine, CaseView
from santai.kernel.ledger.service import Actor, as_one_act, record


@as_one_act
def consent_to_move(*, case_no: str, actor: Actor, at: datetime) -> Application:
    """Send the consent to 改办. Errors: NotFound, NotOpen once the case is accepted or ended."""
    application = Application.objects.select_for_update().filter(case_no=case_no).first()
    view = CaseView.objects.filter(case_no=case_no).first()
    if application is None or view is None:
        raise NotFound()
    if view.state not in ("received", "correcting"):
        raise NotOpen()
    CaseLine.objects.create(case_no=case_no, at=at, event="consented", text="您同意把申请改到正确的事项办理。")
    record(actor=actor, act="front.hall.consent_to_move", on=f"case:{case_no}", at=at)
    publish(ApplicantConsented(case_no=case_no, to="move_item", consented_at=at.isoformat()), actor=actor, order_key=case_no, at=at)
    return application
