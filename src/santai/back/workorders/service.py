"""The door of work orders: open one for a bad rating, take its steps, read them with permission."""

from santai.back.workorders.actions.close_redress import close_redress
from santai.back.workorders.actions.contact_rater import contact_rater
from santai.back.workorders.actions.open_redress import open_redress
from santai.back.workorders.actions.report_rectified import report_rectified
from santai.back.workorders.actions.revisit_rater import revisit_rater
from santai.back.workorders.errors import (
    ContactMissing,
    OrderNotFound,
    PersonNamed,
    RectificationMissing,
    RevisitMissing,
    StepDone,
    WordsMissing,
)
from santai.back.workorders.models import Redress
from santai.back.workorders.queries import VIEWS, Order, OrderPage, access_order, open_count, orders
from santai.back.workorders.rules import KIND, LEVELS, STEPS, WORKERS

__all__ = [
    "KIND",
    "LEVELS",
    "STEPS",
    "VIEWS",
    "WORKERS",
    "ContactMissing",
    "Order",
    "OrderNotFound",
    "OrderPage",
    "PersonNamed",
    "RectificationMissing",
    "Redress",
    "RevisitMissing",
    "StepDone",
    "WordsMissing",
    "access_order",
    "close_redress",
    "contact_rater",
    "open_count",
    "open_redress",
    "orders",
    "report_rectified",
    "revisit_rater",
]
