from django.apps import AppConfig


class GatewayConfig(AppConfig):
    name = "santai.exchange.gateway"
    label = "exchange_gateway"
    verbose_name = "查询网关"

    def ready(self) -> None:
        from santai.exchange.gateway import service
        from santai.kernel.packs.service import register_part

        register_part("grants", order=130, check=service.check_grants, install=service.install_grants)
