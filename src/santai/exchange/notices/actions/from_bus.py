"""What other desks ask for, in contract terms."""

from datetime import datetime

from django.utils import timezone

from santai.exchange.contracts.service import NoticeWanted
from santai.exchange.notices.actions.give_notice import give_notice
from santai.exchange.notices.models import Notice
from santai.kernel.ledger.service import Actor


def give_wanted(wanted: NoticeWanted, *, request_id: str, published_at: datetime, actor: Actor) -> Notice:
    at = datetime.fromisoformat(wanted.wanted_at) if wanted.wanted_at else published_at
    return give_notice(
        request_id=request_id,
        to=wanted.to,
        template=wanted.template,
        facts=dict(wanted.facts),
        case_no=wanted.case_no,
        actor=actor,
        at=at if at.tzinfo else timezone.make_aware(at),
    )
