from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "santai.front.payments"
    label = "front_payments"
    verbose_name = "缴费"

    def ready(self) -> None:
        from santai.front.payments import handlers

        handlers.register()
