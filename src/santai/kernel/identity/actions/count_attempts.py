"""How often a password was wrong lately, per login and per source: slower and slower, never closed for good (assurance.md §6, 5)."""

import hashlib
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from santai.kernel.identity import rules
from santai.kernel.identity.errors import TooManyAttempts
from santai.kernel.identity.models import SignInThrottle


def attempt_keys(login: str, source: str) -> dict[str, str]:
    """Digests: a password typed into the wrong field must not lie in a table."""
    return {
        "login": hashlib.sha256(f"login:{login.strip().lower()}".encode()).hexdigest(),
        "source": hashlib.sha256(f"source:{source}".encode()).hexdigest(),
    }


def require_patience(keys: dict[str, str], at: datetime) -> None:
    """TooManyAttempts while one of the counters says wait."""
    with transaction.atomic():
        opens = SignInThrottle.objects.filter(key__in=keys.values(), open_at__gt=at).values_list("open_at", flat=True)
        wait = max((moment - at for moment in opens), default=None)
    if wait is not None:
        seconds = max(1, int(wait.total_seconds() + 0.999))
        raise TooManyAttempts(_("尝试次数过多，请在 %(time)s后再试。") % {"time": _spoken(seconds)}, seconds=seconds)


def count_failures(keys: dict[str, str], at: datetime) -> None:
    """One more failure for each key; the row lock makes parallel guesses count one by one."""
    for kind, key in keys.items():
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


def forget_failures(keys: dict[str, str]) -> None:
    """A success forgets what the login got wrong; the source keeps its count."""
    SignInThrottle.objects.filter(key=keys["login"]).delete()


def _spoken(seconds: int) -> str:
    if seconds < 90:
        return _("%(count)s 秒") % {"count": seconds}
    return _("%(count)s 分钟") % {"count": -(-seconds // 60)}
