from django.apps import AppConfig


class ItemsConfig(AppConfig):
    name = "santai.exchange.items"
    label = "exchange_items"
    verbose_name = "事项目录"

    def ready(self) -> None:
        from santai.exchange.items import service
        from santai.kernel.packs.service import register_part

        register_part("items", order=150, check=service.check_items, install=service.install_items)
