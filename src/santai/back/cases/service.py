"""The door of cases: open a case, lock it, add contents, opinions and events, close its parts; reads with permission."""

from santai.back.cases.actions.add_content import add_content
from santai.back.cases.actions.finish_sub_case import finish_sub_case
from santai.back.cases.actions.lock_case import lock_case, lock_sub_case
from santai.back.cases.actions.note_event import note_event
from santai.back.cases.actions.open_case import open_case
from santai.back.cases.actions.write_back import write_back
from santai.back.cases.actions.write_opinion import write_opinion
from santai.back.cases.errors import CaseClosed, CaseNotFound, SubCaseClosed
from santai.back.cases.models import Case, CaseContent, CaseEvent, Opinion, SubCase
from santai.back.cases.queries import (
    READING_ROLES,
    access_case,
    access_sub_case,
    current_content,
    events_of,
    get_case,
    may_read_clock,
    previous_content,
    visible_cases,
    visible_sub_cases,
    works_on,
)

__all__ = [
    "READING_ROLES",
    "Case",
    "CaseClosed",
    "CaseContent",
    "CaseEvent",
    "CaseNotFound",
    "Opinion",
    "SubCase",
    "SubCaseClosed",
    "access_case",
    "access_sub_case",
    "add_content",
    "current_content",
    "events_of",
    "finish_sub_case",
    "get_case",
    "lock_case",
    "lock_sub_case",
    "may_read_clock",
    "note_event",
    "open_case",
    "previous_content",
    "visible_cases",
    "visible_sub_cases",
    "works_on",
    "write_back",
    "write_opinion",
]
