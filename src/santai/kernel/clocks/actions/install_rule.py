"""Put clock rules into force: from the built-in file, from a pack."""

from collections.abc import Sequence
from datetime import datetime

from santai.kernel.clocks.actions.bump import bump, lock_pulse
from santai.kernel.clocks.messages import Rule
from santai.kernel.clocks.models import ClockRule
from santai.kernel.clocks.rules import rule_to_data
from santai.kernel.ledger.service import Actor, as_one_act, record


@as_one_act
def install_rules(*, rules: Sequence[Rule], actor: Actor, at: datetime) -> int:
    """Each rule that is new, or says something else than the version in force, becomes the version in force; returns how many.

    Clocks already running keep the version they began under.
    """
    lock_pulse()
    in_force = {row.code: row for row in ClockRule.objects.filter(in_force=True, code__in=[rule.code for rule in rules])}
    changed = []
    for rule in rules:
        known = in_force.get(rule.code)
        terms = rule_to_data(rule)
        if known and known.terms == terms:
            continue
        if known:
            known.in_force = False
            known.save(update_fields=["in_force"])
        in_force[rule.code] = ClockRule.objects.create(
            code=rule.code,
            version=known.version + 1 if known else 1,
            kind=rule.kind,
            title=rule.title,
            unit=rule.unit,
            length=rule.length,
            terms=terms,
            source=rule.source,
            installed_at=at,
        )
        changed.append(rule.code)
    if changed:
        bump("rules")
        record(actor=actor, act="kernel.clocks.install_rules", on="clock_rules", at=at, details={"codes": changed})
    return len(changed)
