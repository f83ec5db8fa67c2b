"""Reads of fees."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet

from santai.back.approvals.service import branch_of_sub_case, item_of
from santai.back.cases.service import Case, SubCase, access_case, current_content
from santai.back.fees import rules
from santai.back.fees.models import Charge, Payback
from santai.exchange.contracts.service import FeeDefinition, fees_due
from santai.kernel.access.service import may, scope
from santai.kernel.ledger.service import Actor

WORKERS = ("intake", "examiner", "chief", "decider")


@dataclass(frozen=True, kw_only=True)
class Chargeable:
    """A published fee as it stands for one part of a case."""

    sub_case: SubCase
    fee: FeeDefinition
    due: bool  # by the item's fee table
    lawful: bool  # has the basis its kind of act needs
    charge: Charge | None  # the one that holds


@dataclass(frozen=True, kw_only=True)
class CaseFees:
    case: Case
    rows: list[Chargeable]
    charges: list[Charge]
    may_charge: bool
    may_answer: bool

    @property
    def charged(self) -> Decimal:
        """Demanded and not given back or taken back, in yuan."""
        return charged(self.charges)


def charged(charges: list[Charge]) -> Decimal:
    return sum((one.amount - one.given_back for one in charges if one.state in (Charge.State.OWED, Charge.State.PAID)), Decimal(0))


def charges_of(case_no: str) -> list[Charge]:
    return list(Charge.objects.filter(case_no=case_no).prefetch_related(Prefetch("paybacks", Payback.objects.order_by("asked_at"))))


def fees_of_case(*, case_no: str, actor: Actor) -> CaseFees:
    """The fees of a case one may read. CaseNotFound alike for absent and forbidden."""
    case = access_case(case_no=case_no, actor=actor)
    item = item_of(case.item_code, case.item_version)
    due = {one.code for one in fees_due(item, current_content(case).content)}
    parts = [one for one in SubCase.objects.filter(case=case).order_by("position") if _works_for(actor, one.organisation)]
    charges = charges_of(case_no)
    rows = []
    for part in parts if item.fees else ():
        part.case = case
        nature = branch_of_sub_case(part).nature
        for fee in item.fees:
            holds = (
                one for one in charges if one.sub_case_no == part.sub_case_no and one.fee == fee.code and one.state in ("owed", "paid")
            )
            rows.append(
                Chargeable(
                    sub_case=part, fee=fee, due=fee.code in due and rules.yuan(fee.amount) is not None,
                    lawful=rules.has_basis(nature=nature, basis=fee.basis, rank=fee.basis_rank), charge=next(holds, None),
                )
            )  # fmt: skip
    return CaseFees(
        case=case, rows=rows, charges=charges, may_charge=bool(parts),
        may_answer=any(may(actor, "decider", organisation=one.organisation) for one in parts),
    )  # fmt: skip


def _works_for(actor: Actor, organisation: str) -> bool:
    return any(may(actor, role, organisation=organisation) for role in WORKERS)


def charges_seen_by(actor: Actor, *, text: str = "", state: str = "") -> QuerySet[Charge]:
    """What the body of the post charged, newest first; ``state`` may be ``paybacks``: with money given back."""
    found = Charge.objects.filter(scope(actor, *WORKERS)).order_by("-charged_at", "-order_no").prefetch_related("paybacks")
    if state == "paybacks":
        found = found.filter(paybacks__isnull=False).distinct()
    elif state in Charge.State.values:
        found = found.filter(state=state)
    if text:
        found = found.filter(Q(case_no=text) | Q(order_no=text) | Q(applicant_name__startswith=text) | Q(title__contains=text))
    return found
