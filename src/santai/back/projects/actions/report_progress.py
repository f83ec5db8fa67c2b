"""Progress of a quarter is reported: by the firm, or entered by the office that supervises the project."""

from datetime import datetime

from django.utils.timezone import localdate

from santai.back.projects.actions.next_report import next_report
from santai.back.projects.actions.tell_firm import tell_firm
from santai.back.projects.errors import ProjectNotFound, ReportRefused
from santai.back.projects.models import ProgressReport, Project
from santai.back.projects.rules import KEEPERS
from santai.exchange.contracts.service import (
    ProgressEntry,
    ProjectReported,
    as_day,
    as_money,
    next_quarter,
    progress_problems,
)
from santai.kernel.access.service import require_any
from santai.kernel.clocks.service import clocks_of, finish_clock
from santai.kernel.ledger.service import Actor, as_one_act, record, system_actor


@as_one_act
def report_progress(*, code: str, entry: ProgressEntry, actor: Actor, at: datetime) -> ProgressReport:
    """The office enters it. ProjectNotFound, NotAllowed, ReportRefused with every field."""
    project = locked(code)
    require_any(actor, *KEEPERS, organisation=project.organisation)
    return _keep(project=project, entry=entry, by_firm=False, by_name=actor.name, actor=actor, reported_at=at, at=at)


@as_one_act
def take_report(*, message: ProjectReported, at: datetime) -> ProgressReport | None:
    """The firm's own report, counted from when it was sent. What no longer fits (the quarter was entered meanwhile, or the message came
    twice) changes nothing, and the firm's page is put right."""
    project = locked(message.code)
    actor = system_actor("back.projects")
    entry = ProgressEntry(
        period=message.period, stage=message.stage, invested=message.invested, happened_on=message.happened_on, text=message.text
    )
    try:
        if message.firm_code != project.firm_code:
            raise ReportRefused
        return _keep(
            project=project,
            entry=entry,
            by_firm=True,
            by_name=message.by_name,
            actor=actor,
            reported_at=datetime.fromisoformat(message.at),
            at=at,
        )
    except ReportRefused:
        tell_firm(project=project, actor=actor, at=at)
        return None


def locked(code: str) -> Project:
    project = Project.objects.select_for_update().filter(code=code).first()
    if project is None:
        raise ProjectNotFound()
    return project


def _keep(
    *, project: Project, entry: ProgressEntry, by_firm: bool, by_name: str, actor: Actor, reported_at: datetime, at: datetime
) -> ProgressReport:
    if project.finished_on is not None or project.report_due_at is None:
        raise ReportRefused("项目已报送竣工，不再报送进度。")
    problems = progress_problems(
        entry,
        expected=project.period,
        before=project.invested,
        investment=project.investment,
        started=project.started_on is not None,
        today=localdate(reported_at),
    )
    day, invested = as_day(entry.happened_on), as_money(entry.invested)
    if problems or invested is None:
        raise ReportRefused(fields=problems)
    report = ProgressReport.objects.create(
        project=project,
        period=entry.period,
        stage=entry.stage,
        invested=invested,
        happened_on=day if entry.stage != "waiting" else None,
        text=entry.text.strip(),
        by_firm=by_firm,
        by_name=by_name,
        late=reported_at > project.report_due_at,
        at=reported_at,
    )
    for clock in clocks_of(f"project:{project.code}"):
        if clock.is_open:
            finish_clock(clock=clock.id, actor=actor, at=reported_at)
    project.stage, project.invested, project.urged_at = entry.stage, report.invested, None
    if entry.stage == "building" and project.started_on is None:
        project.started_on = day
    if entry.stage == "finished":
        project.finished_on, project.report_due_at = day, None
    else:
        project.period = next_quarter(project.period)
        next_report(project=project, actor=actor, at=at)
    project.save()
    record(actor=actor, act="back.projects.reported", on=f"project:{project.code}", at=at, details={"period": report.period})
    tell_firm(project=project, actor=actor, at=at)
    return report
