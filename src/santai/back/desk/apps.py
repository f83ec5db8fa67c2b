from django.apps import AppConfig

# whose work comes to the desk
WORKERS = ("intake", "assistant", "issuing", "examiner", "chief", "decider", "site_inspector", "legal_reviewer")


class DeskConfig(AppConfig):
    name = "santai.back.desk"
    label = "back_desk"
    verbose_name = "工作台"

    def ready(self) -> None:
        from santai.back.desk import tasks
        from santai.back.desk.service import READER, may_read_file, open_count, opinions_for
        from santai.kernel.access.service import shown_to
        from santai.kernel.files.service import register_reader
        from santai.kernel.web.service import register_link

        register_reader(READER, may_read_file)
        register_link(
            "workbench",
            "办件",
            "back_desk:queue",
            order=10,
            visible=shown_to(*WORKERS),
            count=lambda request: open_count(request.actor),
        )
        register_link(
            "workbench",
            "征求意见",
            "back_desk:opinions",
            order=12,
            visible=shown_to("examiner", "decider"),
            count=lambda request: opinions_for(request.actor).count(),
        )
        tasks.register()
        register_link("person", "请人代理（AB 角）", "back_desk:absence", order=30, visible=shown_to(*WORKERS))
        register_link("workbench", "首席代表授权", "back_desk:mandates", order=45, visible=shown_to("decider"))
