"""The door of orgs: regions, organisations and posts."""

from collections.abc import Callable, Iterable

from santai.kernel.orgs.actions import install_parts
from santai.kernel.orgs.actions.change_organisation import abolish_organisation, merge_organisations, rename_organisation
from santai.kernel.orgs.errors import OrganisationEnded, UnknownOrganisation, UnknownPost, UnknownRegion
from santai.kernel.orgs.messages import OrganisationCard
from santai.kernel.orgs.models import KINDS, LEVELS, FormerName, Organisation, Post, Region
from santai.kernel.orgs.queries import (
    ancestors,
    directory,
    division_known,
    find_organisations,
    get_organisation,
    get_post,
    get_region,
    organisation_card,
    organisation_page,
    organisations,
    organisations_at,
    organisations_under,
    posts_of,
    posts_with_role,
    regions_under,
    successor_of,
)
from santai.kernel.packs.service import register_part


def register_role_source(roles: Callable[[], Iterable[str]]) -> None:
    """Let kernel/access say which roles a post may name."""
    install_parts.ROLE_SOURCES.append(roles)


def register_pack_parts() -> None:
    """Make the parts regions, organisations and posts known to the loader; called once when the application starts."""
    register_part("regions", order=10, check=install_parts.check_regions, install=install_parts.install_regions)
    register_part("organisations", order=20, check=install_parts.check_organisations, install=install_parts.install_organisations)
    register_part("posts", order=30, check=install_parts.check_posts, install=install_parts.install_posts)


__all__ = [
    "KINDS",
    "LEVELS",
    "FormerName",
    "Organisation",
    "OrganisationCard",
    "OrganisationEnded",
    "Post",
    "Region",
    "UnknownOrganisation",
    "UnknownPost",
    "UnknownRegion",
    "abolish_organisation",
    "ancestors",
    "directory",
    "division_known",
    "find_organisations",
    "get_organisation",
    "get_post",
    "get_region",
    "merge_organisations",
    "organisation_card",
    "organisation_page",
    "organisations",
    "organisations_at",
    "organisations_under",
    "posts_of",
    "posts_with_role",
    "regions_under",
    "register_pack_parts",
    "register_role_source",
    "rename_organisation",
    "successor_of",
]
