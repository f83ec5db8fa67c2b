from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "santai.kernel.access"
    label = "kernel_access"
    verbose_name = "权限"

    def ready(self) -> None:
        from santai.kernel.access.service import ROLES, may
        from santai.kernel.clocks.service import register_authority
        from santai.kernel.orgs.service import register_role_source

        register_role_source(lambda: ROLES)
        register_authority(may)  # who may extend a deadline or edit the calendar
