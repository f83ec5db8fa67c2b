"""Tell a person or firm something: in the space with this transaction, by SMS and mail after it."""

import re
from datetime import datetime

from django.db import transaction

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import NoticeSent
from santai.exchange.notices import rules
from santai.exchange.notices.actions.send_due import SWEEP
from santai.exchange.notices.errors import UnknownTemplate
from santai.exchange.notices.models import Letter, Notice, Sending
from santai.kernel.codes.service import new_id
from santai.kernel.jobs.service import wake
from santai.kernel.ledger.service import Actor, Party, record


@transaction.atomic
def give_notice(
    *, request_id: str, to: Party, template: str, facts: dict[str, str], case_no: str = "", actor: Actor, at: datetime
) -> Notice:
    """The notice for ``request_id``, once. ``facts["email"]`` adds mail; SMS goes when party has a phone and letter a text for it."""
    existing = Notice.objects.filter(request_id=request_id).first()
    if existing:
        return existing
    letter = Letter.objects.filter(code=template).first()
    if letter is None:
        raise UnknownTemplate(f"没有“{template}”这种通知的模板，请安装包含它的应用包。")
    facts = {"name": to.name, "case_no": case_no, **facts}
    notice = Notice.objects.create(
        id=new_id(),
        request_id=request_id,
        letter=letter.code,
        party_kind=to.kind,
        party_code_kind=to.code_kind,
        party_code=to.code,
        party_name=to.name,
        title=rules.fill(letter.title, facts),
        text=rules.fill(letter.text, facts),
        case_no=case_no,
        wanted_at=at,
    )
    channels = ["in_app"]
    phone = to.phone or facts.get("phone", "")
    if phone and letter.sms:
        _send(notice, "sms", phone, rules.fill(letter.sms, facts), at)
        channels.append("sms")
    mail = facts.get("email", "")
    if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", mail):
        _send(notice, "mail", mail, notice.text, at)
        channels.append("mail")
    record(
        actor=actor,
        act="exchange.notices.give_notice",
        on=f"case:{case_no}" if case_no else f"notice:{notice.id}",
        at=at,
        details={"letter": letter.code, "channels": channels},
    )
    publish(
        NoticeSent(
            notice_id=str(notice.id),
            to=to,
            title=notice.title,
            text=notice.text,
            case_no=case_no,
            sent_at=at.isoformat(),
            channels=tuple(channels),
        ),
        actor=actor,
        order_key=case_no or to.code,
        at=at,
    )
    return notice


def _send(notice: Notice, channel: str, address: str, text: str, at: datetime) -> None:
    Sending.objects.create(
        id=new_id(), notice=notice, channel=channel, address=address, subject=notice.title, text=text, next_attempt_at=at, created_at=at
    )
    wake(SWEEP)
