"""Add a line to a case's timeline."""

from datetime import datetime

from santai.back.cases.models import CaseEvent
from santai.kernel.codes.service import new_id
from santai.kernel.ledger.service import Actor, append


def note_event(
    *, case_no: str, sub_case_no: str, event: str, organisation_name: str, actor: Actor, text: str, public: bool, at: datetime
) -> None:
    """Append inside the caller's transaction."""
    append(
        CaseEvent(
            id=new_id(),
            at=at,
            case_no=case_no,
            sub_case_no=sub_case_no,
            event=event,
            organisation_name=organisation_name,
            by_name=actor.name,
            by_post=actor.post_title,
            text=text,
            public=public,
        )
    )
