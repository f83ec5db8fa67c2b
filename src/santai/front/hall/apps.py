from pathlib import Path

from django.apps import AppConfig


class HallConfig(AppConfig):
    name = "santai.front.hall"
    label = "front_hall"
    verbose_name = "网上办事大厅"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from santai.front.hall import context, handlers
        from santai.front.portal.service import register_figures, register_tiles
        from santai.kernel.render.service import register_template
        from santai.kernel.web.service import register_link

        handlers.register()
        register_template("front_hall/sample_material", Path(__file__).parent / "templates" / "typst" / "sample_material.typ")
        register_link("public", _("办事"), "front_hall:home", order=20)
        register_link("public", _("查办件进度"), "front_hall:track", order=40)
        register_tiles(context.tiles)
        register_figures(context.todays_figures)
