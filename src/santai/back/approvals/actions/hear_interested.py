"""利害关系人: noted, told, heard (行政许可法 36)."""

from datetime import datetime

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.errors import CaseEnded, ReasonMissing, WrongStep
from santai.back.approvals.models import InterestedParty
from santai.back.cases.service import SubCase, lock_sub_case
from santai.kernel.access.service import require_any
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def note_interested(*, sub_case_no: str, name: str, interest: str, actor: Actor, at: datetime) -> InterestedParty:
    """The permit directly touches somebody's major interest; nothing is decided before he is told and heard. NotAllowed, CaseEnded."""
    sub_case = _open(sub_case_no, actor)
    if not name.strip():
        raise ReasonMissing("请写明利害关系人。", fields={"name": "请写明利害关系人。"})
    party = InterestedParty.objects.create(
        sub_case_no=sub_case_no, name=name.strip(), interest=interest.strip(), noted_by=actor.name, noted_at=at
    )
    note_progress(
        case=sub_case.case,
        sub_case=sub_case,
        event="party_noted",
        text="审查发现许可直接关系他人重大利益。",
        actor=actor,
        at=at,
        public=False,
    )
    return party


@as_one_act
def tell_interested(*, sub_case_no: str, actor: Actor, at: datetime) -> int:
    """Tell everyone noted and not told yet, in writing; returns how many. NotAllowed, CaseEnded, WrongStep when nobody is left."""
    sub_case = _open(sub_case_no, actor)
    parties = list(InterestedParty.objects.select_for_update().filter(sub_case_no=sub_case_no, told_at=None))
    if not parties:
        raise WrongStep("没有需要告知的利害关系人。")
    for party in parties:
        party.told_at = at
        party.save(update_fields=["told_at"])
        serve_document(case=sub_case.case, sub_case=sub_case, kind="party_told", data={"applicant": party.name}, at=at)
    note_progress(
        case=sub_case.case,
        sub_case=sub_case,
        event="party_told",
        text=f"已告知{len(parties)}名利害关系人可以陈述意见。",
        actor=actor,
        at=at,
    )
    return len(parties)


@as_one_act
def hear_interested(*, sub_case_no: str, statement: str, actor: Actor, at: datetime) -> int:
    """Keep what those told said (or that they said nothing); returns how many were heard. NotAllowed, CaseEnded, WrongStep."""
    sub_case = _open(sub_case_no, actor)
    heard = InterestedParty.objects.filter(sub_case_no=sub_case_no, heard_at=None).exclude(told_at=None)
    number = heard.update(heard_at=at, statement=statement.strip())
    if not number:
        raise WrongStep("没有已告知而未听取意见的利害关系人。")
    note_progress(
        case=sub_case.case, sub_case=sub_case, event="party_heard", text="已听取利害关系人的意见。", actor=actor, at=at, public=False
    )
    return number


def _open(sub_case_no: str, actor: Actor) -> SubCase:
    sub_case = lock_sub_case(sub_case_no)
    require_any(actor, "examiner", "decider", organisation=sub_case.organisation)
    if not sub_case.is_open:
        raise CaseEnded()
    return sub_case
