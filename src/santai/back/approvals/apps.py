from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "santai.back.approvals"
    label = "back_approvals"
    verbose_name = "审批"

    def ready(self) -> None:
        from santai.back.approvals import handlers, service, tasks
        from santai.kernel.packs.service import register_part

        handlers.register()
        tasks.register()
        register_part("mandates", order=140, check=service.check_mandates, install=service.install_mandates)
