"""告知承诺: tell, choose, sign, take back; before the decision."""

from collections.abc import Iterable
from datetime import datetime

from santai.back.approvals.service import InspectionMissing, branch_of_sub_case, item_of, note_progress, visited
from santai.back.cases.service import Case, SubCase, lock_case
from santai.back.permits.errors import (
    ExcludedField,
    NotFound,
    NoticeIncomplete,
    NotListed,
    PromiseIsVoluntary,
    PromiseMissing,
    TooLate,
)
from santai.back.permits.models import Commitment
from santai.back.permits.queries import clear_of_bad_credit
from santai.back.permits.rules.promises import commitment_trouble, told_all
from santai.exchange.contracts.service import ApplicationSubmitted, Branch, commitment_digest
from santai.kernel.access.service import require_any
from santai.kernel.clocks.service import ClockState, clocks_of, start_clock, void_clock
from santai.kernel.ledger.service import Actor, as_one_act, record

TROUBLES = {"not_listed": NotListed, "excluded_field": ExcludedField}


def note_commitment(*, case: Case, message: ApplicationSubmitted) -> None:
    """The application came with a signed commitment: the hall told everything, checked the item and the credit, and took the signature.

    An item that does not offer it (any longer) is handled in the ordinary way.
    """
    made = message.commitment
    item = item_of(case.item_code, case.item_version)
    if not made.signed_at or commitment_trouble(item) or made.digest != commitment_digest(item):
        return
    signed_at = datetime.fromisoformat(made.signed_at)
    Commitment.objects.get_or_create(
        case_no=case.case_no,
        defaults={
            "sub_case_no": f"{case.case_no}-main",
            "organisation": case.organisation,
            "item_name": case.item_name,
            "applicant_name": case.applicant_name,
            "told_at": signed_at,
            "signer": made.signer,
            "signed_at": signed_at,
            "digest": made.digest,
        },
    )


@as_one_act
def choose_commitment(*, case_no: str, told: Iterable[str], actor: Actor, at: datetime) -> Commitment:
    """The applicant, told conditions, standards and consequences, chooses 告知承诺 at the window. It counts once it is signed.

    Errors: NotAllowed, NotListed, ExcludedField, NoticeIncomplete, CreditBar, CreditUnknown, TooLate (the case is decided).
    """
    case = lock_case(case_no)
    require_any(actor, "intake", "examiner", "chief", "decider", organisation=_desk_of(case, actor))
    _still_open(case)
    item = item_of(case.item_code, case.item_version)
    if trouble := commitment_trouble(item):
        raise TROUBLES[trouble]()
    if not told_all(item.commitment, told):
        raise NoticeIncomplete("请先告知许可条件、标准和不实承诺的后果，并逐项勾选。", fields={"told": "请逐项勾选已经告知的内容。"})
    clear_of_bad_credit(case=case, actor=actor, at=at)
    row, _ = Commitment.objects.update_or_create(
        case_no=case_no,
        defaults={
            "sub_case_no": f"{case_no}-main",
            "organisation": case.organisation,
            "item_name": case.item_name,
            "applicant_name": case.applicant_name,
            "told_at": at,
            "withdrawn_at": None,
        },
    )
    record(actor=actor, act="back.permits.choose_commitment", on=f"case:{case_no}", at=at)
    return row


@as_one_act
def sign_commitment(*, case_no: str, signer: str, written: bool, actor: Actor, at: datetime) -> Commitment:
    """The written commitment is here. Errors: NotFound (nothing was chosen), PromiseMissing (not in writing), TooLate."""
    case = lock_case(case_no)
    require_any(actor, "intake", "examiner", "chief", "decider", organisation=_desk_of(case, actor))
    _still_open(case)
    row = Commitment.objects.select_for_update().filter(case_no=case_no).first()
    if row is None:
        raise NotFound()
    if not written:
        raise PromiseMissing(fields={"written": "承诺须为书面，请收到签名的承诺书后再登记。"})
    row.signer, row.signed_at = signer.strip() or case.applicant_name, at
    row.digest = commitment_digest(item_of(case.item_code, case.item_version))
    row.save(update_fields=["signer", "signed_at", "digest"])
    record(actor=actor, act="back.permits.sign_commitment", on=f"case:{case_no}", at=at, details={"digest": row.digest})
    return row


