from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "santai.back.projects"
    label = "back_projects"
    verbose_name = "投资项目"

    def ready(self) -> None:
        from santai.back.projects import handlers
        from santai.back.projects.service import READERS, overdue_count
        from santai.kernel.access.service import shown_to
        from santai.kernel.clocks.service import now
        from santai.kernel.web.service import register_link

        handlers.register()
        register_link(
            "workbench",
            "投资项目",
            "back_projects:projects",
            order=18,
            visible=shown_to(*READERS),
            count=lambda request: overdue_count(request.actor, now()),
        )
