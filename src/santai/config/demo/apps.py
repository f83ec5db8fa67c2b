from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """Installed by the settings only where SANTAI_DEMO is on."""

    name = "santai.config.demo"
    label = "config_demo"
    verbose_name = "十分钟演示"

    def ready(self) -> None:
        from santai.kernel.web.service import register_link

        register_link("footer", _("十分钟演示"), "demo:start", order=90)
