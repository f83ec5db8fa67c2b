from django.apps import AppConfig


class SpaceConfig(AppConfig):
    name = "santai.front.space"
    label = "front_space"
    verbose_name = "我的空间"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from santai.front.space import handlers
        from santai.kernel.web.service import register_link

        handlers.register()
        register_link("public", _("我的空间"), "front_space:home", order=60)
        register_link("person", _("我的空间"), "front_space:home", order=10)
        register_link("person", _("我的消息"), "front_space:messages", order=20)
        register_link("person", _("我的授权"), "front_space:authorisations", order=30)
