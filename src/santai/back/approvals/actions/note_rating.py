"""The applicant rated the service."""

from datetime import datetime

from santai.back.cases.service import Case, note_event
from santai.exchange.contracts.service import CaseRated
from santai.kernel.ledger.service import Actor, as_one_act

LEVELS = {1: "非常满意", 2: "满意", 3: "基本满意", 4: "不满意", 5: "非常不满意"}


@as_one_act
def note_rating(*, message: CaseRated, actor: Actor, at: datetime) -> None:
    """Show the level on the case, without the rater's name (standards.md §2, 好差评)."""
    if Case.objects.filter(case_no=message.case_no).exists():
        note_event(
            case_no=message.case_no,
            sub_case_no="",
            event="rated",
            organisation_name="",
            actor=actor,
            text=f"评价：{LEVELS.get(message.level, '')}",
            public=False,
            at=at,
        )
