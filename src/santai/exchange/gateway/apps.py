from django.apps import AppConfig


class GatewayConfig(AppConfig):
    name = "santai.exchange.gateway"
    label = "exchange_gateway"
    verbose_name = "查询网关"

    def ready(self) -> None:
        from santai.exchange.gateway import service, tasks  # noqa: F401 - registers the sweeps
        from santai.kernel.access.service import shown_to
        from santai.kernel.packs.service import register_part
        from santai.kernel.web.service import register_link

        register_part("grants", order=130, check=service.check_grants, install=service.install_grants)
        register_link("workbench", "数据查询", "exchange_gateway:overview", order=62, visible=shown_to("data_steward"))
