from django.apps import AppConfig


class ItemsConfig(AppConfig):
    name = "santai.exchange.items"
    label = "exchange_items"
    verbose_name = "事项目录"

    def ready(self) -> None:
        from santai.exchange.items import service, tasks  # noqa: F401
        from santai.kernel.access.service import shown_to
        from santai.kernel.packs.service import register_part
        from santai.kernel.web.service import register_link

        register_part("basic_catalogue", order=140, check=service.check_basic, install=service.install_basic)
        register_part("powers", order=145, check=service.check_powers, install=service.install_powers)
        register_part("items", order=150, check=service.check_items, install=service.install_items)
        looks = shown_to("item_manager", "legal_reviewer", "item_publisher")
        register_link("workbench", "事项草稿", "exchange_items:drafts", order=49, visible=looks)
        register_link("workbench", "事项目录", "exchange_items:overview", order=50, visible=looks)
