"""Messages in, what clocks set off, and the port of approvals: one call each."""

from datetime import datetime

from santai.back.approvals.service import CONCLUDED
from santai.back.delivery import service
from santai.exchange.bus.service import Envelope, subscribe
from santai.exchange.contracts.service import ResultReceived
from santai.kernel.clocks.service import ClockState, on_due, register_clock_reader


def register() -> None:
    CONCLUDED.append(service.open_delivery)
    subscribe(ResultReceived, room="back.delivery", handler=on_result_received)
    on_due("public-service-30", on_notice_ran_out)
    register_clock_reader("delivery", service.may_read_clock)


def on_result_received(message: ResultReceived, envelope: Envelope) -> None:
    service.note_opened(document_no=message.document_no, by=message.by, at=datetime.fromisoformat(message.received_at))


def on_notice_ran_out(clock: ClockState, at: datetime) -> None:
    service.public_notice_ran_out(sub_case_no=clock.subject.removeprefix("delivery:"), on=clock.due_on, at=at)
