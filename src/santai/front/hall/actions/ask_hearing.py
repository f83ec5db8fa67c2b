"""The applicant asks for a hearing."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import HearingAsked
from santai.front.hall.errors import HearingNotOpen
from santai.front.hall.models import CaseLine, HearingView
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def ask_hearing(*, case_no: str, sub_case_no: str, actor: Actor, at: datetime) -> HearingView:
    """Within the time told (行政许可法 47: five working days), once. The caller has checked whose case it is. HearingNotOpen otherwise."""
    hearing = HearingView.objects.select_for_update().filter(case_no=case_no, sub_case_no=sub_case_no).first()
    if hearing is None or not hearing.may_ask(localdate(at)):
        raise HearingNotOpen()
    hearing.asked_at = hearing.changed_at = at
    hearing.save(update_fields=["asked_at", "changed_at"])
    CaseLine.objects.create(case_no=case_no, at=at, event="hearing_asked", text="您要求举行听证。")
    record(actor=actor, act="front.hall.ask_hearing", on=f"case:{case_no}", at=at)
    publish(HearingAsked(case_no=case_no, sub_case_no=sub_case_no, asked_at=at.isoformat()), actor=actor, order_key=case_no, at=at)
    return hearing
