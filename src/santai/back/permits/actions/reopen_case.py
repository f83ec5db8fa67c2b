"""A decision set aside by review or judgment: noted, and the case taken up again with a new clock."""

from datetime import datetime

from django.utils.timezone import localdate, localtime

from santai.back.approvals.service import branch_of_sub_case, note_progress, serve_document
from santai.back.cases.service import Case, SubCase, lock_sub_case
from santai.back.permits.actions.act_on_licence import _end, _tell_register
from santai.back.permits.errors import GroundMissing, SameFactsSameDecision
from santai.back.permits.models import HeldLicence, LicenceAct, Publication, Reopening
from santai.kernel.access.service import require_any
from santai.kernel.clocks.service import start_clock
from santai.kernel.flow.service import complete_task, send_message, start_process, tasks_of
from santai.kernel.ledger.service import Actor, as_one_act, record, system_actor

SOURCES = dict(Reopening._meta.get_field("source").choices or ())
BECAUSE = dict(Reopening._meta.get_field("because").choices or ())
WITHIN_RULES = {10: "redo-10", 15: "redo-15", 20: "redo-20", 30: "redo-30"}


@as_one_act
def note_review(
    *, sub_case_no: str, source: str, reference: str, result: str, because: str, within: int = 0, actor: Actor, at: datetime
) -> Reopening:
    """A review decision (复议) or judgment set the decision aside: ``result`` redo or annul, ``because`` facts, procedure or law,
    ``within`` working days it set for the new decision (0: the statute's). What the annulled decision gave falls with it.

    Errors: NotAllowed, CaseNotFound, GroundMissing.
    """
    sub_case = lock_sub_case(sub_case_no)
    case = sub_case.case
    require_any(actor, "examiner", "chief", "decider", "legal_reviewer", organisation=sub_case.organisation)
    if sub_case.is_open or source not in SOURCES or result not in ("redo", "annul") or because not in BECAUSE:
        raise GroundMissing("请写明复议决定或者判决的文号、结果和理由；决定还没有作出的，不用登记。")
    if within and within not in WITHIN_RULES:
        raise GroundMissing("重作期限请选择列出的工作日数。", fields={"within": "请选择 10、15、20 或者 30 个工作日。"})
    row = Reopening.objects.create(
        case_no=case.case_no, sub_case_no=sub_case_no, source=source, reference=reference.strip(), result=result, because=because,
        within=within, former_outcome=sub_case.outcome, former_reason=sub_case.reason, noted_at=at,
    )  # fmt: skip
    record(actor=actor, act="back.permits.note_review", on=f"case:{case.case_no}", at=at, why=reference, details={"result": result})
    held = HeldLicence.objects.select_for_update().filter(sub_case_no=sub_case_no, state="valid").first()
    if held is not None:
        why = f"准予决定已被{SOURCES[source]}{reference}撤销"
        act = LicenceAct.objects.create(
            identifier=held.identifier, case_no=case.case_no, kind="revoke", ground="", reason=why, organisation=sub_case.organisation,
            organisation_name=sub_case.organisation_name, by_name=actor.name, by_post=actor.post_title, at=at,
        )  # fmt: skip
        _end(held, "revoked", why)
        _tell_register(held, "revoke", act, reason=why, actor=actor, at=at)
    _order_removal(sub_case_no, f"决定已被{SOURCES[source]}{reference}撤销", actor, at)
    return row


