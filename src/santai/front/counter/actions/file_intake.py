"""收件: file what the person hands in, give it a number and a receipt."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, localtime

from santai.exchange.contracts.service import Assistance
from santai.front.counter.actions.cover_late import true_time
from santai.front.counter.errors import IntakeOver, ReviewIncomplete, VisitClosed
from santai.front.counter.messages import WAYS, Late
from santai.front.counter.models import Intake, Receipt
from santai.front.counter.queries import (
    access_intake,
    assisting,
    materials_there,
    parties_of,
    present_account,
    reviews_in,
    told_before,
)
from santai.front.counter.rules.review import problems, receipt_rows
from santai.front.hall.service import (
    access_draft,
    application_of,
    ask_withdrawal,
    case_by_number,
    definition_of,
    errors_of_draft,
    materials_of_draft,
    submit_application,
)
from santai.kernel.access.service import require_any
from santai.kernel.codes.service import next_gapless
from santai.kernel.jobs.service import wake
from santai.kernel.ledger.service import Actor, record
from santai.kernel.orgs.service import organisation_card


@transaction.atomic
def file_intake(*, intake_id: UUID | str, signature: str, late: Late | None = None, actor: Actor, at: datetime) -> Intake:
    """One transaction: the application with its final number, the receipt with its own, the record of who filed for whom.

    Every paper has a verdict; those found wanting do not stop the receipt (what is handed in first is the receipt), the one notice tells
    of them. ``signature``: ``drawn`` or ``confirmed``. ``late``: 停机补录. A second press returns the same case.
    Errors: IntakeUnknown, IntakeOver, VisitClosed, ReviewIncomplete with ``fields``, DraftIncomplete with ``fields``, SignaturesMissing,
    ItemOutdated, and what speaks against a late entry.
    """
    intake = access_intake(intake_id=intake_id, actor=actor, lock=True)
    if intake.state == Intake.State.FILED:
        return intake
    if intake.state == Intake.State.DROPPED:
        raise IntakeOver()
    visit = intake.visit
    require_any(actor, "intake", "assistant", organisation=visit.organisation)
    if visit.closed_at is not None:
        raise VisitClosed()
    party, _filed_by = parties_of(visit)
    acting = assisting(actor, party)
    draft = access_draft(draft_id=intake.draft, actor=acting)
    needed = materials_of_draft(draft)
    wrong = problems(needed, reviews_in(draft), materials_there(draft), told_before(intake))
    if wrong:  # everything at once, the form's gaps too
        lacking = errors_of_draft(draft, on=localdate(at), has_phone=bool(present_account(visit).phone))
        raise ReviewIncomplete(fields={**lacking, **wrong})
    received_at, outage = true_time(late, organisation=visit.organisation, at=at) if late else (at, None)
    if intake.moved_from and (old := case_by_number(intake.moved_from)):
        received_at = min(received_at, old.received_at)  # a wrong choice of item costs no time
    body = organisation_card(visit.organisation)
    year = localtime(at).year
    serial = next_gapless(series=f"{visit.organisation}:window_receipt", year=year)
    receipt_no = f"{body.short_name or body.name}窗收〔{year}〕{serial}号"
    assistance = Assistance(
        visit=visit.number,
        organisation=visit.organisation,
        organisation_name=visit.organisation_name,
        clerk=actor.name,
        post_title=actor.post_title,
        identified_by=WAYS[visit.identified_by],
        consent=visit.consent,
        authority=visit.authority,
        receipt_no=receipt_no,
        entered_at=at.isoformat() if outage else "",
        late_reason=outage.reason if outage else "",
        approved_by=outage.approved_by if outage else "",
        moved_from=intake.moved_from,
    )
    application = submit_application(
        draft_id=intake.draft,
        account=present_account(visit),
        actor=acting,
        at=at,
        assistance=assistance,
        received_at=received_at,
        method=f"window-{signature}",
    )
    intake.state, intake.case_no, intake.filed_at = Intake.State.FILED, application.case_no, at
    intake.save(update_fields=["state", "case_no", "filed_at"])
    item = definition_of(draft.item_code, draft.item_version)
    Receipt.objects.create(
        receipt_no=receipt_no,
        intake=intake,
        case_no=application.case_no,
        organisation=visit.organisation,
        organisation_name=body.name,
        issued_at=at,
        next_attempt_at=at,
        data={
            "applicant": party.name,
            "present": visit.person_name,
            "authority": visit.authority,
            "item": item.name,
            "department": item.organisation_name,
            "received_at": received_at.isoformat(),
            "entered_at": assistance.entered_at,
            "late_reason": assistance.late_reason,
            "approved_by": assistance.approved_by,
            "moved_from": intake.moved_from,
            "clerk": actor.name,
            "post": actor.post_title,
            "query_code": application.query_code,
            "rows": receipt_rows(needed, draft.materials),
        },
    )
    record(
        actor=acting,
        act="front.counter.file_intake",
        on=f"case:{application.case_no}",
        at=at,
        why=assistance.late_reason,
        details={"visit": visit.number, "receipt": receipt_no, "present": visit.person_name, "clerk": actor.name},
    )
    if intake.moved_from:
        _end_the_wrong_one(intake, application_of(intake.moved_from).case_no, acting, at)
    transaction.on_commit(lambda: wake("front.counter.receipts"))
    return intake


def _end_the_wrong_one(intake: Intake, old: str, acting: Actor, at: datetime) -> None:
    reason = f"事项选错，经申请人同意转为“{intake.item_name}”（办件{intake.case_no}），收件时间不变"
    ask_withdrawal(case_no=old, reason=reason, actor=acting, at=at)
