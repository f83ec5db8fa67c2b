from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """Installed by the settings only where SANTAI_DEMO is on."""

    name = "santai.config.demo"
    label = "config_demo"
    verbose_name = "十分钟演示"

    def ready(self) -> None:
        from django.conf import settings

        from santai.config.demo.pay.provider import offer
        from santai.kernel.web.service import register_link

        if not settings.PAYMENTS["gateway"]:  # a city that has named a provider uses that one
            settings.PAYMENTS = offer()

        register_link("footer", _("十分钟演示"), "demo:start", order=90)
