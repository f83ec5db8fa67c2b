from django.apps import AppConfig


class ConnectorsConfig(AppConfig):
    name = "santai.back.connectors"
    label = "back_connectors"
    verbose_name = "业务系统连接器"

    def ready(self) -> None:
        from santai.back.connectors import handlers
        from santai.back.connectors.service import SYSTEMS, works_in
        from santai.kernel.web.service import register_link

        handlers.register()
        for system in SYSTEMS.values():
            register_link(
                "workbench",
                system.title,
                f"/back/connectors/{system.key}/",
                order=80,
                visible=lambda request, organisation=system.organisation: works_in(request.actor, organisation),  # type: ignore[misc]
            )
