"""容缺: accept with what is missing following later, take it in, end what was not kept."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from santai.back.approvals.service import check_materials, item_of, note_progress, serve_document, withdraw_case
from santai.back.cases.service import Case, SubCase, add_content, current_content, lock_case, lock_sub_case
from santai.back.permits.errors import (
    LocalRuleOff,
    MainMaterialMissing,
    NothingPromised,
    NoticeIncomplete,
    NotTolerable,
    PromiseMissing,
    ToleranceOpen,
)
from santai.back.permits.models import Commitment, GivenPromise, Handover, PromisedMaterial, Publication
from santai.back.permits.queries import clear_of_bad_credit
from santai.back.permits.rules.promises import TOLD_ON_TOLERANCE, Gaps, gaps_in, tolerance_trouble
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import (
    MaterialsCompleted,
    MaterialsPromised,
    NoticeWanted,
    Party,
    decode,
    encode,
    needed_materials,
)
from santai.exchange.contracts.service import PromisedMaterial as Told
from santai.kernel.access.service import require_any
from santai.kernel.clocks.service import ClockState, add_working_days, finish_clock, start_clock
from santai.kernel.jobs.service import for_each
from santai.kernel.ledger.service import Actor, as_one_act, record, system_actor

TROUBLES = {
    "local_rule_off": LocalRuleOff,
    "main_material_missing": MainMaterialMissing,
    "promise_missing": PromiseMissing,
    "not_tolerable": NotTolerable,
}
NOTICE_BEFORE = 2  # working days before the last one, the applicant is reminded


def gaps_of(case: Case) -> Gaps:
    """What is not there in the revision that lies before the department."""
    item = item_of(case.item_code, case.item_version)
    content = current_content(case)
    data = {**content.content, "situation": content.content.get("situation", {})}
    handed_in: dict[str, dict[str, Any]] = {one["code"]: dict(one) for one in content.materials}
    for code in GivenPromise.objects.filter(case_no=case.case_no, written=True).values_list("code", flat=True):
        handed_in.setdefault(code, {})["follows_later"] = True
    return gaps_in(needed_materials(item, data), handed_in)


def promised_codes(*, case: Case) -> set[str]:
    """Materials promised in writing at the window."""
    return set(GivenPromise.objects.filter(case_no=case.case_no, written=True).values_list("code", flat=True))


@as_one_act
def record_promise(*, case_no: str, codes: Iterable[str], written: bool, actor: Actor, at: datetime) -> list[GivenPromise]:
    """Note at the window that the applicant promises to hand materials in later.

    Errors: NotAllowed, NothingPromised (the case is accepted).
    """
    case = lock_case(case_no)
    own = actor.organisation if actor.organisation == case.intake_organisation else case.organisation
    require_any(actor, "intake", "examiner", "chief", "decider", organisation=own)
    if case.accepted_at is not None or not case.is_open:
        raise NothingPromised("办件已经受理或者办结，不能再登记容缺承诺。")
    rows = [
        GivenPromise.objects.update_or_create(case_no=case_no, code=code, defaults={"written": written, "given_at": at})[0]
        for code in codes
    ]
    record(actor=actor, act="back.permits.record_promise", on=f"case:{case_no}", at=at, details={"written": written})
    return rows


@as_one_act
def accept_tolerantly(*, sub_case_no: str, task: UUID, told: Iterable[str], opinion: str = "", actor: Actor, at: datetime) -> SubCase:
    """容缺受理: the main materials are here, the minor ones were promised in writing. ``told``: list, limit, consequence, all three.

    Errors: LocalRuleOff, MainMaterialMissing, PromiseMissing, NotTolerable, NoticeIncomplete, CreditBar; those of ``check_materials``.
    """
    case = lock_sub_case(sub_case_no).case
    refuse_intolerable(case, at)
    if not frozenset(told) >= TOLD_ON_TOLERANCE:
        raise NoticeIncomplete("请一次告知需要补交的材料、补交期限和逾期后果，并逐项勾选。", fields={"told": "请逐项勾选已经告知的内容。"})
    clear_of_bad_credit(case=case, actor=actor, at=at)
    return check_materials(sub_case_no=sub_case_no, task=task, complete=True, opinion=opinion or "容缺受理", actor=actor, at=at)


def refuse_intolerable(case: Case, at: datetime) -> None:
    """Raise what keeps the case from being accepted with something missing."""
    trouble = tolerance_trouble(item_of(case.item_code, case.item_version).tolerance_basis, gaps_of(case))
    if trouble:
        raise TROUBLES[trouble]()


def promise_materials(*, case: Case, actor: Actor, at: datetime) -> None:
    """After acceptance: one clock a promised material, the notice that tells list, limit and consequence, and word to the hall."""
    promised = gaps_of(case).promised
    if not promised or case.accepted_at is None:
        return
    item = item_of(case.item_code, case.item_version)
    parts = list(SubCase.objects.filter(case=case).exclude(state=SubCase.State.FINISHED).order_by("position"))
    started: dict[str, list[ClockState]] = {}
    rows = []
    for material in promised:
        part = next((one for one in parts if one.branch in material.branches), parts[0] if parts else None)
        if part is None or PromisedMaterial.objects.filter(case_no=case.case_no, code=material.code).exists():
            continue
        clock = start_clock(
            rule=f"tolerance-{material.may_follow_days}", subject=f"subcase:{part.sub_case_no}", event_at=case.accepted_at,
            title=f"“{material.name}”补交时限", actor=actor, at=at,
        )  # fmt: skip
        started.setdefault(part.sub_case_no, []).append(clock)
        rows.append(
            PromisedMaterial.objects.create(
                case_no=case.case_no,
                sub_case_no=part.sub_case_no,
                organisation=part.organisation,
                code=material.code,
                name=material.name,
                clock=clock.id,
                due_on=localdate(clock.due_at),
                promised_at=at,
            )  # fmt: skip
        )
    if not rows:
        return
    listed = [{"name": one.name, "due_on": one.due_on.isoformat()} for one in rows]
    facts = {"materials": listed, "basis": item.tolerance_basis, "accepted_at": case.accepted_at.isoformat()}
    document = serve_document(case=case, sub_case=None, kind="tolerance", data=facts, at=at)
    for part in parts:
        if part.sub_case_no in started:
            part.case = case
            names = "、".join(one.name for one in rows if one.sub_case_no == part.sub_case_no)
            note_progress(
                case=case, sub_case=part, event="tolerance_promised", actor=actor, at=at, clocks=started[part.sub_case_no],
                text=f"容缺受理（{document.document_no}）：请按期补交{names}。",
                document_no=document.document_no,
            )  # fmt: skip
    _tell_hall(case, item.tolerance_basis, actor, at)
    _tell_applicant(case, "tolerance_promised", min(one.due_on for one in rows).isoformat(), actor, at)


@as_one_act
def complete_materials(*, message: MaterialsCompleted, actor: Actor, at: datetime) -> list[PromisedMaterial]:
    """What was promised comes in: a new revision beside the old one, its clocks met. A repeated message changes nothing.

    ``message.completed_at`` is the legal time: what was handed in on the last day is in time, whenever this runs. NothingPromised when
    nothing waits any more.
    """
    case = lock_case(message.case_no)
    came_at = datetime.fromisoformat(message.completed_at)
    given = {one.code: one for one in message.materials if one.files or one.from_licence}
    rows = list(
        PromisedMaterial.objects.select_for_update().filter(
            case_no=case.case_no, code__in=given, completed_at=None, lapsed_at=None, due_on__gte=localdate(came_at)
        )
    )
    if not rows or not case.is_open:
        raise NothingPromised()
    content = current_content(case)
    complete_at = case.complete_at
    brought = {one.code: encode(given[one.code]) | {"code": one.code, "name": one.name, "follows_later": False} for one in rows}
    materials = [brought.pop(one["code"], one) for one in content.materials] + list(brought.values())
    add_content(case=case, content=content.content, materials=materials, signatures=content.signatures, at=came_at)
    case.complete_at = complete_at  # the application was complete enough before: no limit begins anew
    case.changed_at = at
    case.save()
    for row in rows:
        row.completed_at = came_at
        row.save(update_fields=["completed_at"])
    for part in SubCase.objects.filter(case=case, sub_case_no__in={row.sub_case_no for row in rows}):
        part.case = case
        own = [row for row in rows if row.sub_case_no == part.sub_case_no]
        clocks = [finish_clock(clock=row.clock, actor=actor, at=came_at) for row in own]
        names = "、".join(row.name for row in own)
        note_progress(
            case=case, sub_case=part, event="tolerance_kept", text=f"已补交{names}。", actor=actor, at=came_at, clocks=clocks,
        )  # fmt: skip
    _tell_hall(case, item_of(case.item_code, case.item_version).tolerance_basis, actor, at)
    return rows


@as_one_act
def lapse_promise(*, clock: ClockState, at: datetime) -> None:
    """The first promise not kept ends the case: it counts as withdrawn from the day after its last day.

    The clock that fires is held already: OperationalError while somebody acts on the case, and the clock tries again.
    """
    row = PromisedMaterial.objects.filter(clock=clock.id, completed_at=None, lapsed_at=None).first()
    if row is None:
        return
    case = Case.objects.get(case_no=row.case_no)
    actor = system_actor("back.permits")
    basis = item_of(case.item_code, case.item_version).tolerance_basis
    withdraw_case(
        case_no=row.case_no, reason=f"承诺补交的“{row.name}”逾期未补齐，依据{basis}，视为撤回申请", actor=actor, at=at, deemed=True,
        document="tolerance_lapsed", facts={"materials": [row.name], "due_on": row.due_on.isoformat(), "basis": basis}, wait=False,
    )  # fmt: skip
    PromisedMaterial.objects.filter(case_no=row.case_no, completed_at=None).update(lapsed_at=at)
    case.refresh_from_db()
    _tell_hall(case, basis, actor, at)
    _tell_applicant(case, "tolerance_lapsed", row.due_on.isoformat(), actor, at)


def remind_of_promises(*, at: datetime) -> int:
    """Chase, once each, what is due in two working days or less."""
    until = add_working_days(localdate(at), NOTICE_BEFORE)
    due = PromisedMaterial.objects.filter(completed_at=None, lapsed_at=None, reminded_at=None, due_on__lte=until)
    return for_each([row.id for row in due.order_by("due_on")[:200]], lambda promise: _remind(promise, at), what="reminder of a promise")


@as_one_act
def _remind(promise_id: Any, at: datetime) -> bool:
    row = PromisedMaterial.objects.select_for_update(skip_locked=True).filter(id=promise_id, reminded_at=None).first()
    if row is None or at < row.promised_at + timedelta(hours=1):
        return False
    row.reminded_at = at
    row.save(update_fields=["reminded_at"])
    case = Case.objects.get(case_no=row.case_no)
    _tell_applicant(case, "tolerance_due", row.due_on.isoformat(), system_actor("back.permits"), at, material=row.name)
    return True


def refuse_open_promises(case_no: str) -> None:
    """No result goes out before everything promised is here."""
    if PromisedMaterial.objects.filter(case_no=case_no, completed_at=None, lapsed_at=None).exists():
        raise ToleranceOpen()


def note_moved(*, clocks: list[ClockState]) -> None:
    """The calendar was changed: the last days move with their clocks."""
    for clock in clocks:
        day = localdate(clock.due_at)
        PromisedMaterial.objects.filter(clock=clock.id, completed_at=None).update(due_on=day)
        Commitment.objects.filter(clock=clock.id, verified_at=None).update(verify_due=day)
        Publication.objects.filter(clock=clock.id, published_at=None).update(due_on=day)
        Publication.objects.filter(remove_clock=clock.id, removed_at=None).update(remove_due=day)
        Handover.objects.filter(clock=clock.id, claimed_at=None).update(claim_by=day)


def _tell_hall(case: Case, basis: str, actor: Actor, at: datetime) -> None:
    rows = PromisedMaterial.objects.filter(case_no=case.case_no, lapsed_at=None)
    told = tuple(
        Told(
            code=one.code, name=one.name, due_on=one.due_on.isoformat(),
            completed_at=one.completed_at.isoformat() if one.completed_at else "",
        )
        for one in rows
    )  # fmt: skip
    publish(MaterialsPromised(case_no=case.case_no, basis=basis, materials=told), actor=actor, order_key=case.case_no, at=at)


def _tell_applicant(case: Case, template: str, due: str, actor: Actor, at: datetime, **facts: str) -> None:
    publish(
        NoticeWanted(
            to=decode(Party, case.applicant), template=template, case_no=case.case_no, wanted_at=at.isoformat(),
            facts={"case_no": case.case_no, "item": case.item_name, "due": due, **facts},
        ),
        actor=actor, order_key=case.case_no, at=at,
    )  # fmt: skip
