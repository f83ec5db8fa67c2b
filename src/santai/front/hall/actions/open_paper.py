"""The applicant opens a document: the first time is its delivery."""

from datetime import datetime

from django.db import transaction

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import ResultReceived
from santai.front.hall.errors import NotFound
from santai.front.hall.models import PaperView
from santai.kernel.ledger.service import Actor


@transaction.atomic
def open_paper(*, document_no: str, actor: Actor, at: datetime) -> PaperView:
    """Mark the first opening and tell the office. NotFound. The caller has checked whose case it is."""
    paper = PaperView.objects.select_for_update().filter(document_no=document_no).first()
    if paper is None:
        raise NotFound()
    if paper.opened_at is None:
        paper.opened_at = at
        paper.save(update_fields=["opened_at"])
        publish(
            ResultReceived(case_no=paper.case_no, document_no=document_no, received_at=at.isoformat(), by=actor.name),
            actor=actor,
            order_key=paper.case_no,
            at=at,
        )
    return paper
