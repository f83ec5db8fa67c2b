"""Reads of the ratings."""

from datetime import datetime

from django.db.models import Count

from santai.front.hall.service import Application, CaseView, ItemNotOffered, NotFound, access_case_view, current_item, definition_of
from santai.front.ratings.errors import NotFinished
from santai.front.ratings.messages import Occasion, Standing
from santai.front.ratings.models import Rating
from santai.kernel.ledger.service import Actor, Party


def occasion_of_case(*, case_no: str, actor: Actor, party: Party) -> Occasion:
    """One's own completed case as something to rate. Hall's NotFound; NotFinished."""
    view: CaseView = access_case_view(case_no=case_no, actor=actor, party=party)
    if view.state != "completed":
        raise NotFinished()
    return Occasion(
        kind="case",
        number=case_no,
        case_no=case_no,
        item_code=view.item_code,
        item_name=view.item_name,
        organisation=_organisation_of(view),
        organisation_name=view.organisation_name,
        applicant_name=view.applicant_name,
    )


def _organisation_of(view: CaseView) -> str:
    """The department answerable for the item, in the version the case was filed under; of a joint item the lead."""
    version = Application.objects.filter(case_no=view.case_no).values_list("item_version", flat=True).first()
    try:
        return (definition_of(view.item_code, version) if version else current_item(view.item_code)).organisation
    except (ItemNotOffered, NotFound):  # a case of old, whose item is no longer here
        return ""


def rating_of(occasion: Occasion | str) -> Rating | None:
    """The rating given for an occasion; the caller has checked whose it is."""
    return Rating.objects.filter(occasion=occasion.key if isinstance(occasion, Occasion) else occasion).first()


def departments(*, since: datetime | None = None) -> list[Standing]:
    """Every department that was rated, most rated first."""
    ratings = Rating.objects.exclude(organisation="")
    if since:
        ratings = ratings.filter(rated_at__gte=since)
    found: dict[str, Standing] = {}
    for code, name, level, number in (
        ratings.values_list("organisation", "organisation_name", "level").annotate(number=Count("id")).order_by("organisation", "level")
    ):
        standing = found.setdefault(code, Standing(organisation=code, organisation_name=name, by_level={}))
        standing.by_level[level] = standing.by_level.get(level, 0) + number
    return sorted(found.values(), key=lambda one: (-one.count, one.organisation_name))


def summary(standings: list[Standing]) -> Standing:
    """All of them as one."""
    total: dict[int, int] = {}
    for standing in standings:
        for level, number in standing.by_level.items():
            total[level] = total.get(level, 0) + number
    return Standing(organisation="", organisation_name="", by_level=total)


def newest_words(*, organisation: str = "", limit: int = 20) -> list[Rating]:
    """The newest words that passed the screening. They carry no name, and no time of day by which a case could be recognised."""
    ratings = Rating.objects.filter(hidden_why="").exclude(text="")
    if organisation:
        ratings = ratings.filter(organisation=organisation)
    return list(
        ratings.order_by("-rated_at", "-id").only("id", "level", "tags", "text", "answer", "item_name", "organisation_name", "rated_at")[
            :limit
        ]
    )
