from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "santai.exchange.notices"
    label = "exchange_notices"
    verbose_name = "通知"

    def ready(self) -> None:
        from santai.exchange.bus.service import subscribe
        from santai.exchange.contracts.service import CheckCode, NoticeWanted, SendCode
        from santai.exchange.gateway.service import provide
        from santai.exchange.notices import handlers, tasks  # noqa: F401
        from santai.exchange.notices.service import check_letters, install_letters
        from santai.kernel.access.service import shown_to
        from santai.kernel.packs.service import register_part
        from santai.kernel.web.service import register_link

        subscribe(NoticeWanted, room="exchange.notices", handler=handlers.on_notice_wanted)
        provide(SendCode, handlers.answer_send_code)
        provide(CheckCode, handlers.answer_check_code)
        register_part("notice_templates", order=125, check=check_letters, install=install_letters)
        register_link("workbench", "通知发送", "exchange_notices:overview", order=64, visible=shown_to("operator"))
