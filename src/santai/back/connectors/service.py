"""The door of connectors: tasks in, answers out."""

from santai.back.connectors.actions.receive_task import receive_task
from santai.back.connectors.actions.report import report
from santai.back.connectors.actions.take_back import take_back
from santai.back.connectors.errors import AlreadyAnswered, AnswerIncomplete, OtherOfficerNeeded, TaskCalledOff, TaskNotHere
from santai.back.connectors.queries import tasks_for, works_in
from santai.back.connectors.rules import SYSTEMS, System, system_of

__all__ = [
    "SYSTEMS",
    "AlreadyAnswered",
    "AnswerIncomplete",
    "OtherOfficerNeeded",
    "System",
    "TaskCalledOff",
    "TaskNotHere",
    "receive_task",
    "report",
    "system_of",
    "take_back",
    "tasks_for",
    "works_in",
]
