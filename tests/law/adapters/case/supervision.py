"""效能监督: whom a card goes to, what it says, and what an answer does to it."""

from typing import Any

from santai.back.approvals import service as approvals
from santai.oversight.supervision.models import Card
from tests.law.adapters.case.trial import Trial
from tests.law.adapters.case.words import EXPECTS, Event, act, in_table, refusal
from tests.support import walk

PARTS: dict[str, Any] = {
    "监察编号": lambda card: card.card_no,
    "监察规则编号": lambda card: card.rule,
    "预警类型": lambda card: card.get_level_display(),
    "督办内容": lambda card: card.text,
    "责任部门": lambda card: card.organisation_name,
    "发出时间": lambda card: card.issued_at,
}
BODIES = {"滨江新区纪委监委": "discipline-liaison"}


def latest(trial: Trial) -> Card:
    """The card that stands now; prompts that nobody has to answer come before it."""
    return Card.objects.filter(case_id=trial.case_no).exclude(state="withdrawn").latest("rank", "issued_at")


@in_table(EXPECTS, "card_to")
def card_to(trial: Trial, wanted: str) -> None:
    assert wanted == "承办部门"
    assert latest(trial).organisation == trial.part.organisation


@in_table(EXPECTS, "card_has")
def card_has(trial: Trial, wanted: list[str]) -> None:
    card = latest(trial)
    assert [name for name in wanted if not PARTS[name](card)] == []


@act("handle_card", "answer")
def handle_card(trial: Trial, event: Event) -> None:
    approvals.answer_card(card_no=latest(trial).card_no, text=event["answer"], actor=trial.official("examiner"), at=trial.at)


@act("accept", "by", when=lambda row, event: event["by"] in BODIES)
def accept_by_another_body(trial: Trial, event: Event) -> None:
    approvals.check_materials(
        sub_case_no=trial.sub_case_no(event),
        task=trial.step(event, "check"),
        complete=True,
        actor=walk.official(BODIES[event["by"]]),
        at=trial.at,
    )


refusal("no_power", "kernel.access.not_allowed")
