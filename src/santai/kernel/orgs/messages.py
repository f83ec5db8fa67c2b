"""Values other rooms hold."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OrganisationCard:
    """A body as papers and pages name it."""

    code: str
    name: str
    short_name: str
    remedy: str  # 复议机关, as shown to the public
    vertical: bool  # 垂直管理: works in its own system
