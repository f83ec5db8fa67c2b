from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "santai.front.counter"
    label = "front_counter"
    verbose_name = "窗口"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from santai.front.counter import tasks
        from santai.front.counter.service import occasion_by_token, troubles_seen
        from santai.front.ratings.service import register_visits
        from santai.kernel.access.service import shown_to
        from santai.kernel.clocks.service import register_clock_reader
        from santai.kernel.web.service import register_link

        tasks.register()
        register_visits(occasion_by_token)
        register_link("footer", _("大厅开放时间"), "front_counter:hours", order=30)
        register_clock_reader("trouble", lambda actor, number: bool(troubles_seen(actor, number)))
        register_link("workbench", "窗口", "front_counter:home", order=15, visible=shown_to("intake", "assistant", "issuing"))
