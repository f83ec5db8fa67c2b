"""A department's own line system answered: walk the same steps its officer would have walked at the desk."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from santai.back.approvals.actions.check_materials import check_materials
from santai.back.approvals.actions.decide import decide
from santai.back.approvals.actions.examine import examine
from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.actions.record_branch import record_branch
from santai.back.cases.service import lock_sub_case, note_event
from santai.exchange.contracts.service import LineSystemReported
from santai.kernel.flow.service import tasks_of
from santai.kernel.ledger.service import Actor, ActRefused, as_one_act


@as_one_act
def take_line_system_report(*, message: LineSystemReported, actor: Actor, at: datetime) -> None:
    """Apply a receipt, defects, an examination or an outcome. A report about a step that is over changes nothing.

    ``actor`` is the officer who acted in the line system, as the connector knows them: the post's rights are asked for here as at the
    desk, so a line system can do nothing its officer could not.
    """
    sub_case = lock_sub_case(message.sub_case_no)
    if actor.kind != "system" and actor.organisation != sub_case.organisation:  # a line system speaks for its own department only
        return
    if message.kind == "receipt":
        note_progress(
            case=sub_case.case,
            sub_case=sub_case,
            event="claimed",
            text=f"{sub_case.organisation_name}业务系统已接收（回执 {message.reference}）。",
            actor=actor,
            at=at,
            public=False,
        )
        return
    task = _task(message)
    if task is None:
        return
    try:
        with transaction.atomic():
            _apply(message, task, actor, at)
    except ActRefused as refused:  # kept on the case for people to see; later reports of the case must not wait behind it
        note_event(
            case_no=message.case_no,
            sub_case_no=message.sub_case_no,
            event="line_report_refused",
            organisation_name=sub_case.organisation_name,
            actor=actor,
            text=f"业务系统报来的结果没有采用：{refused.message}",
            public=False,
            at=at,
        )


def _apply(message: LineSystemReported, task: UUID, actor: Actor, at: datetime) -> None:
    common: dict[str, Any] = {"sub_case_no": message.sub_case_no, "task": task, "actor": actor, "at": at}
    if message.kind in ("complete", "defects"):
        check_materials(**common, complete=message.kind == "complete", defects=[{"text": text} for text in message.defects])
    elif message.kind in SUGGESTED:
        examine(**common, suggestion=SUGGESTED[message.kind], opinion=message.text)
    elif message.kind in ("granted", "refused"):
        decide(**common, outcome=message.kind, reason=message.text)
    else:
        record_branch(**common, opinion=message.text)


SUGGESTED = {"examined": "suggest_grant", "advised_against": "suggest_refuse"}
ELEMENTS = {
    "complete": ("check",),
    "defects": ("check",),
    "examined": ("examine",),
    "advised_against": ("examine",),
    "granted": ("decide", "instant"),
    "refused": ("decide", "instant"),
    "recorded": ("record", "acknowledge"),
}


def _task(message: LineSystemReported) -> UUID | None:
    wanted = ELEMENTS[message.kind]
    return next((task.id for task in tasks_of(f"subcase:{message.sub_case_no}") if task.element in wanted), None)
