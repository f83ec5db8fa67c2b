"""The applicant takes the papers home after being told, once and completely, what is wanting."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime

from santai.front.counter.errors import AlreadyDone, Incomplete, IntakeOver, NothingWanting, ReviewIncomplete
from santai.front.counter.models import Intake, TakenBack
from santai.front.counter.queries import access_intake, assisting, materials_there, parties_of, reviews_in, told_before
from santai.front.counter.rules.review import problems, wanting
from santai.front.hall.service import access_draft, materials_of_draft
from santai.kernel.codes.service import next_gapless
from santai.kernel.ledger.service import Actor, record
from santai.kernel.orgs.service import organisation_card


@transaction.atomic
def take_back(*, intake_id: UUID | str, reason: str, agreed: bool, actor: Actor, at: datetime) -> TakenBack:
    """Only by the applicant's own choice (``agreed``), only with the whole list, and on the record: the list is numbered and printed, and
    binds — nothing beyond it can be asked for when the person comes back. The draft stays.

    Errors: IntakeUnknown, IntakeOver, ReviewIncomplete, NothingWanting, Incomplete, AlreadyDone (the same list was given).
    """
    intake = access_intake(intake_id=intake_id, actor=actor, lock=True)
    if intake.state not in (Intake.State.OPEN, Intake.State.TAKEN_BACK):
        raise IntakeOver()
    party, _filed_by = parties_of(intake.visit)
    acting = assisting(actor, party)
    draft = access_draft(draft_id=intake.draft, actor=acting)
    needed = materials_of_draft(draft)
    if wrong := problems(needed, reviews_in(draft), materials_there(draft), told_before(intake)):
        raise ReviewIncomplete(fields=wrong)
    told = wanting(needed, draft.materials)
    if not told:
        raise NothingWanting()
    last = intake.returns.first() if intake.state == Intake.State.TAKEN_BACK else None
    if last is not None and last.told == told:
        raise AlreadyDone(f"这些材料已经一次性告知并带回（{last.number}），没有变化，不用再出一份。")
    fields = {}
    if not agreed:
        fields["agreed"] = "是否带回由申请人决定。申请人坚持提交的，请收件。"
    if len(reason.strip()) < 2:
        fields["back_reason"] = "请写明申请人为什么选择带回。"
    if fields:
        raise Incomplete(fields=fields)
    body = organisation_card(intake.organisation)
    year = localtime(at).year
    serial = next_gapless(series=f"{intake.organisation}:window_told", year=year)
    back = TakenBack.objects.create(
        number=f"{body.short_name or body.name}窗告〔{year}〕{serial}号",
        intake=intake,
        organisation=intake.organisation,
        organisation_name=body.name,
        item_code=intake.item_code,
        item_name=intake.item_name,
        applicant_code=party.code,
        applicant_name=party.name,
        told=told,
        reason=reason.strip()[:300],
        clerk=actor.name,
        at=at,
    )
    intake.state = Intake.State.TAKEN_BACK
    intake.save(update_fields=["state"])
    record(
        actor=acting, act="front.counter.take_back", on=f"draft:{intake.draft}", at=at, why=back.reason,
        details={"number": back.number, "told": [one["code"] for one in told]},
    )  # fmt: skip
    return back
