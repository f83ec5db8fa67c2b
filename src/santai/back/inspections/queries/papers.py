"""The papers of a case, each with the address it may be read at."""

from typing import Any

from santai.back.approvals.service import documents_of
from santai.exchange.contracts.service import FileRef
from santai.kernel.files.service import download_url, exists
from santai.kernel.ledger.service import Actor


def papers_of(case_no: str, actor: Actor) -> list[dict[str, Any]]:
    """Title, number, time and address; the address is empty while the paper is being made."""
    return [{"title": one.title, "number": one.document_no, "at": one.issued_at, "url": _url(one, actor)} for one in documents_of(case_no)]


def _url(document: Any, actor: Actor) -> str:
    if not document.digest or not exists(document.digest):
        return ""
    ref = FileRef(digest=document.digest, name=f"{document.title}.pdf", size=document.size, media_type="application/pdf")
    return download_url(ref, actor, inline=True)
