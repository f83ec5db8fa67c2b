from importlib.util import find_spec

from django.apps import AppConfig

# What a lane's organisation can be in a case: the department of the sub-case, the window that takes applications, the lead department.
LANES = ("department", "intake", "lead")


class FlowConfig(AppConfig):
    name = "santai.kernel.flow"
    label = "kernel_flow"
    verbose_name = "流程引擎"

    def ready(self) -> None:
        from santai.kernel.flow import queries

        queries.register_lanes(LANES)
        if find_spec("santai.kernel.access"):
            from santai.kernel.access.service import ROLES

            queries.register_roles(ROLES)
