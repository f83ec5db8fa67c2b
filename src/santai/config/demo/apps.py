from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Installed by the settings only where SANTAI_DEMO is on."""

    name = "santai.config.demo"
    label = "config_demo"
    verbose_name = "十分钟演示"

    def ready(self) -> None:
        from santai.kernel.web.service import register_link

        register_link("footer", "十分钟演示", "demo:start", order=90)
