"""What this room adds to an approval's acts, through the ports of approvals.

Most cases have nothing of it: the item (read from memory) and the case's own facts say so before any table is asked.
"""

from datetime import datetime

from santai.back.approvals.service import item_of
from santai.back.cases.service import Case, SubCase
from santai.back.permits.actions.hand_to_regulator import hand_to_regulator
from santai.back.permits.actions.make_commitment import note_commitment, refuse_uninspected, refuse_unsigned
from santai.back.permits.actions.promise_materials import gaps_of, promise_materials, refuse_intolerable, refuse_open_promises
from santai.back.permits.actions.publish_decision import owe_publication
from santai.back.permits.actions.renew_by_silence import note_business, note_ended, refuse_foreign_licence
from santai.back.permits.actions.verify_commitment import start_verification
from santai.exchange.contracts.service import ApplicationSubmitted, ItemDefinition
from santai.kernel.ledger.service import Actor


def opened(*, case: Case, message: ApplicationSubmitted, at: datetime) -> None:
    note_business(case=case, message=message)
    note_commitment(case=case, message=message)


def before_accept(*, case: Case, deemed: bool, at: datetime) -> None:
    """Silence accepts whatever lies there; an officer accepts only what may be accepted."""
    if deemed:
        return
    item = item_of(case.item_code, case.item_version)
    if case.facts.get("business"):
        refuse_foreign_licence(case)
    if _offers_commitment(item):
        refuse_unsigned(case)
    if any(material.may_follow_days for material in item.materials) and gaps_of(case).promised:
        refuse_intolerable(case, at)


def accepted(*, case: Case, actor: Actor, at: datetime) -> None:
    if item_of(case.item_code, case.item_version).tolerance_basis:
        promise_materials(case=case, actor=actor, at=at)


def before_decide(*, sub_case: SubCase, outcome: str, reason: str, at: datetime) -> None:
    item = item_of(sub_case.case.item_code, sub_case.case.item_version)
    if item.tolerance_basis:
        refuse_open_promises(sub_case.case_id)
    if outcome == "granted" and item.commitment.prescribed_by:
        refuse_uninspected(sub_case)


def concluded(*, case: Case, sub_case: SubCase, outcome: str, document_no: str, actor: Actor, at: datetime) -> None:
    if not case.is_open and case.facts.get("business"):
        note_ended(case=case, at=at)
    if outcome != "granted" or sub_case.nature != "permit" or not document_no:
        return
    if _offers_commitment(item_of(case.item_code, case.item_version)):
        start_verification(case=case, sub_case=sub_case, actor=actor, at=at)
    owe_publication(case=case, sub_case=sub_case, document_no=document_no, actor=actor, at=at)
    hand_to_regulator(case=case, sub_case=sub_case, document_no=document_no, actor=actor, at=at)


def _offers_commitment(item: ItemDefinition) -> bool:
    return bool(item.commitment.listed or item.commitment.prescribed_by)
