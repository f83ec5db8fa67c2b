"""Which rooms run where.

A zone is a setting that says which apps are installed (house.md, "Zones"). ``all`` runs every room on one database; ``front``,
``exchange`` and ``back`` split them over three. Kernel rooms and the exchange's contracts, bus and gateway run in every zone.
"""

from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent
DOMAINS = ("kernel", "exchange", "front", "back", "oversight")
EVERYWHERE = frozenset({"exchange.contracts", "exchange.bus", "exchange.gateway"})
DOMAINS_OF_ZONE: dict[str, frozenset[str]] = {
    "all": frozenset(DOMAINS),
    "front": frozenset({"kernel", "front"}),
    "exchange": frozenset({"kernel", "exchange"}),
    "back": frozenset({"kernel", "back", "oversight"}),
}


def rooms_on_disk() -> list[str]:
    """Every room as ``domain.room``, in floor order, from the folders that have an ``apps.py``."""
    return [f"{domain}.{path.parent.name}" for domain in DOMAINS for path in sorted((SOURCE / domain).glob("*/apps.py"))]


def rooms_in(zone: str) -> list[str]:
    """The rooms that run in ``zone``; KeyError for an unknown zone."""
    domains = DOMAINS_OF_ZONE[zone]
    return [room for room in rooms_on_disk() if room in EVERYWHERE or room.split(".")[0] in domains]


def zone_of(room: str) -> str:
    """The zone that owns a room when the city is split into three."""
    domain = room.split(".")[0]
    return {"front": "front", "exchange": "exchange", "back": "back", "oversight": "back"}.get(domain, "exchange")
