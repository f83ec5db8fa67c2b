"""Decide a numbered document in the act's transaction; it is rendered, sealed and sent afterwards (tasks.make_documents)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from santai.back.approvals.models import ServedDocument
from santai.back.approvals.rules.numbers import TITLES, document_number
from santai.back.cases.service import Case, SubCase
from santai.kernel.codes.service import next_gapless
from santai.kernel.jobs.service import wake
from santai.kernel.orgs.service import get_organisation


def serve_document(*, case: Case, sub_case: SubCase | None, kind: str, data: dict[str, Any], at: datetime) -> ServedDocument:
    """A gapless number, the frozen facts of the text, and a wish to be rendered. Nothing is rendered inside the transaction."""
    organisation = sub_case.organisation if sub_case else case.organisation
    body = get_organisation(organisation)
    year = localtime(at).year
    serial = next_gapless(series=f"{organisation}:{kind}", year=year)
    document = ServedDocument.objects.create(
        document_no=document_number(mark=body.short_name or body.name, kind=kind, year=year, serial=serial),
        kind=kind,
        title=TITLES[kind],
        case_no=case.case_no,
        sub_case_no=sub_case.sub_case_no if sub_case else "",
        organisation=organisation,
        organisation_name=body.name,
        data={
            "applicant": case.applicant_name,
            "case_no": case.case_no,
            "item": sub_case.item_name if sub_case else case.item_name,
            "remedy": body.remedy,
            **data,
        },
        issued_at=at,
        next_attempt_at=at,
    )
    transaction.on_commit(lambda: wake("back.approvals.documents"))
    return document
