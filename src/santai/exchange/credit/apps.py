from django.apps import AppConfig


class CreditConfig(AppConfig):
    name = "santai.exchange.credit"
    label = "exchange_credit"
    verbose_name = "信用"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from santai.exchange.credit import handlers
        from santai.kernel.access.service import shown_to
        from santai.kernel.web.service import register_link

        handlers.register()
        register_link("workbench", "信用信息", "exchange_credit:records", order=24, visible=shown_to("credit_publicity", "decider"))
        register_link("footer", _("许可和处罚公示"), "exchange_credit:published", order=45)
        register_link("person", _("我的信用信息"), "exchange_credit:mine", order=60)
