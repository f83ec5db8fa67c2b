"""Reads of letters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.timezone import localtime

from santai.back.approvals.service import TITLES, chinese_day, letter, recent_documents, remedies_said
from santai.back.cases.service import get_case, visible_cases
from santai.back.letters import rules
from santai.back.letters.errors import KindUnknown
from santai.back.letters.messages import Kind
from santai.back.letters.models import Phrase, Wording
from santai.back.letters.rules.places import KINDS, keeps_the_platforms_words, values_of
from santai.kernel.ledger.service import Actor
from santai.kernel.orgs.service import get_organisation


def kind_of(kind: str) -> Kind:
    """KindUnknown."""
    if kind not in KINDS:
        raise KindUnknown
    return KINDS[kind]


# -- what a document says ------------------------------------------------------------------------------------------------------------


def own_words(organisation: str, kind: str, case_no: str, at: datetime, facts: Mapping[str, Any]) -> tuple[list[str], list[str]] | None:
    """The body's words in force at ``at``, filled; those for the case's item before those for all. None: the platform's hold."""
    if kind not in KINDS or keeps_the_platforms_words(kind, facts):
        return None
    in_force = list(
        Wording.objects.filter(Q(retired_at=None) | Q(retired_at__gt=at), organisation=organisation, kind=kind, published_at__lte=at)
    )
    item = get_case(case_no).item_code if any(one.item_code for one in in_force) else ""
    chosen = max((one for one in in_force if one.item_code in ("", item)), key=lambda one: (bool(one.item_code), one.version), default=None)
    return None if chosen is None else words_said(KINDS[kind], chosen.before, chosen.after, facts)


def words_said(kind: Kind, before: str, after: str, facts: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    values = values_of(kind, {**facts, "remedies_said": remedies_said(facts)})
    return rules.filled(before, values), rules.filled(after, values)


# -- the editor's page -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class KindLine:
    """One row of the list."""

    kind: str
    title: str
    in_use: Wording | None
    draft: Wording | None
    of_items: int  # items with words of their own


def kinds_of(organisation: str) -> list[KindLine]:
    kept = list(Wording.objects.filter(organisation=organisation, state__in=("draft", "published")))

    def of_all(kind: str, state: str) -> Wording | None:
        return next((one for one in kept if one.kind == kind and one.state == state and not one.item_code), None)

    return [
        KindLine(
            kind=kind,
            title=TITLES[kind],
            in_use=of_all(kind, "published"),
            draft=of_all(kind, "draft"),
            of_items=len({one.item_code for one in kept if one.kind == kind and one.item_code and one.state == "published"}),
        )
        for kind in KINDS
        if kind in TITLES
    ]


def versions_of(organisation: str, kind: str, item_code: str) -> list[Wording]:
    """Published versions, the newest first."""
    return list(
        Wording.objects.filter(organisation=organisation, kind=kind, item_code=item_code).exclude(state="draft").order_by("-version")
    )


def draft_of(organisation: str, kind: str, item_code: str) -> Wording | None:
    return Wording.objects.filter(organisation=organisation, kind=kind, item_code=item_code, state="draft").first()


def cases_to_preview(actor: Actor, kind: str) -> list[tuple[str, str]]:
    """Documents of this kind the body really issued, of cases the post may read: (id, what to call it)."""
    return [(str(one.id), f"{one.data['applicant']}，{one.data['item']}（{one.document_no}）") for one in _readable(actor, kind)]


def _readable(actor: Actor, kind: str) -> list[Any]:
    """Who writes the words need not know the applicants: a post that reads no cases is shown made-up facts."""
    issued = recent_documents(organisation=actor.organisation, kind=kind)
    seen = set(visible_cases(actor).filter(case_no__in=[one.case_no for one in issued]).values_list("case_no", flat=True))
    return [one for one in issued if one.case_no in seen]


def preview(*, kind: str, before: str, after: str, document: str, actor: Actor, at: datetime) -> dict[str, Any]:
    """The page the words would make for a document of the body's own (``document``: its id; without one to be seen: made-up facts)."""
    known = kind_of(kind)
    real = next((one for one in _readable(actor, kind) if str(one.id) == document), None)
    facts = real.data if real else known.sample
    issued = localtime(real.issued_at if real else at)
    page = letter(
        kind=kind,
        title=TITLES[kind],
        number=real.document_no if real else "（预览，未编号）",
        organisation=get_organisation(actor.organisation).name,
        issued_at=issued,
        facts={**known.sample, **facts},
    )
    said = words_said(known, before, after, facts)
    return {**page, "paragraphs": said[0], "after": said[1], "real": real is not None, "day": chinese_day(issued.date().isoformat())}


# -- phrases -----------------------------------------------------------------------------------------------------------------------


def phrases_of(organisation: str) -> list[Phrase]:
    return list(Phrase.objects.filter(organisation=organisation, retired_at=None))


def phrases_for(*, organisation: str, item_code: str) -> dict[str, list[str]]:
    """By use: the sentences and points for a case of this item, those of the item before those for all."""
    found: dict[str, list[str]] = {use: [] for use in Phrase.Use.values}
    kept = Phrase.objects.filter(organisation=organisation, item_code__in=("", item_code), retired_at=None)
    for one in sorted(kept, key=lambda one: (not one.item_code, one.position)):
        found[one.use].append(one.text)
    return found
