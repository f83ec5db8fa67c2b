"""First filling of a database: the seed calendar and the built-in rules. Safe to repeat; what people edited stays."""

from datetime import datetime
from pathlib import Path

import yaml

from santai.kernel.clocks.actions.bump import bump, lock_pulse
from santai.kernel.clocks.actions.install_rule import install_rules
from santai.kernel.clocks.adapters import seed_days, seed_source
from santai.kernel.clocks.models import CalendarDay, CalendarYear
from santai.kernel.clocks.rules import rule_from_data
from santai.kernel.ledger.service import Actor, as_one_act

BUILT_IN = Path(__file__).resolve().parent.parent / "data" / "rules.yaml"


@as_one_act
def install(*, actor: Actor, at: datetime) -> int:
    """Load the years of the seed that are not loaded yet, and every built-in rule that is new or changed; returns rows written."""
    lock_pulse()
    written = _install_calendar(at)
    rules = [rule_from_data(entry) for entry in yaml.safe_load(BUILT_IN.read_text(encoding="utf-8"))]
    return written + install_rules(rules=rules, actor=actor, at=at)


def _install_calendar(at: datetime) -> int:
    days, years = seed_days()
    new_years = years - set(CalendarYear.objects.values_list("year", flat=True))
    if not new_years:
        return 0
    source = seed_source()
    rows = [
        CalendarDay(date=day, kind=kind.kind, name=kind.name, source=source) for day, kind in sorted(days.items()) if day.year in new_years
    ]
    CalendarDay.objects.bulk_create(rows, ignore_conflicts=True)
    CalendarYear.objects.bulk_create([CalendarYear(year=year, source=source, loaded_at=at) for year in sorted(new_years)])
    bump("calendar")  # the sweep recomputes deadlines that entered these years
    return len(rows)