@as_one_act
def commit_at_window(*, case_no: str, told: Iterable[str], signer: str, written: bool, actor: Actor, at: datetime) -> Commitment:
    """Chosen and signed in one visit: both or neither. Errors: those of ``choose_commitment`` and ``sign_commitment``."""
    choose_commitment(case_no=case_no, told=told, actor=actor, at=at)
    return sign_commitment(case_no=case_no, signer=signer, written=written, actor=actor, at=at)


@as_one_act
def withdraw_commitment(*, case_no: str, by_applicant: bool = False, actor: Actor, at: datetime) -> Commitment:
    """Taken back before the decision: the case goes the ordinary way, its clocks run from acceptance as if nothing had been chosen.

    ``by_applicant``: the hall has established that the applicant asks; without it an official enters it for the applicant.

    Errors: NotAllowed, NotFound, TooLate (decided already).
    """
    case = lock_case(case_no)
    if not by_applicant:
        require_any(actor, "intake", "examiner", "chief", "decider", organisation=_desk_of(case, actor))
    row = Commitment.objects.select_for_update().filter(case_no=case_no).first()
    if row is None or row.withdrawn_at is not None:
        raise NotFound()
    _still_open(case, "许可决定已经作出，不能再撤回承诺。")
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    changed: list[ClockState] = []
    sub_case = SubCase.objects.select_for_update(of=("self",)).get(sub_case_no=row.sub_case_no)
    sub_case.case = case
    if case.accepted_at is not None:
        item = item_of(case.item_code, case.item_version)
        branch = branch_of_sub_case(sub_case)
        subject = f"subcase:{sub_case.sub_case_no}"
        for clock in clocks_of(subject):
            if clock.rule == item.commitment.decision and clock.state != "void" and clock.finished_at is None:
                changed.append(void_clock(clock=clock.id, actor=actor, at=at, reason="申请人撤回承诺，转一般程序"))
        rules = [rule for rule in (branch.clocks.promised, branch.clocks.statutory) if rule]
        started = [start_clock(rule=rule, subject=subject, event_at=case.accepted_at, actor=actor, at=at) for rule in rules]
        changed += started
        sub_case.due_at = case.due_at = min((clock.due_at for clock in started), default=None)
        sub_case.save(update_fields=["due_at"])
        case.changed_at = at
        case.save(update_fields=["due_at", "changed_at"])
    note_progress(
        case=case,
        sub_case=sub_case,
        event="commitment_dropped",
        text="申请人撤回承诺，转一般程序办理。",
        actor=actor,
        at=at,
        clocks=changed,
    )
    return row


def refuse_demanded_promise(*, case: Case, defects: Iterable[dict[str, str]]) -> None:
    """A correction notice may not ask for a commitment of one who has not chosen it."""
    if not any("承诺书" in one.get("text", "") and "告知承诺" in one.get("text", "") for one in defects):
        return
    row = Commitment.objects.filter(case_no=case.case_no).first()
    if row is None or row.withdrawn_at is not None:
        raise PromiseIsVoluntary()


def refuse_unsigned(case: Case) -> None:
    """Chosen but not signed: sign, or go the ordinary way, before acceptance."""
    row = Commitment.objects.filter(case_no=case.case_no, withdrawn_at=None).first()
    if row is not None and row.signed_at is None:
        raise PromiseMissing("申请人选择了告知承诺，还没有收到书面承诺。")


def clock_rules(*, case: Case, branch: Branch) -> tuple[str, ...] | None:
    """On a standing commitment the decision is due on the spot, whatever the item's ordinary limits are."""
    terms = item_of(case.item_code, case.item_version).commitment
    if not (terms.listed or terms.prescribed_by):
        return None
    row = Commitment.objects.filter(case_no=case.case_no).first()
    return (terms.decision,) if row is not None and row.stands else None


def _still_open(case: Case, message: str = "") -> None:
    if not case.is_open:
        raise TooLate(message or "办件已经办结。")


def _desk_of(case: Case, actor: Actor) -> str:
    return actor.organisation if actor.organisation in (case.organisation, case.intake_organisation) else case.organisation


def refuse_uninspected(sub_case: SubCase) -> None:
    """Where a statute lets a commitment stand for the inspection (消防法 15), others are inspected first: InspectionMissing."""
    signed = Commitment.objects.filter(case_no=sub_case.case_id, withdrawn_at=None).exclude(signed_at=None).exists()
    if not signed and not visited(sub_case.sub_case_no):
        raise InspectionMissing()
