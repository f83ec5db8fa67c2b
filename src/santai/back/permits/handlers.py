"""Messages in, and the ports of approvals: one call each."""

from santai.back.approvals import service as approvals
from santai.back.cases.service import CaseNotFound
from santai.back.permits import service
from santai.exchange.bus.service import Envelope, NotYet, subscribe
from santai.exchange.contracts.service import (
    CommitmentWithdrawn,
    LicenceIssued,
    LicenceRevoked,
    MaterialsCompleted,
    PublicationQuestioned,
)
from santai.kernel.clocks.service import now
from santai.kernel.ledger.service import ActRefused

ROOM = "back.permits"


def register() -> None:
    subscribe(MaterialsCompleted, room=ROOM, handler=on_materials_completed)
    subscribe(CommitmentWithdrawn, room=ROOM, handler=on_commitment_withdrawn)
    subscribe(LicenceIssued, room=ROOM, handler=on_licence_issued)
    subscribe(LicenceRevoked, room=ROOM, handler=on_licence_revoked)
    subscribe(PublicationQuestioned, room=ROOM, handler=on_publication_questioned)
    for port, hook in (
        (approvals.OPENED, service.opened),
        (approvals.BEFORE_DEFECTS, service.refuse_demanded_promise),
        (approvals.BEFORE_ACCEPT, service.before_accept),
        (approvals.CLOCK_RULES, service.clock_rules),
        (approvals.FOLLOWS_LATER, service.promised_codes),
        (approvals.ACCEPTED, service.accepted),
        (approvals.BEFORE_DECIDE, service.before_decide),
        (approvals.ANNULLED, service.annul),
        (approvals.CONCLUDED, service.concluded),
    ):
        port.append(hook)


def on_materials_completed(message: MaterialsCompleted, envelope: Envelope) -> None:
    try:
        service.complete_materials(message=message, actor=envelope.actor, at=now())
    except CaseNotFound as error:
        raise NotYet("办件尚未建立") from error
    except service.NothingPromised:
        return  # came twice, or the case ended meanwhile: the hall is told by the facts of the case


def on_commitment_withdrawn(message: CommitmentWithdrawn, envelope: Envelope) -> None:
    try:
        service.withdraw_commitment(case_no=message.case_no, by_applicant=True, actor=envelope.actor, at=now())
    except CaseNotFound as error:
        raise NotYet("办件尚未建立") from error
    except ActRefused:
        return  # decided a moment before: it is too late, and the applicant sees the decision


def on_licence_issued(message: LicenceIssued, envelope: Envelope) -> None:
    service.hold_licence(message=message)
    service.note_licence_facts(message=message)


def on_licence_revoked(message: LicenceRevoked, envelope: Envelope) -> None:
    service.note_licence_state(message=message)


def on_publication_questioned(message: PublicationQuestioned, envelope: Envelope) -> None:
    service.take_question(message=message)
