"""首席代表授权: given by the department, with dates; ended at once."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from santai.back.approvals.errors import MandateIncomplete, MandateUnknown
from santai.back.approvals.models import ChiefMandate
from santai.back.approvals.rules.mandate import OUTCOMES
from santai.kernel.access.service import require
from santai.kernel.ledger.service import Actor, as_one_act, record
from santai.kernel.orgs.service import UnknownPost, get_post
from santai.kernel.packs.service import Pack, PackFile, Problem

KEYS = {"post", "items", "outcomes", "limit", "limit_said", "basis", "valid_from", "valid_to"}


@as_one_act
def entrust_chief(
    *, post: str, items: Sequence[str], outcomes: Sequence[str], basis: str, valid_from: str, valid_to: str, actor: Actor, at: datetime
) -> ChiefMandate:
    """By somebody who may decide for the department, and not by the chief. MandateIncomplete with ``fields``; NotAllowed."""
    require(actor, "decider", organisation=actor.organisation)
    fields: dict[str, str] = {}
    try:
        found = get_post(post)
        if found.organisation_id != actor.organisation or "chief" not in found.roles:
            fields["post"] = "请选择本部门首席代表的岗位。"
    except UnknownPost:
        fields["post"] = "请选择首席代表的岗位。"
    if post == actor.post:
        fields["post"] = "不能给自己的岗位授权。"
    if not items:
        fields["items"] = "请至少列明一个事项。"
    if not outcomes or any(one not in OUTCOMES for one in outcomes):
        fields["outcomes"] = "请选择可以作出的决定。"
    if len(basis.strip()) < 4:
        fields["basis"] = "请写明授权书的文号或者名称。"
    begin, end = _day("valid_from", valid_from, fields), _day("valid_to", valid_to, fields)
    if begin and end and end < begin:
        fields["valid_to"] = "截止日期早于开始日期。"
    elif end and end < localdate(at):
        fields["valid_to"] = "截止日期已经过去。"
    if fields or begin is None or end is None:
        raise MandateIncomplete(fields=fields)
    mandate = ChiefMandate.objects.create(
        organisation=actor.organisation, post=post, items=list(items), outcomes=list(outcomes), basis=basis.strip()[:200],
        valid_from=begin, valid_to=end, given_by=actor.name, given_at=at,
    )  # fmt: skip
    record(
        actor=actor, act="back.approvals.entrust_chief", on=f"mandate:{mandate.id}", at=at, why=mandate.basis,
        details={"post": post, "items": list(items), "outcomes": list(outcomes), "from": str(begin), "to": str(end)},
    )  # fmt: skip
    return mandate


@as_one_act
def end_mandate(*, mandate: UUID | str, why: str, actor: Actor, at: datetime) -> ChiefMandate:
    """It ends at once. MandateUnknown, MandateIncomplete without a reason, NotAllowed."""
    require(actor, "decider", organisation=actor.organisation)
    found = ChiefMandate.objects.select_for_update().filter(id=mandate, organisation=actor.organisation, ended_at=None).first()
    if found is None:
        raise MandateUnknown()
    if len(why.strip()) < 2:
        raise MandateIncomplete(fields={"why": "请写明为什么结束。"})
    found.ended_at, found.ended_why = at, why.strip()[:200]
    found.save(update_fields=["ended_at", "ended_why"])
    record(actor=actor, act="back.approvals.end_mandate", on=f"mandate:{found.id}", at=at, why=found.ended_why)
    return found


def _day(field: str, text: str, fields: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        fields[field] = "请填写日期。"
        return None


# -- pack part ``mandates`` ------------------------------------------------------------------------------------------------------------


def check_mandates(pack: Pack, files: list[PackFile]) -> list[Problem]:
    """Every problem of the letters of authority in these files."""
    problems: list[Problem] = []
    for file in files:
        rows = file.data.get("mandates") if isinstance(file.data, dict) else None
        if not isinstance(rows, list):
            problems.append(file.problem("mandates", "应当有一个列表 mandates。"))
            continue
        for index, row in enumerate(rows):
            problems += [file.problem(f"mandates[{index}]{place}", text) for place, text in _row_problems(row)]
    return problems


def _row_problems(row: Any) -> list[tuple[str, str]]:
    if not isinstance(row, dict):
        return [("", "应当是“键: 值”的形式。")]
    found = [(f".{key}", "未知的键。") for key in row if key not in KEYS]
    found += [(f".{key}", "必须填写。") for key in ("post", "items", "outcomes", "basis", "valid_from", "valid_to") if not row.get(key)]
    fields: dict[str, str] = {}
    begin, end = (_day(key, str(row.get(key, "")), fields) for key in ("valid_from", "valid_to"))
    found += [(f".{key}", text) for key, text in fields.items() if row.get(key)]
    if begin and end and end < begin:
        found.append((".valid_to", "截止日期早于开始日期。"))
    if isinstance(row.get("outcomes"), list):
        found += [(".outcomes", f"没有“{one}”这种决定。") for one in row["outcomes"] if one not in OUTCOMES]
    return found


@as_one_act
def install_mandates(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    """The pack's letters replace those it brought before; one that was ended stays ended, and on record."""
    brought = ChiefMandate.objects.select_for_update().filter(pack=pack.name)
    ended = {(one.post, one.basis, one.valid_from) for one in brought.exclude(ended_at=None)}
    running = {(one.post, one.basis, one.valid_from): one for one in brought.filter(ended_at=None)}
    rows = [row for file in files for row in file.data["mandates"]]
    for row in rows:
        key = (row["post"], row["basis"], date.fromisoformat(str(row["valid_from"])))
        if key in ended:
            continue
        letter = running.pop(key, None) or ChiefMandate(pack=pack.name, post=key[0], basis=key[1], valid_from=key[2])
        letter.organisation, letter.items, letter.outcomes = get_post(row["post"]).organisation_id, row["items"], row["outcomes"]
        letter.limit, letter.limit_said = row.get("limit"), row.get("limit_said", "")
        letter.valid_to = date.fromisoformat(str(row["valid_to"]))
        letter.given_by, letter.given_at = actor.name, at
        letter.save()
    ChiefMandate.objects.filter(id__in=[one.id for one in running.values()]).delete()
    return len(rows)
