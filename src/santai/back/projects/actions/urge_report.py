"""An overdue report is urged."""

from datetime import datetime

from santai.back.projects.actions.report_progress import locked
from santai.back.projects.actions.tell_firm import tell_firm
from santai.back.projects.errors import NothingOverdue
from santai.back.projects.models import Project
from santai.back.projects.rules import KEEPERS
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import NoticeWanted, period_name
from santai.kernel.access.service import require_any
from santai.kernel.ledger.service import Actor, Party, as_one_act, record


@as_one_act
def urge_report(*, code: str, actor: Actor, at: datetime) -> Project:
    """ProjectNotFound, NotAllowed, NothingOverdue. The firm gets a message; its space shows the report as urged."""
    project = locked(code)
    require_any(actor, *KEEPERS, organisation=project.organisation)
    if project.report_due_at is None or project.report_due_at >= at:
        raise NothingOverdue()
    project.urged_at = at
    project.save(update_fields=["urged_at"])
    record(actor=actor, act="back.projects.urged", on=f"project:{project.code}", at=at, details={"period": project.period})
    tell_firm(project=project, actor=actor, at=at)
    publish(
        NoticeWanted(
            to=Party(kind="organisation", code_kind="credit-code", code=project.firm_code, name=project.firm_name),
            template="project_report_urged",
            facts={
                "project": project.name,
                "period": period_name(project.period),
                "organisation": project.organisation_name,
                "name": project.firm_name,
            },
            wanted_at=at.isoformat(),
        ),
        actor=actor,
        order_key=project.code,
        at=at,
    )
    return project
