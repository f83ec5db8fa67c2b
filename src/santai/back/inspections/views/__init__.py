"""Pages of the room."""

from santai.back.inspections.views.opening import file_page, on_spot_page
from santai.back.inspections.views.penalties import penalties_page, penalty_page
from santai.back.inspections.views.spots import draw_sheet, inspection_page, lists_page, plan_page, plans_page

__all__ = [
    "draw_sheet",
    "file_page",
    "inspection_page",
    "lists_page",
    "on_spot_page",
    "penalties_page",
    "penalty_page",
    "plan_page",
    "plans_page",
]
