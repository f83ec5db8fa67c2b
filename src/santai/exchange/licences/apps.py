from pathlib import Path

from django.apps import AppConfig


class LicencesConfig(AppConfig):
    name = "santai.exchange.licences"
    label = "exchange_licences"
    verbose_name = "电子证照"

    def ready(self) -> None:
        from santai.exchange.bus.service import subscribe
        from santai.exchange.contracts.service import LicenceActDecided, LicencesOfHolder, LicenceWanted
        from santai.exchange.gateway.service import provide
        from santai.exchange.licences import handlers, tasks  # noqa: F401
        from santai.exchange.licences.service import READING_ROLES, check_types, install_types
        from santai.kernel.access.service import shown_to
        from santai.kernel.packs.service import register_part
        from santai.kernel.render.service import register_template
        from santai.kernel.web.service import register_link

        here = Path(__file__).parent / "templates/typst"
        for path in sorted(here.glob("*.typ")):
            register_template(f"exchange_licences/{path.stem}", path)
        subscribe(LicenceWanted, room="exchange.licences", handler=handlers.on_licence_wanted)
        subscribe(LicenceActDecided, room="exchange.licences", handler=handlers.on_licence_act_decided)
        provide(LicencesOfHolder, handlers.answer_licences_of_holder)
        register_part("licence_types", order=120, check=check_types, install=install_types)
        register_link(
            "workbench",
            "电子证照",
            "exchange_licences:issued",
            order=20,
            visible=shown_to(*READING_ROLES),
        )
