"""“办不成事”反映窗口: taken down, given an owner and a clock, answered, and the person told."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate, localtime

from santai.front.counter.errors import AlreadyDone, Incomplete, Unknown
from santai.front.counter.models import Trouble
from santai.front.counter.queries import owners_of
from santai.kernel.access.service import require_any
from santai.kernel.clocks.service import clocks_of, finish_clock, start_clock
from santai.kernel.codes.service import InvalidIdentifier, check_identifier, next_gapless
from santai.kernel.ledger.service import Actor, record

RULE = "window-trouble-5"


@transaction.atomic
def raise_trouble(
    *, person_name: str, phone: str, about: str, what: str, owner: str, actor: Actor, at: datetime, case_no: str = ""
) -> Trouble:
    """``owner``: the account of somebody who leads or works at this window. Incomplete with ``fields``; NotAllowed."""
    require_any(actor, "intake", "assistant", "issuing", "chief", organisation=actor.organisation)
    fields: dict[str, str] = {}
    if len(person_name.strip()) < 2:
        fields["person_name"] = "请填写反映人的姓名。"
    if phone.strip():
        try:
            phone = check_identifier("mobile", phone, on=localdate(at))
        except InvalidIdentifier as wrong:
            fields["phone"] = wrong.message
    if len(about.strip()) < 2:
        fields["about"] = "请写明是哪个事项或者哪个部门。"
    if len(what.strip()) < 6:
        fields["what"] = "请写清楚什么事没有办成、在哪里卡住。"
    owners = dict(owners_of(actor.organisation, on=localdate(at)))
    if owner not in owners:
        fields["owner"] = "请选择负责到底的人。"
    if fields:
        raise Incomplete(fields=fields)
    year = localtime(at).year
    serial = next_gapless(series=f"{actor.organisation}:trouble", year=year)
    number = f"{actor.organisation}-B{year}{serial:04d}"
    clock = start_clock(rule=RULE, subject=f"trouble:{number}", event_at=at, actor=actor, at=at)
    trouble = Trouble.objects.create(
        number=number,
        organisation=actor.organisation,
        organisation_name=actor.organisation_name,
        person_name=person_name.strip(),
        phone=phone.strip(),
        case_no=case_no.replace(" ", ""),
        about=about.strip()[:200],
        what=what.strip(),
        owner_account=owner,
        owner_name=owners[owner],
        due_at=clock.due_at,
        raised_by=actor.name,
        raised_at=at,
    )
    record(actor=actor, act="front.counter.raise_trouble", on=f"trouble:{number}", at=at, details={"owner": owner})
    return trouble


@transaction.atomic
def answer_trouble(*, number: str, outcome: str, answer: str, actor: Actor, at: datetime) -> Trouble:
    """The owner's conclusion ends the clock. Unknown, AlreadyDone, Incomplete; NotAllowed for others than owner and chief."""
    trouble = _mine(number, actor)
    if trouble.state != Trouble.State.OPEN:
        raise AlreadyDone()
    if trouble.owner_account != actor.account:
        require_any(actor, "chief", organisation=trouble.organisation)
    fields = {}
    if outcome not in ("solved", "put_right", "explained"):
        fields["outcome"] = "请选择结论。"
    if len(answer.strip()) < 6:
        fields["answer"] = "请写明怎样解决，或者为什么依法不能办。"
    if fields:
        raise Incomplete(fields=fields)
    for clock in clocks_of(f"trouble:{number}"):
        if clock.is_open:
            finish_clock(clock=clock.id, actor=actor, at=at)
    trouble.state, trouble.outcome, trouble.answer, trouble.answered_at = Trouble.State.ANSWERED, outcome, answer.strip(), at
    trouble.save(update_fields=["state", "outcome", "answer", "answered_at"])
    record(actor=actor, act="front.counter.answer_trouble", on=f"trouble:{number}", at=at, why=trouble.answer, details={"outcome": outcome})
    return trouble


@transaction.atomic
def close_trouble(*, number: str, told_how: str, actor: Actor, at: datetime) -> Trouble:
    """The person was told. Unknown, AlreadyDone, Incomplete."""
    trouble = _mine(number, actor)
    if trouble.state != Trouble.State.ANSWERED:
        raise AlreadyDone("还没有结论，或者已经回访过。")
    if len(told_how.strip()) < 4:
        raise Incomplete(fields={"told_how": "请写明怎样回访、反映人怎么说。"})
    trouble.state, trouble.told_how, trouble.closed_at = Trouble.State.CLOSED, told_how.strip()[:200], at
    trouble.save(update_fields=["state", "told_how", "closed_at"])
    record(actor=actor, act="front.counter.close_trouble", on=f"trouble:{number}", at=at, why=trouble.told_how)
    return trouble


def _mine(number: str, actor: Actor) -> Trouble:
    trouble = Trouble.objects.select_for_update().filter(number=number, organisation=actor.organisation).first()
    if trouble is None:
        raise Unknown()
    require_any(actor, "intake", "assistant", "issuing", "chief", organisation=trouble.organisation)
    return trouble
