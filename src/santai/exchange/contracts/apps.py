from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "santai.exchange.contracts"
    label = "exchange_contracts"
    verbose_name = "契约"
