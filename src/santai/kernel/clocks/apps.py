from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ClocksConfig(AppConfig):
    name = "santai.kernel.clocks"
    label = "kernel_clocks"
    verbose_name = "时限与工作日历"

    def ready(self) -> None:
        from santai.kernel.clocks import handlers  # noqa: F401 - registers the part of packs
        from santai.kernel.clocks.service import now
        from santai.kernel.jobs.service import tell_time
        from santai.kernel.web.service import register_link

        tell_time(now)
        register_link("workbench", _("工作日历"), "kernel_clocks:year", order=80)
        register_link("footer", _("工作日历"), "kernel_clocks:year", order=60)
        post_migrate.connect(_fill, sender=self)


def _fill(using: str, **kwargs: Any) -> None:
    """Seed calendar and rules after each migrate (and after a test's flush); not while migrating back and forth half-way."""
    from django.db import connections

    from santai.kernel.clocks.service import install, now
    from santai.kernel.ledger.service import system_actor

    wanted = {"kernel_clocks_pulse", "kernel_clocks_clock", "kernel_clocks_clockrule", "kernel_clocks_calendarday", "kernel_ledger_entry"}
    with connections[using].cursor() as cursor:
        there = set(connections[using].introspection.table_names(cursor))
        cursor.execute("select to_regclass('kernel_clocks_version') is not null")
        complete = bool(cursor.fetchone()[0])
    if using == "default" and complete and wanted <= there:
        install(actor=system_actor("kernel.clocks"), at=now())
