"""Act as another post, for another firm, or for oneself; in the demonstration also become another persona."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from santai.kernel.identity.errors import AuthorisationMissing, DemonstrationOnly, PostNotHeld, SignInRefused
from santai.kernel.identity.models import Account
from santai.kernel.identity.queries import (
    actor_for_account,
    authorisations_of,
    find_account,
    grantor_of,
    holdings_of,
    why_not,
)
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def switch_capacity(*, account: Account, key: str, at: datetime) -> tuple[Actor, dict[str, str]]:
    """``key`` as in Capacity. Returns the actor and what the session keeps.

    Raises PostNotHeld, AuthorisationMissing or the reason why an authority no longer holds.
    """
    today = localdate(at)
    kind, _, value = key.partition(":")
    choice: dict[str, str] = {}
    if kind == "post":
        holding = holdings_of(account, today).filter(post_id=value).first()
        if holding is None:
            raise PostNotHeld(post=value)
        actor, choice = actor_for_account(account, holding), {"post": holding.post_id}
    elif kind == "for":
        authorisation = authorisations_of(account).filter(pk=value).first() if _is_uuid(value) else None
        if authorisation is None:
            raise AuthorisationMissing()
        if reason := why_not(authorisation, on=today):
            raise reason()
        actor, choice = actor_for_account(account, represents=grantor_of(authorisation)), {"for": str(authorisation.pk)}
    else:
        actor = actor_for_account(account)
    record(actor=actor, act="kernel.identity.switch_capacity", on=f"account:{account.pk}", at=at, details={"to": kind or "self"})
    return actor, choice


@transaction.atomic
def become_persona(*, login: str, at: datetime) -> Account:
    """Sign in as a persona without a password. DemonstrationOnly outside the demonstration; only accounts that came as samples."""
    if not settings.DEMO:
        raise DemonstrationOnly()
    account = find_account(login)
    if account is None or not account.sample or not account.is_active:
        raise SignInRefused("没有这个演示身份。")
    account.last_login = at
    account.save(update_fields=["last_login"])
    record(actor=actor_for_account(account), act="kernel.identity.become_persona", on=f"account:{account.pk}", at=at)
    return account


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
