"""Give a step to the department's own line system."""

from datetime import datetime
from typing import Any

from santai.back.approvals.queries import item_of
from santai.back.approvals.rules.branches import branch_of, department_view
from santai.back.cases.service import Case, SubCase
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import TaskHandedOver
from santai.kernel.ledger.service import system_actor


def hand_over(*, case: Case, sub_case: SubCase, step: str, content: dict[str, Any], at: datetime) -> None:
    """Give a step to the department's own line system: its own record, derived from the one form, and no more. Its clocks go on here."""
    branch = branch_of(item_of(case.item_code, case.item_version), sub_case.branch)
    publish(
        TaskHandedOver(
            case_no=case.case_no,
            sub_case_no=sub_case.sub_case_no,
            organisation=sub_case.organisation,
            step=step,
            content=department_view(branch, content),
            handed_over_at=at.isoformat(),
        ),
        actor=system_actor("back.approvals"),
        order_key=case.case_no,
        at=at,
    )
