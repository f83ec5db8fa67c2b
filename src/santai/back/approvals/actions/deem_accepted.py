"""The five days passed in silence: the application counts as accepted from the day of receipt (行政许可法 32)."""

from datetime import datetime

from santai.back.approvals.actions.accept_application import accept_application
from santai.back.cases.service import Case, SubCase, lock_case
from santai.kernel.flow.service import complete_task, send_message, tasks_of
from santai.kernel.ledger.service import as_one_act, system_actor


@as_one_act
def deem_accepted(*, case_no: str, at: datetime) -> Case:
    """Accept as of receipt, closing the open completeness checks in the system's name; nothing if the case has moved on.

    The clock that fires is held already: OperationalError while somebody acts on the case, and the clock tries again.
    """
    case = lock_case(case_no, wait=False)
    if case.state != Case.State.CHECKING:
        return case
    actor = system_actor("back.approvals")
    for sub_case in SubCase.objects.filter(case=case, state__in=[SubCase.State.CHECKING, SubCase.State.DEFECTIVE]):
        for task in tasks_of(f"subcase:{sub_case.sub_case_no}"):
            if task.element == "check":
                complete_task(task=task.id, outcome="complete", data={"deemed": True}, actor=actor, at=at)
        if sub_case.state == SubCase.State.DEFECTIVE:  # noted, but the united notice never went out in time
            send_message(subject=f"subcase:{sub_case.sub_case_no}", message="corrected", data={"deemed": True}, actor=actor, at=at)
            for task in tasks_of(f"subcase:{sub_case.sub_case_no}"):
                complete_task(task=task.id, outcome="complete", data={"deemed": True}, actor=actor, at=at)
    if case.shape == "joint":
        send_message(subject=f"case:{case_no}", message="all_checked", data={"defective": False}, actor=actor, at=at)
    accept_application(case=case, actor=actor, at=at, deemed=True)
    return case
