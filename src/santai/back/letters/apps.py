from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "santai.back.letters"
    label = "back_letters"
    verbose_name = "文书用语"

    def ready(self) -> None:
        from santai.back.approvals.service import register_wording
        from santai.back.letters.service import EDITORS, own_words
        from santai.kernel.access.service import shown_to
        from santai.kernel.web.service import register_link

        register_wording(own_words)
        register_link("workbench", "文书用语", "back_letters:letters", order=45, visible=shown_to(*EDITORS))
