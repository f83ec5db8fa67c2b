"""Render, seal and send one document."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime

from santai.back.approvals.actions.wording import worded
from santai.back.approvals.models import ServedDocument
from santai.back.approvals.rules.letters import letter
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import DocumentServed
from santai.kernel.crypto.service import seal_pdf
from santai.kernel.files.service import store
from santai.kernel.ledger.service import as_one_act, system_actor
from santai.kernel.render.service import pdf

ATTEMPTS_BEFORE_ALARM = 5


@as_one_act
def make_document(*, document_id: UUID, at: datetime) -> bool:
    """Make it unless another worker holds or made it; trouble is kept beside it and tried again later. True when something was done."""
    document = ServedDocument.objects.select_for_update(skip_locked=True).filter(id=document_id, digest="").first()
    if document is None:
        return False
    actor = system_actor("back.approvals")
    try:
        page = pdf("kernel_render/official_document", page_of(document))
        sealed = seal_pdf(
            page,
            organisation=document.organisation,
            organisation_name=document.organisation_name,
            reason=f"{document.title} {document.document_no}",
            at=at,
        )
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one paper must not stop the others
        document.attempts += 1
        document.trouble = f"{type(error).__name__}: {error}"[:2000]
        document.next_attempt_at = at + timedelta(minutes=2 ** min(document.attempts, 8))
        document.save(update_fields=["attempts", "trouble", "next_attempt_at"])
        return True
    file = store(
        content=sealed,
        name=f"{document.title}.pdf",
        accepted_types=("application/pdf",),
        max_megabytes=20,
        actor=actor,
        at=at,
    )
    document.digest = file.digest
    document.size = file.size
    document.trouble = ""
    document.save(update_fields=["digest", "size", "trouble"])
    publish(
        DocumentServed(
            case_no=document.case_no,
            sub_case_no=document.sub_case_no,
            document_no=document.document_no,
            title=document.title,
            kind=document.kind,
            issued_at=document.issued_at.isoformat(),
            organisation_name=document.organisation_name,
            file=file,
        ),
        actor=actor,
        order_key=document.case_no,
        at=at,
    )
    return True


def page_of(document: ServedDocument) -> dict[str, Any]:
    """Data of the document's page: the platform's words, or the department's own as they were in force at the act."""
    page = letter(
        kind=document.kind,
        title=document.title,
        number=document.document_no,
        organisation=document.organisation_name,
        issued_at=localtime(document.issued_at),
        facts=document.data,
    )
    return worded(
        page, organisation=document.organisation, kind=document.kind, case_no=document.case_no, at=document.issued_at, facts=document.data
    )
