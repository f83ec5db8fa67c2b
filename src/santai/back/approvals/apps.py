from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "santai.back.approvals"
    label = "back_approvals"
    verbose_name = "审批"

    def ready(self) -> None:
        from santai.back.approvals import handlers, tasks

        handlers.register()
        tasks.register()