@as_one_act
def reopen_case(*, sub_case_no: str, actor: Actor, at: datetime) -> SubCase:
    """Take the case up again where examination begins; the limit runs anew from today (or as the review decision set it).

    Errors: NotAllowed, CaseNotFound, GroundMissing (no review decision or judgment that orders it).
    """
    sub_case = lock_sub_case(sub_case_no)
    case = sub_case.case
    require_any(actor, "examiner", "chief", "decider", organisation=sub_case.organisation)
    row = Reopening.objects.select_for_update().filter(sub_case_no=sub_case_no, result="redo", reopened_at=None).first()
    if row is None or sub_case.is_open:
        raise GroundMissing("没有责令重新作出决定的复议决定或者判决，已决案件不能重开。")
    branch = branch_of_sub_case(sub_case)
    subject = f"subcase:{sub_case_no}"
    rule = WITHIN_RULES[row.within] if row.within else branch.clocks.statutory
    clocks = [start_clock(rule=rule, subject=subject, event_at=at, actor=actor, at=at, title="重新作出决定的期限")] if rule else []
    former = case.facts.get("licence", "") or sub_case.licence.get("identifier", "")
    row.reopened_at = at
    row.save(update_fields=["reopened_at"])
    sub_case.state, sub_case.outcome, sub_case.reason = SubCase.State.EXAMINING, "", ""
    sub_case.finished_at, sub_case.examined_by, sub_case.licence = None, "", {}
    sub_case.due_at = clocks[0].due_at if clocks else None
    sub_case.save()
    case.state, case.outcome, case.completed_at = Case.State.ACCEPTED, "", None
    case.facts = {**case.facts, "reopened": at.isoformat(), "licence": former}
    case.branches_open += 1
    case.due_at, case.changed_at = sub_case.due_at, at
    case.save()
    _walk_to_examination(sub_case, at)
    facts = {
        "source": SOURCES[row.source], "reference": row.reference, "because": BECAUSE[row.because],
        "former": row.former_document or "原决定",
        "reopened_at": at.isoformat(), "due_at": localtime(clocks[0].due_at).isoformat() if clocks else at.isoformat(),
    }  # fmt: skip
    document = serve_document(case=case, sub_case=sub_case, kind="reopened", data=facts, at=at)
    note_progress(
        case=case, sub_case=sub_case, event="reopened", actor=actor, at=at, clocks=clocks, document_no=document.document_no,
        text=f"依据{SOURCES[row.source]}{row.reference}重新办理（{document.document_no}），办理期限重新计算。",
    )  # fmt: skip
    return sub_case


def refuse_same_decision(*, sub_case: SubCase, outcome: str, reason: str) -> None:
    """Not the same decision on the same facts and reasons again, unless only the procedure was wrong (行政复议法, 行政诉讼法 71)."""
    row = Reopening.objects.filter(sub_case_no=sub_case.sub_case_no).exclude(reopened_at=None).last()
    if row is None or row.because == "procedure" or outcome != row.former_outcome:
        return
    if outcome == "granted" or _same(reason, row.former_reason):
        raise SameFactsSameDecision(fields={"reason": SameFactsSameDecision.message})


def _same(one: str, other: str) -> bool:
    """The same reason, whatever its punctuation and spaces."""
    return [char for char in one if char.isalnum()] == [char for char in other if char.isalnum()]


def _walk_to_examination(sub_case: SubCase, at: datetime) -> None:
    """A process of its own for the new round: what was complete then is complete now."""
    actor = system_actor("back.permits")
    subject = f"subcase:{sub_case.sub_case_no}"
    organisations = {"department": sub_case.organisation, "intake": sub_case.case.intake_organisation or sub_case.organisation}
    start_process(
        key=sub_case.process, subject=subject, data={"case_no": sub_case.case_id}, organisations=organisations, actor=actor, at=at
    )
    for task in tasks_of(subject):
        if task.element == "check":
            complete_task(task=task.id, outcome="complete", data={}, actor=actor, at=at)
            send_message(subject=subject, message="accepted", data={}, actor=actor, at=at)


def _order_removal(sub_case_no: str, because: str, actor: Actor, at: datetime) -> None:
    row = Publication.objects.select_for_update().filter(sub_case_no=sub_case_no, state="published").first()
    if row is None:
        return
    clock = start_clock(rule="unpublish-3", subject=f"permit:{sub_case_no}", event_at=at, actor=actor, at=at)
    row.remove_because, row.remove_clock, row.remove_due = because, clock.id, localdate(clock.due_at)
    row.save(update_fields=["remove_because", "remove_clock", "remove_due"])
