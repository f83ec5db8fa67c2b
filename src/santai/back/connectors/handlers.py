"""Messages in: one call each."""

from santai.back.connectors import service
from santai.exchange.bus.service import Envelope, subscribe
from santai.exchange.contracts.service import TaskHandedOver
from santai.kernel.clocks.service import now


def register() -> None:
    subscribe(TaskHandedOver, room="back.connectors", handler=on_task_handed_over)


def on_task_handed_over(message: TaskHandedOver, envelope: Envelope) -> None:
    service.receive_task(message=message, at=now())
