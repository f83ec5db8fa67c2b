from django.apps import AppConfig


class WorkordersConfig(AppConfig):
    name = "santai.back.workorders"
    label = "back_workorders"
    verbose_name = "工单"

    def ready(self) -> None:
        from santai.back.desk.service import register_kind
        from santai.back.workorders import handlers
        from santai.back.workorders.service import KIND, NAMERS, PROBLEM, WORKERS, keeps_firms, open_count
        from santai.kernel.access.service import shown_to
        from santai.kernel.clocks.service import today
        from santai.kernel.web.service import register_link

        handlers.register()
        names = shown_to(*NAMERS)
        register_kind(KIND, "back_workorders:order")
        register_kind(PROBLEM, "back_workorders:problem")
        register_link(
            "workbench",
            "差评整改",
            "back_workorders:orders",
            order=14,
            visible=shown_to(*WORKERS),
            count=lambda request: open_count(request.actor),
        )
        register_link(
            "workbench",
            "企业服务",
            "back_workorders:firms",
            order=15,
            visible=lambda request: names(request) or keeps_firms(getattr(request, "actor", None), on=today()),
        )
