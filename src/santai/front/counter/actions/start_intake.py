"""Begin an application for the person present: the same item, form and case as online."""

from datetime import datetime
from typing import Any

from django.db import transaction

from santai.exchange.contracts.service import encode
from santai.front.counter.errors import VisitClosed
from santai.front.counter.models import Intake
from santai.front.counter.queries import access_visit, applicant_account, assisting, parties_of
from santai.front.hall.service import current_item, start_draft
from santai.kernel.ledger.service import Actor, record


def start_intake(*, number: str, item_code: str, situation: dict[str, Any], actor: Actor, at: datetime) -> Intake:
    """A draft the window keeps, prefilled from the registers under the purpose 窗口代办预填; the person is the applicant.

    An open intake of the same item in the same visit is returned instead of a second one. Errors: VisitUnknown, VisitClosed,
    ItemNotOffered, WrongHolder.
    """
    visit = access_visit(number=number, actor=actor)
    if visit.closed_at is not None:
        raise VisitClosed()
    item = current_item(item_code)
    if known := visit.intakes.filter(item_code=item.code, state=Intake.State.OPEN).first():
        return known
    party, filed_by = parties_of(visit)
    draft = start_draft(
        account=applicant_account(visit),
        party=party,
        item_code=item_code,
        situation=situation,
        actor=assisting(actor, party),
        at=at,
        held_by=visit.organisation,
        assistance={"visit": visit.number, "authority": visit.authority, "filed_by": encode(filed_by)},
    )
    with transaction.atomic():
        intake = Intake.objects.create(
            visit=visit,
            organisation=visit.organisation,
            draft=draft.id,
            item_code=draft.item_code,
            item_name=draft.item_name,
            applicant_code=party.code,
            begun_at=at,
        )
        record(
            actor=assisting(actor, party),
            act="front.counter.start_intake",
            on=f"visit:{visit.number}",
            at=at,
            details={"item": item.code, "draft": str(draft.id)},
        )
    return intake
