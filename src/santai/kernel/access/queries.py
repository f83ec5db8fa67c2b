"""What a post may do and see, compiled into the query itself."""

from datetime import date

from django.db.models import Q

from santai.kernel.access.errors import NotAllowed
from santai.kernel.access.rules import ROLES
from santai.kernel.clocks.service import today
from santai.kernel.identity.service import PostHolding, holding_in_use
from santai.kernel.ledger.service import Actor
from santai.kernel.orgs.service import organisations_under, regions_under

NOTHING = Q(pk__in=())  # the predicate that no row meets


def roles_of(actor: Actor | None, *, on: date | None = None) -> frozenset[str]:
    """The roles of the post the actor works in, as it stands today (or ``on``). The platform itself has none: it acts without asking."""
    holding = _holding(actor, on)
    return frozenset(role for role in holding.post.roles if role in ROLES) if holding else frozenset()


def may(actor: Actor | None, role: str, *, organisation: str = "", on: date | None = None) -> bool:
    """Does the post in use grant ``role``, and, when ``organisation`` is named, reach that body's things?

    Unknown roles are a mistake of the caller: KeyError. Everything else not granted is refused.
    """
    reach = ROLES[role].reach
    holding = _holding(actor, on)
    if holding is None or role not in holding.post.roles:
        return False
    if not organisation:
        return True
    if reach == "organisation":
        return holding.post.organisation_id == organisation
    if reach == "region":
        return organisations_under(_region(holding)).filter(code=organisation).exists()
    return False


def require(actor: Actor | None, role: str, *, organisation: str = "", on: date | None = None) -> None:
    """NotAllowed unless ``may``."""
    if not may(actor, role, organisation=organisation, on=on):
        raise NotAllowed(role=role, organisation=organisation)


def require_any(actor: Actor | None, *roles: str, organisation: str = "", on: date | None = None) -> str:
    """The first of several roles the actor has; NotAllowed when none."""
    for role in roles:
        if may(actor, role, organisation=organisation, on=on):
            return role
    raise NotAllowed(role=roles, organisation=organisation)


def scope(actor: Actor | None, *roles: str, organisation_field: str = "organisation", region_field: str = "", on: date | None = None) -> Q:
    """One predicate for the query: the rows this actor may see in any of ``roles``. Nothing unless granted.

    ``organisation_field`` holds an organisation code (or is a key to one); ``region_field``, when the table has one, a region code. A
    role with regional reach sees the rows of every body in its region and, with ``region_field``, those that lie in the region.
    """
    holding = _holding(actor, on)
    if holding is None:
        return NOTHING
    granted = [ROLES[role] for role in roles if role in holding.post.roles]
    if any(role.reach == "region" for role in granted):
        region = _region(holding)
        seen = Q(**{f"{organisation_field}__in": organisations_under(region).values("code")})
        if region_field:
            seen |= Q(**{f"{region_field}__in": regions_under(region).values("code")})
        return seen
    if any(role.reach == "organisation" for role in granted):
        seen = Q(**{organisation_field: holding.post.organisation_id})
        if region_field and holding.post.region_id:  # a post that answers only for a part of the area
            seen &= Q(**{f"{region_field}__in": regions_under(holding.post.region_id).values("code")})
        return seen
    return NOTHING


def _holding(actor: Actor | None, on: date | None) -> PostHolding | None:
    if actor is None or actor.kind != "official" or not actor.post:
        return None
    return holding_in_use(actor.account, actor.post, on or today())


def _region(holding: PostHolding) -> str:
    return str(holding.post.region_id or holding.post.organisation.region_id)
