"""The firm's space learns how the project stands."""

from datetime import datetime

from santai.back.projects.models import Project
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import ProjectTold
from santai.kernel.ledger.service import Actor


def tell_firm(*, project: Project, actor: Actor, at: datetime) -> None:
    publish(
        ProjectTold(
            code=project.code,
            title=project.name,
            firm_code=project.firm_code,
            kind=project.kind,
            organisation_name=project.organisation_name,
            investment=str(project.investment),
            invested=str(project.invested),
            stage=project.stage,
            started=project.started_on is not None,
            period=project.period,
            report_due=project.report_due_at.isoformat() if project.report_due_at else "",
            urged=project.urged_at is not None,
            at=at.isoformat(),
        ),
        actor=actor,
        order_key=project.code,
        at=at,
    )
