"""The door of work orders: bad ratings put right, account managers of firms and the problems they take to departments."""

from santai.back.workorders.actions.answer_problem import answer_problem
from santai.back.workorders.actions.close_redress import close_redress
from santai.back.workorders.actions.contact_rater import contact_rater
from santai.back.workorders.actions.name_manager import end_manager, name_manager
from santai.back.workorders.actions.open_problem import open_problem
from santai.back.workorders.actions.open_redress import open_redress
from santai.back.workorders.actions.report_rectified import report_rectified
from santai.back.workorders.actions.revisit_rater import revisit_rater
from santai.back.workorders.errors import (
    ContactMissing,
    ManagerIncomplete,
    ManagerNotFound,
    ManagerThere,
    OrderNotFound,
    PersonNamed,
    RectificationMissing,
    RevisitMissing,
    StepDone,
    WordsMissing,
)
from santai.back.workorders.models import AccountManager, FirmProblem, Redress
from santai.back.workorders.queries import (
    VIEWS,
    FirmFile,
    Order,
    OrderPage,
    ProblemFile,
    access_firm,
    access_order,
    access_problem,
    firms_of,
    keeps_firms,
    managers_named,
    open_count,
    orders,
)
from santai.back.workorders.rules import KIND, LEVELS, NAMERS, PROBLEM, STEPS, WORKERS

__all__ = [
    "KIND",
    "LEVELS",
    "NAMERS",
    "PROBLEM",
    "STEPS",
    "VIEWS",
    "WORKERS",
    "AccountManager",
    "ContactMissing",
    "FirmFile",
    "FirmProblem",
    "ManagerIncomplete",
    "ManagerNotFound",
    "ManagerThere",
    "Order",
    "OrderNotFound",
    "OrderPage",
    "PersonNamed",
    "ProblemFile",
    "RectificationMissing",
    "Redress",
    "RevisitMissing",
    "StepDone",
    "WordsMissing",
    "access_firm",
    "access_order",
    "access_problem",
    "answer_problem",
    "close_redress",
    "contact_rater",
    "end_manager",
    "firms_of",
    "keeps_firms",
    "managers_named",
    "name_manager",
    "open_count",
    "open_problem",
    "open_redress",
    "orders",
    "report_rectified",
    "revisit_rater",
]
