"""Messages in: one call each."""

from datetime import datetime

from santai.back.approvals import service
from santai.back.approvals.service import ItemUnknown
from santai.back.cases.service import CaseNotFound
from santai.exchange.bus.service import Envelope, NotYet, subscribe
from santai.exchange.contracts.service import (
    ApplicantConsented,
    ApplicantWrote,
    ApplicationCorrected,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    CardIssued,
    CardReviewed,
    CaseRated,
    HearingAsked,
    ItemVersionPublished,
    ItemWithdrawn,
    LicenceIssued,
    LicenceRevoked,
    LineSystemReported,
    ResultReceived,
    ResultsHandedOut,
    ServiceAddressConfirmed,
)
from santai.kernel.clocks.service import now

ROOM = "back.approvals"


def register() -> None:
    for kind, handler in (
        (ApplicationSubmitted, on_application_submitted),
        (ApplicationCorrected, on_application_corrected),
        (ApplicationWithdrawn, on_application_withdrawn),
        (ApplicantWrote, on_applicant_wrote),
        (ApplicantConsented, on_applicant_consented),
        (ResultReceived, on_result_received),
        (ResultsHandedOut, on_results_handed_out),
        (ServiceAddressConfirmed, on_service_address_confirmed),
        (LicenceIssued, on_licence_issued),
        (LicenceRevoked, on_licence_revoked),
        (CaseRated, on_case_rated),
        (HearingAsked, on_hearing_asked),
        (CardIssued, on_card_issued),
        (CardReviewed, on_card_reviewed),
        (LineSystemReported, on_line_system_reported),
        (ItemVersionPublished, on_item_version_published),
        (ItemWithdrawn, on_item_withdrawn),
    ):
        subscribe(kind, room=ROOM, handler=handler)


def on_application_submitted(message: ApplicationSubmitted, envelope: Envelope) -> None:
    try:
        service.open_application(message=message, at=now())
    except ItemUnknown as error:
        raise NotYet("事项副本尚未到达") from error


def on_application_corrected(message: ApplicationCorrected, envelope: Envelope) -> None:
    _once_the_case_is_there(lambda: service.take_correction(message=message, actor=envelope.actor, at=now()))


def on_application_withdrawn(message: ApplicationWithdrawn, envelope: Envelope) -> None:
    _once_the_case_is_there(lambda: service.withdraw_case(case_no=message.case_no, reason=message.reason, actor=envelope.actor, at=now()))


def on_applicant_wrote(message: ApplicantWrote, envelope: Envelope) -> None:
    _once_the_case_is_there(lambda: service.take_line(message=message, actor=envelope.actor, at=datetime.fromisoformat(message.written_at)))


def on_applicant_consented(message: ApplicantConsented, envelope: Envelope) -> None:
    when = datetime.fromisoformat(message.consented_at)
    _once_the_case_is_there(lambda: service.take_consent(case_no=message.case_no, to=message.to, actor=envelope.actor, at=when))


def on_result_received(message: ResultReceived, envelope: Envelope) -> None:
    service.note_received(message=message)


def on_results_handed_out(message: ResultsHandedOut, envelope: Envelope) -> None:
    _once_the_case_is_there(lambda: service.take_hand_out(message=message, actor=envelope.actor, at=now()))


def on_service_address_confirmed(message: ServiceAddressConfirmed, envelope: Envelope) -> None:
    service.take_service_address(message=message)


def on_licence_issued(message: LicenceIssued, envelope: Envelope) -> None:
    _once_the_case_is_there(lambda: service.take_licence(message=message, actor=envelope.actor, at=now()))


def on_licence_revoked(message: LicenceRevoked, envelope: Envelope) -> None:
    service.note_licence_revoked(message=message, actor=envelope.actor, at=now())


def on_hearing_asked(message: HearingAsked, envelope: Envelope) -> None:
    _once_the_case_is_there(lambda: service.take_hearing_request(message=message, actor=envelope.actor, at=now()))


def on_case_rated(message: CaseRated, envelope: Envelope) -> None:
    service.note_rating(message=message, actor=envelope.actor, at=now())


def on_card_issued(message: CardIssued, envelope: Envelope) -> None:
    service.take_card(message=message)


def on_card_reviewed(message: CardReviewed, envelope: Envelope) -> None:
    service.take_card_review(message=message)


def on_line_system_reported(message: LineSystemReported, envelope: Envelope) -> None:
    service.take_line_system_report(message=message, actor=envelope.actor, at=now())


def on_item_version_published(message: ItemVersionPublished, envelope: Envelope) -> None:
    service.take_item(message=message)


def on_item_withdrawn(message: ItemWithdrawn, envelope: Envelope) -> None:
    service.withdraw_item(message=message)


def _once_the_case_is_there(act: object) -> None:
    try:
        act()  # type: ignore[operator]
    except CaseNotFound as error:
        raise NotYet("办件尚未建立") from error
