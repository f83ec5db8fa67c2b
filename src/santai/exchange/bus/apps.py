from django.apps import AppConfig


class BusConfig(AppConfig):
    name = "santai.exchange.bus"
    label = "exchange_bus"
    verbose_name = "消息总线"

    def ready(self) -> None:
        from santai.exchange.bus import tasks  # noqa: F401  (registers the sweeps)
        from santai.kernel.jobs.service import register_monthly

        register_monthly("exchange_bus_message")
