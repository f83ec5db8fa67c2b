"""Messages in: one call each."""

from santai.exchange.bus.service import Envelope, subscribe
from santai.exchange.contracts.service import ManagerNamed, NoticeSent, ProjectTold
from santai.front.space import service

ROOM = "front.space"


def register() -> None:
    subscribe(NoticeSent, room=ROOM, handler=on_notice_sent)
    subscribe(ProjectTold, room=ROOM, handler=on_project_told)
    subscribe(ManagerNamed, room=ROOM, handler=on_manager_named)


def on_notice_sent(message: NoticeSent, envelope: Envelope) -> None:
    service.take_notice(message=message)


def on_project_told(message: ProjectTold, envelope: Envelope) -> None:
    service.take_project(message=message)


def on_manager_named(message: ManagerNamed, envelope: Envelope) -> None:
    service.take_manager(message=message)
