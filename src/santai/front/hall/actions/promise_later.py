"""告知承诺 in the draft, taking it back, and handing in what was promised."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import (
    CommitmentWithdrawn,
    FileRef,
    MaterialHandedIn,
    MaterialsCompleted,
    Party,
    commitment_digest,
    decode,
)
from santai.front.hall.actions.check_standing import refuse_bad_credit
from santai.front.hall.errors import CommitmentNotOffered, NotAllTold, NotFound, NothingPromised, NotOpen
from santai.front.hall.models import Application, CaseLine, CaseView, Draft, PromiseView
from santai.front.hall.queries import definition_of, kept_by, offers_commitment
from santai.kernel.ledger.service import Actor, record

TOLD = frozenset({"conditions", "standards", "consequences"})


def choose_commitment(*, draft_id: UUID | str, told: Iterable[str], actor: Actor, at: datetime) -> Draft:
    """Sign the commitment of the item version the draft is written under, after conditions, standards and consequences were read.

    Errors: NotFound; CommitmentNotOffered; NotAllTold; CreditBar; CreditUnknown (asked outside the transaction).
    """
    draft = Draft.objects.filter(kept_by(actor), id=draft_id, state=Draft.State.OPEN).first()
    if draft is None:
        raise NotFound()
    item = definition_of(draft.item_code, draft.item_version)
    if not offers_commitment(item):
        raise CommitmentNotOffered()
    if not frozenset(told) >= TOLD:
        raise NotAllTold(fields={"told": NotAllTold.message})
    party = decode(Party, draft.applicant)
    refuse_bad_credit(code=party.code, item_code=item.code, actor=actor, subject=f"draft:{draft.id}", at=at)
    return _keep(draft.id, {"signer": actor.name, "signed_at": at.isoformat(), "digest": commitment_digest(item)}, actor, at)


def drop_commitment(*, draft_id: UUID | str, actor: Actor, at: datetime) -> Draft:
    """Go the ordinary way after all. Errors: NotFound."""
    return _keep(draft_id, {}, actor, at)


@transaction.atomic
def _keep(draft_id: UUID | str, commitment: dict[str, str], actor: Actor, at: datetime) -> Draft:
    draft = Draft.objects.select_for_update().filter(kept_by(actor), id=draft_id, state=Draft.State.OPEN).first()
    if draft is None:
        raise NotFound()
    draft.commitment, draft.updated_at = commitment, at
    draft.save(update_fields=["commitment", "updated_at"])
    act = "choose_commitment" if commitment else "drop_commitment"
    record(actor=actor, act=f"front.hall.{act}", on=f"draft:{draft.id}", at=at, details={"digest": commitment.get("digest", "")})
    return draft


@transaction.atomic
def withdraw_commitment(*, case_no: str, actor: Actor, at: datetime) -> Application:
    """Take it back before the decision. Errors: NotFound; NotOpen (decided, or nothing to take back)."""
    application = Application.objects.select_for_update().filter(case_no=case_no).first()
    view = CaseView.objects.filter(case_no=case_no).first()
    if application is None or view is None:
        raise NotFound()
    if view.state == "completed" or not application.commitment or application.commitment.get("withdrawn_at"):
        raise NotOpen("许可决定已经作出，或者没有可以撤回的承诺。")
    application.commitment = {**application.commitment, "withdrawn_at": at.isoformat()}
    application.save(update_fields=["commitment"])
    CaseLine.objects.create(case_no=case_no, at=at, event="commitment_dropped", text="您撤回了承诺，申请将按一般程序办理。")
    record(actor=actor, act="front.hall.withdraw_commitment", on=f"case:{case_no}", at=at)
    publish(CommitmentWithdrawn(case_no=case_no, withdrawn_at=at.isoformat()), actor=actor, order_key=case_no, at=at)
    return application


@transaction.atomic
def complete_materials(*, case_no: str, files: Mapping[str, list[FileRef]], actor: Actor, at: datetime) -> PromiseView:
    """Hand in what was promised; each material can come by itself. What is sent before the last day is over is in time.

    Errors: NothingPromised (nothing waits, or the last day is over).
    """
    view = PromiseView.objects.select_for_update().filter(case_no=case_no).first()
    today = localdate(at).isoformat()
    names = {one["code"]: one["name"] for one in open_promises(view) if one["due_on"] >= today}
    given = {code: tuple(refs) for code, refs in files.items() if refs and code in names}
    if view is None or not given:
        raise NothingPromised()
    view.materials = [{**one, "completed_at": at.isoformat()} if one["code"] in given else one for one in view.materials]
    view.save(update_fields=["materials"])
    CaseView.objects.filter(case_no=case_no).update(needs_me=bool(open_promises(view)), changed_at=at)
    said = "、".join(names[code] for code in given)
    CaseLine.objects.create(case_no=case_no, at=at, event="promise_sent", text=f"您补交了{said}。")
    record(actor=actor, act="front.hall.complete_materials", on=f"case:{case_no}", at=at, details={"materials": sorted(given)})
    publish(
        MaterialsCompleted(
            case_no=case_no,
            completed_at=at.isoformat(),
            materials=tuple(MaterialHandedIn(code=code, name=names[code], files=refs) for code, refs in given.items()),
        ),
        actor=actor,
        order_key=case_no,
        at=at,
    )
    return view


def open_promises(view: PromiseView | None) -> list[dict[str, str]]:
    """What is still to be handed in."""
    return [one for one in view.materials if not one.get("completed_at")] if view else []
