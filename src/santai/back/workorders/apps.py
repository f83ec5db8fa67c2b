from django.apps import AppConfig


class WorkordersConfig(AppConfig):
    name = "santai.back.workorders"
    label = "back_workorders"
    verbose_name = "工单"

    def ready(self) -> None:
        from santai.back.desk.service import register_kind
        from santai.back.workorders import handlers
        from santai.back.workorders.service import KIND, WORKERS, open_count
        from santai.kernel.access.service import shown_to
        from santai.kernel.web.service import register_link

        handlers.register()
        register_kind(KIND, "back_workorders:order")
        register_link(
            "workbench",
            "差评整改",
            "back_workorders:orders",
            order=14,
            visible=shown_to(*WORKERS),
            count=lambda request: open_count(request.actor),
        )
