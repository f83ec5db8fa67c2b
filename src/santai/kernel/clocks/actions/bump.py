"""Tell every process that its remembered calendar or rules are old."""

from typing import Literal

from django.db import connection, transaction

from santai.kernel.clocks.models import Pulse
from santai.kernel.clocks.queries import forget


def lock_pulse() -> None:
    """Edits of calendar and rules come one after the other."""
    Pulse.objects.get_or_create(id=1)
    Pulse.objects.select_for_update().get(id=1)


def bump(what: Literal["calendar", "rules"]) -> None:
    """A new version number, never used before, not even by an edit that was rolled back."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval('kernel_clocks_version')")
        Pulse.objects.update(**{what: cursor.fetchone()[0]})
    forget()
    transaction.on_commit(forget)
