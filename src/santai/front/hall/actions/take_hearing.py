"""Where a hearing stands, as the department tells it."""

from datetime import date, datetime

from django.db import transaction

from santai.exchange.contracts.service import HearingMoved
from santai.front.hall.errors import NotFound
from santai.front.hall.models import CaseView, HearingView


@transaction.atomic
def take_hearing(*, message: HearingMoved) -> None:
    """Keep it for the applicant's page; the latest word wins. NotFound when the case is not here (yet)."""
    view = CaseView.objects.select_for_update().filter(case_no=message.case_no).first()
    if view is None:
        raise NotFound()
    HearingView.objects.update_or_create(
        sub_case_no=message.sub_case_no,
        defaults={
            "case_no": message.case_no,
            "organisation_name": message.organisation_name,
            "state": message.state,
            "on_request": message.on_request,
            "reason": message.reason,
            "request_by": date.fromisoformat(message.request_by) if message.request_by else None,
            "hold_by": date.fromisoformat(message.hold_by) if message.hold_by else None,
            "held_on": datetime.fromisoformat(message.held_on) if message.held_on else None,
            "place": message.place,
            "presider": message.presider,
            "changed_at": datetime.fromisoformat(message.at),
        },
    )
