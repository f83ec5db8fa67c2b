from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SupervisionConfig(AppConfig):
    name = "santai.oversight.supervision"
    label = "oversight_supervision"
    verbose_name = "电子监察"

    def ready(self) -> None:
        from santai.kernel.access.service import may
        from santai.kernel.jobs.service import register_monthly
        from santai.kernel.packs.service import register_part
        from santai.kernel.web.service import register_link
        from santai.oversight.supervision import handlers, tasks  # noqa: F401
        from santai.oversight.supervision.service import check_rule_files, install_rule_files

        def watches(request: Any) -> bool:
            actor = getattr(request, "actor", None)
            return any(may(actor, role) for role in ("supervisor", "leader"))

        handlers.register()
        register_monthly("oversight_supervision_watchedevent")
        register_part("supervision_rules", order=160, check=check_rule_files, install=install_rule_files)
        register_link("workbench", "电子监察", "oversight_supervision:wall", order=40, visible=watches)
        post_migrate.connect(_fill, sender=self)


def _fill(using: str, **kwargs: Any) -> None:
    """The built-in rules after each migrate (and after a test's flush)."""
    from django.db import connections

    from santai.kernel.clocks.service import now
    from santai.kernel.ledger.service import system_actor
    from santai.oversight.supervision.service import install_built_in

    with connections[using].cursor() as cursor:
        there = set(connections[using].introspection.table_names(cursor))
    if using == "default" and {"oversight_supervision_rulerow", "kernel_ledger_entry"} <= there:
        install_built_in(actor=system_actor("oversight.supervision"), at=now())
