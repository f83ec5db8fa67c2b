"""征求意见: another department is asked until a day; its silence means what was said when it was asked, never a decision."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.errors import AlreadyAsked, CaseEnded, DueMissing, NotAcceptedYet, ReasonMissing, WrongStep
from santai.back.approvals.models import AskedOpinion
from santai.back.cases.service import SubCase, lock_sub_case
from santai.kernel.access.service import require_any
from santai.kernel.ledger.service import Actor, as_one_act, system_actor
from santai.kernel.orgs.service import organisation_card

ANSWERS = {"agreed": "同意", "objected": "不同意"}


@as_one_act
def ask_opinion(
    *, sub_case_no: str, organisation: str, question: str, due_on: date | None, silence_agrees: bool, actor: Actor, at: datetime
) -> AskedOpinion:
    """Ask another department; the limit of decision goes on. ``silence_agrees`` needs a day.

    Errors: NotAllowed; CaseEnded, NotAcceptedYet; DueMissing; ReasonMissing without a question; AlreadyAsked while one is open.
    """
    sub_case = lock_sub_case(sub_case_no)
    require_any(actor, "examiner", "decider", organisation=sub_case.organisation)
    if not sub_case.is_open:
        raise CaseEnded()
    if sub_case.accepted_at is None:
        raise NotAcceptedYet()
    if silence_agrees and due_on is None:
        raise DueMissing(fields={"due_on": "请填写答复期限。"})
    if due_on is not None and due_on < localdate(at):
        raise DueMissing("答复期限不能早于今天。", fields={"due_on": "答复期限不能早于今天。"})
    if not question.strip():
        raise ReasonMissing("请写明征求意见的内容。", fields={"question": "请写明征求意见的内容。"})
    body = organisation_card(organisation)
    try:
        with transaction.atomic():
            asked = AskedOpinion.objects.create(
                sub_case_no=sub_case_no,
                case_no=sub_case.case.case_no,
                organisation=organisation,
                organisation_name=body.name,
                question=question.strip(),
                asked_by=actor.name,
                asked_at=at,
                due_on=due_on,
                silence_agrees=silence_agrees,
            )
    except IntegrityError as error:
        raise AlreadyAsked("已经向该部门征求意见，请等待答复。") from error
    until = f"，请于{due_on.month}月{due_on.day}日前答复" if due_on else ""
    _note(sub_case, "opinion_asked", f"已向{body.name}征求意见{until}。", actor, at)
    return asked


@as_one_act
def give_opinion(*, opinion: AskedOpinion, answer: str, reason: str, actor: Actor, at: datetime) -> AskedOpinion:
    """The asked department's answer. One that comes after silence has counted as consent is kept beside it and changes nothing.

    Errors: NotAllowed; WrongStep when answered before or the answer is none; ReasonMissing for an objection without reason.
    """
    sub_case = lock_sub_case(opinion.sub_case_no)
    asked = AskedOpinion.objects.select_for_update().get(pk=opinion.pk)
    require_any(actor, "examiner", "decider", organisation=asked.organisation)
    if answer not in ANSWERS or asked.answer in ANSWERS:
        raise WrongStep("这一意见已经答复。" if asked.answer in ANSWERS else None)
    if answer == "objected" and not reason.strip():
        raise ReasonMissing("不同意的，请写明理由。", fields={"reason": "不同意的，请写明理由。"})
    if asked.answer == AskedOpinion.Answer.DEEMED:
        asked.late = f"{ANSWERS[answer]}：{reason.strip()}" if reason.strip() else ANSWERS[answer]
        asked.save(update_fields=["late"])
        _note(sub_case, "opinion_given", f"{asked.organisation_name}的意见逾期到达，已记录；逾期时已视为同意。", actor, at)
        return asked
    asked.answer, asked.reason, asked.answered_by, asked.answered_at = answer, reason.strip(), actor.name, at
    asked.save(update_fields=["answer", "reason", "answered_by", "answered_at"])
    _note(sub_case, "opinion_given", f"{asked.organisation_name}答复：{ANSWERS[answer]}。", actor, at)
    return asked


@as_one_act
def lapse_opinion(*, opinion: AskedOpinion, at: datetime) -> None:
    """The day is over: silence is consent where that was said, else it is only no answer, and supervised."""
    sub_case = lock_sub_case(opinion.sub_case_no)
    asked = AskedOpinion.objects.select_for_update().get(pk=opinion.pk)
    if asked.answered_at is not None or asked.overdue_at is not None or asked.due_on is None or asked.due_on >= localdate(at):
        return
    actor = system_actor("back.approvals")
    asked.overdue_at = at
    if asked.silence_agrees:
        asked.answer, asked.answered_at = AskedOpinion.Answer.DEEMED, at
    asked.save(update_fields=["overdue_at", "answer", "answered_at"])
    if asked.silence_agrees:
        _note(sub_case, "opinion_given", f"{asked.organisation_name}逾期未答复，按约定视为同意。", actor, at)
    else:
        _note(sub_case, "opinion_overdue", f"{asked.organisation_name}逾期未答复意见，不视为同意。", actor, at)


def _note(sub_case: SubCase, event: str, text: str, actor: Actor, at: datetime) -> None:
    note_progress(case=sub_case.case, sub_case=sub_case, event=event, text=text, actor=actor, at=at, public=False)
