"""Rename, merge and abolish: the body changes, its past stays reachable."""

from datetime import date, datetime

from django.db import transaction

from santai.kernel.jobs.service import forget_kept
from santai.kernel.ledger.service import Actor, record
from santai.kernel.orgs.errors import OrganisationEnded, UnknownOrganisation
from santai.kernel.orgs.models import FormerName, Organisation


@transaction.atomic
def rename_organisation(
    *, code: str, name: str, from_date: date, basis: str, actor: Actor, at: datetime, short_name: str | None = None
) -> Organisation:
    """Give a body a new name from a day on; the old one is kept with its last day."""
    organisation = _locked(code)
    old = organisation.name
    FormerName.objects.create(organisation=organisation, name=old, valid_to=date.fromordinal(from_date.toordinal() - 1), basis=basis)
    organisation.name = name
    if short_name is not None:
        organisation.short_name = short_name
    organisation.save(update_fields=["name", "short_name"])
    record(
        actor=actor, act="kernel.orgs.rename_organisation", on=f"organisation:{code}", at=at, why=basis, details={"from": old, "to": name}
    )
    return organisation


@transaction.atomic
def merge_organisations(*, codes: list[str], into: str, last_day: date, basis: str, actor: Actor, at: datetime) -> Organisation:
    """End several bodies on a day; ``into`` takes over. Their cases, papers and posts keep naming them."""
    target = _locked(into)
    for code in sorted(set(codes) - {into}):
        organisation = _locked(code)
        organisation.valid_to, organisation.merged_into = last_day, target
        organisation.save(update_fields=["valid_to", "merged_into"])
        organisation.posts.filter(valid_to=None).update(valid_to=last_day)
        record(actor=actor, act="kernel.orgs.merge_organisations", on=f"organisation:{code}", at=at, why=basis, details={"into": into})
    return target


@transaction.atomic
def abolish_organisation(*, code: str, last_day: date, basis: str, actor: Actor, at: datetime) -> Organisation:
    """End a body that nobody follows."""
    organisation = _locked(code)
    organisation.valid_to = last_day
    organisation.save(update_fields=["valid_to"])
    organisation.posts.filter(valid_to=None).update(valid_to=last_day)
    record(actor=actor, act="kernel.orgs.abolish_organisation", on=f"organisation:{code}", at=at, why=basis)
    return organisation


def _locked(code: str) -> Organisation:
    organisation = Organisation.objects.select_for_update().filter(code=code).first()
    if organisation is None:
        raise UnknownOrganisation(organisation=code)
    if organisation.valid_to is not None:
        raise OrganisationEnded(organisation=code)
    forget_kept()
    transaction.on_commit(forget_kept)
    return organisation
