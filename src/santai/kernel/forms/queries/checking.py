"""Checking what was entered, in the reader's language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from santai.kernel.forms.queries.speaking import identifier_check, name_of, speaker
from santai.kernel.forms.rules import checking, showing
from santai.kernel.forms.rules.checking import Checked
from santai.kernel.forms.rules.definition import Form
from santai.kernel.forms.rules.showing import Change
from santai.kernel.forms.rules.walking import Data


def check(
    form: Form,
    data: Data,
    *,
    role: str = "applicant",
    only_section: str | None = None,
    today: date | str | None = None,
    locked: Mapping[str, Any] | None = None,
) -> Checked:
    """Check an application: JSON Schema, identifiers, cross-field rules.

    ``today`` feeds rules that compare with the day of filing (default: the platform's today); ``locked`` holds values from registers
    that must still stand unchanged; any ``role`` but ``applicant`` is also asked for what officials fill.
    """
    day = today_or(today)
    only = checking.template_paths(form, only_section) if only_section else None
    return checking.check_form(
        form,
        data,
        today=day,
        identify=identifier_check(day),
        speaker=speaker(),
        office=role != "applicant",
        only=only,
        locked=locked,
    )


def today_or(day: date | str | None) -> date | str:
    if day is not None:
        return day
    from santai.kernel.clocks.service import today

    return today()


def diff(form: Form, old: Data, new: Data) -> list[Change]:
    """What changed, in the order of the form, worded for people."""
    return showing.diff(form, old, new, name_of)
