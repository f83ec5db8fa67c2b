"""Reads of approvals."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Min, QuerySet

from santai.back.approvals.errors import ItemUnknown
from santai.back.approvals.models import (
    AskedOpinion,
    Card,
    ChiefMandate,
    CorrectionNotice,
    DefectNote,
    Extension,
    Hearing,
    ItemCopy,
    MaterialReview,
    ServedDocument,
    SpecialProcedure,
    ThreadLine,
)
from santai.back.approvals.rules.branches import branch_of, branches_of, department_view
from santai.back.approvals.rules.kinds import with_law_of_kind
from santai.back.approvals.rules.mandate import Mandate, covers
from santai.back.cases.service import Case, CaseContent, SubCase
from santai.exchange.contracts.service import Branch, ItemDefinition, decode
from santai.kernel.access.service import roles_of
from santai.kernel.clocks.service import clocks_of, get_rule, today
from santai.kernel.forms.service import get_form, shown_at
from santai.kernel.ledger.service import Actor


@lru_cache(maxsize=2000)
def _definition(code: str, version: int) -> ItemDefinition:
    copy = ItemCopy.objects.filter(code=code, version=version).first()
    if copy is None:
        raise ItemUnknown()
    return with_law_of_kind(decode(ItemDefinition, copy.definition))


def item_of(code: str, version: int) -> ItemDefinition:
    """The immutable item version a case was filed under, with what its kind has by law; ItemUnknown if the copy has not arrived.

    Cached: versions never change.
    """
    return _definition(code, version)


def branch_of_sub_case(sub_case: SubCase) -> Branch:
    return branch_of(item_of(sub_case.case.item_code, sub_case.case.item_version), sub_case.branch)


def branch_of_lead(case: Case) -> Branch:
    """The branch whose result names the new firm."""
    item = item_of(case.item_code, case.item_version)
    return branch_of(item, item.lead_branch) if item.shape == "joint" else branches_of(item)[0]


def nearest_due(case: Case) -> datetime | None:
    """The nearest deadline of what is still open: the parts' and the case's own."""
    parts = SubCase.objects.filter(case=case).exclude(state=SubCase.State.FINISHED).aggregate(nearest=Min("due_at"))["nearest"]
    own = [clock.due_at for clock in clocks_of(f"case:{case.case_no}") if clock.state in ("running", "missed") and clock.is_open]
    return min([*own, *([parts] if parts else [])], default=None)


def department_record(sub_case: SubCase, content: dict[str, Any]) -> list[dict[str, Any]]:
    """The department's own fields with labels, values and their text, as derived from the one form."""
    branch = branch_of_sub_case(sub_case)
    item = item_of(sub_case.case.item_code, sub_case.case.item_version)
    form = get_form(item.form, item.form_version)
    values = department_view(branch, content)
    labels = {field["id"]: field for field in branch.fields}
    return [
        {
            "id": key,
            "label": labels.get(key, {}).get("label", key),
            "value": value,
            "text": shown_at(form, content, branch.mapping[key]),
        }
        for key, value in values.items()
    ]


def correction_of(case_no: str) -> CorrectionNotice | None:
    return CorrectionNotice.objects.filter(case_no=case_no).first()


def defects_of(case_no: str) -> list[DefectNote]:
    return list(DefectNote.objects.filter(case_no=case_no))


def documents_of(case_no: str) -> list[ServedDocument]:
    return list(ServedDocument.objects.filter(case_no=case_no))


def reviews_of(sub_case_nos: list[str]) -> list[MaterialReview]:
    """Verdicts on materials, of these parts, oldest first."""
    return list(MaterialReview.objects.filter(sub_case_no__in=sub_case_nos))


def entrusted(sub_case: SubCase, outcome: str, actor: Actor) -> bool:
    """May this post take this decision at the centre today? Only a chief representative's is bound by letters of authority."""
    if "chief" not in roles_of(actor) or outcome == "returned":
        return True
    letters = ChiefMandate.objects.filter(organisation=sub_case.organisation, post=actor.post, ended_at=None)
    content = CaseContent.objects.filter(case_id=sub_case.case_id).order_by("-revision").values_list("content", flat=True).first()
    return covers(
        [
            Mandate(items=tuple(one.items), outcomes=tuple(one.outcomes), valid_from=one.valid_from, valid_to=one.valid_to, limit=one.limit)
            for one in letters
        ],
        item_code=sub_case.case.item_code,
        outcome=outcome,
        content=content or {},
        on=today(),
    )


