"""Port for the room of the windows (house.md rule 2): which visit a token names, and who was there."""

from collections.abc import Callable

from santai.front.ratings.messages import Occasion
from santai.kernel.ledger.service import Actor

Visits = Callable[[str], tuple[Occasion, Actor, str] | None]
_visits: list[Visits] = []


def register_visits(find: Visits) -> None:
    """Called once at start-up by the room that keeps visits."""
    _visits[:] = [find]


def occasion_of_visit(token: str) -> tuple[Occasion, Actor, str] | None:
    """The visit a token names as something to rate, the person who was there and their telephone; None for a token that is none."""
    return _visits[0](token) if _visits else None
