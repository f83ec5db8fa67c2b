"""A department names one of its posts as account manager of a firm, and ends it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localdate

from santai.back.workorders.errors import ManagerIncomplete, ManagerNotFound, ManagerThere
from santai.back.workorders.models import AccountManager
from santai.back.workorders.rules import NAMERS, naming_problems
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import ManagerNamed, as_day
from santai.kernel.access.service import require_any
from santai.kernel.codes.service import InvalidIdentifier, check_identifier
from santai.kernel.identity.service import holders_in
from santai.kernel.ledger.service import Actor, as_one_act, record


@as_one_act
def name_manager(
    *, firm_code: str, firm_name: str, holder: str, phone: str, since: str, until: str, actor: Actor, at: datetime
) -> AccountManager:
    """``holder``: ``account:post`` of somebody in the own department. NotAllowed, ManagerIncomplete, ManagerThere."""
    require_any(actor, *NAMERS)
    today, first, last = localdate(at), as_day(since), as_day(until)
    problems = naming_problems(firm_name=firm_name, phone=phone, since=first, until=last, until_given=bool(until.strip()), today=today)
    try:
        code = check_identifier("credit-code", firm_code)
    except InvalidIdentifier as wrong:
        problems["firm_code"] = wrong.message
    found = next((one for one in holders_in(actor.organisation, on=today) if f"{one.account.id}:{one.post_id}" == holder), None)
    if found is None:
        problems["holder"] = "请从本单位的人员中选择。"
    if problems or found is None or first is None:
        raise ManagerIncomplete(fields=problems)
    AccountManager.objects.select_for_update().filter(firm_code=code).first()
    overlaps = AccountManager.objects.filter(Q(until=None) | Q(until__gte=first), firm_code=code)
    if (overlaps.filter(since__lte=last) if last else overlaps).exists():
        raise ManagerThere(fields={"firm_code": ManagerThere.message})
    manager = AccountManager.objects.create(
        firm_code=code,
        firm_name=firm_name.strip(),
        account=str(found.account.id),
        person=found.account.name,
        post=found.post_id,
        post_title=found.post.title,
        organisation=actor.organisation,
        organisation_name=actor.organisation_name,
        phone=phone.strip(),
        since=first,
        until=last,
        named_at=at,
    )
    _tell(manager, "named", actor, at)
    return manager


@as_one_act
def end_manager(*, manager: UUID, actor: Actor, at: datetime) -> AccountManager:
    """Yesterday was the last day (one that has not begun never counts). ManagerNotFound, NotAllowed."""
    found = AccountManager.objects.select_for_update().filter(id=manager).first()
    if found is None:
        raise ManagerNotFound()
    require_any(actor, *NAMERS, organisation=found.organisation)
    found.until = localdate(at) - timedelta(days=1)
    found.save(update_fields=["until"])
    _tell(found, "ended", actor, at)
    return found


def _tell(manager: AccountManager, act: str, actor: Actor, at: datetime) -> None:
    record(actor=actor, act=f"back.workorders.manager_{act}", on=f"firm:{manager.firm_code}", at=at, details={"post": manager.post})
    publish(
        ManagerNamed(
            manager=str(manager.id),
            firm_code=manager.firm_code,
            person=manager.person,
            post=manager.post_title,
            organisation_name=manager.organisation_name,
            phone=manager.phone,
            since=manager.since.isoformat(),
            until=manager.until.isoformat() if manager.until else "",
            at=at.isoformat(),
        ),
        actor=actor,
        order_key=manager.firm_code,
        at=at,
    )
