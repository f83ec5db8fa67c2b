from django.apps import AppConfig


class FeesConfig(AppConfig):
    name = "santai.back.fees"
    label = "back_fees"
    verbose_name = "收费"

    def ready(self) -> None:
        from santai.back.fees import handlers
        from santai.back.fees.service import WORKERS
        from santai.kernel.access.service import shown_to
        from santai.kernel.web.service import register_link

        handlers.register()
        register_link("workbench", "收费", "back_fees:charges", order=16, visible=shown_to(*WORKERS))
