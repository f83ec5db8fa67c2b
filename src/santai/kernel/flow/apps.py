from django.apps import AppConfig

# What a lane's organisation can be: the department of the sub-case, the window that takes applications, the lead department; of an item on
# its way to publication the office that reviews it legally and the one that publishes.
LANES = ("department", "intake", "lead", "legal", "publisher")


class FlowConfig(AppConfig):
    name = "santai.kernel.flow"
    label = "kernel_flow"
    verbose_name = "流程引擎"

    def ready(self) -> None:
        from santai.kernel.access.service import ROLES, shown_to
        from santai.kernel.flow import handlers
        from santai.kernel.flow.service import register_lanes, register_roles
        from santai.kernel.jobs.service import register_monthly
        from santai.kernel.web.service import register_link

        register_lanes(LANES)
        register_roles(ROLES)
        handlers.register()
        register_monthly("kernel_flow_flowact")
        looks = shown_to("item_manager", "legal_reviewer", "system_admin")
        register_link("workbench", "办理流程", "kernel_flow:processes", order=52, visible=looks)
