"""Reads of the projects. Whoever supervises a project, or handles one of its approvals, sees it whole: of others' cases the state only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils.timezone import localtime

from santai.back.approvals.service import documents_of
from santai.back.cases.service import Case, visible_cases
from santai.back.projects.errors import ProjectNotFound
from santai.back.projects.models import ProgressReport, Project
from santai.back.projects.rules import KEEPERS, READERS
from santai.kernel.access.service import may, scope
from santai.kernel.clocks.service import ClockState, clocks_of, clocks_of_many
from santai.kernel.ledger.service import Actor

PAGE = 50
VIEWS = {"open": "在建和未开工", "overdue": "报送逾期", "finished": "已竣工", "all": "全部", "unknown": "未登记的代码"}


def cases_with_code(cases: QuerySet[Case]) -> Any:
    """Those that carry a project code, with it as ``project``."""
    return cases.filter(facts__has_key="project_code").annotate(project=KeyTextTransform("project_code", "facts"))


def visible(actor: Actor) -> QuerySet[Project]:
    handled = cases_with_code(visible_cases(actor)).values("project")
    return Project.objects.filter(scope(actor, *READERS) | Q(code__in=handled))


@dataclass(frozen=True)
class UnknownCode:
    """A code that cases carry and nobody registered."""

    code: str
    firm: str
    case_no: str
    item_name: str


@dataclass(frozen=True)
class ProjectPage:
    projects: list[Project]
    unknown: list[UnknownCode]
    show: str
    text: str
    previous: int
    following: int
    counts: dict[str, int]


def projects(actor: Actor, *, show: str = "open", text: str = "", page: int = 1, at: datetime) -> ProjectPage:
    """One page, the nearest report limit first."""
    show, text = show if show in VIEWS else "open", text.strip()
    seen = visible(actor)
    without = _unknown(actor) if show == "unknown" else []
    found = _narrowed(seen, show, at)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(firm_name__icontains=text) | Q(code__contains=text) | Q(firm_code=text.upper()))
        without = [one for one in without if text in one.code or text in one.firm]
    start = (page - 1) * PAGE
    rows = [] if show == "unknown" else list(found.order_by("report_due_at", "code")[start : start + PAGE + 1])
    counts = {"overdue": _narrowed(seen, "overdue", at).count()}
    return ProjectPage(rows[:PAGE], without, show, text, page - 1, page + 1 if len(rows) > PAGE else 0, counts)


def _narrowed(found: QuerySet[Project], show: str, at: datetime) -> QuerySet[Project]:
    if show == "overdue":
        return found.filter(report_due_at__lt=at)
    if show == "finished":
        return found.exclude(finished_on=None)
    return found.filter(finished_on=None) if show == "open" else found


def _unknown(actor: Actor) -> list[UnknownCode]:
    known = Project.objects.values("code")
    rows = cases_with_code(visible_cases(actor)).exclude(project__in=known).order_by("project", "-received_at")
    firsts = (next(group) for _, group in groupby(rows[:1000], key=lambda case: case.project))
    return [UnknownCode(case.facts["project_code"], case.applicant_name, case.case_no, case.item_name) for case in firsts]


def overdue_count(actor: Actor, at: datetime) -> int:
    """For the menu: overdue reports of the projects the own office supervises."""
    return Project.objects.filter(scope(actor, *KEEPERS), report_due_at__lt=at).count()


@dataclass(frozen=True)
class Approval:
    """One case of the project. ``open_to_me``: the reader may open the case itself."""

    case: Case
    parts: list[str]
    clocks: list[ClockState]
    documents: list[Any]  # as approvals serves them: title and document_no
    open_to_me: bool


@dataclass(frozen=True)
class ProjectFile:
    project: Project
    approvals: list[Approval]
    reports: list[ProgressReport]
    clocks: list[ClockState]
    may_keep: bool
    refused: list[str] = field(default_factory=list)


def access_project(code: str, actor: Actor) -> ProjectFile:
    """The project with all its approvals; ProjectNotFound alike for absent and forbidden."""
    project = visible(actor).filter(code=code).first()
    if project is None:
        raise ProjectNotFound()
    mine = set(cases_with_code(visible_cases(actor)).filter(project=code).values_list("case_no", flat=True))
    return ProjectFile(
        project=project,
        approvals=[_approval(case, case.case_no in mine) for case in cases_of(code)],
        reports=list(project.reports.all()),
        clocks=[clock for clock in clocks_of(f"project:{code}") if clock.is_open],
        may_keep=any(may(actor, role, organisation=project.organisation) for role in KEEPERS),
    )


def cases_of(code: str) -> Any:
    """Every approval that carries the code, in the order of filing."""
    return cases_with_code(Case.objects.all()).filter(project=code).prefetch_related("sub_cases").order_by("received_at", "case_no")


def _approval(case: Case, open_to_me: bool) -> Approval:
    parts = sorted(case.sub_cases.all(), key=lambda part: part.position)
    subjects = [f"case:{case.case_no}", *(f"subcase:{part.sub_case_no}" for part in parts)]
    clocks = [clock for found in clocks_of_many(subjects).values() for clock in found if clock.is_open]
    said = [f"{part.organisation_name}：{part.get_outcome_display() if part.outcome else part.get_state_display()}" for part in parts]
    return Approval(case, said if len(parts) > 1 else [], clocks, documents_of(case.case_no), open_to_me)


def exchange_rows(found: Iterable[Project], at: datetime) -> Iterator[dict[str, str]]:
    """One row an approval, and one for a project without any; keys as in rules.FIELDS."""
    for project in found:
        about = {
            "PROJECT_CODE": project.code,
            "PROJECT_NAME": project.name,
            "PROJECT_KIND": project.get_kind_display(),
            "OWNER_CODE": project.firm_code,
            "OWNER_NAME": project.firm_name,
            "PLACE": project.place,
            "INVESTMENT": str(project.investment),
            "DECISION_DATE": _day(project.decided_on),
            "STAGE": project.get_stage_display(),
            "START_DATE": _day(project.started_on),
            "COMPLETION_DATE": _day(project.finished_on),
            "INVESTED": str(project.invested),
            "REPORT_PERIOD": max((one.period for one in project.reports.all()), default=""),
            "REPORT_DUE": _moment(project.report_due_at),
            "REPORT_OVERDUE": "1" if project.report_due_at and project.report_due_at < at else "0",
            "TIMESTAMP": _moment(at),
        }
        for case in cases_of(project.code) or [None]:
            yield {**about, **_case_row(case)}


def _case_row(case: Case | None) -> dict[str, str]:
    if case is None:
        return {}
    return {
        "APPROVAL_CASE_CODE": case.case_no,
        "APPROVAL_ITEM_CODE": case.item_code,
        "APPROVAL_ITEM_NAME": case.item_name,
        "APPROVAL_DEPT": case.organisation_name,
        "APPROVAL_STATE": case.get_state_display(),
        "APPROVAL_RESULT": case.get_outcome_display() if case.outcome else "",
        "RECEIVED_TIME": _moment(case.received_at),
        "ACCEPTED_TIME": _moment(case.accepted_at),
        "DUE_TIME": _moment(case.due_at),
        "COMPLETED_TIME": _moment(case.completed_at),
    }


def _day(value: object) -> str:
    return value.isoformat() if value else ""  # type: ignore[attr-defined]


def _moment(value: datetime | None) -> str:
    return localtime(value).strftime("%Y-%m-%d %H:%M:%S") if value else ""


def exchanged(actor: Actor) -> QuerySet[Project]:
    """What an office may hand to the higher platform: the projects it supervises (a leader: the region's)."""
    return Project.objects.filter(scope(actor, *READERS)).prefetch_related("reports").order_by("code")
