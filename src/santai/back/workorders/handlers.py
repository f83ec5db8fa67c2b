"""Messages in: one call each."""

from santai.back.workorders import service
from santai.exchange.bus.service import Envelope, subscribe
from santai.exchange.contracts.service import RedressWanted
from santai.kernel.clocks.service import now


def register() -> None:
    subscribe(RedressWanted, room="back.workorders", handler=on_redress_wanted)


def on_redress_wanted(message: RedressWanted, envelope: Envelope) -> None:
    service.open_redress(message=message, at=now())