def mandates_of(organisation: str) -> list[ChiefMandate]:
    """A department's letters of authority, running ones first."""
    return sorted(ChiefMandate.objects.filter(organisation=organisation), key=lambda one: (one.ended_at is not None, one.valid_to))


def items_of_department(organisation: str) -> list[tuple[str, str]]:
    """(code, name) of the items a department takes part in, newest version each."""
    found: dict[str, str] = {}
    for copy in ItemCopy.objects.filter(withdrawn_at=None).order_by("code", "version"):
        branches = [one.get("organisation") for one in copy.definition.get("branches", [])]
        if organisation in (copy.definition.get("organisation"), *branches):
            found[copy.code] = copy.name
    return list(found.items())


def procedures_of(sub_case_nos: list[str]) -> list[SpecialProcedure]:
    return list(SpecialProcedure.objects.filter(sub_case_no__in=sub_case_nos))


def extensions_to_answer(actor: Actor) -> QuerySet[Extension]:
    """Wishes for a longer limit nobody has answered, without one's own; whose they are to answer is the reader's scope."""
    return Extension.objects.filter(state=Extension.State.ASKED).exclude(asked_account=actor.account)


def extensions_of(sub_case_nos: list[str]) -> list[Extension]:
    return list(Extension.objects.filter(sub_case_no__in=sub_case_nos))


def hearings_of(sub_case_nos: list[str]) -> dict[str, Hearing]:
    """Hearings by the part they belong to."""
    return {one.sub_case_no: one for one in Hearing.objects.filter(sub_case_no__in=sub_case_nos)}


def possible_of(branch: Branch) -> tuple[list[str], bool]:
    """The causes for which the part's limit may stop, and whether it may be extended: by the item, else by its limit's law."""
    rule = get_rule(branch.clocks.statutory) if branch.clocks.statutory else None
    causes = list(branch.special_procedures or (rule.stops if rule else ()))
    extension = get_rule(branch.extension_rule).extension if branch.extension_rule else rule.extension if rule else None
    return causes, extension is not None


def opinions_of(sub_case_nos: list[str]) -> list[AskedOpinion]:
    return list(AskedOpinion.objects.filter(sub_case_no__in=sub_case_nos))


def opinions_to_give(organisation: str) -> QuerySet[AskedOpinion]:
    """What this department was asked and has not answered, the nearest day first."""
    return AskedOpinion.objects.filter(organisation=organisation, answered_at=None).order_by("due_on", "asked_at")


def thread_of(case_no: str) -> list[ThreadLine]:
    return list(ThreadLine.objects.filter(case_no=case_no))


def cards_of(case_no: str) -> list[Card]:
    return list(Card.objects.filter(case_no=case_no).order_by("-issued_at"))


def cards_of_cases(case_nos: Sequence[str]) -> list[Card]:
    """Those of several cases, the newest first."""
    return list(Card.objects.filter(case_no__in=case_nos).order_by("-issued_at"))


def open_cards(organisation: str) -> list[Card]:
    return list(Card.objects.filter(organisation=organisation, answered_at=None, closed_at=None).order_by("-issued_at")[:200])


def documents_to_make(now: datetime, limit: int = 20) -> list[UUID]:
    """Documents that wait to be rendered, the latest first: somebody waits for those, and a backlog (an import) trickles in."""
    waiting = ServedDocument.objects.filter(digest="", next_attempt_at__lte=now).order_by("-next_attempt_at")
    return list(waiting.values_list("id", flat=True)[:limit])


def recent_documents(*, organisation: str, kind: str, limit: int = 30) -> list[ServedDocument]:
    """The last documents of a kind a body issued, the newest first."""
    return list(ServedDocument.objects.filter(organisation=organisation, kind=kind).order_by("-issued_at", "-id")[:limit])


def items_of_organisation(organisation: str) -> list[ItemCopy]:
    """The items a body decides, alone or as a part, each in its latest version on offer, by name."""
    latest: dict[str, ItemCopy] = {}
    for copy in ItemCopy.objects.filter(withdrawn_at=None).order_by("code", "version"):
        bodies = {copy.definition.get("organisation"), *(branch.get("organisation") for branch in copy.definition.get("branches") or ())}
        if organisation in bodies:
            latest[copy.code] = copy
    return sorted(latest.values(), key=lambda copy: copy.name)
