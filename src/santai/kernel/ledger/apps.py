from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "santai.kernel.ledger"
    label = "kernel_ledger"
    verbose_name = "行为记录"
