"""What the back office tells a firm arrives in its space."""

from datetime import date, datetime
from decimal import Decimal

from santai.exchange.contracts.service import ManagerNamed, ProjectTold
from santai.front.space.models import FirmManager, FirmProject


def take_project(*, message: ProjectTold) -> None:
    """The latest word replaces the one before."""
    FirmProject.objects.update_or_create(
        code=message.code,
        defaults={
            "title": message.title,
            "firm_code": message.firm_code,
            "organisation_name": message.organisation_name,
            "investment": Decimal(message.investment),
            "invested": Decimal(message.invested),
            "stage": message.stage,
            "started": message.started,
            "period": message.period,
            "report_due": datetime.fromisoformat(message.report_due) if message.report_due else None,
            "urged": message.urged,
            "sent_period": "",
        },
    )


def take_manager(*, message: ManagerNamed) -> None:
    FirmManager.objects.update_or_create(
        id=message.manager,
        defaults={
            "firm_code": message.firm_code,
            "person": message.person,
            "post": message.post,
            "organisation_name": message.organisation_name,
            "phone": message.phone,
            "since": date.fromisoformat(message.since),
            "until": date.fromisoformat(message.until) if message.until else None,
        },
    )
