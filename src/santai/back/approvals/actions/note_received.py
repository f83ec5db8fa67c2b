"""The applicant opened or collected a document: proof of delivery."""

from datetime import datetime

from santai.back.approvals.models import ServedDocument
from santai.exchange.contracts.service import ResultReceived


def note_received(*, message: ResultReceived) -> None:
    """The first opening counts (送达)."""
    ServedDocument.objects.filter(document_no=message.document_no, received_at=None).update(
        received_at=datetime.fromisoformat(message.received_at)
    )
