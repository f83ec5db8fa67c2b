"""Decide a numbered document in the act's transaction; it is rendered, sealed and sent afterwards (tasks.make_documents)."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from santai.back.approvals.models import ServedDocument
from santai.back.approvals.queries import item_of
from santai.back.approvals.queries.organs import remedies_of
from santai.back.approvals.rules.kinds import enters_in_register
from santai.back.approvals.rules.numbers import OF_REGISTRATION, document_number, title_of
from santai.back.approvals.rules.remedies import DecisionKind
from santai.back.cases.service import Case, SubCase
from santai.kernel.codes.service import next_gapless
from santai.kernel.jobs.service import wake
from santai.kernel.ledger.service import write_later
from santai.kernel.orgs.service import organisation_card

REMEDIES: dict[str, DecisionKind] = {"refused": "refused", "not_accepted": "not_accepted"}  # documents that tell the ways to appeal


def serve_document(*, case: Case, sub_case: SubCase | None, kind: str, data: dict[str, Any], at: datetime) -> ServedDocument:
    """A gapless number, the frozen facts of the text, and a wish to be rendered. Nothing is rendered inside the transaction.

    A refusal carries the remedies computed for the organ that decides; RemedyUnverified where nobody knows who reviews it.
    """
    document = _written(case, sub_case, kind, data, at)
    _number([document])
    return document


def serve_plain(
    *, kind: str, case_no: str, sub_case_no: str = "", organisation: str, applicant: str, item: str, data: dict[str, Any], at: datetime
) -> ServedDocument:
    """The same for an act of another organ than the case's (a superior revokes), or on a licence whose case is long closed."""
    body = organisation_card(organisation)
    facts = {"applicant": applicant, "case_no": case_no, "item": item, "remedy": body.remedy, **data}
    document = ServedDocument(
        kind=kind, title=title_of(kind), case_no=case_no, sub_case_no=sub_case_no, organisation=organisation,
        organisation_name=body.name, data=facts, issued_at=at, next_attempt_at=at,
    )  # fmt: skip
    _number([document])
    return document


def serve_unseen(*, case: Case, kind: str, data: dict[str, Any], at: datetime) -> None:
    """The same for a document whose number nobody needs within the act: it is drawn last, with those of the other deliveries.

    The row of a series stays locked from its number to the commit, so a number drawn early makes the next case of the body wait.
    """
    write_later(_number, _written(case, None, kind, data, at), table=ServedDocument._meta.db_table)


def _written(case: Case, sub_case: SubCase | None, kind: str, data: dict[str, Any], at: datetime) -> ServedDocument:
    organisation = sub_case.organisation if sub_case else case.organisation
    body = organisation_card(organisation)
    if kind in REMEDIES:
        data = {"remedies": list(remedies_of(organisation, REMEDIES[kind]).sentences), **data}
    return ServedDocument(
        kind=kind,
        title=_title(case, sub_case, kind),
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


def _title(case: Case, sub_case: SubCase | None, kind: str) -> str:
    registered = kind in OF_REGISTRATION and enters_in_register(item_of(case.item_code, case.item_version))
    return title_of(kind, registered=registered, reported=sub_case is not None and sub_case.nature == "report")


def _number(documents: list[ServedDocument]) -> None:
    series: dict[tuple[str, str, int], list[ServedDocument]] = defaultdict(list)
    for document in documents:
        series[(document.organisation, document.kind, localtime(document.issued_at).year)].append(document)
    for (organisation, kind, year), those in sorted(series.items()):  # in one order, so that no two transactions wait for each other
        body = organisation_card(organisation)
        first = next_gapless(series=f"{organisation}:{kind}", year=year, count=len(those))
        for serial, document in enumerate(those, start=first):
            document.document_no = document_number(mark=body.short_name or body.name, kind=kind, year=year, serial=serial)
    if len(documents) == 1:
        documents[0].save(force_insert=True)
    else:
        ServedDocument.objects.bulk_create(documents)
    transaction.on_commit(lambda: wake("back.approvals.documents"))
