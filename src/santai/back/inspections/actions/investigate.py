"""调查取证."""

from collections.abc import Iterable
from datetime import datetime

from santai.back.inspections.actions.common import filled, locked, note, officers_of, open_before_decision, pass_step, write
from santai.back.inspections.models import Interview
from santai.kernel.ledger.service import Actor, append, as_one_act


@as_one_act
def investigate(*, case_no: str, officers: Iterable[str], shown: bool, text: str, actor: Actor, at: datetime) -> Interview:
    """Keep the record of an interview by the holders of these cards. ``shown``: they showed them.

    EnforcementNotFound, NotAllowed, StepDone, TwoOfficers (42), NoEnforcementCard (55), MustWithdraw (43), WordsMissing.
    """
    penalty, part = locked(case_no)
    open_before_decision(penalty, part, actor)
    went = officers_of(card_nos=officers, shown=shown, organisation=part.organisation, party=part.case.applicant, at=at)
    said = filled(text=(text, "请记录调查的经过和询问的内容。"))
    interview = Interview(penalty=penalty, at=at, officers=went, record=said["text"], by_account=actor.account)
    append(interview)
    write(part, "penalty_interview", {"officers": [one["name"] for one in went], "cards": [one["card_no"] for one in went],
                                      "record": interview.record, "at": at.isoformat()}, at=at)  # fmt: skip
    pass_step(part, "investigate", actor=actor, at=at)
    note(part, "investigated", f"调查取证，执法人员：{'、'.join(one['name'] for one in went)}，已出示执法证件。", actor=actor, at=at)
    return interview
