from typing import Any

from django.apps import AppConfig


class CockpitConfig(AppConfig):
    name = "santai.oversight.cockpit"
    label = "oversight_cockpit"
    verbose_name = "领导驾驶舱"

    def ready(self) -> None:
        from santai.kernel.access.service import may
        from santai.kernel.web.service import register_link

        def leads(request: Any) -> bool:
            return may(getattr(request, "actor", None), "leader")

        register_link("workbench", "一页看全区", "oversight_cockpit:overview", order=30, visible=leads)
