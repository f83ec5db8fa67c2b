from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "santai.kernel.ledger"
    label = "kernel_ledger"
    verbose_name = "行为记录"

    def ready(self) -> None:
        from santai.kernel.jobs.service import register_monthly

        register_monthly("kernel_ledger_entry")
