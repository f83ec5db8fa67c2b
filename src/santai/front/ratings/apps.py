from django.apps import AppConfig


class RatingsConfig(AppConfig):
    name = "santai.front.ratings"
    label = "front_ratings"
    verbose_name = "好差评"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from santai.front.ratings import handlers
        from santai.kernel.web.service import register_link

        handlers.register()
        register_link("footer", _("好差评公示"), "front_ratings:home", order=25)
