from django.apps import AppConfig


class HallConfig(AppConfig):
    name = "santai.front.hall"
    label = "front_hall"
    verbose_name = "网上办事大厅"

    def ready(self) -> None:
        from santai.front.hall import handlers

        handlers.register()
