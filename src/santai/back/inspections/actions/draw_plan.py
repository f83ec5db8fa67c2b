"""抽查计划 and its one draw."""

from datetime import datetime
from uuid import UUID

from santai.back.inspections.actions.common import day, filled, note
from santai.back.inspections.actions.open_enforcement import open_enforcement
from santai.back.inspections.errors import AlreadyDrawn, EnforcementNotFound, SeedMissing, TwoOfficers, WordsMissing
from santai.back.inspections.models import Inspection, Inspector, SpotDraw, SpotObject, SpotPlan
from santai.back.inspections.rules.draw import TooFew, digest, draw
from santai.back.inspections.rules.words import INSPECTION, INSPECTION_PROCESS
from santai.kernel.access.service import require
from santai.kernel.ledger.service import Actor, append, as_one_act, record


@as_one_act
def make_plan(*, title: str, subject: str, basis: str, take: int, actor: Actor, at: datetime) -> SpotPlan:
    """NotAllowed, WordsMissing."""
    require(actor, "examiner", organisation=actor.organisation)
    said = filled(title=(title, "请填写计划的名称。"), subject=(subject, "请写明抽查的事项。"), basis=(basis, "请填写抽查的依据。"))
    if take < 1:
        raise WordsMissing(fields={"take": "抽取的对象数应当大于零。"})
    plan = SpotPlan(
        organisation=actor.organisation,
        organisation_name=actor.organisation_name,
        title=said["title"],
        subject=said["subject"],
        basis=said["basis"],
        take=take,
        made_at=at,
        made_by=actor.name,
    )
    append(plan)
    record(actor=actor, act="back.inspections.plan_made", on=f"spot-plan:{plan.id}", at=at)
    return plan


@as_one_act
def draw_plan(*, plan: UUID | str, seed: str, seed_from: str = "", actor: Actor, at: datetime) -> SpotDraw:
    """Draw objects and two inspectors for each, keep lists and seed, and open one inspection an object.

    EnforcementNotFound, NotAllowed, SeedMissing, AlreadyDrawn, TwoOfficers (fewer than two free of interest), WordsMissing.
    """
    found = SpotPlan.objects.select_for_update().filter(id=plan, organisation=actor.organisation).first()
    if found is None:
        raise EnforcementNotFound()
    require(actor, "examiner", organisation=found.organisation)
    if SpotDraw.objects.filter(plan=found).exists():
        raise AlreadyDrawn()
    if not seed.strip():
        raise SeedMissing(fields={"seed": SeedMissing.message})
    objects = list(SpotObject.objects.filter(organisation=found.organisation, left_at=None))
    inspectors = list(Inspector.objects.filter(organisation=found.organisation, left_at=None, valid_to__gte=day(at)))
    if len(objects) < found.take:
        raise WordsMissing(f"检查对象名录中只有 {len(objects)} 家，不足计划抽取的 {found.take} 家，请先补充名录。")
    names = {one.code: one.name for one in objects}
    codes = {name: code for code, name in names.items()}
    away = {one.card_no: frozenset(codes.get(each, each) for each in one.interests) for one in inspectors}
    cards = {one.card_no: one.name for one in inspectors}
    try:
        picked = draw(seed=seed.strip(), objects=list(names), take=found.take, inspectors=list(cards), interests=away)
    except TooFew as few:
        raise TwoOfficers(f"“{names[few.object]}”避开有利害关系的人员后不足两名检查人员，抽取不成立，请先补充检查人员名录。") from few
    made = SpotDraw(
        plan=found,
        seed=seed.strip(),
        seed_from=seed_from.strip(),
        object_list=[{"code": code, "name": name} for code, name in names.items()],
        inspector_list=[{"card_no": card, "name": name, "interests": sorted(away[card])} for card, name in cards.items()],
        picked=[{"object": one.object, "inspectors": list(one.inspectors)} for one in picked],
        digest=digest(list(names), list(cards)),
        drawn_at=at,
        drawn_by=actor.name,
    )
    append(made)
    record(actor=actor, act="back.inspections.drawn", on=f"spot-plan:{found.id}", at=at, details={"seed": made.seed, "lists": made.digest})
    for one in picked:
        case, part = open_enforcement(
            kind=INSPECTION,
            process=INSPECTION_PROCESS,
            name=f"行政检查：{found.title}",
            party={"kind": "organisation", "code_kind": "", "code": one.object, "name": names[one.object]},
            organisation=found.organisation,
            data={},
            actor=actor,
            began_at=at,
            at=at,
        )
        officers = [{"card_no": card, "name": cards[card]} for card in one.inspectors]
        append(Inspection(case=case, plan=found, object_code=one.object, object_name=names[one.object], officers=officers))
        note(part, "drawn", f"随机抽取，检查人员：{'、'.join(each['name'] for each in officers)}。", actor=actor, at=at)
    return made
