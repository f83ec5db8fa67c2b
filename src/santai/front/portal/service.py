"""The door of the portal: what other rooms put on the city's home page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A way in from the home page."""

    title: str
    href: str
    text: str = ""
    icon: str = ""  # a drawing of kernel/web's icons.svg
    audience: Literal["person", "company"] = "person"
    featured: bool = False  # also named under the search box


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One of today's figures, counted by the room that registers it; the portal never estimates."""

    label: str
    value: int
    unit: str = ""
    compare: str = ""
    href: str = ""
    source: str = ""


_tiles: list[Callable[[], Sequence[Tile]]] = []
_figures: list[Callable[[], Sequence[Figure]]] = []


def register_tiles(read: Callable[[], Sequence[Tile]]) -> None:
    """Show the tiles ``read`` returns at each visit (life events, stages of a business, topics). Call it in apps.ready()."""
    _tiles.append(read)


def register_figures(read: Callable[[], Sequence[Figure]]) -> None:
    """Show today's figures; without any the section is left out."""
    _figures.append(read)


def home_page() -> dict[str, Any]:
    """What the home page shows."""
    tiles = [tile for read in _tiles for tile in read()]
    return {
        "for_persons": [tile for tile in tiles if tile.audience == "person"],
        "for_companies": [tile for tile in tiles if tile.audience == "company"],
        "featured": [tile for tile in tiles if tile.featured][:5],
        "figures": [figure for read in _figures for figure in read()],
    }


__all__ = ["Figure", "Tile", "home_page", "register_figures", "register_tiles"]
