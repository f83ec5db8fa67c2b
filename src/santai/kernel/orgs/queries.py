"""Reading regions, organisations and posts."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from santai.kernel.jobs.service import kept_briefly
from santai.kernel.orgs.errors import UnknownOrganisation, UnknownPost, UnknownRegion
from santai.kernel.orgs.messages import OrganisationCard
from santai.kernel.orgs.models import LEVELS, Organisation, Post, Region

_seen_divisions: set[str] = set()


def get_region(code: str) -> Region:
    """The region, in force or retired. UnknownRegion otherwise."""
    try:
        return Region.objects.get(code=code)
    except Region.DoesNotExist:
        raise UnknownRegion(region=code) from None


def get_organisation(code: str) -> Organisation:
    """The organisation by its code, in force or ended, with its region. UnknownOrganisation otherwise."""
    try:
        return Organisation.objects.select_related("region").get(code=code)
    except Organisation.DoesNotExist:
        raise UnknownOrganisation(organisation=code) from None


@kept_briefly
def organisation_card(code: str) -> OrganisationCard:
    """Who a body is, as papers and pages name it; at most a second old. UnknownOrganisation."""
    row = Organisation.objects.filter(code=code).values_list("code", "name", "short_name", "remedy", "vertical").first()
    if row is None:
        raise UnknownOrganisation(organisation=code)
    return OrganisationCard(*row)


def successor_of(organisation: Organisation) -> Organisation:
    """Who does its work now: itself, or the end of the chain of mergers."""
    seen = {organisation.code}
    while organisation.merged_into_id and organisation.merged_into_id not in seen:
        seen.add(organisation.merged_into_id)
        organisation = get_organisation(organisation.merged_into_id)
    return organisation


def get_post(code: str) -> Post:
    """The post with its organisation. UnknownPost otherwise."""
    try:
        return Post.objects.select_related("organisation", "organisation__region", "region").get(code=code)
    except Post.DoesNotExist:
        raise UnknownPost(post=code) from None


def organisations(*, on: date | None = None) -> QuerySet[Organisation]:
    """All bodies, or those that existed ``on`` a day, in the official order."""
    found = Organisation.objects.select_related("region", "parent")
    if on:
        found = found.filter(valid_from__lte=on).filter(Q(valid_to=None) | Q(valid_to__gte=on))
    return found


def organisations_at(level: str, *, on: date | None = None) -> QuerySet[Organisation]:
    """The bodies of one level: city, district, town, village; without ``on`` those that have not ended."""
    found = organisations(on=on).filter(level=level)
    return found if on else found.filter(valid_to=None)


def find_organisations(words: str, *, on: date | None = None) -> QuerySet[Organisation]:
    """By any part of the present, short or a former name, or by exact credit code. Ended bodies are found by their own names."""
    words = words.strip()
    return organisations(on=on).filter(
        Q(name__icontains=words)
        | Q(short_name__icontains=words)
        | Q(credit_code=words.upper())
        | Q(pk__in=Organisation.objects.filter(former_names__name__icontains=words).values("pk"))
    )


def ancestors(region: Region) -> list[Region]:
    """From the city down to the parent of ``region``."""
    codes = region.path.strip("/").split("/")[:-1]
    found = Region.objects.in_bulk(codes)
    return [found[code] for code in codes if code in found]


def regions_under(code: str) -> QuerySet[Region]:
    """The region itself and everything below it, as a subquery other rooms can put into ``__in``."""
    return Region.objects.filter(Q(path__startswith=f"{code}/") | Q(path__contains=f"/{code}/"))


def organisations_under(code: str) -> QuerySet[Organisation]:
    """Every body, ended ones too, whose region is ``code`` or lies below it."""
    return Organisation.objects.filter(Q(region__path__startswith=f"{code}/") | Q(region__path__contains=f"/{code}/"))


def posts_of(organisation: str) -> QuerySet[Post]:
    return Post.objects.filter(organisation_id=organisation).select_related("organisation")


def posts_with_role(role: str, *, organisation: str = "") -> QuerySet[Post]:
    """Posts that grant a role, in one organisation or all."""
    found = Post.objects.filter(roles__contains=[role], valid_to=None).select_related("organisation")
    return found.filter(organisation_id=organisation) if organisation else found


def directory(*, on: date | None = None) -> list[dict[str, Any]]:
    """What the public directory shows: the bodies of a day (without one: those that have not ended) by level, in the official order."""
    by_level: dict[str, list[Organisation]] = {}
    for organisation in organisations(on=on) if on else organisations().filter(valid_to=None):
        by_level.setdefault(organisation.level, []).append(organisation)
    return [{"level": slug, "title": title, "organisations": by_level[slug]} for slug, title in LEVELS if slug in by_level]


def organisation_page(code: str) -> dict[str, Any]:
    """One body with all that its public page tells: where it stands, what it was called, whom it followed and who follows it."""
    organisation = get_organisation(code)
    return {
        "organisation": organisation,
        "regions": [*ancestors(organisation.region), organisation.region],
        "former_names": list(organisation.former_names.all()),
        "predecessors": list(organisation.predecessors.all()),
        "children": list(organisation.children.filter(valid_to=None)),
        "successor": successor_of(organisation) if organisation.merged_into_id else None,
    }


def division_known(code: str) -> bool:
    """Is there, or was there, a six-digit division of this code? The source that kernel/codes asks."""
    if code in _seen_divisions:
        return True
    found = Region.objects.filter(code__startswith=code[:2]) if code.endswith("0000") else Region.objects.filter(code=code)
    if len(code) == 6 and found.exists():
        _seen_divisions.add(code)  # a division is never forgotten, so a positive answer may be kept
        return True
    return False
