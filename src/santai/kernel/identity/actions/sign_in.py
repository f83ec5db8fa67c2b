"""Sign in with login and password; failures slow the next try down, per login and per source, and never close the door for good."""

import hashlib
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import connection, transaction

from santai.kernel.identity import rules
from santai.kernel.identity.errors import SignInRefused, TooManyAttempts
from santai.kernel.identity.models import Account, SignInThrottle
from santai.kernel.identity.queries import actor_for_account, find_account
from santai.kernel.ledger.service import Actor, record, system_actor


def sign_in(*, login: str, password: str, source: str, at: datetime) -> Account:
    """The account, when the password is right and nothing must wait.

    Raises TooManyAttempts or SignInRefused; both say the same for known and unknown logins, and an unknown login costs the same time.
    The failure is on record before the refusal is raised, so this verb holds two transactions of its own.
    """
    keys = _keys(login, source)
    with transaction.atomic():
        opens = SignInThrottle.objects.filter(key__in=keys.values(), open_at__gt=at).values_list("open_at", flat=True)
        wait = max((moment - at for moment in opens), default=None)
    if wait is not None:
        seconds = max(1, int(wait.total_seconds() + 0.999))
        raise TooManyAttempts(f"尝试次数过多，请在 {_spoken(seconds)}后再试。", seconds=seconds)
    account = find_account(login)
    usable = account is not None and account.is_active
    right = check_password(password, account.password) if account else bool(make_password(password)) and False
    with transaction.atomic():
        if account and usable and right:
            SignInThrottle.objects.filter(key=keys["login"]).delete()
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
        for kind, key in keys.items():
            _count_failure(kind, key, at)
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


def _keys(login: str, source: str) -> dict[str, str]:
    """Digests: a password typed into the wrong field must not lie in a table."""
    return {
        "login": hashlib.sha256(f"login:{login.strip().lower()}".encode()).hexdigest(),
        "source": hashlib.sha256(f"source:{source}".encode()).hexdigest(),
    }


def _count_failure(kind: str, key: str, at: datetime) -> None:
    """One more failure; the row lock makes parallel guesses count one by one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into kernel_identity_signinthrottle (key, failures, last_failed_at, open_at) values (%s, 0, %s, %s) "
            "on conflict (key) do nothing",
            [key, at, at],
        )
    row = SignInThrottle.objects.select_for_update().get(key=key)
    row.failures = rules.failures_now(row.failures, row.last_failed_at, at) + 1
    row.last_failed_at = at
    row.open_at = at + rules.wait_after(kind, row.failures)
    row.save(update_fields=["failures", "last_failed_at", "open_at"])


def _spoken(seconds: int) -> str:
    return f"{seconds} 秒" if seconds < 90 else f"{-(-seconds // 60)} 分钟"
