"""Facts from the other desks change the front desk's projection, each once, in order of the case."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from santai.exchange.contracts.service import (
    CaseProgressed,
    CorrectionRequested,
    DocumentServed,
    LicenceIssued,
    LicenceRevoked,
    MaterialsPromised,
    OfficialWrote,
    encode,
)
from santai.front.hall.errors import NotFound
from santai.front.hall.models import (
    Application,
    ApplicationBar,
    CaseLine,
    CaseView,
    CorrectionView,
    ItemCopy,
    LicenceView,
    PaperView,
    PromiseView,
    TalkLine,
)
from santai.front.hall.rules.progress import apply_progress
from santai.kernel.ledger.service import append, as_one_act, change, write_later


@as_one_act
def take_progress(*, facts: Sequence[CaseProgressed]) -> None:
    """Move the case's row on by facts of one case, in order, and add their sentences to the timeline. NotFound when the case is not this
    front desk's (or not here yet)."""
    view = CaseView.objects.select_for_update().filter(case_no=facts[0].case_no).first()
    if view is None:
        raise NotFound()
    for fact in facts:
        _take(view, fact)
    change(view)


def _take(view: CaseView, fact: CaseProgressed) -> None:
    at = datetime.fromisoformat(fact.at)
    new = apply_progress(state=view.state, step=view.step, outcome=view.outcome, parts=view.parts, clocks=view.clocks, fact=fact)
    view.state, view.step, view.outcome = new["state"], new["step"], new["outcome"]
    view.parts, view.clocks = new["parts"], new["clocks"]
    view.due_at = datetime.fromisoformat(new["due_at"]) if new["due_at"] else None
    if new["needs_me"] is not None:
        view.needs_me = new["needs_me"]
    if fact.event == "completed":
        view.completed_at = at
    elif fact.event == "reopened":
        view.completed_at = None
    view.changed_at = at
    if fact.public and fact.text:
        append(
            CaseLine(
                case_no=fact.case_no,
                at=at,
                event=fact.event,
                branch=fact.branch,
                organisation_name=fact.organisation_name,
                text=fact.text + (f"理由：{fact.reason}" if fact.reason and _says_no(fact) else ""),
            )
        )
    if fact.facts.get("barred_until"):
        ApplicationBar.objects.get_or_create(
            case_no=fact.case_no,
            defaults={
                "applicant_code": view.applicant_code,
                "item_code": fact.item_code,
                "kind": fact.facts.get("bar_kind", "one_year"),
                "last_day": date.fromisoformat(fact.facts["barred_until"]),
                "basis": fact.facts.get("bar_basis", ""),
            },
        )
    if fact.event == "received":
        write_later(_count_filings, fact.item_code, table=ItemCopy._meta.db_table)


def _count_filings(codes: list[str]) -> None:
    """A figure for sorting only: while somebody else counts an item nobody waits, and that filing is not counted."""
    for code, number in Counter(codes).items():
        free = ItemCopy.objects.select_for_update(skip_locked=True).filter(code=code, current=True)
        ItemCopy.objects.filter(pk__in=free.values("pk")).update(filings=F("filings") + number)


def _says_no(fact: CaseProgressed) -> bool:
    """A refusal is told with its reasons (行政许可法第三十八条), not only in the document."""
    return fact.event == "not_accepted" or (fact.event == "decided" and fact.outcome == "refused")


@transaction.atomic
def take_correction_request(*, message: CorrectionRequested) -> None:
    """The notice, with the application's form opened for the answer. NotFound when the case is not here."""
    application = Application.objects.filter(case_no=message.case_no).first()
    if application is None:
        raise NotFound()
    CorrectionView.objects.get_or_create(
        case_no=message.case_no,
        defaults={
            "notice_no": message.notice_no,
            "requested_at": datetime.fromisoformat(message.requested_at),
            "respond_by": message.respond_by,
            "defects": encode(message.defects),
            "data": {key: value for key, value in application.content.items() if key != "situation"},
        },
    )


def take_paper(*, message: DocumentServed) -> None:
    PaperView.objects.get_or_create(
        document_no=message.document_no,
        defaults={
            "case_no": message.case_no,
            "sub_case_no": message.sub_case_no,
            "title": message.title,
            "kind": message.kind,
            "organisation_name": message.organisation_name,
            "issued_at": datetime.fromisoformat(message.issued_at),
            "file": encode(message.file),
        },
    )


def take_line(*, message: OfficialWrote) -> None:
    TalkLine.objects.get_or_create(
        id=message.message_id,
        defaults={
            "case_no": message.case_no,
            "at": datetime.fromisoformat(message.written_at),
            "mine": False,
            "by": message.by,
            "organisation_name": message.organisation_name,
            "text": message.text,
        },
    )


def take_licence(*, message: LicenceIssued) -> None:
    LicenceView.objects.get_or_create(
        identifier=message.identifier,
        defaults={
            "number": message.number,
            "title": message.title,
            "licence_type": message.licence_type,
            "holder_code": message.holder.code,
            "holder_name": message.holder.name,
            "case_no": message.case_no,
            "branch": message.sub_case_no.rpartition("-")[2],
            "organisation_name": message.organisation_name,
            "issued_at": datetime.fromisoformat(message.issued_at),
            "valid_to": message.valid_to,
            "valid_from": message.valid_from,
            "version": message.version,
            "previous": message.previous,
            "verify_path": message.verify_path,
            "file": encode(message.file),
        },
    )


def take_revocation(*, message: LicenceRevoked) -> None:
    LicenceView.objects.filter(identifier=message.identifier).update(
        revoked_at=datetime.fromisoformat(message.revoked_at), revoked_why=message.reason
    )


@transaction.atomic
def take_promises(*, message: MaterialsPromised) -> None:
    """What is still to be handed in after 容缺受理. NotFound when the case is not here."""
    if not CaseView.objects.filter(case_no=message.case_no).exists():
        raise NotFound()
    PromiseView.objects.update_or_create(case_no=message.case_no, defaults={"basis": message.basis, "materials": encode(message.materials)})
    waiting = any(not one.completed_at for one in message.materials)
    CaseView.objects.filter(case_no=message.case_no).exclude(state="completed").update(needs_me=waiting)


def note_rated(*, case_no: str) -> None:
    """The case was rated: it is asked only once."""
    CaseView.objects.filter(case_no=case_no).update(rated=True)
