from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "santai.back.delivery"
    label = "back_delivery"
    verbose_name = "送达"

    def ready(self) -> None:
        from santai.back.delivery import handlers
        from santai.back.delivery.service import READERS
        from santai.kernel.access.service import shown_to
        from santai.kernel.web.service import register_link

        handlers.register()
        register_link("workbench", "送达", "back_delivery:deliveries", order=15, visible=shown_to(*READERS))
