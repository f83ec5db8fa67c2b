from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "santai.exchange.payments"
    label = "exchange_payments"
    verbose_name = "统一收款"

    def ready(self) -> None:
        from santai.exchange.payments import handlers, tasks  # noqa: F401
        from santai.exchange.payments.service import READING_ROLES, open_differences
        from santai.kernel.access.service import shown_to
        from santai.kernel.web.service import register_link

        handlers.register()
        register_link(
            "workbench",
            "收款对账",
            "exchange_payments:orders",
            order=28,
            visible=shown_to(*READING_ROLES),
            count=lambda request: open_differences(request.actor).count(),
        )
