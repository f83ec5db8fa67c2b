"""The system administrator hands out a new first password to somebody who lost theirs."""

from datetime import datetime

from django.db import transaction

from santai.kernel.identity.actions.first_password import first_password
from santai.kernel.identity.adapters import require_keeper
from santai.kernel.identity.errors import EntryIncomplete, OwnAccount
from santai.kernel.identity.models import Account
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def reset_password(*, account: Account, why: str, actor: Actor, at: datetime) -> str:
    """The new password, to be changed at the next sign-in; every session of the account ends. NotKeeper, OwnAccount or EntryIncomplete."""
    require_keeper(actor)
    if actor.account == str(account.pk):
        raise OwnAccount()
    if not why.strip():
        raise EntryIncomplete(fields={"why": "请写明原因，例如怎样核对了本人身份。"})
    password = first_password()
    account.set_password(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    record(actor=actor, act="kernel.identity.reset_password", on=f"account:{account.pk}", at=at, why=why.strip())
    return password
