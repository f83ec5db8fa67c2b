from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "santai.back.inspections"
    label = "back_inspections"
    verbose_name = "行政处罚与行政检查"

    def ready(self) -> None:
        from santai.back.desk.service import register_kind
        from santai.back.inspections.service import INSPECTION, PENALTY, WORKERS, open_penalties
        from santai.kernel.access.service import shown_to
        from santai.kernel.web.service import register_link

        register_kind(PENALTY, "back_inspections:penalty")
        register_kind(INSPECTION, "back_inspections:inspection")
        register_link(
            "workbench",
            "行政处罚",
            "back_inspections:penalties",
            order=15,
            visible=shown_to(*WORKERS),
            count=lambda request: open_penalties(request.actor),
        )
        register_link("workbench", "双随机检查", "back_inspections:plans", order=16, visible=shown_to(*WORKERS))
