from typing import Any

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
        for title, name, order in ((_("我的空间"), "home", 10), (_("我的消息"), "messages", 20), (_("我的授权"), "authorisations", 30)):
            register_link("person", title, f"front_space:{name}", order=order, visible=_not_at_work)


def _not_at_work(request: Any) -> bool:
    """In a post one has no things of one's own: the menu leads to the workbench then."""
    actor = getattr(request, "actor", None)
    return actor is None or actor.kind != "official"
