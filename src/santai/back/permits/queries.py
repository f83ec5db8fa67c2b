"""Reads of what follows a decision."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from santai.back.cases.service import Case
from santai.back.permits.errors import CreditBar, CreditUnknown, NotFound
from santai.back.permits.models import (
    Commitment,
    Handover,
    HeldLicence,
    LicenceAct,
    LicenceCase,
    PromisedMaterial,
    Publication,
    PublicationQuestion,
)
from santai.exchange.contracts.service import CreditAnswer, CreditStanding
from santai.exchange.gateway.service import Unavailable, ask
from santai.kernel.access.service import scope
from santai.kernel.ledger.service import Actor

WORKERS = ("intake", "examiner", "chief", "decider", "site_inspector", "credit_publicity")
PURPOSE = "告知承诺和容缺受理的信用核验"


def clear_of_bad_credit(*, case: Case, actor: Actor, at: datetime) -> None:
    """CreditBar while the applicant's bad credit is not repaired; CreditUnknown when the record cannot be asked for."""
    try:
        answer: CreditAnswer = ask(
            CreditStanding(subject_code=case.applicant.get("code", ""), item_code=case.item_code, on=localdate(at).isoformat()),
            actor=actor, purpose=PURPOSE, subject=f"case:{case.case_no}", at=at,
        )  # fmt: skip
    except Unavailable as error:
        raise CreditUnknown() from error
    if answer.promises_barred:
        raise CreditBar(f"{'；'.join(answer.reasons)}。信用修复以前不适用告知承诺和容缺受理，可以按一般程序办理。")


def promises_of(case_no: str) -> list[PromisedMaterial]:
    return list(PromisedMaterial.objects.filter(case_no=case_no))


def commitment_of(case_no: str) -> Commitment | None:
    return Commitment.objects.filter(case_no=case_no).first()


def licence_case_of(case_no: str) -> LicenceCase | None:
    return LicenceCase.objects.filter(case_no=case_no).first()


def licences_of_case(case_no: str) -> list[HeldLicence]:
    return list(HeldLicence.objects.filter(case_no=case_no))


def acts_on(identifier: str) -> list[LicenceAct]:
    return list(LicenceAct.objects.filter(identifier=identifier))


def publications_of(case_no: str) -> list[Publication]:
    return list(Publication.objects.filter(case_no=case_no))


def handovers_of(case_no: str) -> list[Handover]:
    return list(Handover.objects.filter(case_no=case_no))


def to_verify(actor: Actor) -> QuerySet[Commitment]:
    """Commitments of the actor's organisation that wait for verification or for the look after rectification."""
    waiting = Q(verified_at=None) | (Q(rectify_due__isnull=False) & Q(rectified="")) | (Q(result="differs") & Q(rectify_due=None))
    rows = Commitment.objects.filter(scope(actor, *WORKERS), waiting, revoked_at=None, withdrawn_at=None)
    return rows.exclude(decided_at=None).order_by("verify_due")


def promised_to(actor: Actor) -> QuerySet[PromisedMaterial]:
    return PromisedMaterial.objects.filter(scope(actor, *WORKERS), completed_at=None, lapsed_at=None)


def licences_held(actor: Actor, text: str = "") -> QuerySet[HeldLicence]:
    """Licences the actor's organisation gave, the latest first."""
    rows = HeldLicence.objects.filter(scope(actor, *WORKERS))
    if wanted := text.strip():
        rows = rows.filter(Q(number__icontains=wanted) | Q(holder_name__icontains=wanted) | Q(case_no=wanted))
    return rows


def access_licence(identifier: str, *, actor: Actor) -> HeldLicence:
    """One that the actor's organisation gave, or an organ under it. NotFound alike for absent and foreign."""
    row = HeldLicence.objects.filter(identifier=identifier).first()
    if row is None or not (row.organisation == actor.organisation or is_superior(actor.organisation, row.organisation)):
        raise NotFound()
    return row


def is_superior(one: str, of: str) -> bool:
    """Does organisation ``one`` stand above ``of``?"""
    from santai.kernel.orgs.service import get_organisation

    here: Any = get_organisation(of).parent
    for _ in range(10):
        if here is None:
            return False
        if here.code == one:
            return True
        here = here.parent
    return False


PUBLISHERS = ("credit_publicity", "decider")
READERS = (*PUBLISHERS, "intake", "examiner", "chief", "site_inspector", "legal_reviewer")


def publications_for(actor: Actor, state: str = "", *, reading: bool = False) -> QuerySet[Publication]:
    """What the post publishes, or with ``reading`` whatever of its body it may look at."""
    rows = Publication.objects.filter(scope(actor, *(READERS if reading else PUBLISHERS)))
    return rows.filter(state=state) if state else rows


def questions_for(actor: Actor) -> list[PublicationQuestion]:
    """Objections nobody has answered."""
    rows = PublicationQuestion.objects.select_related("publication")
    return list(rows.filter(scope(actor, "credit_publicity", "decider", organisation_field="publication__organisation"), answered_at=None))


def handovers_for(actor: Actor, *, claimed: bool = False) -> QuerySet[Handover]:
    rows = Handover.objects.filter(scope(actor, "examiner", "site_inspector", "chief", "decider", organisation_field="regulator"))
    return rows.exclude(claimed_at=None).order_by("-claimed_at") if claimed else rows.filter(claimed_at=None)


def open_work(actor: Actor) -> int:
    """How much waits on the page of later work."""
    return to_verify(actor).count() + publications_for(actor, "waiting").count() + handovers_for(actor).count() + len(questions_for(actor))
