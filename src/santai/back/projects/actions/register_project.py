"""An office puts a project under its supervision."""

from dataclasses import asdict
from datetime import datetime

from django.utils.timezone import localdate

from santai.back.projects.actions.next_report import next_report
from santai.back.projects.actions.tell_firm import tell_firm
from santai.back.projects.errors import ProjectIncomplete, ProjectKnown
from santai.back.projects.models import Project
from santai.back.projects.rules import KEEPERS, Entry, entry_problems
from santai.exchange.contracts.service import as_day, as_money, quarter_of
from santai.kernel.access.service import require_any
from santai.kernel.codes.service import InvalidIdentifier, check_identifier
from santai.kernel.ledger.service import Actor, as_one_act, record
from santai.kernel.orgs.service import get_organisation


@as_one_act
def register_project(*, entry: Entry, actor: Actor, at: datetime) -> Project:
    """NotAllowed, ProjectIncomplete with every field, ProjectKnown. The first report is due for the quarter of the registration."""
    require_any(actor, *KEEPERS)
    today = localdate(at)
    problems = entry_problems(entry, today)
    codes: dict[str, str] = {}
    for name, kind in (("code", "project-code"), ("firm_code", "credit-code")):
        try:
            codes[name] = check_identifier(kind, asdict(entry)[name])
        except InvalidIdentifier as wrong:
            problems[name] = wrong.message
    investment = as_money(entry.investment)
    if problems or investment is None:
        raise ProjectIncomplete(fields=problems)
    if Project.objects.filter(code=codes["code"]).exists():
        raise ProjectKnown(fields={"code": ProjectKnown.message})
    body = get_organisation(actor.organisation)
    project = Project(
        code=codes["code"],
        name=entry.name.strip(),
        kind=entry.kind,
        firm_code=codes["firm_code"],
        firm_name=entry.firm_name.strip(),
        place=entry.place.strip(),
        content=entry.content.strip(),
        investment=investment,
        decided_on=as_day(entry.decided_on),
        start_on=as_day(entry.start_on),
        finish_on=as_day(entry.finish_on),
        organisation=body.code,
        organisation_name=body.name,
        period=quarter_of(today),
        registered_at=at,
    )
    next_report(project=project, actor=actor, at=at)
    project.save(force_insert=True)
    record(actor=actor, act="back.projects.registered", on=f"project:{project.code}", at=at)
    tell_firm(project=project, actor=actor, at=at)
    return project
