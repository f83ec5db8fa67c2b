"""Nobody answered the correction notice in time."""

from datetime import datetime

from santai.back.approvals.actions.clocks_from_receipt import DEEMED_WITHDRAWAL
from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.actions.withdraw_case import withdraw_case
from santai.back.approvals.queries import correction_of, item_of
from santai.back.cases.service import Case, lock_case
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import NoticeWanted, Party, decode
from santai.kernel.clocks.service import clocks_of
from santai.kernel.ledger.service import as_one_act, system_actor


@as_one_act
def lapse_correction(*, case_no: str, at: datetime) -> Case:
    """Tell applicant and departments, who now accept or refuse to accept; where a local rule says so, the application counts as
    withdrawn. No national law says what silence of the applicant means, so nothing ends by itself without such a rule.

    The clock that fires is held already: OperationalError while somebody acts on the case, and the clock tries again.
    """
    case = lock_case(case_no, wait=False)
    if case.state != Case.State.CORRECTING or case.lapsed_at is not None:
        return case
    actor = system_actor("back.approvals")
    item = item_of(case.item_code, case.item_version)
    basis = item.correction_lapse_basis if item.correction_lapse == "withdrawn" else _local_basis(case)
    if basis:
        return withdraw_case(case_no=case_no, reason=f"逾期未补正，依据{basis}", actor=actor, at=at, deemed=True)
    case.lapsed_at = at
    case.changed_at = at
    case.save(update_fields=["lapsed_at", "changed_at"])
    notice = correction_of(case_no)
    note_progress(
        case=case,
        event="correction_lapsed",
        text="补正期限已过，还没有收到补正内容。提出补正的部门将依法决定是否受理；决定作出之前您仍然可以补正。",
        actor=actor,
        at=at,
        facts={"respond_by": notice.respond_by.isoformat() if notice else ""},
    )
    publish(
        NoticeWanted(
            to=decode(Party, case.applicant),
            template="correction_lapsed",
            facts={"case_no": case_no, "item": case.item_name},
            case_no=case_no,
            wanted_at=at.isoformat(),
        ),
        actor=actor,
        order_key=case_no,
        at=at,
    )
    return case


def _local_basis(case: Case) -> str:
    """The city's rule that counts the applicant's silence as withdrawal, when the time to answer ran under it; empty otherwise."""
    under = [clock for clock in clocks_of(f"case:{case.case_no}") if clock.rule == DEEMED_WITHDRAWAL]
    return under[-1].law if under else ""
