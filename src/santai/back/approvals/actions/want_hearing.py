"""The department finds that a hearing may or must be held."""

from collections.abc import Sequence
from datetime import datetime

from santai.back.approvals.actions.hearing_common import own_part
from santai.back.approvals.errors import ReasonMissing, WrongStep
from santai.back.approvals.models import Hearing
from santai.kernel.ledger.service import Actor, as_one_act, record


@as_one_act
def want_hearing(*, sub_case_no: str, ground: str, reason: str, parties: Sequence[str] = (), actor: Actor, at: datetime) -> Hearing:
    """``ground``: interest (47), prescribed or public (46). ``parties``: the others it touches, who are told too.

    From now on no decision is made before the hearing is dealt with. Errors: NotAllowed, WrongStep (also when found before), ReasonMissing.
    """
    own_part(sub_case_no, actor)
    if ground not in Hearing.Ground.values:
        raise ReasonMissing("请选择听证的依据。", fields={"ground": "请选择听证的依据。"})
    if not reason.strip():
        raise ReasonMissing("请写明涉及谁的什么利益。", fields={"reason": "请写明涉及谁的什么利益，或者应当听证的规定。"})
    names = [name.strip() for name in parties if name.strip()]
    if ground == Hearing.Ground.INTEREST and not names:
        raise ReasonMissing("请写明利害关系人。", fields={"parties": "请写明利害关系人，一行一位；不能确定具体人员的写明范围。"})
    if Hearing.objects.filter(sub_case_no=sub_case_no).exists():
        raise WrongStep("本件的听证已经提出过，请看最新的进展。")
    hearing = Hearing.objects.create(sub_case_no=sub_case_no, ground=ground, reason=reason.strip(), parties=names, found_at=at)
    record(
        actor=actor, act="back.approvals.want_hearing", on=f"subcase:{sub_case_no}", at=at, why=reason.strip(), details={"ground": ground}
    )
    return hearing
