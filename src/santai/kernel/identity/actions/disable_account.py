"""The system administrator stops an account and lets it in again. Accounts are never deleted."""

from datetime import datetime

from django.db import transaction

from santai.kernel.identity.adapters import require_keeper
from santai.kernel.identity.errors import EntryIncomplete, OwnAccount
from santai.kernel.identity.models import Account
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def disable_account(*, account: Account, why: str, actor: Actor, at: datetime) -> None:
    """Nobody signs in with it and its sessions end at the next request; what it did stays.

    Raises NotKeeper, OwnAccount or EntryIncomplete.
    """
    _set(account, active=False, act="kernel.identity.disable_account", why=why, actor=actor, at=at)


@transaction.atomic
def enable_account(*, account: Account, why: str, actor: Actor, at: datetime) -> None:
    """It may sign in again, with the posts that are still held. NotKeeper, OwnAccount, EntryIncomplete."""
    _set(account, active=True, act="kernel.identity.enable_account", why=why, actor=actor, at=at)


def _set(account: Account, *, active: bool, act: str, why: str, actor: Actor, at: datetime) -> None:
    require_keeper(actor)
    if actor.account == str(account.pk):
        raise OwnAccount()
    if not why.strip():
        raise EntryIncomplete(fields={"why": "请写明原因。"})
    if account.is_active != active:
        account.is_active = active
        account.save(update_fields=["is_active"])
        record(actor=actor, act=act, on=f"account:{account.pk}", at=at, why=why.strip())
