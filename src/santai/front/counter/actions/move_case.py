"""事项选错: a case filed under a wrong item goes on under the right one, with its entries and its time of receipt."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from santai.exchange.contracts.service import FileRef, decode
from santai.front.counter.actions.start_intake import start_intake
from santai.front.counter.errors import AlreadyDone, Incomplete, MovedTooLate, Unknown
from santai.front.counter.models import Intake
from santai.front.counter.queries import access_visit, assisting_in, movable
from santai.front.hall.service import access_draft, application_of, form_of_draft, hand_in_material, materials_of_draft, save_draft
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def move_case(*, number: str, case_no: str, item_code: str, situation: dict[str, Any], agreed: bool, actor: Actor, at: datetime) -> Intake:
    """An intake of the right item with what both forms ask for and the materials of the same name; filing it ends the wrong case and keeps
    its time of receipt. Only with the applicant's consent, and only before acceptance.

    A move begun before and not filed is dropped for the new one.

    Errors: AlreadyDone, VisitUnknown, Unknown (not this applicant's case), MovedTooLate, Incomplete, those of ``start_intake``.
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
    if Intake.objects.filter(moved_from=case_no, state=Intake.State.FILED).exists():
        raise AlreadyDone()
    try:
        with transaction.atomic():  # two windows at once: only one of them moves it
            intake = start_intake(number=number, item_code=item_code, situation=situation, actor=actor, at=at)
            _move_to(intake, case_no, actor, at)
    except IntegrityError:
        raise AlreadyDone() from None
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


def _move_to(intake: Intake, case_no: str, actor: Actor, at: datetime) -> None:
    """Let this intake, new or already open in the visit, take the case on; an earlier one that was left open no longer does."""
    if intake.moved_from not in ("", case_no):
        raise AlreadyDone(fields={"": f"这个事项的收件正在接替另一个办件（{intake.moved_from}），请先收件。"})
    left = Intake.objects.select_for_update().filter(moved_from=case_no, state=Intake.State.OPEN).exclude(pk=intake.pk)
    for earlier in left:
        earlier.state = Intake.State.DROPPED
        earlier.save(update_fields=["state"])
        details: dict[str, object] = {"item": earlier.item_code, "draft": str(earlier.draft), "moved_from": case_no}
        record(actor=actor, act="front.counter.drop_intake", on=f"visit:{earlier.visit_id}", at=at, details=details)
    intake.moved_from = case_no
    intake.save(update_fields=["moved_from"])
