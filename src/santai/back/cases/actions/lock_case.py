"""Take a case's row for the length of the transaction: all acts on one case happen one after another."""

from santai.back.cases.errors import CaseNotFound
from santai.back.cases.models import Case, SubCase


def lock_case(case_no: str, *, wait: bool = True) -> Case:
    """The locked case; CaseNotFound.

    Whoever holds one of its clocks already passes ``wait=False`` and meets OperationalError while an act runs: acts take the case
    first and its clocks after, so waiting here would be a deadlock.
    """
    case = Case.objects.select_for_update(nowait=not wait).filter(case_no=case_no).first()
    if case is None:
        raise CaseNotFound()
    return case


def lock_sub_case(sub_case_no: str) -> SubCase:
    """The sub-case with its case locked first, so that two departments never wait for each other; CaseNotFound."""
    of_part = SubCase.objects.filter(sub_case_no=sub_case_no).values("case_id")
    case = Case.objects.select_for_update(of=("self",)).filter(case_no__in=of_part).first()
    if case is None:
        raise CaseNotFound()
    sub_case = SubCase.objects.select_for_update(of=("self",)).get(sub_case_no=sub_case_no)
    sub_case.case = case
    return sub_case
