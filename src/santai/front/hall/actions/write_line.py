"""Write to the handler, or urge."""

from datetime import datetime, timedelta

from django.db import transaction

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import ApplicantWrote
from santai.front.hall.errors import NotFound
from santai.front.hall.models import CaseView, TalkLine
from santai.kernel.codes.service import new_id
from santai.kernel.ledger.service import Actor, ActRefused, record

URGE_AGAIN_AFTER = timedelta(hours=4)


class NothingWritten(ActRefused):
    code = "front.hall.nothing_written"
    message = "请先写下要说的话。"


class UrgedJustNow(ActRefused):
    code = "front.hall.urged_just_now"
    message = "您刚刚催办过，经办人员已经收到。如仍没有进展，请几小时后再催办或拨打咨询电话。"


@transaction.atomic
def write_line(*, case_no: str, text: str, urges: bool = False, actor: Actor, at: datetime) -> TalkLine:
    """Keep the line and send it. Errors: NotFound, NothingWritten, UrgedJustNow (an urge within four hours of the last)."""
    if not CaseView.objects.filter(case_no=case_no).exists():
        raise NotFound()
    if urges and TalkLine.objects.filter(case_no=case_no, urges=True, at__gt=at - URGE_AGAIN_AFTER).exists():
        raise UrgedJustNow()
    said = text.strip() or ("请加快办理。" if urges else "")
    if not said:
        raise NothingWritten(fields={"text": "请先写下要说的话。"})
    line = TalkLine.objects.create(id=new_id(), case_no=case_no, at=at, mine=True, by=actor.name, text=said, urges=urges)
    record(actor=actor, act="front.hall.write_line", on=f"case:{case_no}", at=at, details={"urges": urges})
    publish(
        ApplicantWrote(case_no=case_no, message_id=str(line.id), written_at=at.isoformat(), by=actor.name, text=said, urges=urges),
        actor=actor,
        order_key=case_no,
        at=at,
    )
    return line
