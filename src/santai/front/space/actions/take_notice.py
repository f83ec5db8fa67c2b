"""A notice arrives in the inbox."""

from datetime import datetime

from santai.exchange.contracts.service import NoticeSent
from santai.front.space.models import InboxMessage


def take_notice(*, message: NoticeSent) -> None:
    """Once, however often it is delivered."""
    InboxMessage.objects.get_or_create(
        id=message.notice_id,
        defaults={
            "party_kind": message.to.kind,
            "party_code": message.to.code,
            "title": message.title,
            "text": message.text,
            "case_no": message.case_no,
            "sent_at": datetime.fromisoformat(message.sent_at),
        },
    )
