"""Tell an applicant that a result waits at the window."""

from datetime import datetime

from django.db import IntegrityError, transaction

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import NoticeWanted, Party, decode
from santai.front.counter.models import Intake, Reminder
from santai.front.counter.rules.handout import REMIND_AFTER
from santai.front.hall.service import CaseView, application_of
from santai.kernel.ledger.service import record, system_actor


def remind_collecting(*, view: CaseView, at: datetime) -> bool:
    """The next reminder, each once; after the last the window calls by hand. False when another worker was faster."""
    told = Reminder.objects.filter(case_no=view.case_no).count()
    intake = Intake.objects.select_related("visit").get(case_no=view.case_no)
    actor = system_actor("front.counter")
    try:
        with transaction.atomic():
            Reminder.objects.create(case_no=view.case_no, number=told + 1, at=at)
            if told + 1 >= len(REMIND_AFTER):
                Intake.objects.filter(pk=intake.pk).update(reminders_over=True)
            application = application_of(view.case_no)
            to = decode(Party, {**application.applicant, "phone": application.phone or application.applicant.get("phone", "")})
            publish(
                NoticeWanted(
                    to=to,
                    template="result_waiting",
                    facts={"case_no": view.case_no, "item": view.item_name, "place": intake.visit.organisation_name},
                    case_no=view.case_no,
                    wanted_at=at.isoformat(),
                ),
                actor=actor,
                order_key=view.case_no,
                at=at,
            )
            record(actor=actor, act="front.counter.remind_collecting", on=f"case:{view.case_no}", at=at, details={"number": told + 1})
    except IntegrityError:
        return False
    return True
