"""The door of clocks: the time, the working calendar, clock rules as data, deadlines that explain themselves.

``now()`` is for the edges (views, handlers, tasks); actions take the time as a parameter. A clock is started from its legal event and
named by a rule (``get_rule``); its deadline is always derived from rule, events and calendar (``rules.py``) and stored beside the clock.
Subjects are references: ``case:<case_no>``, ``subcase:<sub_case_no>``, ``card:<no>``.
"""

from santai.kernel.clocks.actions.authority import may_read_clock, register_authority, register_clock_reader
from santai.kernel.clocks.actions.demo_time import at_demo_moment, reset_demo_time, set_demo_time, shift_demo_time
from santai.kernel.clocks.actions.edit_calendar import CalendarChange, load_year, may_edit, set_day
from santai.kernel.clocks.actions.extend_clock import extend_clock
from santai.kernel.clocks.actions.finish_clock import finish_clock, void_clock
from santai.kernel.clocks.actions.fire_due import fire_due, on_due
from santai.kernel.clocks.actions.install import install
from santai.kernel.clocks.actions.install_rule import install_rules
from santai.kernel.clocks.actions.recompute import on_moved, recompute_stale, tell_moved
from santai.kernel.clocks.actions.start_clock import Start, start_clock, start_clocks
from santai.kernel.clocks.actions.stop_clock import restart_clock, resume_clock, stop_clock
from santai.kernel.clocks.errors import (
    BadDay,
    BadRule,
    ClockNotRunning,
    ClockNotStopped,
    DemoOnly,
    ExtensionRefused,
    NotAllowedHere,
    OutOfOrder,
    ReasonMissing,
    UnknownClock,
    UnknownRule,
    UnlawfulRestart,
    UnlawfulStop,
)
from santai.kernel.clocks.messages import CAUSES, LICENSING_CAUSES, Extension, Rule
from santai.kernel.clocks.queries import (
    add_working_days,
    calendar,
    clocks_of,
    clocks_of_many,
    day_sheet,
    demo_shift,
    forget,
    get_clock,
    get_rule,
    is_working_day,
    now,
    open_in_unloaded_years,
    rules_in_force,
    rules_in_words,
    schedule_text,
    stuck_clocks,
    today,
    working_days_between,
    year_sheet,
    years_loaded,
)
from santai.kernel.clocks.queries import explain_clock as explain
from santai.kernel.clocks.rules import Calendar, ClockState, Day, Explanation, Remaining, rule_from_data, rule_problems

__all__ = [
    "CAUSES",
    "LICENSING_CAUSES",
    "BadDay",
    "BadRule",
    "Calendar",
    "CalendarChange",
    "ClockNotRunning",
    "ClockNotStopped",
    "ClockState",
    "Day",
    "DemoOnly",
    "Explanation",
    "Extension",
    "ExtensionRefused",
    "NotAllowedHere",
    "OutOfOrder",
    "ReasonMissing",
    "Remaining",
    "Rule",
    "Start",
    "UnknownClock",
    "UnknownRule",
    "UnlawfulRestart",
    "UnlawfulStop",
    "add_working_days",
    "at_demo_moment",
    "calendar",
    "clocks_of",
    "clocks_of_many",
    "day_sheet",
    "demo_shift",
    "explain",
    "extend_clock",
    "finish_clock",
    "fire_due",
    "forget",
    "get_clock",
    "get_rule",
    "install",
    "install_rules",
    "is_working_day",
    "load_year",
    "may_edit",
    "may_read_clock",
    "now",
    "on_due",
    "on_moved",
    "open_in_unloaded_years",
    "recompute_stale",
    "register_authority",
    "register_clock_reader",
    "reset_demo_time",
    "restart_clock",
    "resume_clock",
    "rule_from_data",
    "rule_problems",
    "rules_in_force",
    "rules_in_words",
    "schedule_text",
    "set_day",
    "set_demo_time",
    "shift_demo_time",
    "start_clock",
    "start_clocks",
    "stop_clock",
    "stuck_clocks",
    "tell_moved",
    "today",
    "void_clock",
    "working_days_between",
    "year_sheet",
    "years_loaded",
]
