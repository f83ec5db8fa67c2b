"""Reads of the case; ``access_*`` getters check permission and answer alike for what is absent and what is forbidden."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from santai.back.cases.errors import CaseNotFound
from santai.back.cases.models import Case, CaseContent, CaseEvent, SubCase
from santai.kernel.access.service import scope
from santai.kernel.ledger.service import Actor

# Who may open a case at all: those who work on it, and those who look on.
WORKING_ROLES = ("intake", "assistant", "issuing", "examiner", "chief", "decider", "site_inspector")
READING_ROLES = (*WORKING_ROLES, "leader")  # a leader looks on, and does not handle


def visible_sub_cases(actor: Actor) -> Q:
    """The predicate over SubCase of what this post may see: its own organisation's parts."""
    return scope(actor, *READING_ROLES, organisation_field="organisation")


def visible_cases(actor: Actor, roles: tuple[str, ...] = READING_ROLES) -> QuerySet[Case]:
    """Cases that the acting organisation leads, took in at its window, or has a part in."""
    leads = scope(actor, *roles, organisation_field="organisation")
    took_in = scope(actor, *roles, organisation_field="intake_organisation")
    has_part = Exists(SubCase.objects.filter(scope(actor, *roles, organisation_field="organisation"), case=OuterRef("pk")))
    return Case.objects.filter(leads | took_in | Q(has_part))


def may_read_clock(actor: Actor, name: str) -> bool:
    """``name``: a case number, or a sub-case's, which begins with it."""
    return visible_cases(actor).filter(case_no=name.partition("-")[0]).exists()


def works_on(*, case_no: str, actor: Actor) -> bool:
    """Does this post handle the case, not merely look on?"""
    return visible_cases(actor, WORKING_ROLES).filter(case_no=case_no).exists()


def access_case(*, case_no: str, actor: Actor) -> Case:
    """The case, or CaseNotFound alike for absent and forbidden."""
    case = visible_cases(actor).filter(case_no=case_no).first()
    if case is None:
        raise CaseNotFound()
    return case


def access_sub_case(*, sub_case_no: str, actor: Actor) -> SubCase:
    """One department's part, for the department itself."""
    sub_case = SubCase.objects.select_related("case").filter(visible_sub_cases(actor), sub_case_no=sub_case_no).first()
    if sub_case is None:
        raise CaseNotFound()
    return sub_case


def get_case(case_no: str) -> Case:
    """The case for the platform's own use; CaseNotFound."""
    case = Case.objects.filter(case_no=case_no).first()
    if case is None:
        raise CaseNotFound()
    return case


def current_content(case: Case) -> CaseContent:
    """The latest revision handed in."""
    return CaseContent.objects.get(case=case, revision=case.revision)


def previous_content(case: Case) -> CaseContent | None:
    """The revision before the latest, to show what changed."""
    return CaseContent.objects.filter(case=case, revision=case.revision - 1).first() if case.revision > 1 else None


def events_of(case_no: str) -> list[CaseEvent]:
    """The whole timeline, oldest first."""
    return list(CaseEvent.objects.filter(case_no=case_no).order_by("at", "id"))
