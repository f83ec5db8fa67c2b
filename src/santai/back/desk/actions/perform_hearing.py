"""The desk's words about a hearing become the verbs of approvals."""

from collections.abc import Callable
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.timezone import get_current_timezone, is_naive, localtime

from santai.back.approvals.service import (
    announce_hearing,
    hold_hearing,
    notify_hearing,
    request_hearing,
    tell_hearing_right,
    waive_hearing,
    want_hearing,
)
from santai.back.cases.service import access_sub_case
from santai.back.desk.errors import ColleagueMissing
from santai.back.desk.messages import Given
from santai.kernel.identity.service import holders_in
from santai.kernel.ledger.service import Actor, ActRefused

Verb = Callable[[Given, Actor, datetime], str]


def want(given: Given, actor: Actor, at: datetime) -> str:
    parties = given.text("parties").splitlines()
    want_hearing(
        sub_case_no=given.sub_case_no, ground=given.text("ground"), reason=given.text("reason"), parties=parties, actor=actor, at=at
    )
    return "已提出听证，办完听证才能作出决定。"


def tell(given: Given, actor: Actor, at: datetime) -> str:
    tell_hearing_right(sub_case_no=given.sub_case_no, actor=actor, at=at)
    return "听证告知书已制作，五个工作日的期限开始计算。"


def request(given: Given, actor: Actor, at: datetime) -> str:
    request_hearing(sub_case_no=given.sub_case_no, by=given.text("by"), actor=actor, at=at)
    return "已登记听证申请，请在二十个工作日内组织听证。"


def waive(given: Given, actor: Actor, at: datetime) -> str:
    waive_hearing(sub_case_no=given.sub_case_no, by=given.text("by"), actor=actor, at=at)
    return "已登记放弃听证。"


def announce(given: Given, actor: Actor, at: datetime) -> str:
    announce_hearing(sub_case_no=given.sub_case_no, text=given.text("text"), actor=actor, at=at)
    return "听证已公告。"


def notify(given: Given, actor: Actor, at: datetime) -> str:
    presider = given.text("presider")
    name = _presider(presider, given, actor, at)
    notify_hearing(
        sub_case_no=given.sub_case_no, held_on=_moment(given, "held_on"), place=given.text("place"),
        presider=name, presider_account=presider, actor=actor, at=at,
    )  # fmt: skip
    return "听证通知书已制作。"


def hold(given: Given, actor: Actor, at: datetime) -> str:
    presider, closed = given.text("presider"), given.text("closed_because")
    name = _presider(presider, given, actor, at)
    hold_hearing(
        sub_case_no=given.sub_case_no, presider=name, presider_account=presider,
        interested=bool(given.text("interested")), public=not closed, closed_because=closed, record=given.text("record"),
        record_state=given.text("record_state"), actor=actor, at=at,
    )  # fmt: skip
    return "听证笔录已制作，请根据笔录作出决定。"


def _presider(account: str, given: Given, actor: Actor, at: datetime) -> str:
    """The name of the colleague chosen; empty when nobody was, which the verb refuses. ColleagueMissing."""
    if not account:
        return ""
    body = str(access_sub_case(sub_case_no=given.sub_case_no, actor=actor).organisation)
    holders = holders_in(body, on=localtime(at).date())
    found = next((one.account for one in holders if str(one.account_id) == account), None)
    if found is None:
        raise ColleagueMissing(fields={"presider": "请选择本单位的工作人员主持。"})
    return str(found.name)


def _moment(given: Given, name: str) -> datetime:
    try:
        found = parse_datetime(given.text(name))
    except ValueError:
        found = None
    if found is None:
        raise ActRefused("请填写听证的日期和时间。", fields={name: "请填写日期和时间，例如 2026-03-25 09:00。"})
    return found.replace(tzinfo=get_current_timezone()) if is_naive(found) else found


HEARING_VERBS: dict[str, Verb] = {
    "hearing_want": want,
    "hearing_tell": tell,
    "hearing_request": request,
    "hearing_waive": waive,
    "hearing_announce": announce,
    "hearing_notify": notify,
    "hearing_hold": hold,
}
