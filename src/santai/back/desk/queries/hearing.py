"""A hearing as the desk shows it: where it stands, who may preside, and its lines in the history."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from santai.back.approvals.service import Hearing
from santai.back.cases.service import SubCase
from santai.back.desk.rules.hearing_acts import HearingFacts
from santai.kernel.flow.service import Task
from santai.kernel.identity.service import holders_in


def hearing_facts(hearing: Hearing | None, at: datetime) -> HearingFacts:
    if hearing is None:
        return HearingFacts()
    return HearingFacts(
        ground=hearing.ground,
        announced=hearing.announced_at is not None,
        told=hearing.told_at is not None,
        requested=hearing.requested_at is not None,
        waived=hearing.waived_at is not None,
        notified=hearing.notified_at is not None,
        due=hearing.held_on is not None and hearing.held_on <= at,
        held=hearing.held_at is not None,
        presider=hearing.presider,
    )


def presiders(hearing: Hearing | None, part: SubCase, tasks: list[Task], at: datetime) -> list[tuple[str, str]]:
    """The body's officials who have not examined the case; asked only while somebody is to be named."""
    if hearing is None or hearing.held_at is not None:
        return []
    handled = {task.account for task in tasks if task.subject == f"subcase:{part.sub_case_no}"} | {part.examined_by}
    holders = holders_in(part.organisation, on=localtime(at).date())
    return [(str(one.account_id), f"{one.account.name}（{one.post.title}）") for one in holders if str(one.account_id) not in handled]


def hearing_lines(hearing: Hearing | None) -> list[dict[str, Any]]:
    """Its steps for the page, latest last."""
    if hearing is None:
        return []
    lines = [{"text": f"提出听证：{hearing.get_ground_display()}", "at": hearing.found_at, "more": hearing.reason}]
    if hearing.told_at:
        lines.append({"text": "已告知听证权利", "at": hearing.told_at, "more": f"利害关系人：{'、'.join(hearing.parties)}"})
    if hearing.announced_at:
        lines.append({"text": "已向社会公告", "at": hearing.announced_at, "more": hearing.announcement})
    if hearing.requested_at:
        lines.append({"text": f"{hearing.requested_by}要求听证", "at": hearing.requested_at, "more": ""})
    if hearing.waived_at:
        lines.append({"text": f"{hearing.waived_by}书面放弃听证", "at": hearing.waived_at, "more": ""})
    if hearing.notified_at and hearing.held_on:
        where = f"{localtime(hearing.held_on):%Y-%m-%d %H:%M}，{hearing.place}，主持人{hearing.presider}"
        lines.append({"text": "已通知听证", "at": hearing.notified_at, "more": where})
    if hearing.held_at:
        lines.append({"text": "已举行听证", "at": hearing.held_at, "more": f"{hearing.get_record_state_display()}。{hearing.record}"})
    return lines
