"""After the decision: was the commitment true? Verification, an order to rectify, and its result."""

from datetime import date, datetime

from django.utils.timezone import localdate

from santai.back.approvals.service import item_of, note_progress, serve_document
from santai.back.cases.service import Case, SubCase, lock_case
from santai.back.permits.actions.tell_credit import tell_credit
from santai.back.permits.errors import NotFound, NotVerified, ReasonMissing, TooEarly, VerifiedAlready
from santai.back.permits.models import Commitment
from santai.kernel.access.service import require_any
from santai.kernel.clocks.service import finish_clock, start_clock
from santai.kernel.ledger.service import Actor, as_one_act

ROLES = ("examiner", "site_inspector", "chief", "decider")
RESULTS = dict(Commitment.Result.choices)


def start_verification(*, case: Case, sub_case: SubCase, actor: Actor, at: datetime) -> None:
    """The permit was given on a commitment: it is to be verified within the item's time, counted from the decision."""
    row = Commitment.objects.select_for_update().filter(case_no=case.case_no).first()
    if row is None or not row.stands:
        return
    rule = item_of(case.item_code, case.item_version).commitment.verify
    clock = start_clock(rule=rule, subject=f"permit:{sub_case.sub_case_no}", event_at=at, actor=actor, at=at)
    row.decided_at, row.verify_due, row.clock = at, localdate(clock.due_at), clock.id
    row.save(update_fields=["decided_at", "verify_due", "clock"])
    note_progress(
        case=case, sub_case=sub_case, event="verification_due", actor=actor, at=at, clocks=[clock],
        text="本件以告知承诺方式办理，许可机关将在规定期限内核查承诺的履行。",
    )  # fmt: skip


@as_one_act
def verify_commitment(*, case_no: str, result: str, found: str, false_promise: bool = False, actor: Actor, at: datetime) -> Commitment:
    """``result``: kept, unkept (not performed in time), differs (facts are other than promised). A false promise enters the credit record.

    Verified once: what follows rests on the result, and a later look is the report on what was ordered.

    Errors: NotAllowed, NotFound (no commitment, or not decided yet), VerifiedAlready, ReasonMissing (what was found).
    """
    case = lock_case(case_no)
    row = _verifiable(case_no)
    require_any(actor, *ROLES, organisation=row.organisation)
    if row.verified_at is not None:
        raise VerifiedAlready()
    if result not in ("kept", "unkept", "differs"):
        raise NotVerified("请选择核查结果。", fields={"result": "请选择核查结果。"})
    if result != "kept" and not found.strip():
        raise ReasonMissing("请写明核查发现的事实。", fields={"found": "请写明核查发现的事实。"})
    row.result, row.found, row.false_promise = result, found.strip(), false_promise and result != "kept"
    row.verified_at, row.verified_by = at, f"{actor.post_title} {actor.name}".strip()
    row.save(update_fields=["result", "found", "false_promise", "verified_at", "verified_by"])
    sub_case = SubCase.objects.get(sub_case_no=row.sub_case_no)
    sub_case.case = case
    clocks = [finish_clock(clock=row.clock, actor=actor, at=at)] if row.clock else []
    note_progress(
        case=case, sub_case=sub_case, event="verified", actor=actor, at=at, clocks=clocks, reason=row.found,
        text=f"承诺核查：{RESULTS[result]}。{row.found if result != 'kept' else ''}",
    )  # fmt: skip
    if row.false_promise:
        tell_credit(
            case=case,
            kind="false_commitment",
            level="general",
            text=f"办理“{case.item_name}”时作出不实承诺：{row.found}",
            actor=actor,
            at=at,
        )
    return row


@as_one_act
def order_rectification(*, case_no: str, due_on: date, what: str, actor: Actor, at: datetime) -> Commitment:
    """责令限期整改, with its document.

    Errors: NotAllowed, NotVerified (only after "differs"), ReasonMissing, TooEarly (a day not after today).
    """
    case = lock_case(case_no)
    row = _verifiable(case_no)
    require_any(actor, *ROLES, organisation=row.organisation)
    if row.result != "differs":
        raise NotVerified("核查结果为“与承诺不符”的，才责令整改。")
    if not what.strip():
        raise ReasonMissing("请写明整改的要求。", fields={"what": "请写明整改的要求。"})
    if due_on <= localdate(at):
        raise TooEarly("整改期限应当晚于今天。", fields={"due_on": "请选择今天以后的日期。"})
    row.rectify_due, row.rectify_what, row.rectified, row.rectified_at = due_on, what.strip(), "", None
    row.save(update_fields=["rectify_due", "rectify_what", "rectified", "rectified_at"])
    sub_case = SubCase.objects.get(sub_case_no=row.sub_case_no)
    sub_case.case = case
    document = serve_document(
        case=case,
        sub_case=sub_case,
        kind="rectify",
        at=at,
        data={"found": row.found, "what": row.rectify_what, "due_on": due_on.isoformat()},
    )
    note_progress(
        case=case, sub_case=sub_case, event="rectify_ordered", actor=actor, at=at, document_no=document.document_no, reason=row.found,
        text=f"责令整改（{document.document_no}）：请在{due_on.year}年{due_on.month}月{due_on.day}日前整改。",
    )  # fmt: skip
    return row


@as_one_act
def report_rectified(*, case_no: str, fine: bool, found: str = "", actor: Actor, at: datetime) -> Commitment:
    """The department looked again. Errors: NotAllowed, NotVerified (nothing was ordered), ReasonMissing."""
    case = lock_case(case_no)
    row = _verifiable(case_no)
    require_any(actor, *ROLES, organisation=row.organisation)
    if row.rectify_due is None:
        raise NotVerified("还没有责令整改。")
    if not fine and not found.strip():
        raise ReasonMissing("请写明复查发现的事实。", fields={"found": "请写明复查发现的事实。"})
    row.rectified, row.rectified_at = ("fine" if fine else "failing"), at
    if fine:
        row.result = "kept"
    row.save(update_fields=["rectified", "rectified_at", "result"])
    sub_case = SubCase.objects.get(sub_case_no=row.sub_case_no)
    sub_case.case = case
    text = "整改后符合条件，许可继续有效。" if fine else f"整改后仍不符合条件：{found.strip()}"
    note_progress(case=case, sub_case=sub_case, event="rectified", actor=actor, at=at, reason=found.strip(), text=text)
    return row


def _verifiable(case_no: str) -> Commitment:
    row = Commitment.objects.select_for_update().filter(case_no=case_no, withdrawn_at=None).exclude(decided_at=None).first()
    if row is None:
        raise NotFound("这一办件不是以告知承诺方式准予的。")
    return row
