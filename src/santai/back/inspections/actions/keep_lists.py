"""检查人员名录 and 检查对象名录."""

from collections.abc import Iterable
from datetime import date, datetime

from santai.back.inspections.actions.common import filled
from santai.back.inspections.errors import CardTaken, EnforcementNotFound
from santai.back.inspections.models import Inspector, SpotObject
from santai.kernel.access.service import require
from santai.kernel.ledger.service import Actor, append, as_one_act, record


@as_one_act
def add_inspector(*, name: str, card_no: str, valid_to: date | None, interests: Iterable[str], actor: Actor, at: datetime) -> Inspector:
    """``interests``: codes or names of those the inspector must keep away from. NotAllowed, WordsMissing, CardTaken."""
    require(actor, "examiner", organisation=actor.organisation)
    said = filled(
        name=(name, "请填写姓名。"),
        card_no=(card_no, "请填写执法证号。"),
        valid_to=(valid_to.isoformat() if valid_to else "", "请填写证件的有效期。"),
    )
    assert valid_to is not None
    if Inspector.objects.filter(card_no=said["card_no"]).exists():
        raise CardTaken(fields={"card_no": "这个执法证号已经在名录中。"})
    one = Inspector(
        organisation=actor.organisation,
        name=said["name"],
        card_no=said["card_no"],
        valid_to=valid_to,
        interests=sorted({each.strip() for each in interests if each.strip()}),
    )
    append(one)
    record(actor=actor, act="back.inspections.inspector_added", on=f"inspector:{one.card_no}", at=at)
    return one


@as_one_act
def add_object(*, code: str, name: str, address: str = "", actor: Actor, at: datetime) -> SpotObject:
    """NotAllowed, WordsMissing, CardTaken."""
    require(actor, "examiner", organisation=actor.organisation)
    said = filled(code=(code, "请填写统一社会信用代码或者编号。"), name=(name, "请填写名称。"))
    if SpotObject.objects.filter(organisation=actor.organisation, code=said["code"]).exists():
        raise CardTaken(fields={"code": "这个对象已经在名录中。"})
    one = SpotObject(organisation=actor.organisation, code=said["code"], name=said["name"], address=address.strip())
    append(one)
    record(actor=actor, act="back.inspections.object_added", on=f"object:{one.code}", at=at)
    return one


@as_one_act
def remove_from_list(*, kind: str, code: str, actor: Actor, at: datetime) -> None:
    """Out of the lists of coming draws; draws made keep it. NotAllowed, EnforcementNotFound."""
    require(actor, "examiner", organisation=actor.organisation)
    if kind == "inspector":
        changed = Inspector.objects.filter(organisation=actor.organisation, card_no=code, left_at=None).update(left_at=at)
    else:
        changed = SpotObject.objects.filter(organisation=actor.organisation, code=code, left_at=None).update(left_at=at)
    if not changed:
        raise EnforcementNotFound()
    record(actor=actor, act="back.inspections.left_list", on=f"{kind}:{code}", at=at)
