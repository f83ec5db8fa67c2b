from django.apps import AppConfig


class ItemsConfig(AppConfig):
    name = "santai.exchange.items"
    label = "exchange_items"
    verbose_name = "事项目录"

    def ready(self) -> None:
        from santai.exchange.items import service
        from santai.kernel.access.service import shown_to
        from santai.kernel.packs.service import register_part
        from santai.kernel.web.service import register_link

        register_part("items", order=150, check=service.check_items, install=service.install_items)
        register_link("workbench", "事项目录", "exchange_items:overview", order=50, visible=shown_to("item_manager"))
