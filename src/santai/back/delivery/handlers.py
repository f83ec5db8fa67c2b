"""Messages in, what clocks set off, and the port of approvals: one call each."""

from datetime import datetime

from santai.back.approvals.service import CONCLUDED
from santai.back.cases.service import CaseNotFound
from santai.back.delivery import service
from santai.exchange.bus.service import Envelope, NotYet, subscribe
from santai.exchange.contracts.service import ResultReceived, ResultsHandedOut, ServiceAddressConfirmed
from santai.kernel.clocks.service import ClockState, now, on_due, register_clock_reader

ROOM = "back.delivery"


def register() -> None:
    CONCLUDED.append(service.open_delivery)
    subscribe(ResultReceived, room=ROOM, handler=on_result_received)
    subscribe(ResultsHandedOut, room=ROOM, handler=on_results_handed_out)
    subscribe(ServiceAddressConfirmed, room=ROOM, handler=on_service_address_confirmed)
    on_due("public-service-30", on_notice_ran_out)
    register_clock_reader("delivery", service.may_read_clock)


def on_result_received(message: ResultReceived, envelope: Envelope) -> None:
    service.note_opened(document_no=message.document_no, by=message.by, at=datetime.fromisoformat(message.received_at))


def on_results_handed_out(message: ResultsHandedOut, envelope: Envelope) -> None:
    try:
        service.take_hand_out(message=message, actor=envelope.actor, at=now())
    except CaseNotFound as error:
        raise NotYet("办件尚未建立") from error


def on_service_address_confirmed(message: ServiceAddressConfirmed, envelope: Envelope) -> None:
    service.take_address(message=message)


def on_notice_ran_out(clock: ClockState, at: datetime) -> None:
    service.public_notice_ran_out(sub_case_no=clock.subject.removeprefix("delivery:"), on=clock.due_on, at=at)
