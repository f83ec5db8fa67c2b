"""The exchange made the licence: remember it beside the part it belongs to."""

from datetime import datetime

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.cases.service import SubCase, lock_sub_case
from santai.exchange.contracts.service import LicenceIssued
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def take_licence(*, message: LicenceIssued, actor: Actor, at: datetime) -> SubCase | None:
    """Idempotent. None for a licence that no sub-case asked for (an imported one)."""
    if not message.sub_case_no:
        return None
    sub_case = lock_sub_case(message.sub_case_no)
    if sub_case.licence.get("identifier") == message.identifier:
        return sub_case
    sub_case.licence = {
        "identifier": message.identifier,
        "number": message.number,
        "title": message.title,
        "verify_path": message.verify_path,
        "digest": message.file.digest,
    }
    sub_case.save(update_fields=["licence"])
    note_progress(
        case=sub_case.case,
        sub_case=sub_case,
        event="licence_issued",
        text=f"电子证照《{message.title}》已签发（{message.number}）。",
        actor=actor,
        at=at,
        facts={"verify_path": message.verify_path},
    )
    return sub_case
