"""事项选错: a case filed under a wrong item goes on under the right one, with its entries and its time of receipt."""

from datetime import datetime
from typing import Any

from django.db import transaction

from santai.exchange.contracts.service import FileRef, decode
from santai.front.counter.actions.start_intake import start_intake
from santai.front.counter.errors import Incomplete, MovedTooLate, Unknown
from santai.front.counter.models import Intake
from santai.front.counter.queries import access_visit, assisting_in, movable
from santai.front.hall.service import access_draft, application_of, form_of_draft, hand_in_material, materials_of_draft, save_draft
from santai.kernel.ledger.service import Actor


@transaction.atomic
def move_case(*, number: str, case_no: str, item_code: str, situation: dict[str, Any], agreed: bool, actor: Actor, at: datetime) -> Intake:
    """An intake of the right item with what both forms ask for and the materials of the same name; filing it ends the wrong case and keeps
    its time of receipt. Only with the applicant's consent, and only before acceptance. A move begun earlier and never filed is dropped.

    Errors: VisitUnknown, Unknown (not this applicant's case), MovedTooLate, Incomplete, those of ``start_intake``.
    """
    visit = access_visit(number=number, actor=actor)
    view = movable(visit, case_no)
    if view is None:
        raise Unknown()
    if view.state not in ("submitted", "received", "correcting"):
        raise MovedTooLate()
    application = application_of(case_no)
    if application.item_code == item_code:
        raise Incomplete(fields={"": "这就是原来申请的事项。"})
    if not agreed:
        raise Incomplete(fields={"agreed": "转办要申请人同意。"})
    begun = Intake.objects.select_for_update().filter(moved_from=case_no, state__in=(Intake.State.OPEN, Intake.State.FILED))
    if begun.filter(state=Intake.State.FILED).exists():
        raise MovedTooLate()
    begun.exclude(visit=visit, item_code=item_code).update(state=Intake.State.DROPPED)  # an earlier move nobody filed
    intake = start_intake(number=number, item_code=item_code, situation=situation, actor=actor, at=at, moved_from=case_no)
    acting = assisting_in(actor, intake)
    draft = access_draft(draft_id=intake.draft, actor=acting)
    known = {path.split(".")[0] for path in form_of_draft(draft).fields}
    entries = {name: value for name, value in application.content.items() if name in known and name != "situation"}
    draft = save_draft(draft_id=draft.id, data={**entries, **draft.data}, revision=draft.revision, actor=acting, at=at)
    earlier = {one["name"]: one.get("files", []) for one in application.materials}
    for material in materials_of_draft(draft):
        if files := [decode(FileRef, file) for file in earlier.get(material.name, [])]:
            hand_in_material(draft_id=draft.id, code=material.code, files=files, actor=acting, at=at)
    return intake
