"""Sign in with login and password; failures slow the next try down, per login and per source, and never close the door for good."""

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from santai.kernel.identity.actions.count_attempts import attempt_keys, count_failures, forget_failures, require_patience
from santai.kernel.identity.errors import SignInRefused
from santai.kernel.identity.models import Account
from santai.kernel.identity.queries import actor_for_account, find_account
from santai.kernel.ledger.service import Actor, record, system_actor


def sign_in(*, login: str, password: str, source: str, at: datetime) -> Account:
    """The account, when the password is right and nothing must wait.

    Raises TooManyAttempts or SignInRefused; both say the same for known and unknown logins, and an unknown login costs the same time.
    The failure is on record before the refusal is raised, so this verb holds two transactions of its own.
    """
    keys = attempt_keys(login, source)
    require_patience(keys, at)
    account = find_account(login)
    usable = account is not None and account.is_active
    right = check_password(password, account.password) if account else bool(make_password(password)) and False
    with transaction.atomic():
        if account and usable and right:
            forget_failures(keys)
            account.last_login = at
            account.save(update_fields=["last_login"])
            record(
                actor=actor_for_account(account),
                act="kernel.identity.sign_in",
                on=f"account:{account.pk}",
                at=at,
                details={"source": source},
            )
            return account
        count_failures(keys, at)
        record(
            actor=system_actor("identity"),
            act="kernel.identity.sign_in_failed",
            on=f"account:{account.pk}" if account else f"login:{keys['login'][:16]}",
            at=at,
            details={"source": source},
        )
    raise SignInRefused()


@transaction.atomic
def sign_out(*, actor: Actor, at: datetime) -> None:
    """The record of leaving; the session itself is ended at the edge."""
    record(actor=actor, act="kernel.identity.sign_out", on=f"account:{actor.account}", at=at)
