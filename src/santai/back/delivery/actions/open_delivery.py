"""A part is decided: its result is to be delivered."""

from datetime import datetime

from santai.back.cases.service import Case, SubCase
from santai.back.delivery.models import Delivery
from santai.kernel.clocks.service import clocks_of, start_clock, void_clock
from santai.kernel.ledger.service import Actor

DELIVERED_OUTCOMES = ("granted", "refused", "recorded")
RULE = "deliver-10"


def open_delivery(*, case: Case, sub_case: SubCase, outcome: str, document_no: str, actor: Actor, at: datetime) -> None:
    """Inside the decision's transaction. A granted permit: within ten working days (行政许可法 44); others have no such limit."""
    if outcome not in DELIVERED_OUTCOMES:
        return
    subject = f"delivery:{sub_case.sub_case_no}"
    former = Delivery.objects.select_for_update().filter(sub_case_no=sub_case.sub_case_no).first()
    if former is not None:
        if former.document_no == document_no:
            return
        for running in clocks_of(subject):  # of a decision that review or judgment set aside: the new one is delivered in its place
            if running.is_open:
                void_clock(clock=running.id, actor=actor, at=at)
    clock = None
    if outcome == "granted" and sub_case.nature == "permit":
        clock = start_clock(rule=RULE, subject=subject, event_at=at, actor=actor, at=at)
    Delivery.objects.update_or_create(
        sub_case_no=sub_case.sub_case_no,
        defaults={
            "case_no": case.case_no,
            "item_name": sub_case.item_name,
            "organisation": sub_case.organisation,
            "organisation_name": sub_case.organisation_name,
            "person_code": str(case.applicant.get("code", "")),
            "person_name": case.applicant_name,
            "outcome": outcome,
            "document_no": document_no,
            "decided_at": at,
            "due_at": clock.due_at if clock else None,
            "issued_at": None,
            "issued_by": "",
            "state": Delivery.State.WAITING,
            "next_mode": "",
            "delivered_on": None,
            "mode": "",
            "proof_no": "",
        },
    )
