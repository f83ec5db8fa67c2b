from django.apps import AppConfig


class BusConfig(AppConfig):
    name = "santai.exchange.bus"
    label = "exchange_bus"
    verbose_name = "消息总线"

    def ready(self) -> None:
        from santai.exchange.bus import tasks  # noqa: F401  (registers the sweeps)
        from santai.kernel.access.service import shown_to
        from santai.kernel.jobs.service import register_monthly
        from santai.kernel.web.service import register_link

        register_monthly("exchange_bus_message")
        register_link("workbench", "消息总线", "exchange_bus:overview", order=60, visible=shown_to("operator"))
