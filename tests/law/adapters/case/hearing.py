"""听证: the right told, asked for, waived, the notice, the record, and the decision that rests on it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from santai.back.approvals import service as approvals
from santai.back.approvals.models import Hearing
from santai.kernel.clocks.service import clocks_of
from santai.kernel.ledger.service import Actor
from tests.law.adapters.case.acts import receive
from tests.law.adapters.case.city import CITY
from tests.law.adapters.case.compare import last, says
from tests.law.adapters.case.procedures import OUTCOMES
from tests.law.adapters.case.trial import KEPT, Trial
from tests.law.adapters.case.words import CLOCKS, CONTENTS, DOCUMENTS, EXPECTS, ITEM_FIELDS, Event, act, in_table, refusal
from tests.law.table import Row

KEPT.append(Hearing)
RECORDS = {"已签字": "signed", "拒签已注明": "refused", "未签字": ""}


@in_table(ITEM_FIELDS, "hearing_prescribed")
def _prescribed(terms: dict[str, Any], value: bool, row: Row) -> None:
    terms["hearing"] = row.citation if value else ""


@act("receive", "channel", "materials", "major_interest")
def receive_touching_others(trial: Trial, event: Event) -> None:
    """The department finds whom it touches when it looks at the application."""
    receive(trial, {name: value for name, value in event.items() if name != "major_interest"})
    want(trial, event, "interest")


def want(trial: Trial, event: Event, ground: str) -> None:
    approvals.want_hearing(
        sub_case_no=trial.sub_case_no(event), ground=ground, reason="相邻单位使用同一通道。", parties=["相邻单位"],
        actor=trial.official("examiner"), at=trial.at,
    )  # fmt: skip


@act("tell_hearing_right")
def tell_hearing_right(trial: Trial, event: Event) -> None:
    approvals.tell_hearing_right(sub_case_no=trial.sub_case_no(event), actor=trial.official("examiner"), at=trial.at)


@act("request_hearing", "by", when=lambda row, event: row.kind == "许可")
def request_hearing(trial: Trial, event: Event) -> None:
    approvals.request_hearing(sub_case_no=trial.sub_case_no(event), by=event["by"], actor=trial.official("examiner"), at=trial.at)


@act("waive_hearing", "by", when=lambda row, event: row.kind == "许可")
def waive_hearing(trial: Trial, event: Event) -> None:
    approvals.waive_hearing(sub_case_no=trial.sub_case_no(event), by=event["by"], actor=trial.official("examiner"), at=trial.at)


@act("notify_hearing", "hearing_on", when=lambda row, event: row.kind == "许可")
def notify_hearing(trial: Trial, event: Event) -> None:
    if trial.item.hearing and not Hearing.objects.filter(sub_case_no=trial.sub_case_no(event)).exists():
        want(trial, event, "prescribed")
    presider = trial.official("legal")
    approvals.notify_hearing(
        sub_case_no=trial.sub_case_no(event), held_on=datetime.fromisoformat(event["hearing_on"]).replace(tzinfo=CITY), place="会议室",
        presider=presider.name, presider_account=presider.account, actor=trial.official("examiner"), at=trial.at,
    )  # fmt: skip


def presider_of(trial: Trial, said: str) -> Actor:
    return trial.official("examiner" if said == "本案审查人员" else "legal")


@act("hold_hearing", "presider", "public", "record", when=lambda row, event: row.kind == "许可")
def hold_hearing(trial: Trial, event: Event) -> None:
    presider = presider_of(trial, event["presider"])
    approvals.hold_hearing(
        sub_case_no=trial.sub_case_no(event), presider=presider.name, presider_account=presider.account,
        interested=event["presider"] == "有直接利害关系的人", public=event["public"], record="各方陈述、申辩和质证。",
        record_state=RECORDS[event["record"]], actor=trial.official("examiner"), at=trial.at,
    )  # fmt: skip


@act("decide", "result", "reason", "remedies", "on_record", when=lambda row, event: "on_record" in event)
def decide_on_record(trial: Trial, event: Event) -> None:
    outcome, sub_case_no = OUTCOMES[event["result"]], trial.sub_case_no(event)
    with transaction.atomic():
        approvals.examine(
            sub_case_no=sub_case_no, task=trial.step(event, "examine"), opinion="已审查。", actor=trial.official("examiner"), at=trial.at,
            suggestion="suggest_grant" if outcome == "granted" else "suggest_refuse",
        )  # fmt: skip
        approvals.decide(
            sub_case_no=sub_case_no, task=trial.step(event, "decide"), outcome=outcome, reason=event.get("reason", ""),
            on_record=event["on_record"], actor=trial.official("decider"), at=trial.at,
        )  # fmt: skip


@in_table(EXPECTS, "hearing")
def hearing(trial: Trial, wanted: str) -> None:
    found = Hearing.objects.get(sub_case_no=trial.part.sub_case_no)
    reached = [name for name in ("requested", "notified", "held") if getattr(found, f"{name}_at") is not None]
    assert reached[-1:] == [wanted]


CLOCKS["hearing"] = lambda trial: last(
    [clock for clock in clocks_of(f"hearing:{trial.part.sub_case_no}") if clock.rule == "hearing-hold-20"], "step"
)
DOCUMENTS |= {"听证告知书": "hearing_right", "听证通知书": "hearing_notice", "听证笔录": "hearing_record"}
CONTENTS |= {"时间": says("时间"), "地点": says("地点"), "主持人": says("主持人"), "听证笔录": says("听证笔录")}

refusal("hearing_right_not_told", "back.approvals.hearing_right_not_told")
refusal("hearing_pending", "back.approvals.hearing_pending")
refusal("hearing_not_held", "back.approvals.hearing_not_held")
refusal("not_on_record", "back.approvals.not_on_record")
refusal("too_late", "back.approvals.hearing_too_late")
refusal("notice_too_short", "back.approvals.hearing_notice_too_short")
refusal("over_limit", "back.approvals.hearing_over_limit")
refusal("presider_conflict", "back.approvals.presider_conflict")
refusal("must_be_public", "back.approvals.must_be_public")
refusal("record_unsigned", "back.approvals.record_unsigned")
refusal("announcement_missing", "back.approvals.announcement_missing")
