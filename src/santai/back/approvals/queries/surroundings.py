"""What surrounds a part, in one reading: for the desk's bar and for the file of the case."""

from dataclasses import dataclass
from datetime import date

from santai.back.approvals.models import AskedOpinion, Inspection, InterestedParty, PublicNotice, ReviewResult
from santai.back.approvals.queries import item_of
from santai.back.approvals.rules.kinds import checks_form_only
from santai.back.cases.service import SubCase


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    formal: bool
    testers_named: bool
    untold: int
    unheard: int
    notice_until: date | None
    redo: bool
    asked: tuple[str, ...]
    inspections: tuple[Inspection, ...]
    parties: tuple[InterestedParty, ...]
    opinions: tuple[AskedOpinion, ...]
    notices: tuple[PublicNotice, ...]
    reviews: tuple[ReviewResult, ...]


def annulments_of(case_no: str) -> list[ReviewResult]:
    """What review and courts said of the decisions on the parts of the case, the oldest first."""
    return list(ReviewResult.objects.filter(sub_case_no__startswith=f"{case_no}-"))


def surroundings(part: SubCase) -> Surroundings:
    """Everything beside papers and opinions that belongs to the part; five small reads, however much there is."""
    number = part.sub_case_no
    inspections = tuple(Inspection.objects.filter(sub_case_no=number))
    parties = tuple(InterestedParty.objects.filter(sub_case_no=number))
    opinions = tuple(AskedOpinion.objects.filter(sub_case_no=number))
    notices = tuple(PublicNotice.objects.filter(sub_case_no=number))
    reviews = tuple(ReviewResult.objects.filter(sub_case_no=number))
    return Surroundings(
        formal=checks_form_only(item_of(part.case.item_code, part.case.item_version)),
        testers_named=any(one.kind == Inspection.Kind.TEST for one in inspections),
        untold=sum(one.told_at is None for one in parties),
        unheard=sum(one.told_at is not None and one.heard_at is None for one in parties),
        notice_until=notices[-1].last_day if notices else None,
        redo=any(one.result == "annulled_redo" and one.reopened_at is None for one in reviews),
        asked=tuple(one.organisation for one in opinions if one.answered_at is None),
        inspections=inspections,
        parties=parties,
        opinions=opinions,
        notices=notices,
        reviews=reviews,
    )
