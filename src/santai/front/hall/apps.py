from django.apps import AppConfig


class HallConfig(AppConfig):
    name = "santai.front.hall"
    label = "front_hall"
    verbose_name = "网上办事大厅"
