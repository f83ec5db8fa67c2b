"""Messages in: one call each."""

from santai.back.projects import service
from santai.exchange.bus.service import Envelope, subscribe
from santai.exchange.contracts.service import ProjectReported
from santai.kernel.clocks.service import now


def register() -> None:
    subscribe(ProjectReported, room="back.projects", handler=on_project_reported)


def on_project_reported(message: ProjectReported, envelope: Envelope) -> None:
    service.take_report(message=message, at=now())
