from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class JobsConfig(AppConfig):
    name = "santai.kernel.jobs"
    label = "kernel_jobs"
    verbose_name = "后台工作"

    def ready(self) -> None:
        from django.apps import apps

        # before any room writes its first rows: a row in the default partition would keep its month out
        first = next(config for config in apps.get_app_configs() if config.models_module is not None)
        post_migrate.connect(_partitions_after_migrating, sender=first)


def _partitions_after_migrating(using: str, plan: object = None, **kwargs: Any) -> None:
    from django.db import connections

    from santai.kernel.jobs.service import ensure_partitions

    with connections[using].cursor() as cursor:
        cursor.execute("select to_regproc('kernel_jobs_ensure_month')")
        there = cursor.fetchone()[0]
    if there:
        ensure_partitions()
