from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "santai.front.counter"
    label = "front_counter"
    verbose_name = "窗口"

    def ready(self) -> None:
        from santai.front.counter import tasks
        from santai.front.counter.service import occasion_by_token
        from santai.front.ratings.service import register_visits
        from santai.kernel.access.service import shown_to
        from santai.kernel.web.service import register_link

        tasks.register()
        register_visits(occasion_by_token)
        register_link("workbench", "窗口", "front_counter:home", order=15, visible=shown_to("intake", "assistant", "issuing"))
