"""Whose results a window may open, and who stands for a firm."""

from datetime import datetime

from django.db.models import Q
from django.utils.timezone import localdate

from santai.front.counter.errors import Unknown
from santai.front.counter.models import HandOut, Intake, Visit
from santai.front.counter.queries.windows import NO_RESULT, collectable, is_window
from santai.front.hall.service import CaseView
from santai.kernel.identity.service import authorisations_of, find_account_of_person
from santai.kernel.ledger.service import Actor, Party


def legal_representative(firm: Party, code_kind: str, code: str, at: datetime) -> bool:
    """Is the holder of this document entered as the firm's legal representative?"""
    account = find_account_of_person(code_kind, code)
    if account is None:
        return False
    entered = authorisations_of(account).filter(grantor_code=firm.code, capacity="legal_representative", revoked_at=None)
    day = localdate(at)
    return entered.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day).exists()


def own_results(view: CaseView, actor: Actor) -> bool:
    """Was the case taken in, decided or handed out by the official's body?"""
    deciders = {view.organisation_name, *(part.get("organisation_name", "") for part in view.parts.values())}
    here = {"case_no": view.case_no, "organisation": actor.organisation}
    return actor.organisation_name in deciders or Intake.objects.filter(**here).exists() or HandOut.objects.filter(**here).exists()


def access_results(*, case_no: str, actor: Actor) -> CaseView:
    """A case with something to hand out: one of this body, or of a person who stands identified at its window. Unknown for any other,
    so that nobody leafs through the city by number."""
    view = collectable(case_no) if is_window(actor) else None
    if view is None or not (own_results(view, actor) or (view.applicant_code and _here_now(view.applicant_code, actor))):
        raise Unknown(NO_RESULT)
    return view


def _here_now(code: str, actor: Actor) -> bool:
    visits = Visit.objects.filter(organisation=actor.organisation, closed_at=None)
    return visits.filter(Q(for_code=code) | Q(for_code="", code=code)).exists()
