from django.apps import AppConfig

WORKERS = ("intake", "examiner", "chief", "decider", "site_inspector", "credit_publicity")


class PermitsConfig(AppConfig):
    name = "santai.back.permits"
    label = "back_permits"
    verbose_name = "许可后续"

    def ready(self) -> None:
        from santai.back.permits import handlers, tasks
        from santai.back.permits.service import open_work
        from santai.kernel.access.service import shown_to
        from santai.kernel.web.service import register_link

        handlers.register()
        tasks.register()
        register_link(
            "workbench",
            "许可后续",
            "back_permits:work",
            order=14,
            visible=shown_to(*WORKERS),
            count=lambda request: open_work(request.actor),
        )
