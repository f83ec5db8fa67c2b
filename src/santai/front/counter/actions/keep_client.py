"""帮办代办: whom a helper may act for, on what paper and how long."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from santai.exchange.contracts.service import encode
from santai.front.counter.errors import AlreadyDone, Incomplete, Unknown
from santai.front.counter.models import HelperClient
from santai.kernel.access.service import require
from santai.kernel.codes.service import InvalidIdentifier, check_identifier
from santai.kernel.ledger.service import Actor, Party, record

LONGEST_DAYS = 366


@transaction.atomic
def add_client(
    *, kind: str, code_kind: str, code: str, name: str, phone: str, authority: str, valid_to: str, actor: Actor, at: datetime
) -> HelperClient:
    """From today to ``valid_to`` (ISO, at most a year). Incomplete with ``fields``, AlreadyDone, NotAllowed."""
    require(actor, "assistant", organisation=actor.organisation)
    today = localdate(at)
    fields: dict[str, str] = {}
    code_kind = "credit-code" if kind == "organisation" else code_kind
    try:
        code = check_identifier(code_kind, code, on=today)
    except InvalidIdentifier as wrong:
        fields["code"] = wrong.message
    except KeyError:
        fields["code_kind"] = "请选择证件类型。"
    if phone.strip():
        try:
            phone = check_identifier("mobile", phone, on=today)
        except InvalidIdentifier as wrong:
            fields["phone"] = wrong.message
    if len(name.strip()) < 2:
        fields["name"] = "请填写姓名或者单位名称。"
    if len(authority.strip()) < 4:
        fields["authority"] = "请写明委托书的名称和日期。"
    until = _day(valid_to, fields)
    if until and until < today:
        fields["valid_to"] = "委托已经过期。"
    elif until and (until - today).days > LONGEST_DAYS:
        fields["valid_to"] = "一次委托最长一年，到期可以续签。"
    if fields or until is None:
        raise Incomplete(fields=fields)
    party = Party(kind="organisation" if kind == "organisation" else "person", code_kind=code_kind, code=code, name=name.strip())
    try:
        with transaction.atomic():
            client = HelperClient.objects.create(
                helper_account=actor.account,
                helper_name=actor.name,
                organisation=actor.organisation,
                party=encode(party),
                party_code=code,
                phone=phone.strip(),
                authority=authority.strip()[:200],
                valid_from=today,
                valid_to=until,
            )
    except IntegrityError:
        raise AlreadyDone(fields={"code": "已经有这个服务对象的委托。要换委托书的，先结束原来的。"}) from None
    record(actor=actor, act="front.counter.add_client", on=f"client:{client.id}", at=at, why=client.authority, details={"to": str(until)})
    return client


@transaction.atomic
def end_client(*, client: UUID | str, why: str, actor: Actor, at: datetime) -> HelperClient:
    """The authority ends at once. Unknown, Incomplete."""
    require(actor, "assistant", organisation=actor.organisation)
    found = HelperClient.objects.select_for_update().filter(id=client, helper_account=actor.account, ended_at=None).first()
    if found is None:
        raise Unknown()
    if len(why.strip()) < 2:
        raise Incomplete(fields={"ended_why": "请写明为什么结束。"})
    found.ended_at, found.ended_why = at, why.strip()[:200]
    found.save(update_fields=["ended_at", "ended_why"])
    record(actor=actor, act="front.counter.end_client", on=f"client:{found.id}", at=at, why=found.ended_why)
    return found


def _day(text: str, fields: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        fields["valid_to"] = "请填写委托的截止日期。"
        return None
