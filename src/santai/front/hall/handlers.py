"""Messages in: one call each."""

from collections.abc import Callable

from santai.exchange.bus.service import Envelope, NotYet, subscribe
from santai.exchange.contracts.service import (
    CaseProgressed,
    CorrectionRequested,
    DocumentServed,
    HearingMoved,
    ItemVersionPublished,
    ItemWithdrawn,
    LicenceIssued,
    LicenceRevoked,
    MaterialsPromised,
    OfficialWrote,
)
from santai.front.hall import service

ROOM = "front.hall"


def register() -> None:
    for kind, handler in (
        (ItemVersionPublished, on_item_version_published),
        (ItemWithdrawn, on_item_withdrawn),
        (CorrectionRequested, on_correction_requested),
        (DocumentServed, on_document_served),
        (HearingMoved, on_hearing_moved),
        (OfficialWrote, on_official_wrote),
        (LicenceIssued, on_licence_issued),
        (LicenceRevoked, on_licence_revoked),
        (MaterialsPromised, on_materials_promised),
    ):
        subscribe(kind, room=ROOM, handler=handler)
    subscribe(CaseProgressed, room=ROOM, handler=on_case_progressed, many=on_facts)


def on_item_version_published(message: ItemVersionPublished, envelope: Envelope) -> None:
    service.take_item(message=message)


def on_item_withdrawn(message: ItemWithdrawn, envelope: Envelope) -> None:
    service.withdraw_item(message=message)


def on_case_progressed(message: CaseProgressed, envelope: Envelope) -> None:
    on_facts([(message, envelope)])


def on_facts(facts: list[tuple[CaseProgressed, Envelope]]) -> None:
    """Facts of one case, in order."""
    _once_the_case_is_there(lambda: service.take_progress(facts=[message for message, _ in facts]))


def on_correction_requested(message: CorrectionRequested, envelope: Envelope) -> None:
    _once_the_case_is_there(lambda: service.take_correction_request(message=message))


def on_document_served(message: DocumentServed, envelope: Envelope) -> None:
    service.take_paper(message=message)


def on_hearing_moved(message: HearingMoved, envelope: Envelope) -> None:
    _once_the_case_is_there(lambda: service.take_hearing(message=message))


def on_official_wrote(message: OfficialWrote, envelope: Envelope) -> None:
    service.take_line(message=message)


def on_licence_issued(message: LicenceIssued, envelope: Envelope) -> None:
    service.take_licence(message=message)


def on_licence_revoked(message: LicenceRevoked, envelope: Envelope) -> None:
    service.take_revocation(message=message)


def on_materials_promised(message: MaterialsPromised, envelope: Envelope) -> None:
    _once_the_case_is_there(lambda: service.take_promises(message=message))


def _once_the_case_is_there(act: Callable[[], None]) -> None:
    try:
        act()
    except service.NotFound as error:
        raise NotYet("办件尚未到达前台") from error
