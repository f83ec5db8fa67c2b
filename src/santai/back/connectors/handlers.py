"""Messages in: one call each."""

from santai.back.connectors import service
from santai.exchange.bus.service import Envelope, subscribe
from santai.exchange.contracts.service import TaskCalledBack, TaskHandedOver
from santai.kernel.clocks.service import now


def register() -> None:
    subscribe(TaskHandedOver, room="back.connectors", handler=on_task_handed_over)
    subscribe(TaskCalledBack, room="back.connectors", handler=on_task_called_back)


def on_task_handed_over(message: TaskHandedOver, envelope: Envelope) -> None:
    service.receive_task(message=message, at=now())


def on_task_called_back(message: TaskCalledBack, envelope: Envelope) -> None:
    service.take_back(message=message, at=now())
